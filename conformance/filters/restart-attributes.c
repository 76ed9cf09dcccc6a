/* While it restarts, a filter changes the attributes of the adapter, puts another node in the place of one, and adds
   one of its own. NDIS frees whatever is on the list then. */
#include "../rules/filter.h"

#define OWN_OID 0xFF000001
#define OVERHEAD 4

static FILTER_RESTART RestartWithAttributes;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = RestartWithAttributes;
}

static PNDIS_RESTART_ATTRIBUTES NewNode(PFILTER Filter, NDIS_OID Oid, ULONG Length)
{
    PNDIS_RESTART_ATTRIBUTES node;

    node = NdisAllocateMemoryWithTagPriority(Filter->Handle, FIELD_OFFSET(NDIS_RESTART_ATTRIBUTES, Data) + Length,
                                             FILTER_TAG, NormalPoolPriority);
    if (node != NULL) {
        node->Next = NULL;
        node->Oid = Oid;
        node->DataLength = Length;
    }
    return node;
}

static NDIS_STATUS RestartWithAttributes(NDIS_HANDLE FilterModuleContext,
                                         PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PFILTER filter = FilterModuleContext;
    PNDIS_RESTART_ATTRIBUTES first = RestartParameters->RestartAttributes;
    PNDIS_RESTART_ATTRIBUTES own, larger;
    PNDIS_RESTART_GENERAL_ATTRIBUTES general;

    if (first == NULL) {
        return NDIS_STATUS_SUCCESS; /* they are not to be changed this time */
    }
    general = (PVOID)first->Data;
    DbgPrint("OID %08x, %u bytes, revision %u, MTU %u, the last: %d\n", first->Oid, first->DataLength,
             general->Header.Revision, general->MtuSize, first->Next == NULL);

    own = NewNode(filter, OWN_OID, sizeof(ULONG));
    if (own == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    *(PULONG)own->Data = OVERHEAD;
    larger = NewNode(filter, first->Oid, first->DataLength + 64);
    if (larger == NULL) {
        NdisFreeMemory(own, 0, 0);
        return NDIS_STATUS_RESOURCES;
    }
    NdisMoveMemory(larger->Data, first->Data, first->DataLength);
    ((PNDIS_RESTART_GENERAL_ATTRIBUTES)larger->Data)->MtuSize -= OVERHEAD;
    larger->Next = own;
    NdisFreeMemory(first, 0, 0);
    RestartParameters->RestartAttributes = larger;
    DbgPrint("MTU %u, and OID %08x\n", ((PNDIS_RESTART_GENERAL_ATTRIBUTES)larger->Data)->MtuSize, larger->Next->Oid);
    return NDIS_STATUS_SUCCESS;
}

/* prints
OID 0001021d, 80 bytes, revision 2, MTU 1500, the last: 1
MTU 1496, and OID ff000001
*/
