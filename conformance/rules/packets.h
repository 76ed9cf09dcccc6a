/*
 * A packet pool, a buffer pool and a block to map: what most drivers of NDIS 5 start with. The file that includes this
 * writes Start, which takes its packets and descriptors by itself, so that findings point at its own lines, and Stop,
 * which gives them back.
 */
#pragma once

#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define BLOCK_SIZE 256
#define PACKETS 4
#define DESCRIPTORS 4

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static NDIS_HANDLE PacketPool;
static NDIS_HANDLE BufferPool;
static PUCHAR Block;

static VOID Start(VOID);
static VOID Stop(VOID);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, BLOCK_SIZE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocatePacketPool(&status, &PacketPool, PACKETS, PROTOCOL_RESERVED_SIZE_IN_PACKET);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeMemory(Block, 0, 0);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisAllocateBufferPool(&status, &BufferPool, DESCRIPTORS);
    Start();
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    Stop();
    NdisFreeBufferPool(BufferPool);
    NdisFreePacketPool(PacketPool);
    NdisFreeMemory(Block, 0, 0);
}
