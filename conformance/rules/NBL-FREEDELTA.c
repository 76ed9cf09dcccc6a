/* Fragments get room for a header, and the free is told of less. */
#include "frame.h"

#define MTU 100
#define HEADER_SIZE 34

#ifdef MISTAKE
#define FREE_DELTA 14
#else
#define FREE_DELTA HEADER_SIZE
#endif

static VOID Act(VOID)
{
    PNET_BUFFER_LIST original;
    PNET_BUFFER_LIST fragments;

    original = NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0, FrameMdl, 0, FRAME_SIZE);
    if (original == NULL) {
        return;
    }
    fragments = NdisAllocateFragmentNetBufferList(original, ListPool, NetBufferPool, 0, /* allocated NBL-FREEDELTA */
                                                  MTU, HEADER_SIZE, 0, 0);
    if (fragments != NULL) {
        NdisFreeFragmentNetBufferList(fragments, FREE_DELTA, 0); /* at NBL-FREEDELTA */
    }
    NdisFreeNetBufferList(original);
}
