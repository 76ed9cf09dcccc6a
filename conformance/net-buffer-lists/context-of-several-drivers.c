/* Every driver on a list's way puts its own context in front of those of the others, and takes it off on the way back. */
#include "../rules/pools.h"

typedef struct _UPPER_CONTEXT {
    ULONG Magic;
    ULONG Port;
} UPPER_CONTEXT, *PUPPER_CONTEXT;

typedef struct _LOWER_CONTEXT {
    ULONG Magic;
    ULONG Notes[9];
} LOWER_CONTEXT, *PLOWER_CONTEXT;

static VOID Print(PCSTR What, PNET_BUFFER_LIST List)
{
    DbgPrint("%s: ", What);
    if (List->Context == NULL) {
        DbgPrint("none\n");
        return;
    }
    DbgPrint("%u bytes, %u of them used, starts with 0x%08x\n", NET_BUFFER_LIST_CONTEXT_DATA_SIZE(List),
             List->Context->Size - List->Context->Offset, *(PULONG)NET_BUFFER_LIST_CONTEXT_DATA_START(List));
}

static VOID PushAndPop(PNET_BUFFER_LIST List)
{
    NDIS_STATUS status;
    PUPPER_CONTEXT upper;
    PLOWER_CONTEXT lower;

    status = NdisAllocateNetBufferListContext(List, sizeof(UPPER_CONTEXT), 0, POOL_TAG);
    upper = (PUPPER_CONTEXT)NET_BUFFER_LIST_CONTEXT_DATA_START(List);
    upper->Magic = 0x11111111;
    DbgPrint("status 0x%08x\n", status);
    Print("upper driver", List);

    status = NdisAllocateNetBufferListContext(List, sizeof(LOWER_CONTEXT), 16, POOL_TAG);
    lower = (PLOWER_CONTEXT)NET_BUFFER_LIST_CONTEXT_DATA_START(List);
    lower->Magic = 0x22222222;
    DbgPrint("status 0x%08x\n", status);
    Print("lower driver", List);

    NdisFreeNetBufferListContext(List, sizeof(LOWER_CONTEXT));
    Print("back at the upper driver", List);
    NdisFreeNetBufferListContext(List, sizeof(UPPER_CONTEXT));
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER_LIST list;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferListPoolParameters(&parameters, FALSE, 0);
    parameters.ContextSize = 24;
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);

    list = NdisAllocateNetBufferList(pool, 16, 8);
    *(PULONG)NET_BUFFER_LIST_CONTEXT_DATA_START(list) = 0x00000000;
    Print("as allocated", list);
    PushAndPop(list);
    Print("at the end", list);
    NdisFreeNetBufferList(list);
    NdisFreeNetBufferListPool(pool);

    InitNetBufferListPoolParameters(&parameters, FALSE, 0);
    pool = NdisAllocateNetBufferListPool(NULL, &parameters);
    list = NdisAllocateNetBufferList(pool, 0, 0);
    Print("without", list);
    PushAndPop(list);
    Print("at the end", list);
    NdisFreeNetBufferList(list);
    NdisFreeNetBufferListPool(pool);
    return STATUS_SUCCESS;
}

/* prints
as allocated: 24 bytes, 16 of them used, starts with 0x00000000
status 0x00000000
upper driver: 24 bytes, 24 of them used, starts with 0x11111111
status 0x00000000
lower driver: 56 bytes, 40 of them used, starts with 0x22222222
back at the upper driver: 24 bytes, 24 of them used, starts with 0x11111111
at the end: 24 bytes, 16 of them used, starts with 0x00000000
without: none
status 0x00000000
upper driver: 8 bytes, 8 of them used, starts with 0x11111111
status 0x00000000
lower driver: 56 bytes, 40 of them used, starts with 0x22222222
back at the upper driver: 8 bytes, 8 of them used, starts with 0x11111111
at the end: none
*/
