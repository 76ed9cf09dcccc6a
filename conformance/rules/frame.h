/*
 * A frame of 256 bytes in two MDLs, and pools for NET_BUFFERs and lists over it. The file that includes this allocates
 * those itself, so that findings point at its own lines, and does all in Act. Byte n of the frame is n.
 */
#pragma once

#include "pools.h"

#define FIRST_SIZE 64
#define FRAME_SIZE 256
#define HEADROOM 20

DRIVER_INITIALIZE DriverEntry;

static NDIS_HANDLE NetBufferPool;
static NDIS_HANDLE ListPool;
static PUCHAR Frame;
static PMDL FrameMdl;

/* Written by the file that includes this. */
static VOID Act(VOID);

static BOOLEAN CreateFrame(VOID)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    NET_BUFFER_LIST_POOL_PARAMETERS listParameters;
    PMDL rest;
    ULONG i;

    InitNetBufferPoolParameters(&parameters, 0);
    NetBufferPool = NdisAllocateNetBufferPool(NULL, &parameters);
    InitNetBufferListPoolParameters(&listParameters, TRUE, 0);
    ListPool = NdisAllocateNetBufferListPool(NULL, &listParameters);
    Frame = NdisAllocateMemoryWithTagPriority(NULL, FRAME_SIZE, POOL_TAG, NormalPoolPriority);
    if (NetBufferPool == NULL || ListPool == NULL || Frame == NULL) {
        return FALSE;
    }
    FrameMdl = NdisAllocateMdl(NULL, Frame, FIRST_SIZE);
    rest = NdisAllocateMdl(NULL, Frame + FIRST_SIZE, FRAME_SIZE - FIRST_SIZE);
    if (FrameMdl == NULL || rest == NULL) {
        return FALSE;
    }
    NDIS_MDL_LINKAGE(FrameMdl) = rest;
    for (i = 0; i < FRAME_SIZE; i++) {
        Frame[i] = (UCHAR)i;
    }
    return TRUE;
}

static VOID DeleteFrame(VOID)
{
    PMDL rest = NDIS_MDL_LINKAGE(FrameMdl);

    NdisFreeMdl(FrameMdl);
    NdisFreeMdl(rest);
    NdisFreeMemory(Frame, 0, 0);
    NdisFreeNetBufferListPool(ListPool);
    NdisFreeNetBufferPool(NetBufferPool);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    if (!CreateFrame()) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Act();
    DeleteFrame();
    return STATUS_SUCCESS;
}
