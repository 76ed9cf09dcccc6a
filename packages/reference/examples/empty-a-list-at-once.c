#include <ndis.h>

typedef struct _ITEM {
    SLIST_ENTRY Link;
    ULONG Number;
} ITEM;

static SLIST_HEADER Done;
static ITEM Items[] = { { .Number = 1 }, { .Number = 2 }, { .Number = 3 } };

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PSLIST_ENTRY link, next;
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisInitializeSListHead(&Done);
    for (i = 0; i < RTL_NUMBER_OF(Items); i++) {
        ExInterlockedPushEntrySList(&Done, &Items[i].Link, NULL);
    }
    link = ExInterlockedPopEntrySList(&Done, NULL);
    DbgPrint("popped %u\n", CONTAINING_RECORD(link, ITEM, Link)->Number);
    for (link = ExInterlockedFlushSList(&Done); link != NULL; link = next) {
        next = link->Next; /* before the item is given away */
        DbgPrint("flushed %u\n", CONTAINING_RECORD(link, ITEM, Link)->Number);
    }
    DbgPrint("nothing left: %s\n", NdisInterlockedFlushSList(&Done) == NULL ? "yes" : "no");
    return STATUS_SUCCESS;
}
