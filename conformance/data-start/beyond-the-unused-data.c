/* Headers that do not fit into the unused data: MDLs of NDIS and of the driver's handlers come in front and go again. */
#include "../rules/frame.h"

#define HEADER_SIZE 34
#define BACK_FILL 6

NET_BUFFER_ALLOCATE_MDL AllocateHeader;
NET_BUFFER_FREE_MDL FreeHeader;

static ULONG MdlsLeft;

PMDL AllocateHeader(PULONG BufferSize)
{
    PUCHAR memory;
    PMDL mdl;

    DbgPrint("asked for %u bytes\n", *BufferSize);
    if (MdlsLeft == 0) {
        return NULL;
    }
    memory = NdisAllocateMemoryWithTagPriority(NULL, *BufferSize, POOL_TAG, NormalPoolPriority);
    if (memory == NULL) {
        return NULL;
    }
    mdl = NdisAllocateMdl(NULL, memory, *BufferSize);
    if (mdl == NULL) {
        NdisFreeMemory(memory, 0, 0);
        return NULL;
    }
    MdlsLeft--;
    return mdl;
}

VOID FreeHeader(PMDL Mdl)
{
    PVOID memory = MmGetMdlVirtualAddress(Mdl);

    DbgPrint("takes %u bytes back\n", MmGetMdlByteCount(Mdl));
    NdisFreeMdl(Mdl);
    NdisFreeMemory(memory, 0, 0);
}

static VOID Print(PCSTR What, PNET_BUFFER_LIST List)
{
    PNET_BUFFER netBuffer;
    PMDL mdl;

    for (netBuffer = NET_BUFFER_LIST_FIRST_NB(List); netBuffer != NULL; netBuffer = NET_BUFFER_NEXT_NB(netBuffer)) {
        DbgPrint("%s: offset %u, length %u, MDLs of", What, NET_BUFFER_DATA_OFFSET(netBuffer),
                 NET_BUFFER_DATA_LENGTH(netBuffer));
        for (mdl = NET_BUFFER_FIRST_MDL(netBuffer); mdl != NULL; mdl = NDIS_MDL_LINKAGE(mdl)) {
            DbgPrint(" %u%s", MmGetMdlByteCount(mdl), mdl == NET_BUFFER_CURRENT_MDL(netBuffer) ? "*" : "");
        }
        DbgPrint("\n");
    }
}

static VOID Act(VOID)
{
    PNET_BUFFER_LIST list = NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0, FrameMdl, HEADROOM, 100);
    PNET_BUFFER second = NdisAllocateNetBuffer(NetBufferPool, NDIS_MDL_LINKAGE(FrameMdl), HEADER_SIZE, 50);
    NDIS_STATUS status;

    if (list == NULL || second == NULL) {
        return;
    }
    NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(list)) = second;
    Print("made", list);

    status = NdisRetreatNetBufferListDataStart(list, HEADER_SIZE, BACK_FILL, NULL, NULL);
    DbgPrint("by NDIS: 0x%08x\n", status);
    Print("retreated", list);
    NdisAdvanceNetBufferListDataStart(list, HEADER_SIZE, FALSE, NULL);
    Print("advanced, MDL kept", list);
    status = NdisRetreatNetBufferListDataStart(list, HEADER_SIZE, BACK_FILL, AllocateHeader, FreeHeader);
    DbgPrint("in the MDL that was kept: 0x%08x\n", status);
    NdisAdvanceNetBufferListDataStart(list, HEADER_SIZE, TRUE, NULL);
    Print("advanced, MDL freed", list);

    MdlsLeft = 2;
    status = NdisRetreatNetBufferListDataStart(list, HEADER_SIZE + 1, BACK_FILL, AllocateHeader, FreeHeader);
    DbgPrint("by the handlers: 0x%08x\n", status);
    Print("retreated", list);
    NdisAdvanceNetBufferListDataStart(list, HEADER_SIZE + 1, TRUE, FreeHeader);
    MdlsLeft = 1;
    status = NdisRetreatNetBufferListDataStart(list, HEADER_SIZE + 1, BACK_FILL, AllocateHeader, FreeHeader);
    DbgPrint("all or nothing: 0x%08x\n", status);
    Print("as before", list);

    NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(list)) = NULL;
    NdisFreeNetBuffer(second);
    NdisFreeNetBufferList(list);
}

/* prints
made: offset 20, length 100, MDLs of 64* 192
made: offset 34, length 50, MDLs of 192*
by NDIS: 0x00000000
retreated: offset 26, length 134, MDLs of 40* 64 192
retreated: offset 0, length 84, MDLs of 192*
advanced, MDL kept: offset 60, length 100, MDLs of 40 64* 192
advanced, MDL kept: offset 34, length 50, MDLs of 192*
in the MDL that was kept: 0x00000000
advanced, MDL freed: offset 20, length 100, MDLs of 64* 192
advanced, MDL freed: offset 34, length 50, MDLs of 192*
asked for 41 bytes
asked for 41 bytes
by the handlers: 0x00000000
retreated: offset 26, length 135, MDLs of 41* 64 192
retreated: offset 40, length 85, MDLs of 41* 192
takes 41 bytes back
takes 41 bytes back
asked for 41 bytes
asked for 41 bytes
takes 41 bytes back
all or nothing: 0xc000009a
as before: offset 20, length 100, MDLs of 64* 192
as before: offset 34, length 50, MDLs of 192*
*/
