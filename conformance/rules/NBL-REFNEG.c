/* The children of a list are counted when they are freed, and not when they are made. */
#include "frame.h"

static VOID Act(VOID)
{
    PNET_BUFFER_LIST original;
    PNET_BUFFER_LIST clone;

    original = NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0, /* allocated NBL-REFNEG */
                                                     FrameMdl, 0, FRAME_SIZE);
    if (original == NULL) {
        return;
    }
    clone = NdisAllocateCloneNetBufferList(original, ListPool, NULL, 0);
    if (clone != NULL) {
        clone->ParentNetBufferList = original;
#ifndef MISTAKE
        NdisInterlockedIncrement(&original->ChildRefCount);
#endif
        NdisFreeCloneNetBufferList(clone, 0);
        NdisInterlockedDecrement(&original->ChildRefCount);
    }
    NdisFreeNetBufferList(original); /* at NBL-REFNEG */
}
