/*
 * Parameters of pools, filled in as the documents ask for it. What a driver allocates it allocates itself, so that
 * findings point at its own lines.
 */
#pragma once

#include <ndis.h>

#define POOL_TAG 'looP'

static inline VOID InitNetBufferPoolParameters(NET_BUFFER_POOL_PARAMETERS *Parameters, ULONG DataSize)
{
    NdisZeroMemory(Parameters, sizeof(*Parameters));
    Parameters->Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Parameters->Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    Parameters->Header.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    Parameters->PoolTag = POOL_TAG;
    Parameters->DataSize = DataSize;
}

static inline VOID InitNetBufferListPoolParameters(NET_BUFFER_LIST_POOL_PARAMETERS *Parameters,
                                                   BOOLEAN AllocateNetBuffer, ULONG DataSize)
{
    NdisZeroMemory(Parameters, sizeof(*Parameters));
    Parameters->Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Parameters->Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    Parameters->Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    Parameters->ProtocolId = NDIS_PROTOCOL_ID_DEFAULT;
    Parameters->fAllocateNetBuffer = AllocateNetBuffer;
    Parameters->PoolTag = POOL_TAG;
    Parameters->DataSize = DataSize;
}
