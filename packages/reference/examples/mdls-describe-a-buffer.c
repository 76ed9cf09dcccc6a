#include <ndis.h>

#define TAG 'scod'
#define BUFFER_SIZE 1514

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUCHAR buffer, data;
    PMDL mdl;
    UINT length, offset;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    buffer = NdisAllocateMemoryWithTagPriority(NULL, BUFFER_SIZE, TAG, NormalPoolPriority);
    if (buffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    mdl = NdisAllocateMdl(NULL, buffer, BUFFER_SIZE);
    if (mdl != NULL) {
        buffer[0] = 0x42;
        NdisQueryMdl(mdl, (PVOID *)&data, &length, NormalPagePriority);
        if (data != NULL) {
            DbgPrint("%u bytes, the first is %02x\n", length, data[0]);
        }
        NdisQueryMdlOffset(mdl, &offset, &length);
        DbgPrint("they start in their page where the buffer does: %s\n",
                 offset == ((ULONG_PTR)buffer & (PAGE_SIZE - 1)) ? "yes" : "no");

        /* a frame that is shorter than the buffer, and the whole buffer again before the MDL goes */
        NdisAdjustMdlLength(mdl, 60);
        NdisQueryMdlOffset(mdl, &offset, &length);
        DbgPrint("%u bytes of a frame\n", length);
        NdisAdjustMdlLength(mdl, BUFFER_SIZE);
        NdisFreeMdl(mdl);
    }
    NdisFreeMemory(buffer, 0, 0);
    return STATUS_SUCCESS;
}
