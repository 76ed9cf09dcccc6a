/* A list is freed before the clone that uses its data. */
#include "frame.h"

static VOID Act(VOID)
{
    PNET_BUFFER_LIST original;
    PNET_BUFFER_LIST clone;

    original = NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0, FrameMdl, 0, FRAME_SIZE);
    if (original == NULL) {
        return;
    }
    clone = NdisAllocateCloneNetBufferList(original, ListPool, NULL, 0); /* allocated NBL-CHILD */
#ifndef MISTAKE
    if (clone != NULL) {
        NdisFreeCloneNetBufferList(clone, 0);
    }
#endif
    NdisFreeNetBufferList(original); /* at NBL-CHILD */
#ifdef MISTAKE
    if (clone != NULL) {
        NdisFreeCloneNetBufferList(clone, 0);
    }
#endif
}
