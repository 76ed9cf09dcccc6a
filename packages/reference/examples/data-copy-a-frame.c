#include <ndis.h>

#define TAG 'scod'
#define FRAME_SIZE 60
#define HEADROOM 16

/* Copies a frame into a NET_BUFFER with room, whatever MDLs the frame is in. */
static BOOLEAN CopyFrame(PNET_BUFFER Copy, PNET_BUFFER Frame)
{
    ULONG copied;
    ULONG length = NET_BUFFER_DATA_LENGTH(Frame);

    if (NdisCopyFromNetBufferToNetBuffer(Copy, 0, length, Frame, 0, &copied) != NDIS_STATUS_SUCCESS) {
        return FALSE;
    }
    DbgPrint("copied %u of %u bytes\n", copied, length);
    if (copied != length) {
        return FALSE;
    }
    NET_BUFFER_DATA_LENGTH(Copy) = length;
    return TRUE;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER frame, copy;
    PUCHAR data;
    ULONG copied;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.PoolTag = TAG;
    parameters.DataSize = HEADROOM + FRAME_SIZE;
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    frame = NdisAllocateNetBufferMdlAndData(pool);
    copy = NdisAllocateNetBufferMdlAndData(pool);
    if (frame != NULL && copy != NULL) {
        NET_BUFFER_DATA_LENGTH(frame) = FRAME_SIZE;
        data = NdisGetDataBuffer(frame, FRAME_SIZE, NULL, 1, 0);
        if (data != NULL) {
            NdisFillMemory(data, FRAME_SIZE, 7);
        }
        NET_BUFFER_DATA_OFFSET(copy) = HEADROOM;
        NdisAdjustNetBufferCurrentMdl(copy);

        if (CopyFrame(copy, frame)) {
            data = NdisGetDataBuffer(copy, FRAME_SIZE, NULL, 1, 0);
            DbgPrint("offset %u, length %u, last byte %u\n", NET_BUFFER_DATA_OFFSET(copy),
                     NET_BUFFER_DATA_LENGTH(copy), data == NULL ? 0 : data[FRAME_SIZE - 1]);
        }
        if (NdisCopyFromNetBufferToNetBuffer(copy, 20, FRAME_SIZE, frame, 0, &copied) == NDIS_STATUS_SUCCESS) {
            DbgPrint("20 bytes on there is room for %u\n", copied);
        }
    }
    if (copy != NULL) {
        NdisFreeNetBuffer(copy);
    }
    if (frame != NULL) {
        NdisFreeNetBuffer(frame);
    }
    NdisFreeNetBufferPool(pool);
    return STATUS_SUCCESS;
}
