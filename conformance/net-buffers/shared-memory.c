/* The segments of shared memory that a NET_BUFFER of a virtual machine queue lies in. */
#include "../rules/pools.h"

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    NET_BUFFER_SHARED_MEMORY lookahead = {0};
    NET_BUFFER_SHARED_MEMORY rest = {0};
    PNET_BUFFER_SHARED_MEMORY segment;
    NDIS_HANDLE pool;
    PNET_BUFFER netBuffer;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    InitNetBufferPoolParameters(&parameters, 256);
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    netBuffer = NdisAllocateNetBufferMdlAndData(pool);

    NET_BUFFER_SHARED_MEM_NEXT_SEGMENT(&lookahead) = &rest;
    NET_BUFFER_SHARED_MEM_FLAGS(&lookahead) = 1;
    NET_BUFFER_SHARED_MEM_HANDLE(&lookahead) = (NDIS_HANDLE)0x1000;
    NET_BUFFER_SHARED_MEM_OFFSET(&lookahead) = 64;
    NET_BUFFER_SHARED_MEM_LENGTH(&lookahead) = 128;
    NET_BUFFER_SHARED_MEM_NEXT_SEGMENT(&rest) = NULL;
    NET_BUFFER_SHARED_MEM_HANDLE(&rest) = (NDIS_HANDLE)0x2000;
    NET_BUFFER_SHARED_MEM_LENGTH(&rest) = 1386;
    NET_BUFFER_FIRST_SHARED_MEM_INFO(netBuffer) = &lookahead;

    for (segment = NET_BUFFER_FIRST_SHARED_MEM_INFO(netBuffer); segment != NULL;
         segment = NET_BUFFER_SHARED_MEM_NEXT_SEGMENT(segment)) {
        DbgPrint("handle %p: %u bytes from %u on, flags %u\n", NET_BUFFER_SHARED_MEM_HANDLE(segment),
                 NET_BUFFER_SHARED_MEM_LENGTH(segment), NET_BUFFER_SHARED_MEM_OFFSET(segment),
                 NET_BUFFER_SHARED_MEM_FLAGS(segment));
    }

    NET_BUFFER_FIRST_SHARED_MEM_INFO(netBuffer) = NULL;
    NdisFreeNetBuffer(netBuffer);
    NdisFreeNetBufferPool(pool);
    return STATUS_SUCCESS;
}

/* prints
handle 00001000: 128 bytes from 64 on, flags 1
handle 00002000: 1386 bytes from 0 on, flags 0
*/
