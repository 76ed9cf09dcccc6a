#include <ndis.h>

#define TAG 'scod'
#define BUFFER_SIZE 6000
#define PART_SIZE 2000

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PUCHAR buffer, data;
    PMDL whole, part;
    ULONG offset;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    buffer = ExAllocatePoolWithTag(PagedPool, BUFFER_SIZE, TAG);
    if (buffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    whole = IoAllocateMdl(buffer, BUFFER_SIZE, FALSE, FALSE, NULL);
    part = IoAllocateMdl(buffer, PART_SIZE + PAGE_SIZE, FALSE, FALSE, NULL); /* enough wherever the part starts */
    if (whole != NULL && part != NULL) {
        for (offset = 0; offset < BUFFER_SIZE; offset += PART_SIZE) {
            buffer[offset] = (UCHAR)(offset / PART_SIZE + 1);
        }
        MmProbeAndLockPages(whole, KernelMode, IoReadAccess);
        for (offset = 0; offset < BUFFER_SIZE; offset += PART_SIZE) {
            IoBuildPartialMdl(whole, part, buffer + offset, PART_SIZE);
            data = MmGetSystemAddressForMdlSafe(part, NormalPagePriority);
            if (data != NULL) {
                DbgPrint("part %u: %u bytes\n", data[0], MmGetMdlByteCount(part));
            }
            MmPrepareMdlForReuse(part);
        }
        MmUnlockPages(whole);
    }
    if (part != NULL) {
        IoFreeMdl(part);
    }
    if (whole != NULL) {
        IoFreeMdl(whole);
    }
    ExFreePoolWithTag(buffer, TAG);
    return STATUS_SUCCESS;
}
