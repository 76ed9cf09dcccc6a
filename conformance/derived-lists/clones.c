/* Clones of a list of two NET_BUFFERs, with MDLs of their own and sharing those of the original. */
#include "../rules/frame.h"

#define HEADER_SIZE 14

static VOID Print(PCSTR What, PNET_BUFFER_LIST List)
{
    PNET_BUFFER netBuffer;
    PMDL mdl;
    UCHAR storage[4];
    PUCHAR data;

    DbgPrint("%s, protocol %u:\n", What, NdisGetNetBufferListProtocolId(List));
    for (netBuffer = NET_BUFFER_LIST_FIRST_NB(List); netBuffer != NULL; netBuffer = NET_BUFFER_NEXT_NB(netBuffer)) {
        data = NdisGetDataBuffer(netBuffer, sizeof(storage), storage, 1, 0);
        DbgPrint("  offset %u, length %u, starts with %u, MDLs of", NET_BUFFER_DATA_OFFSET(netBuffer),
                 NET_BUFFER_DATA_LENGTH(netBuffer), data == NULL ? 0 : data[0]);
        for (mdl = NET_BUFFER_FIRST_MDL(netBuffer); mdl != NULL; mdl = NDIS_MDL_LINKAGE(mdl)) {
            DbgPrint(" %u", MmGetMdlByteCount(mdl));
        }
        DbgPrint("\n");
    }
}

static VOID FillHeaders(PNET_BUFFER_LIST List)
{
    PNET_BUFFER netBuffer;
    PUCHAR header;

    for (netBuffer = NET_BUFFER_LIST_FIRST_NB(List); netBuffer != NULL; netBuffer = NET_BUFFER_NEXT_NB(netBuffer)) {
        header = NdisGetDataBuffer(netBuffer, HEADER_SIZE, NULL, 1, 0);
        if (header != NULL) {
            NdisFillMemory(header, HEADER_SIZE, 255);
        }
    }
}

/* The caller counts its children: NDIS leaves both members alone. */
static VOID Adopt(PNET_BUFFER_LIST Parent, PNET_BUFFER_LIST Child)
{
    DbgPrint("parent %s, %d children\n", Child->ParentNetBufferList == NULL ? "not set" : "set", Parent->ChildRefCount);
    Child->ParentNetBufferList = Parent;
    NdisInterlockedIncrement(&Parent->ChildRefCount);
}

static VOID Act(VOID)
{
    PNET_BUFFER_LIST list = NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0, FrameMdl, HEADROOM, 100);
    PNET_BUFFER second = NdisAllocateNetBuffer(NetBufferPool, NDIS_MDL_LINKAGE(FrameMdl), 100, 50);
    PNET_BUFFER_LIST clone;
    PNET_BUFFER_LIST sharing;

    if (list == NULL || second == NULL) {
        return;
    }
    NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(list)) = second;
    Print("original", list);

    clone = NdisAllocateCloneNetBufferList(list, ListPool, NetBufferPool, 0);
    sharing = NdisAllocateCloneNetBufferList(list, NULL, NULL, NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS);
    if (clone != NULL && sharing != NULL) {
        Adopt(list, clone);
        Adopt(list, sharing);
        Print("clone", clone);
        Print("sharing clone", sharing);
        DbgPrint("same MDL: %s, %s\n",
                 NET_BUFFER_FIRST_MDL(NET_BUFFER_LIST_FIRST_NB(clone)) == FrameMdl ? "yes" : "no",
                 NET_BUFFER_FIRST_MDL(NET_BUFFER_LIST_FIRST_NB(sharing)) == FrameMdl ? "yes" : "no");

        if (NdisRetreatNetBufferListDataStart(clone, HEADER_SIZE, 0, NULL, NULL) == NDIS_STATUS_SUCCESS) {
            FillHeaders(clone);
            Print("clone with a header", clone);
            NdisAdvanceNetBufferListDataStart(clone, HEADER_SIZE, TRUE, NULL);
        }
        Print("original as before", list);

        NdisFreeCloneNetBufferList(clone, 0);
        NdisInterlockedDecrement(&list->ChildRefCount);
        NdisFreeCloneNetBufferList(sharing, NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS);
        NdisInterlockedDecrement(&list->ChildRefCount);
    }
    NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(list)) = NULL;
    NdisFreeNetBuffer(second);
    NdisFreeNetBufferList(list);
}

/* prints
original, protocol 0:
  offset 20, length 100, starts with 20, MDLs of 64 192
  offset 100, length 50, starts with 164, MDLs of 192
parent not set, 0 children
parent not set, 1 children
clone, protocol 0:
  offset 0, length 100, starts with 20, MDLs of 44 56
  offset 0, length 50, starts with 164, MDLs of 50
sharing clone, protocol 0:
  offset 20, length 100, starts with 20, MDLs of 64 192
  offset 100, length 50, starts with 164, MDLs of 192
same MDL: no, yes
clone with a header, protocol 0:
  offset 0, length 114, starts with 255, MDLs of 14 44 56
  offset 0, length 64, starts with 255, MDLs of 14 50
original as before, protocol 0:
  offset 20, length 100, starts with 20, MDLs of 64 192
  offset 100, length 50, starts with 164, MDLs of 192
*/
