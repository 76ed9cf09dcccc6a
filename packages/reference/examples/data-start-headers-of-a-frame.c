#include <ndis.h>

#define TAG 'scod'
#define PAYLOAD 40
#define HEADROOM 20
#define BACK_FILL 8

static UCHAR const Ethernet[14] = {0x02, 0, 0, 0, 0, 1, 0x02, 0, 0, 0, 0, 2, 0x88, 0xb5};
static UCHAR const Tunnel[24] = {0x45};

static VOID Show(PCSTR What, PNET_BUFFER NetBuffer)
{
    PMDL mdl;

    DbgPrint("%s: offset %u, length %u, MDLs of", What, NET_BUFFER_DATA_OFFSET(NetBuffer),
             NET_BUFFER_DATA_LENGTH(NetBuffer));
    for (mdl = NET_BUFFER_FIRST_MDL(NetBuffer); mdl != NULL; mdl = NDIS_MDL_LINKAGE(mdl)) {
        DbgPrint(" %u", MmGetMdlByteCount(mdl));
    }
    DbgPrint("\n");
}

/* Puts a header in front of the data. It may come to lie in two MDLs. */
static NDIS_STATUS PutHeader(PNET_BUFFER NetBuffer, UCHAR const *Header, ULONG Length)
{
    NDIS_STATUS status;
    PMDL mdl;
    PUCHAR data;
    ULONG offset, piece, done;

    status = NdisRetreatNetBufferDataStart(NetBuffer, Length, BACK_FILL, NULL);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    mdl = NET_BUFFER_CURRENT_MDL(NetBuffer);
    offset = NET_BUFFER_CURRENT_MDL_OFFSET(NetBuffer);
    for (done = 0; done < Length; done += piece) {
        data = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority);
        if (data == NULL) {
            NdisAdvanceNetBufferDataStart(NetBuffer, Length, TRUE, NULL);
            return NDIS_STATUS_RESOURCES;
        }
        piece = min(Length - done, MmGetMdlByteCount(mdl) - offset);
        NdisMoveMemory(data + offset, Header + done, piece);
        DbgPrint("%u bytes of the header\n", piece);
        mdl = NDIS_MDL_LINKAGE(mdl);
        offset = 0;
    }
    return NDIS_STATUS_SUCCESS;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER netBuffer;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.PoolTag = TAG;
    parameters.DataSize = HEADROOM + PAYLOAD;
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    if (pool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    netBuffer = NdisAllocateNetBufferMdlAndData(pool);
    if (netBuffer != NULL) {
        NET_BUFFER_DATA_OFFSET(netBuffer) = HEADROOM;
        NET_BUFFER_DATA_LENGTH(netBuffer) = PAYLOAD;
        NdisAdjustNetBufferCurrentMdl(netBuffer);
        Show("payload", netBuffer);

        if (PutHeader(netBuffer, Ethernet, sizeof(Ethernet)) == NDIS_STATUS_SUCCESS) {
            Show("in the unused data", netBuffer);
            if (PutHeader(netBuffer, Tunnel, sizeof(Tunnel)) == NDIS_STATUS_SUCCESS) {
                Show("with an MDL of NDIS", netBuffer);
                NdisAdvanceNetBufferDataStart(netBuffer, sizeof(Tunnel), TRUE, NULL);
            }
            NdisAdvanceNetBufferDataStart(netBuffer, sizeof(Ethernet), TRUE, NULL);
        }
        Show("as it was", netBuffer);
        NdisFreeNetBuffer(netBuffer);
    }
    NdisFreeNetBufferPool(pool);
    return STATUS_SUCCESS;
}
