/* A packet of a header and a payload is built, looked into, stripped of its header, made whole, copied and given back:
   with NDIS 6. ndis5.c does the same with NDIS 5. */
#include <ndis.h>

#define TAG 'troP'
#define HEADER_SIZE 14
#define PAYLOAD_SIZE 46
#define FRAME_SIZE (HEADER_SIZE + PAYLOAD_SIZE)

static NDIS_HANDLE ListPool;
static VOID GiveBack(PNET_BUFFER_LIST List);

/* 1. Make the pools */
static BOOLEAN MakePools(VOID)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;

    NdisZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision =
        NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size =
        NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    parameters.fAllocateNetBuffer = TRUE;
    parameters.PoolTag = TAG;
    ListPool = NdisAllocateNetBufferListPool(NULL, &parameters);
    return ListPool != NULL;
}

/* 2. Build a packet */
static VOID FreeMdls(PMDL Mdl)
{
    PMDL next;

    for (; Mdl != NULL; Mdl = next) {
        next = NDIS_MDL_LINKAGE(Mdl);
        NdisFreeMdl(Mdl);
    }
}

static PNET_BUFFER_LIST BuildOver(PMDL Mdls, ULONG Length)
{
    PNET_BUFFER_LIST list;

    list = NdisAllocateNetBufferAndNetBufferList(ListPool, 0, 0,
                                                 Mdls, 0, Length);
    if (list == NULL) {
        FreeMdls(Mdls);
    }
    return list;
}

static PNET_BUFFER_LIST Build(PUCHAR Header, PUCHAR Payload)
{
    PMDL mdl;

    mdl = NdisAllocateMdl(NULL, Header, HEADER_SIZE);
    if (mdl == NULL) {
        return NULL;
    }
    NDIS_MDL_LINKAGE(mdl) =
        NdisAllocateMdl(NULL, Payload, PAYLOAD_SIZE);
    if (NDIS_MDL_LINKAGE(mdl) == NULL) {
        FreeMdls(mdl);
        return NULL;
    }
    return BuildOver(mdl, FRAME_SIZE);
}

/* 3. Look into it */
static VOID Look(PCSTR What, PNET_BUFFER NetBuffer)
{
    PMDL mdl;
    PUCHAR bytes;
    UINT pieces = 0;

    mdl = NET_BUFFER_CURRENT_MDL(NetBuffer);
    for (; mdl != NULL; mdl = NDIS_MDL_LINKAGE(mdl)) {
        pieces++;
    }
    bytes = NdisGetDataBuffer(NetBuffer, 1, NULL, 1, 0);
    if (bytes != NULL) {
        DbgPrint("%s: %u bytes, pieces: %u, the first byte 0x%02x\n",
                 What, NET_BUFFER_DATA_LENGTH(NetBuffer), pieces,
                 bytes[0]);
    }
}

/* 4. Strip the header and restore it */
static VOID StripAndRestore(PNET_BUFFER NetBuffer)
{
    NdisAdvanceNetBufferDataStart(NetBuffer, HEADER_SIZE, FALSE, NULL);
    Look("stripped", NetBuffer);

    if (NdisRetreatNetBufferDataStart(NetBuffer, HEADER_SIZE, 0, NULL)
        == NDIS_STATUS_SUCCESS) {
        Look("restored", NetBuffer);
    }
}

/* 5. Copy it */
static VOID Copy(PNET_BUFFER NetBuffer, PUCHAR Storage)
{
    PNET_BUFFER_LIST list;
    PNET_BUFFER copy;
    PMDL mdl;
    ULONG copied;

    mdl = NdisAllocateMdl(NULL, Storage, FRAME_SIZE);
    list = mdl == NULL ? NULL : BuildOver(mdl, 0);
    if (list == NULL) {
        return;
    }
    copy = NET_BUFFER_LIST_FIRST_NB(list);
    if (NdisCopyFromNetBufferToNetBuffer(copy, 0, FRAME_SIZE, NetBuffer,
                                         0, &copied)
        == NDIS_STATUS_SUCCESS) {
        NET_BUFFER_DATA_LENGTH(copy) = copied;
        DbgPrint("copied: %u bytes, 0x%02x behind the header\n",
                 copied, Storage[HEADER_SIZE]);
        Look("the copy", copy);
    }
    GiveBack(list);
}

/* 6. Give it back */
static VOID GiveBack(PNET_BUFFER_LIST List)
{
    PMDL mdls;

    mdls = NET_BUFFER_FIRST_MDL(NET_BUFFER_LIST_FIRST_NB(List));
    NdisFreeNetBufferList(List);
    FreeMdls(mdls);
}

static VOID FreePools(VOID)
{
    NdisFreeNetBufferListPool(ListPool);
}

/* 7. Do it all */
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject,
                     PUNICODE_STRING RegistryPath)
{
    PUCHAR block;
    PNET_BUFFER_LIST list;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, 2 * FRAME_SIZE, TAG,
                                              NormalPoolPriority);
    if (block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisFillMemory(block, HEADER_SIZE, 0xff);
    NdisFillMemory(block + HEADER_SIZE, PAYLOAD_SIZE, 0x45);
    if (MakePools()) {
        list = Build(block, block + HEADER_SIZE);
        if (list != NULL) {
            Look("built", NET_BUFFER_LIST_FIRST_NB(list));
            StripAndRestore(NET_BUFFER_LIST_FIRST_NB(list));
            Copy(NET_BUFFER_LIST_FIRST_NB(list), block + FRAME_SIZE);
            GiveBack(list);
        }
        FreePools();
    }
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
