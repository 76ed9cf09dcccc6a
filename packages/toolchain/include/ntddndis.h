/* NDIS's media, object identifiers and link values, which applications use too. */
#pragma once
#include "ntdef.h"
#include "devioctl.h"

#define NDIS_LINK_SPEED_UNKNOWN ((ULONG64)-1)

/* Interfaces */
#define IF_TYPE_OTHER 1
#define IF_TYPE_ETHERNET_CSMACD 6
#define IF_TYPE_PPP 23
#define IF_TYPE_SOFTWARE_LOOPBACK 24
#define IF_TYPE_PROP_VIRTUAL 53
#define IF_TYPE_IEEE80211 71
#define IF_TYPE_TUNNEL 131

