/* The pool is freed with its last descriptor, and one descriptor too few is ever counted back. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define DESCRIPTORS 3
#define PIECE 100

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE BufferPool;
static ULONG Outstanding;
static PUCHAR Block;
static PNDIS_BUFFER Header;
static PNDIS_BUFFER Payload;
static PNDIS_BUFFER Trailer;

static PNDIS_BUFFER TakeBuffer(ULONG Piece)
{
    NDIS_STATUS status;
    PNDIS_BUFFER buffer;

    NdisAllocateBuffer(&status, &buffer, BufferPool, Block + Piece * PIECE, PIECE); /* at, allocated BUF-LEAK */
    if (status == NDIS_STATUS_SUCCESS) {
        Outstanding++;
    }
    return buffer;
}

static VOID GiveBuffer(PNDIS_BUFFER Buffer)
{
    NdisFreeBuffer(Buffer);
    if (--Outstanding == 0) {
        NdisFreeBufferPool(BufferPool);
    }
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, DESCRIPTORS * PIECE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, DESCRIPTORS);
    Header = TakeBuffer(0);
    Payload = TakeBuffer(1);
    Trailer = TakeBuffer(2);
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    GiveBuffer(Header);
    GiveBuffer(Payload);
#ifndef MISTAKE
    GiveBuffer(Trailer);
#endif
    NdisFreeMemory(Block, 0, 0);
}
