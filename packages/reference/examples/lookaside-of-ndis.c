#include <ndis.h>

#define TAG 'scod'
#define SENDS 3

typedef struct _SEND {
    struct _SEND *Next;
    ULONG Number;
} SEND;

static NPAGED_LOOKASIDE_LIST Sends;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    SEND *send, *waiting = NULL;
    ULONG number;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisInitializeNPagedLookasideList(&Sends, NULL, NULL, 0, sizeof(SEND), TAG, 0);
    for (number = 1; number <= SENDS; number++) {
        send = NdisAllocateFromNPagedLookasideList(&Sends);
        if (send == NULL) {
            break; /* this send fails, the others go on */
        }
        send->Number = number; /* every member is set: an entry holds what it held before */
        send->Next = waiting;
        waiting = send;
    }
    while (waiting != NULL) {
        send = waiting;
        waiting = send->Next;
        DbgPrint("send %u complete\n", send->Number);
        NdisFreeToNPagedLookasideList(&Sends, send);
    }
    NdisDeleteNPagedLookasideList(&Sends);
    return STATUS_SUCCESS;
}
