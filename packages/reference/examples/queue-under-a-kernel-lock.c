#include <ndis.h>

typedef struct _REQUEST {
    LIST_ENTRY Link;
    ULONG Number;
} REQUEST;

static LIST_ENTRY Queue;
static KSPIN_LOCK Lock;
static REQUEST Requests[] = { { .Number = 1 }, { .Number = 2 }, { .Number = 3 } };

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PLIST_ENTRY link;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitializeListHead(&Queue);
    KeInitializeSpinLock(&Lock);
    if (ExInterlockedInsertTailList(&Queue, &Requests[0].Link, &Lock) == NULL) {
        DbgPrint("the first: start work\n");
    }
    ExInterlockedInsertTailList(&Queue, &Requests[1].Link, &Lock);
    ExInterlockedInsertHeadList(&Queue, &Requests[2].Link, &Lock); /* urgent */
    while ((link = ExInterlockedRemoveHeadList(&Queue, &Lock)) != NULL) {
        DbgPrint("request %u\n", CONTAINING_RECORD(link, REQUEST, Link)->Number);
    }
    return STATUS_SUCCESS;
}
