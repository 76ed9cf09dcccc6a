/* Bytes of a frame in two MDLs: shown in place where one MDL has them aligned as asked, else copied. */
#include "../rules/frame.h"

static UCHAR Storage[FRAME_SIZE];

static VOID Get(PNET_BUFFER NetBuffer, ULONG BytesNeeded, PVOID To, ULONG AlignMultiple, ULONG AlignOffset)
{
    PUCHAR data = NdisGetDataBuffer(NetBuffer, BytesNeeded, To, AlignMultiple, AlignOffset);

    DbgPrint("%u bytes, %u modulo %u, %s storage: ", BytesNeeded, AlignOffset, AlignMultiple,
             To == NULL ? "no" : "a");
    if (data == NULL) {
        DbgPrint("none\n");
    } else {
        DbgPrint("%s, %u to %u\n", data == Storage ? "copied" : "in place", data[0], data[BytesNeeded - 1]);
    }
}

static VOID Act(VOID)
{
    PNET_BUFFER netBuffer = NdisAllocateNetBuffer(NetBufferPool, FrameMdl, HEADROOM, 100);
    ULONG misfit;

    if (netBuffer == NULL) {
        return;
    }
    misfit = ((ULONG)(ULONG_PTR)(Frame + HEADROOM) + 1) % 8;
    Get(netBuffer, 44, NULL, 1, 0);
    Get(netBuffer, 45, NULL, 1, 0);
    Get(netBuffer, 45, Storage, 1, 0);
    Get(netBuffer, 100, Storage, 1, 0);
    Get(netBuffer, 101, Storage, 1, 0);
    Get(netBuffer, 20, Storage, 8, (misfit + 7) % 8);
    Get(netBuffer, 20, Storage, 8, misfit);
    Get(netBuffer, 20, NULL, 8, misfit);
    DbgPrint("at most %u pieces of physical memory\n", NdisQueryNetBufferPhysicalCount(netBuffer));
    NdisAdvanceNetBufferDataStart(netBuffer, 44, FALSE, NULL);
    DbgPrint("at most %u without the first\n", NdisQueryNetBufferPhysicalCount(netBuffer));
    Get(netBuffer, 56, NULL, 1, 0);
    NdisFreeNetBuffer(netBuffer);
}

/* prints
44 bytes, 0 modulo 1, no storage: in place, 20 to 63
45 bytes, 0 modulo 1, no storage: none
45 bytes, 0 modulo 1, a storage: copied, 20 to 64
100 bytes, 0 modulo 1, a storage: copied, 20 to 119
101 bytes, 0 modulo 1, a storage: none
20 bytes, 4 modulo 8, a storage: in place, 20 to 39
20 bytes, 5 modulo 8, a storage: copied, 20 to 39
20 bytes, 5 modulo 8, no storage: none
at most 2 pieces of physical memory
at most 1 without the first
56 bytes, 0 modulo 1, no storage: in place, 64 to 119
*/
