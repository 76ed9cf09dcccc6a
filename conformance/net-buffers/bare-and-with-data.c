/* Both kinds of NET_BUFFER: over a chain of the driver's, and with MDL and data of its own. */
#include "../rules/pools.h"

#define DATA_SIZE 128
#define HEADER_SIZE 20

static VOID Print(PCSTR What, PNET_BUFFER NetBuffer)
{
    DbgPrint("%s: offset %u, length %u, %u in the MDL of %u bytes, next %p\n", What, NET_BUFFER_DATA_OFFSET(NetBuffer),
             NET_BUFFER_DATA_LENGTH(NetBuffer), NET_BUFFER_CURRENT_MDL_OFFSET(NetBuffer),
             MmGetMdlByteCount(NET_BUFFER_CURRENT_MDL(NetBuffer)), NET_BUFFER_NEXT_NB(NetBuffer));
}

/* A chain of two MDLs over two parts of one block, in which the data starts in the second. */
static VOID OverAChain(NDIS_HANDLE Pool)
{
    static const ULONG offset = HEADER_SIZE + 4;
    PUCHAR block = NdisAllocateMemoryWithTagPriority(NULL, DATA_SIZE, POOL_TAG, NormalPoolPriority);
    PMDL first = NdisAllocateMdl(NULL, block, HEADER_SIZE);
    PMDL second = NdisAllocateMdl(NULL, block + HEADER_SIZE, DATA_SIZE - HEADER_SIZE);
    PNET_BUFFER netBuffer;

    NDIS_MDL_LINKAGE(first) = second;
    netBuffer = NdisAllocateNetBuffer(Pool, first, offset, DATA_SIZE - offset);
    Print("over a chain", netBuffer);
    DbgPrint("first MDL %s, current MDL %s, pool %s\n", NET_BUFFER_FIRST_MDL(netBuffer) == first ? "first" : "?",
             NET_BUFFER_CURRENT_MDL(netBuffer) == second ? "second" : "?",
             NdisGetPoolFromNetBuffer(netBuffer) == Pool ? "its own" : "?");
    NdisFreeNetBuffer(netBuffer);
    DbgPrint("chain after the free: %u + %u bytes\n", MmGetMdlByteCount(first),
             MmGetMdlByteCount(NDIS_MDL_LINKAGE(first)));
    NdisFreeMdl(first);
    NdisFreeMdl(second);
    NdisFreeMemory(block, 0, 0);
}

/* What was written into a NET_BUFFER is gone when it is used again. */
static VOID WithData(NDIS_HANDLE Pool)
{
    PNET_BUFFER netBuffer = NdisAllocateNetBufferMdlAndData(Pool);
    PNET_BUFFER again;

    Print("with data", netBuffer);
    NET_BUFFER_DATA_OFFSET(netBuffer) = 16;
    NET_BUFFER_DATA_LENGTH(netBuffer) = DATA_SIZE - 16;
    NdisAdjustNetBufferCurrentMdl(netBuffer);
    Print("filled", netBuffer);
    NET_BUFFER_CHECKSUM_BIAS(netBuffer) = 7;
    NET_BUFFER_PROTOCOL_RESERVED(netBuffer)[5] = netBuffer;
    NET_BUFFER_MINIPORT_RESERVED(netBuffer)[3] = netBuffer;
    NET_BUFFER_DATA_PHYSICAL_ADDRESS(netBuffer).QuadPart = -1;
    NET_BUFFER_FIRST_SHARED_MEM_INFO(netBuffer) = (PNET_BUFFER_SHARED_MEMORY)netBuffer;
    NdisFreeNetBuffer(netBuffer);

    again = NdisAllocateNetBufferMdlAndData(Pool);
    DbgPrint("used again: %s\n", again == netBuffer ? "yes" : "no");
    Print("as new", again);
    DbgPrint("bias %u, reserved %p %p, physical address %I64x, shared memory %p\n", NET_BUFFER_CHECKSUM_BIAS(again),
             NET_BUFFER_PROTOCOL_RESERVED(again)[5], NET_BUFFER_MINIPORT_RESERVED(again)[3],
             NET_BUFFER_DATA_PHYSICAL_ADDRESS(again).QuadPart, NET_BUFFER_FIRST_SHARED_MEM_INFO(again));
    DbgPrint("%u words for the protocol, %u for the miniport\n", RTL_NUMBER_OF(NET_BUFFER_PROTOCOL_RESERVED(again)),
             RTL_NUMBER_OF(NET_BUFFER_MINIPORT_RESERVED(again)));
    NdisFreeNetBuffer(again);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, 0);
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    OverAChain(pool);
    NdisFreeNetBufferPool(pool);

    InitNetBufferPoolParameters(&parameters, DATA_SIZE);
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    WithData(pool);
    NdisFreeNetBufferPool(pool);
    return STATUS_SUCCESS;
}

/* prints
over a chain: offset 24, length 104, 4 in the MDL of 108 bytes, next 00000000
first MDL first, current MDL second, pool its own
chain after the free: 20 + 108 bytes
with data: offset 0, length 0, 0 in the MDL of 128 bytes, next 00000000
filled: offset 16, length 112, 16 in the MDL of 128 bytes, next 00000000
used again: yes
as new: offset 0, length 0, 0 in the MDL of 128 bytes, next 00000000
bias 0, reserved 00000000 00000000, physical address 0, shared memory 00000000
6 words for the protocol, 4 for the miniport
*/
