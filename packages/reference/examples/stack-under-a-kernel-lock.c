#include <ndis.h>

typedef struct _BUFFER {
    SINGLE_LIST_ENTRY Link;
    ULONG Number;
} BUFFER;

static SINGLE_LIST_ENTRY Free; /* a global: zeroed, and so empty */
static KSPIN_LOCK Lock;
static BUFFER Buffers[] = { { .Number = 1 }, { .Number = 2 } };

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PSINGLE_LIST_ENTRY link;
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    KeInitializeSpinLock(&Lock);
    for (i = 0; i < RTL_NUMBER_OF(Buffers); i++) {
        ExInterlockedPushEntryList(&Free, &Buffers[i].Link, &Lock);
    }
    while ((link = ExInterlockedPopEntryList(&Free, &Lock)) != NULL) {
        DbgPrint("buffer %u\n", CONTAINING_RECORD(link, BUFFER, Link)->Number);
    }
    return STATUS_SUCCESS;
}
