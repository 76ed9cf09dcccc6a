/* Fragments are freed as if they were a clone. */
#include "frame.h"

#define MTU 100

static VOID Act(VOID)
{
    PNET_BUFFER_LIST original;
    PNET_BUFFER_LIST fragments;

    original = NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0, FrameMdl, 0, FRAME_SIZE);
    if (original == NULL) {
        return;
    }
    fragments = NdisAllocateFragmentNetBufferList(original, ListPool, NetBufferPool, 0, /* allocated NBL-WRONGFREE */
                                                  MTU, HEADROOM, 0, 0);
    if (fragments != NULL) {
#ifdef MISTAKE
        NdisFreeCloneNetBufferList(fragments, 0); /* at NBL-WRONGFREE */
#else
        NdisFreeFragmentNetBufferList(fragments, HEADROOM, 0);
#endif
    }
    NdisFreeNetBufferList(original);
}
