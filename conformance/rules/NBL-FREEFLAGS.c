/* A clone shares the MDLs of its original, and the free is not told so. */
#include "frame.h"

#ifdef MISTAKE
#define FREE_FLAGS 0
#else
#define FREE_FLAGS NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS
#endif

static VOID Act(VOID)
{
    PNET_BUFFER_LIST original;
    PNET_BUFFER_LIST clone;

    original = NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0, FrameMdl, 0, FRAME_SIZE);
    if (original == NULL) {
        return;
    }
    clone = NdisAllocateCloneNetBufferList(original, ListPool, NULL, /* allocated NBL-FREEFLAGS */
                                           NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS);
    if (clone != NULL) {
        NdisFreeCloneNetBufferList(clone, FREE_FLAGS); /* at NBL-FREEFLAGS */
    }
    NdisFreeNetBufferList(original);
}
