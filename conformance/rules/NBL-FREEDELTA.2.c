/* A list is reassembled with room for a header, and the free is told of none. */
#include "frame.h"

#define HEADER_SIZE 34

#ifdef MISTAKE
#define FREE_DELTA 0
#else
#define FREE_DELTA HEADER_SIZE
#endif

static VOID Act(VOID)
{
    PNET_BUFFER_LIST original;
    PNET_BUFFER_LIST whole;

    original = NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0, FrameMdl, 0, FRAME_SIZE);
    if (original == NULL) {
        return;
    }
    whole = NdisAllocateReassembledNetBufferList(original, ListPool, 20, HEADER_SIZE, 0, 0); /* allocated NBL-FREEDELTA */
    if (whole != NULL) {
        NdisFreeReassembledNetBufferList(whole, FREE_DELTA, 0); /* at NBL-FREEDELTA */
    }
    NdisFreeNetBufferList(original);
}
