/* The pointer that is freed has moved on from the start of its block. */
#include <ndis.h>

#define RING_TAG 'gniR'
#define ALIGNMENT 64
#define RING_SIZE 1024

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PUCHAR Block;
static PUCHAR Ring;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, RING_SIZE + ALIGNMENT, RING_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    /* The device wants its ring on a multiple of 64, and has its state in front of it. */
    Ring = (PUCHAR)(((ULONG_PTR)Block + ALIGNMENT) & ~(ULONG_PTR)(ALIGNMENT - 1));
    NdisZeroMemory(Ring, RING_SIZE);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#ifdef MISTAKE
    NdisFreeMemory(Ring, 0, 0); /* at MEM-BADADDR */
#endif
    NdisFreeMemory(Block, 0, 0);
}
