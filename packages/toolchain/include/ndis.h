/* NDIS. */
#pragma once

#include "ntddk.h"
#include "ndis/version.h"
#include "ntddndis.h"
#include "netiodef.h"
#include "ndislab/ndis/names.h"
#include "ndislab/ndis/data-path.h"

/* Further names of types */
typedef SET_OPTIONS FILTER_SET_OPTIONS, MINIPORT_SET_OPTIONS, PROTOCOL_SET_OPTIONS;
typedef SET_OPTIONS_HANDLER FILTER_SET_OPTIONS_HANDLER, MINIPORT_SET_OPTIONS_HANDLER, PROTOCOL_SET_OPTIONS_HANDLER;
typedef NET_IF_MEDIA_CONNECT_STATE NDIS_MEDIA_CONNECT_STATE, *PNDIS_MEDIA_CONNECT_STATE;
typedef NET_IF_MEDIA_DUPLEX_STATE NDIS_MEDIA_DUPLEX_STATE, *PNDIS_MEDIA_DUPLEX_STATE;
typedef NPAGED_LOOKASIDE_LIST *PNDIS_LOOKASIDE;
typedef ULONG NDIS_ERROR_CODE, *PNDIS_ERROR_CODE;
typedef NDIS_OBJECT_HEADER NDIS_DRIVER_OPTIONAL_HANDLERS, *PNDIS_DRIVER_OPTIONAL_HANDLERS;
typedef struct _NDIS_RSS_PROCESSOR_INFO *PNDIS_RSS_PROCESSOR_INFO;

typedef VOID NDIS_IO_WORKITEM_FUNCTION(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle);
typedef NDIS_IO_WORKITEM_FUNCTION *NDIS_IO_WORKITEM_ROUTINE;

/* Contexts */
#define NDIS_DECLARE_FILTER_MODULE_CONTEXT(type)
#define NDIS_DECLARE_FILTER_DRIVER_CONTEXT(type)
#define NDIS_DECLARE_MINIPORT_ADAPTER_CONTEXT(type)
#define NDIS_DECLARE_MINIPORT_DRIVER_CONTEXT(type)
#define NDIS_DECLARE_PROTOCOL_OPEN_CONTEXT(type)
#define NDIS_DECLARE_PROTOCOL_DRIVER_CONTEXT(type)

/* Ethernet addresses */
#define ETH_LENGTH_OF_ADDRESS 6
#define ETH_IS_BROADCAST(a) \
    (((PUCHAR)(a))[0] == 0xff && ((PUCHAR)(a))[1] == 0xff && ((PUCHAR)(a))[2] == 0xff && \
     ((PUCHAR)(a))[3] == 0xff && ((PUCHAR)(a))[4] == 0xff && ((PUCHAR)(a))[5] == 0xff)
#define ETH_IS_MULTICAST(a) ((((PUCHAR)(a))[0] & 1) != 0)
#define ETH_COMPARE_NETWORK_ADDRESSES(a, b, result) ((void)(*(result) = (UINT)memcmp((a), (b), 6)))
#define ETH_COMPARE_NETWORK_ADDRESSES_EQ(a, b, result) ((void)(*(result) = memcmp((a), (b), 6) != 0))
#define ETH_COPY_NETWORK_ADDRESS(to, from) RtlCopyMemory(to, from, ETH_LENGTH_OF_ADDRESS)

#include "ndislab/ndis/prototypes.h"
