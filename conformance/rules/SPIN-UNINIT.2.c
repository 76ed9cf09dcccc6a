/* A queue in a fresh block has rubbish where its lock should be. */
#include <ndis.h>

#define QUEUE_TAG 'ueuQ'

DRIVER_INITIALIZE DriverEntry;

typedef struct {
    LIST_ENTRY Head;
    LIST_ENTRY Item;
    KSPIN_LOCK Lock;
} QUEUE;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    QUEUE *queue;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    queue = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*queue), QUEUE_TAG);
    if (queue == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisFillMemory(queue, sizeof(*queue), 0xaa);
    InitializeListHead(&queue->Head);
#ifndef MISTAKE
    KeInitializeSpinLock(&queue->Lock);
#endif
    ExInterlockedInsertTailList(&queue->Head, &queue->Item, &queue->Lock); /* at SPIN-UNINIT */
    ExInterlockedRemoveHeadList(&queue->Head, &queue->Lock);
    ExFreePoolWithTag(queue, QUEUE_TAG);
    return STATUS_SUCCESS;
}
