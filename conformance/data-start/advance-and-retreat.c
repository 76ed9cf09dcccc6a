/* A header is stripped and put back within the unused space of one MDL: nothing is allocated, nothing moves. */
#include "../rules/pools.h"

#define DATA_SIZE 256
#define HEADROOM 64
#define HEADER_SIZE 14

static VOID Print(PCSTR What, PNET_BUFFER NetBuffer)
{
    DbgPrint("%s: offset %u, length %u, in MDL %u\n", What, NET_BUFFER_DATA_OFFSET(NetBuffer),
             NET_BUFFER_DATA_LENGTH(NetBuffer), NET_BUFFER_CURRENT_MDL_OFFSET(NetBuffer));
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER netBuffer;
    PMDL first;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, DATA_SIZE);
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    netBuffer = NdisAllocateNetBufferMdlAndData(pool);
    first = NET_BUFFER_FIRST_MDL(netBuffer);

    NET_BUFFER_DATA_OFFSET(netBuffer) = HEADROOM;
    NET_BUFFER_DATA_LENGTH(netBuffer) = 100;
    NdisAdjustNetBufferCurrentMdl(netBuffer);
    Print("made", netBuffer);
    NdisAdvanceNetBufferDataStart(netBuffer, HEADER_SIZE, FALSE, NULL);
    Print("advanced", netBuffer);
    status = NdisRetreatNetBufferDataStart(netBuffer, HEADER_SIZE, 0, NULL);
    Print("retreated", netBuffer);
    DbgPrint("status 0x%08x, same MDL: %s\n", status, NET_BUFFER_FIRST_MDL(netBuffer) == first ? "yes" : "no");

    NdisFreeNetBuffer(netBuffer);
    NdisFreeNetBufferPool(pool);
    return STATUS_SUCCESS;
}

/* prints
made: offset 64, length 100, in MDL 64
advanced: offset 78, length 86, in MDL 78
retreated: offset 64, length 100, in MDL 64
status 0x00000000, same MDL: yes
*/
