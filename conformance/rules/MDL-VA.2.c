/* An MDL of NDIS over paged memory, which may not be there when the data is needed. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 512

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID block;
    PMDL mdl;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

#ifdef MISTAKE
    block = ExAllocatePool2(POOL_FLAG_PAGED, BLOCK_SIZE, BLOCK_TAG);
#else
    block = ExAllocatePool2(POOL_FLAG_NON_PAGED, BLOCK_SIZE, BLOCK_TAG);
#endif
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    mdl = NdisAllocateMdl(NULL, block, BLOCK_SIZE); /* at MDL-VA */
    if (mdl != NULL) {
        NdisFreeMdl(mdl);
    }
    ExFreePoolWithTag(block, BLOCK_TAG);
    return STATUS_SUCCESS;
}
