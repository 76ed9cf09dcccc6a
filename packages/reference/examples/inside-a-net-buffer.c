#include <ndis.h>

#define TAG 'scod'

static VOID Show(PCSTR What, NET_BUFFER const *NetBuffer)
{
    DbgPrint("%s: bytes %u to %u, %s MDL, %u into it\n", What, NetBuffer->DataOffset,
             NetBuffer->DataOffset + NetBuffer->DataLength,
             NetBuffer->CurrentMdl == NetBuffer->MdlChain ? "first" : "second", NetBuffer->CurrentMdlOffset);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    NET_BUFFER_DATA before;
    NET_BUFFER_HEADER *header;
    NDIS_HANDLE pool;
    NET_BUFFER *netBuffer = NULL;
    PUCHAR block;
    PMDL first, second;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.PoolTag = TAG;
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    block = NdisAllocateMemoryWithTagPriority(NULL, 150, TAG, NormalPoolPriority);
    first = NULL;
    second = NULL;
    if (block != NULL) {
        first = NdisAllocateMdl(NULL, block, 50);
        second = NdisAllocateMdl(NULL, block + 50, 100);
    }
    if (pool != NULL && first != NULL && second != NULL) {
        NDIS_MDL_LINKAGE(first) = second;
        netBuffer = NdisAllocateNetBuffer(pool, first, 40, 100);
    }
    if (netBuffer != NULL) {
        Show("made", netBuffer);
        header = &netBuffer->NetBufferHeader;
        before = header->NetBufferData;
        NdisAdvanceNetBufferDataStart(netBuffer, 14, FALSE, NULL);
        Show("advanced", netBuffer);
        NdisRetreatNetBufferDataStart(netBuffer, 14, 0, NULL);
        Show("retreated", netBuffer);
        DbgPrint("as it was: %s\n", NdisEqualMemory(&before, &header->NetBufferData, sizeof(before)) ? "yes" : "no");
        NdisFreeNetBuffer(netBuffer);
    }
    if (second != NULL) {
        NdisFreeMdl(second);
    }
    if (first != NULL) {
        NdisFreeMdl(first);
    }
    if (block != NULL) {
        NdisFreeMemory(block, 0, 0);
    }
    if (pool != NULL) {
        NdisFreeNetBufferPool(pool);
    }
    return STATUS_SUCCESS;
}
