#include <ndis.h>

#define TAG 'scod'
#define HEADER_SIZE 10
#define BODY_SIZE 50

/* Makes a NET_BUFFER that the driver already has show other data. */
static VOID Reuse(PNET_BUFFER NetBuffer, PMDL Chain, ULONG DataOffset, ULONG DataLength)
{
    NET_BUFFER_FIRST_MDL(NetBuffer) = Chain;
    NET_BUFFER_DATA_OFFSET(NetBuffer) = DataOffset;
    NET_BUFFER_DATA_LENGTH(NetBuffer) = DataLength;
    NdisAdjustNetBufferCurrentMdl(NetBuffer);
    DbgPrint("offset %u: %s MDL, %u bytes into it\n", DataOffset,
             NET_BUFFER_CURRENT_MDL(NetBuffer) == Chain ? "first" : "second", NET_BUFFER_CURRENT_MDL_OFFSET(NetBuffer));
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER netBuffer = NULL;
    PMDL header = NULL, body = NULL;
    PUCHAR block;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.PoolTag = TAG;
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    block = NdisAllocateMemoryWithTagPriority(NULL, HEADER_SIZE + BODY_SIZE, TAG, NormalPoolPriority);
    if (block != NULL) {
        header = NdisAllocateMdl(NULL, block, HEADER_SIZE);
        body = NdisAllocateMdl(NULL, block + HEADER_SIZE, BODY_SIZE);
    }
    if (pool != NULL) {
        netBuffer = NdisAllocateNetBuffer(pool, NULL, 0, 0);
    }
    if (netBuffer != NULL && header != NULL && body != NULL) {
        NDIS_MDL_LINKAGE(header) = body;
        Reuse(netBuffer, header, 4, 40);
        Reuse(netBuffer, header, HEADER_SIZE, BODY_SIZE);
        Reuse(netBuffer, header, HEADER_SIZE + 7, 20);
    }
    if (netBuffer != NULL) {
        NdisFreeNetBuffer(netBuffer);
    }
    if (body != NULL) {
        NdisFreeMdl(body);
    }
    if (header != NULL) {
        NdisFreeMdl(header);
    }
    if (block != NULL) {
        NdisFreeMemory(block, 0, 0);
    }
    if (pool != NULL) {
        NdisFreeNetBufferPool(pool);
    }
    return STATUS_SUCCESS;
}
