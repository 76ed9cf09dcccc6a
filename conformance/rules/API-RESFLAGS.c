/* Fragments are asked for with a flag that only clones have. */
#include "frame.h"

#define MTU 100

#ifdef MISTAKE
#define FLAGS NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS
#else
#define FLAGS 0
#endif

static VOID Act(VOID)
{
    PNET_BUFFER_LIST original;
    PNET_BUFFER_LIST fragments;

    original = NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0, FrameMdl, 0, FRAME_SIZE);
    if (original == NULL) {
        return;
    }
    fragments = NdisAllocateFragmentNetBufferList(original, ListPool, NetBufferPool, 0, MTU, 0, 0, FLAGS); /* at API-RESFLAGS */
    if (fragments != NULL) {
        NdisFreeFragmentNetBufferList(fragments, 0, 0);
    }
    NdisFreeNetBufferList(original);
}
