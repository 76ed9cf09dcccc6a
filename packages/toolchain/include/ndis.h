/* NDIS. */
#pragma once

#include "ntddk.h"
#include "ndis/version.h"
#include "ntddndis.h"
#include "netiodef.h"
#include "ndislab/ndis/types.h"
#include "ndislab/ndis/names.h"
#include "ndislab/ndis/data-path.h"

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

#include "windot11.h"
#include "ndislab/ndis/prototypes.h"
#include "ndislab/ndis/miniport.h"
#include "ndislab/ndis/protocol.h"
