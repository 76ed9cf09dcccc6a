/* An MDL of NdisAllocateMdl is freed with the function of the I/O manager. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 256

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
    Mdl = NdisAllocateMdl(NULL, Block, BLOCK_SIZE); /* allocated MDL-WRONGFREE */
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Mdl != NULL) {
#ifdef MISTAKE
        IoFreeMdl(Mdl); /* at MDL-WRONGFREE */
#else
        NdisFreeMdl(Mdl);
#endif
    }
    NdisFreeMemory(Block, 0, 0);
}
