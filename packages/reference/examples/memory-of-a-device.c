#include <ndis.h>

#define TAG 'scod'
#define WINDOW_SIZE 64

typedef struct _MAILBOX {
    ULONG Command;
    ULONG Value;
} MAILBOX;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    MAILBOX request = { 7, 1500 };
    MAILBOX answer;
    PUCHAR window;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    /* in the place of what NdisMMapIoSpace maps */
    window = NdisAllocateMemoryWithTagPriority(NULL, WINDOW_SIZE, TAG, NormalPoolPriority);
    if (window == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisZeroMappedMemory(window, WINDOW_SIZE);
    NdisMoveToMappedMemory(window, &request, sizeof(MAILBOX));
    NdisMoveMappedMemory(window + sizeof(MAILBOX), window, sizeof(MAILBOX)); /* within the window */
    NdisMoveFromMappedMemory(&answer, window + sizeof(MAILBOX), sizeof(MAILBOX));
    DbgPrint("command %u, value %u\n", answer.Command, answer.Value);
    NdisFreeMemory(window, 0, 0);
    return STATUS_SUCCESS;
}
