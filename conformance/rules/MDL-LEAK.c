/* The block that an MDL describes is freed, the MDL is not. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 2048

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PVOID Block;
static PMDL Mdl;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Mdl = NdisAllocateMdl(NULL, Block, BLOCK_SIZE); /* at, allocated MDL-LEAK */
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
#ifndef MISTAKE
    if (Mdl != NULL) {
        NdisFreeMdl(Mdl);
    }
#endif
    NdisFreeMemory(Block, 0, 0);
}
