/* fails: mapping 1 */
/* fails: mapping 2 */
/* fails: mapping 3 */
/* fails: mapping 4 */
/* A protocol's packet over pages that are locked and not mapped: the Safe functions say that there is no address. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 100

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PNDIS_PACKET packets[2];
    PNDIS_BUFFER first;
    PNDIS_BUFFER buffer;
    NDIS_HANDLE bufferPool;
    NDIS_HANDLE packetPool;
    NDIS_STATUS status;
    PUCHAR block;
    PVOID address;
    PMDL mdl;
    UINT length;
    UINT total;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    mdl = IoAllocateMdl(block, BLOCK_SIZE, FALSE, FALSE, NULL); /* allocated BUF-NOTPOOL */
    NdisAllocateBufferPool(&status, &bufferPool, 1);
    NdisAllocateBuffer(&status, &buffer, bufferPool, block, BLOCK_SIZE);
    NdisAllocatePacketPool(&status, &packetPool, 2, 0);
    NdisAllocatePacket(&status, &packets[0], packetPool);
    NdisAllocatePacket(&status, &packets[1], packetPool);
    MmProbeAndLockPages(mdl, KernelMode, IoModifyAccess);
    NdisChainBufferAtFront(packets[0], mdl); /* at BUF-NOTPOOL */
    NdisChainBufferAtFront(packets[1], buffer);

    NdisQueryBufferSafe(mdl, &address, &length, NormalPagePriority);
    DbgPrint("query: %s, %u bytes\n", address == NULL ? "NULL" : "there", length);
    DbgPrint("address: %s\n", NdisBufferVirtualAddressSafe(mdl, NormalPagePriority) == NULL ? "NULL" : "there");
    NdisGetFirstBufferFromPacketSafe(packets[0], &first, &address, &length, &total, NormalPagePriority);
    DbgPrint("first: %s, %s, %u of %u bytes\n", first == mdl ? "it" : "another", address == NULL ? "NULL" : "there",
             length, total);
    NdisCopyFromPacketToPacketSafe(packets[1], 0, BLOCK_SIZE, packets[0], 0, &length, NormalPagePriority);
    DbgPrint("copied: %u\n", length);
    NdisCopyFromPacketToPacketSafe(packets[1], 0, 10, packets[0], 90, &length, NormalPagePriority);
    DbgPrint("copied once it was mapped: %u\n", length);

    NdisUnchainBufferAtFront(packets[0], &first);
    NdisUnchainBufferAtFront(packets[1], &first);
    NdisFreePacket(packets[0]);
    NdisFreePacket(packets[1]);
    NdisFreePacketPool(packetPool);
    MmUnlockPages(mdl);
    IoFreeMdl(mdl);
    NdisFreeBuffer(buffer);
    NdisFreeBufferPool(bufferPool);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}

/* prints
query: NULL, 100 bytes
address: NULL
first: it, NULL, 100 of 100 bytes
copied: 0
copied once it was mapped: 10
*/
