#include <ndis.h>

#define TAG 'scod'

/* Stands for the handle that NdisAllocateSharedMemory gave a miniport. */
static NDIS_HANDLE const SharedMemory = (NDIS_HANDLE)0x1000;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    NET_BUFFER_SHARED_MEMORY header, payload, *segment;
    NDIS_HANDLE pool;
    PNET_BUFFER netBuffer;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.PoolTag = TAG;
    parameters.DataSize = 256;
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    netBuffer = NdisAllocateNetBufferMdlAndData(pool);
    if (netBuffer != NULL) {
        NdisZeroMemory(&header, sizeof(header));
        NdisZeroMemory(&payload, sizeof(payload));
        NET_BUFFER_SHARED_MEM_NEXT_SEGMENT(&header) = &payload;
        NET_BUFFER_SHARED_MEM_HANDLE(&header) = SharedMemory;
        NET_BUFFER_SHARED_MEM_LENGTH(&header) = 64;
        NET_BUFFER_SHARED_MEM_HANDLE(&payload) = SharedMemory;
        NET_BUFFER_SHARED_MEM_OFFSET(&payload) = 4096;
        NET_BUFFER_SHARED_MEM_LENGTH(&payload) = 192;

        NET_BUFFER_FIRST_SHARED_MEM_INFO(netBuffer) = &header;
        for (segment = NET_BUFFER_FIRST_SHARED_MEM_INFO(netBuffer); segment != NULL;
             segment = NET_BUFFER_SHARED_MEM_NEXT_SEGMENT(segment)) {
            DbgPrint("%u bytes at %u of %s, flags %x\n", NET_BUFFER_SHARED_MEM_LENGTH(segment),
                     NET_BUFFER_SHARED_MEM_OFFSET(segment),
                     NET_BUFFER_SHARED_MEM_HANDLE(segment) == SharedMemory ? "the memory" : "?",
                     NET_BUFFER_SHARED_MEM_FLAGS(segment));
        }
        NET_BUFFER_FIRST_SHARED_MEM_INFO(netBuffer) = NULL;
        NdisFreeNetBuffer(netBuffer);
    }
    NdisFreeNetBufferPool(pool);
    return STATUS_SUCCESS;
}
