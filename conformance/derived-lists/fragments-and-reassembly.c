/* A frame is cut into pieces with a header in front of each, and put together again without the headers. */
#include "../rules/frame.h"

#define HEADER_SIZE 20
#define MTU 80
#define LINK_HEADER_SIZE 14

static VOID Print(PCSTR What, PNET_BUFFER_LIST List)
{
    PNET_BUFFER netBuffer;
    PMDL mdl;

    DbgPrint("%s:\n", What);
    for (netBuffer = NET_BUFFER_LIST_FIRST_NB(List); netBuffer != NULL; netBuffer = NET_BUFFER_NEXT_NB(netBuffer)) {
        DbgPrint("  offset %u, length %u, MDLs of", NET_BUFFER_DATA_OFFSET(netBuffer),
                 NET_BUFFER_DATA_LENGTH(netBuffer));
        for (mdl = NET_BUFFER_FIRST_MDL(netBuffer); mdl != NULL; mdl = NDIS_MDL_LINKAGE(mdl)) {
            DbgPrint(" %u", MmGetMdlByteCount(mdl));
        }
        DbgPrint("\n");
    }
}

/* The header of the frame goes in front of each piece. */
static VOID WriteHeaders(PNET_BUFFER_LIST Fragments)
{
    PNET_BUFFER netBuffer;
    PUCHAR header;

    for (netBuffer = NET_BUFFER_LIST_FIRST_NB(Fragments); netBuffer != NULL;
         netBuffer = NET_BUFFER_NEXT_NB(netBuffer)) {
        header = NdisGetDataBuffer(netBuffer, HEADER_SIZE, NULL, 1, 0);
        if (header != NULL) {
            NdisMoveMemory(header, Frame, HEADER_SIZE);
        }
    }
}

static VOID Act(VOID)
{
    PNET_BUFFER_LIST list = NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0, FrameMdl, 0, 200);
    PNET_BUFFER_LIST fragments;
    PNET_BUFFER_LIST whole;
    PUCHAR data;
    static UCHAR storage[FRAME_SIZE];

    if (list == NULL) {
        return;
    }
    fragments = NdisAllocateFragmentNetBufferList(list, ListPool, NetBufferPool, HEADER_SIZE, MTU, HEADER_SIZE,
                                                  LINK_HEADER_SIZE, 0);
    if (fragments != NULL) {
        WriteHeaders(fragments);
        Print("fragments", fragments);
        whole = NdisAllocateReassembledNetBufferList(fragments, ListPool, HEADER_SIZE, HEADER_SIZE, 0, 0);
        if (whole != NULL) {
            WriteHeaders(whole);
            Print("reassembled", whole);
            data = NdisGetDataBuffer(NET_BUFFER_LIST_FIRST_NB(whole), 200, storage, 1, 0);
            DbgPrint("same bytes: %s\n", data != NULL && NdisEqualMemory(data, Frame, 200) ? "yes" : "no");
            NdisFreeReassembledNetBufferList(whole, HEADER_SIZE, 0);
        }
        NdisFreeFragmentNetBufferList(fragments, HEADER_SIZE, 0);
    }
    fragments = NdisAllocateFragmentNetBufferList(list, NULL, NULL, 0, 0, 0, 0, 0);
    DbgPrint("pieces of no bytes: %s\n", fragments == NULL ? "none" : "some");
    fragments = NdisAllocateFragmentNetBufferList(list, NULL, NULL, 200, MTU, 0, 0, 0);
    if (fragments != NULL) {
        Print("behind the data", fragments);
        NdisFreeFragmentNetBufferList(fragments, 0, 0);
    }
    NdisFreeNetBufferList(list);
}

/* prints
fragments:
  offset 14, length 100, MDLs of 34 44 36
  offset 14, length 100, MDLs of 34 80
  offset 14, length 40, MDLs of 34 20
reassembled:
  offset 0, length 200, MDLs of 20 44 36 80 20
same bytes: yes
pieces of no bytes: none
behind the data:
*/
