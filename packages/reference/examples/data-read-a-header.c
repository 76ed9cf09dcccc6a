#include <ndis.h>

#define TAG 'scod'
#define FRAME_SIZE 60
#define CUT 10 /* where the second MDL starts */

typedef struct _FRAME_HEADER {
    UCHAR Destination[6];
    UCHAR Source[6];
    UCHAR Type[2];
} FRAME_HEADER;

/* Reads a header wherever the frame is cut. */
static VOID Parse(PNET_BUFFER NetBuffer)
{
    FRAME_HEADER storage, *header;

    header = NdisGetDataBuffer(NetBuffer, sizeof(storage), &storage, 1, 0);
    if (header == NULL) {
        DbgPrint("too short, or not to be mapped\n");
        return;
    }
    DbgPrint("type 0x%02x%02x, %s\n", header->Type[0], header->Type[1], header == &storage ? "a copy" : "in place");
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER netBuffer = NULL;
    PMDL first = NULL, second = NULL;
    PUCHAR frame;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.PoolTag = TAG;
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    frame = NdisAllocateMemoryWithTagPriority(NULL, FRAME_SIZE, TAG, NormalPoolPriority);
    if (frame != NULL) {
        NdisZeroMemory(frame, FRAME_SIZE);
        frame[12] = 0x08; /* IPv4 */
        first = NdisAllocateMdl(NULL, frame, CUT);
        second = NdisAllocateMdl(NULL, frame + CUT, FRAME_SIZE - CUT);
    }
    if (pool != NULL && first != NULL && second != NULL) {
        NDIS_MDL_LINKAGE(first) = second;
        netBuffer = NdisAllocateNetBuffer(pool, first, 0, FRAME_SIZE);
    }
    if (netBuffer != NULL) {
        Parse(netBuffer);
        DbgPrint("without a storage: %s\n",
                 NdisGetDataBuffer(netBuffer, sizeof(FRAME_HEADER), NULL, 1, 0) == NULL ? "NULL" : "in place");
        DbgPrint("the first %u bytes: %s\n", CUT,
                 NdisGetDataBuffer(netBuffer, CUT, NULL, 1, 0) == frame ? "in place" : "elsewhere");
        DbgPrint("more than there is: %s\n",
                 NdisGetDataBuffer(netBuffer, FRAME_SIZE + 1, NULL, 1, 0) == NULL ? "NULL" : "some");
        DbgPrint("at most %u physical pieces\n", NdisQueryNetBufferPhysicalCount(netBuffer));
        NdisFreeNetBuffer(netBuffer);
    }
    if (second != NULL) {
        NdisFreeMdl(second);
    }
    if (first != NULL) {
        NdisFreeMdl(first);
    }
    if (frame != NULL) {
        NdisFreeMemory(frame, 0, 0);
    }
    if (pool != NULL) {
        NdisFreeNetBufferPool(pool);
    }
    return STATUS_SUCCESS;
}
