/* A descriptor maps a header on the stack, which is gone when the function returns. */
#include <ndis.h>

#define HEADER_TAG 'rdaH'
#define HEADER_SIZE 14

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE BufferPool;
static PUCHAR Header;
static PNDIS_BUFFER Spare;
static PNDIS_BUFFER Buffer;

static VOID MapHeader(VOID)
{
    NDIS_STATUS status;
#ifdef MISTAKE
    UCHAR local[HEADER_SIZE] = {0};
    PUCHAR header = local;
#else
    PUCHAR header = Header;
#endif

    NdisAllocateBuffer(&status, &Buffer, BufferPool, header, HEADER_SIZE); /* at BUF-RANGE */
    if (status != NDIS_STATUS_SUCCESS) {
        DbgPrint("no descriptor: 0x%08x\n", status);
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Header = NdisAllocateMemoryWithTagPriority(NULL, HEADER_SIZE, HEADER_TAG, NormalPoolPriority);
    if (Header == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, 2);
    NdisAllocateBuffer(&status, &Spare, BufferPool, Header, HEADER_SIZE);
    MapHeader();
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Buffer != NULL) {
        NdisFreeBuffer(Buffer);
    }
    if (Spare != NULL) {
        NdisFreeBuffer(Spare);
    }
    NdisFreeBufferPool(BufferPool);
    NdisFreeMemory(Header, 0, 0);
}
