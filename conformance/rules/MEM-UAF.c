/* A request is freed while it is still on the queue; the next one that is put behind it writes into freed memory. */
#include <ndis.h>

#define REQUEST_TAG 'tqeR'

DRIVER_INITIALIZE DriverEntry;

typedef struct {
    LIST_ENTRY Link;
    ULONG Number;
} REQUEST;

static LIST_ENTRY Queue;
static NDIS_SPIN_LOCK QueueLock;

static REQUEST *NewRequest(VOID)
{
    return NdisAllocateMemoryWithTagPriority(NULL, sizeof(REQUEST), REQUEST_TAG, /* allocated MEM-UAF */
                                             NormalPoolPriority);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    REQUEST *first, *second;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitializeListHead(&Queue);
    NdisAllocateSpinLock(&QueueLock);
    first = NewRequest();
    second = NewRequest();
    if (first == NULL || second == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisInterlockedInsertTailList(&Queue, &first->Link, &QueueLock);
#ifndef MISTAKE
    NdisInterlockedRemoveHeadList(&Queue, &QueueLock);
#endif
    NdisFreeMemory(first, 0, 0);
    NdisInterlockedInsertTailList(&Queue, &second->Link, &QueueLock); /* at MEM-UAF */
    NdisInterlockedRemoveHeadList(&Queue, &QueueLock);
    NdisFreeMemory(second, 0, 0);
    NdisFreeSpinLock(&QueueLock);
    return STATUS_SUCCESS;
}
