/* A clone is freed as if it were a list of the driver's own. */
#include "frame.h"

static VOID Act(VOID)
{
    PNET_BUFFER_LIST original;
    PNET_BUFFER_LIST clone;

    original = NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0, FrameMdl, 0, FRAME_SIZE);
    if (original == NULL) {
        return;
    }
    clone = NdisAllocateCloneNetBufferList(original, ListPool, NULL, 0); /* allocated NBL-WRONGFREE */
    if (clone != NULL) {
#ifdef MISTAKE
        NdisFreeNetBufferList(clone); /* at NBL-WRONGFREE */
#else
        NdisFreeCloneNetBufferList(clone, 0);
#endif
    }
    NdisFreeNetBufferList(original);
}
