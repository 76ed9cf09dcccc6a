#include <ndis.h>

#define TAG 'scod'
#define DATA_SIZE 1514
#define LENGTH 60

static NET_BUFFER_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1 },
    .PoolTag = TAG,
    .DataSize = DATA_SIZE,
};

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE pool;
    PNET_BUFFER netBuffer;
    PUCHAR frame;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    pool = NdisAllocateNetBufferPool(NULL, &PoolParameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    netBuffer = NdisAllocateNetBufferMdlAndData(pool);
    if (netBuffer != NULL) {
        DbgPrint("%u of %u bytes used, pool %s\n", NET_BUFFER_DATA_LENGTH(netBuffer),
                 MmGetMdlByteCount(NET_BUFFER_FIRST_MDL(netBuffer)),
                 NdisGetPoolFromNetBuffer(netBuffer) == pool ? "its own" : "?");
        NET_BUFFER_DATA_LENGTH(netBuffer) = LENGTH;
        frame = NdisGetDataBuffer(netBuffer, LENGTH, NULL, 1, 0);
        if (frame != NULL) {
            NdisFillMemory(frame, LENGTH, 0xff);
            DbgPrint("a frame of %u bytes\n", NET_BUFFER_DATA_LENGTH(netBuffer));
        }
        NdisFreeNetBuffer(netBuffer);
    }
    NdisFreeNetBufferPool(pool);
    return STATUS_SUCCESS;
}
