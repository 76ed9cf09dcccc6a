/* An error path in the middle of a start forgets what was allocated before. */
#include <ndis.h>

#define QUEUE_TAG 'ueuQ'
#define QUEUE_SIZE 4096
#define QUEUES 4
#define TOO_MANY_BYTES 0x7fffffff

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

typedef struct _QUEUE {
    PUCHAR Slots;
    PUCHAR Spare;
} QUEUE, *PQUEUE;

static QUEUE Queues[QUEUES];
static ULONG QueueCount;

/* The last queue asks for more than there is: the driver goes on with those before. */
static BOOLEAN CreateQueue(PQUEUE Queue, ULONG SpareSize)
{
    Queue->Slots = NdisAllocateMemoryWithTagPriority(NULL, QUEUE_SIZE, /* at, allocated MEM-LEAK */
                                                     QUEUE_TAG, NormalPoolPriority);
    if (Queue->Slots == NULL) {
        return FALSE;
    }
    Queue->Spare = NdisAllocateMemoryWithTagPriority(NULL, SpareSize, QUEUE_TAG, LowPoolPriority);
    if (Queue->Spare == NULL) {
#ifndef MISTAKE
        NdisFreeMemory(Queue->Slots, 0, 0);
#endif
        return FALSE;
    }
    return TRUE;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);

    while (QueueCount < QUEUES) {
        if (!CreateQueue(&Queues[QueueCount], QueueCount < QUEUES - 1 ? QUEUE_SIZE : TOO_MANY_BYTES)) {
            break;
        }
        QueueCount++;
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    while (QueueCount > 0) {
        QueueCount--;
        NdisFreeMemory(Queues[QueueCount].Slots, 0, 0);
        NdisFreeMemory(Queues[QueueCount].Spare, 0, 0);
    }
}
