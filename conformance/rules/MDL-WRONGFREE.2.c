/* And the other way round: an MDL of IoAllocateMdl is freed with the function of NDIS. */
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
    Mdl = IoAllocateMdl(Block, BLOCK_SIZE, FALSE, FALSE, NULL); /* allocated MDL-WRONGFREE */
    if (Mdl != NULL) {
        MmBuildMdlForNonPagedPool(Mdl);
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Mdl != NULL) {
#ifdef MISTAKE
        NdisFreeMdl(Mdl); /* at MDL-WRONGFREE */
#else
        IoFreeMdl(Mdl);
#endif
    }
    NdisFreeMemory(Block, 0, 0);
}
