#include <ndis.h>

#define TAG 'scod'

typedef struct _ENTRY {
    SINGLE_LIST_ENTRY Link;
    ULONG Number;
} ENTRY;

static NPAGED_LOOKASIDE_LIST Storage;
static SLIST_HEADER Waiting;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PSINGLE_LIST_ENTRY link;
    ENTRY *entry;
    ULONG number;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisInitializeNPagedLookasideList(&Storage, NULL, NULL, 0, sizeof(ENTRY), TAG, 0);
    NdisInitializeSListHead(&Waiting);
    for (number = 1; number <= 3; number++) {
        entry = NdisAllocateFromNPagedLookasideList(&Storage);
        if (entry == NULL) {
            break;
        }
        entry->Number = number;
        NdisInterlockedPushEntrySList(&Waiting, &entry->Link, NULL);
    }
    DbgPrint("%u waiting\n", NdisQueryDepthSList(&Waiting));
    while ((link = NdisInterlockedPopEntrySList(&Waiting, NULL)) != NULL) {
        entry = CONTAINING_RECORD(link, ENTRY, Link);
        DbgPrint("number %u\n", entry->Number);
        NdisFreeToNPagedLookasideList(&Storage, entry);
    }
    NdisDeleteNPagedLookasideList(&Storage);
    return STATUS_SUCCESS;
}
