#include <ndis.h>

#define TAG 'scod'

static NET_BUFFER_POOL_PARAMETERS const PoolParameters = {
    .Header = { NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_POOL_PARAMETERS_REVISION_1,
                NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1 },
    .PoolTag = TAG,
};

static VOID Show(PCSTR What, PNET_BUFFER NetBuffer)
{
    DbgPrint("%s: %u bytes behind %u others, from byte %u of %s MDL on\n", What, NET_BUFFER_DATA_LENGTH(NetBuffer),
             NET_BUFFER_DATA_OFFSET(NetBuffer), NET_BUFFER_CURRENT_MDL_OFFSET(NetBuffer),
             NET_BUFFER_CURRENT_MDL(NetBuffer) == NET_BUFFER_FIRST_MDL(NetBuffer) ? "the first" : "a later");
}

static VOID Story(NDIS_HANDLE Pool, PMDL Headers, PMDL Payload)
{
    PNET_BUFFER netBuffer;

    NDIS_MDL_LINKAGE(Headers) = Payload;
    netBuffer = NdisAllocateNetBuffer(Pool, Headers, 54, 100); /* the headers are stripped */
    if (netBuffer == NULL) {
        return;
    }
    Show("both MDLs", netBuffer);

    /* another chain: three members are assigned, the other two follow */
    NET_BUFFER_FIRST_MDL(netBuffer) = Payload;
    NET_BUFFER_DATA_OFFSET(netBuffer) = 8;
    NET_BUFFER_DATA_LENGTH(netBuffer) = 92;
    NdisAdjustNetBufferCurrentMdl(netBuffer);
    Show("the payload", netBuffer);
    NdisFreeNetBuffer(netBuffer);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_HANDLE pool;
    PUCHAR block;
    PMDL headers, payload;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    pool = NdisAllocateNetBufferPool(NULL, &PoolParameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    block = NdisAllocateMemoryWithTagPriority(NULL, 154, TAG, NormalPoolPriority);
    if (block != NULL) {
        headers = NdisAllocateMdl(NULL, block, 54);
        payload = NdisAllocateMdl(NULL, block + 54, 100);
        if (headers != NULL && payload != NULL) {
            Story(pool, headers, payload);
        }
        if (payload != NULL) {
            NdisFreeMdl(payload);
        }
        if (headers != NULL) {
            NdisFreeMdl(headers);
        }
        NdisFreeMemory(block, 0, 0);
    }
    NdisFreeNetBufferPool(pool);
    return STATUS_SUCCESS;
}
