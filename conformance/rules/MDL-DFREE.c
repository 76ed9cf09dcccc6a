/* An MDL is freed on an error path and again by the common way out. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 512
#define TOO_MANY_BYTES 0x7fffffff

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PVOID Block;
static PVOID Shadow;

/* Tries to get a second block of any size; without it the driver runs all the same. */
static VOID CreateShadow(ULONG Size)
{
    PMDL mdl = NdisAllocateMdl(NULL, Block, BLOCK_SIZE); /* allocated MDL-DFREE */

    if (mdl == NULL) {
        return;
    }
    Shadow = NdisAllocateMemoryWithTagPriority(NULL, Size, BLOCK_TAG, LowPoolPriority);
    if (Shadow == NULL) {
#ifdef MISTAKE
        NdisFreeMdl(mdl);
#endif
        goto exit;
    }
    NdisMoveMemory(Shadow, MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority), BLOCK_SIZE);
exit:
    NdisFreeMdl(mdl); /* at MDL-DFREE */
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    CreateShadow(TOO_MANY_BYTES);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Shadow != NULL) {
        NdisFreeMemory(Shadow, 0, 0);
    }
    NdisFreeMemory(Block, 0, 0);
}
