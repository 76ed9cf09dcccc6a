/* Device types and control codes. */
#pragma once
#include "ntdef.h"

#define CTL_CODE(device, function, method, access) \
    ((ULONG)(device) << 16 | (ULONG)(access) << 14 | (ULONG)(function) << 2 | (ULONG)(method))
#define DEVICE_TYPE_FROM_CTL_CODE(code) ((ULONG)(code) >> 16)
#define METHOD_FROM_CTL_CODE(code) ((ULONG)(code) & 3)

#define METHOD_BUFFERED 0
#define METHOD_IN_DIRECT 1
#define METHOD_OUT_DIRECT 2
#define METHOD_NEITHER 3
#define METHOD_DIRECT_TO_HARDWARE METHOD_IN_DIRECT
#define METHOD_DIRECT_FROM_HARDWARE METHOD_OUT_DIRECT

#define FILE_DEVICE_NETWORK 0x12
#define FILE_DEVICE_TRANSPORT 0x21
#define FILE_DEVICE_NULL 0x15
#define FILE_DEVICE_PHYSICAL_NETCARD 0x17
#define FILE_DEVICE_UNKNOWN 0x22
#define FILE_DEVICE_NETWORK_BROWSER 0x13
#define FILE_DEVICE_NETWORK_REDIRECTOR 0x28

#define FILE_ANY_ACCESS 0
#define FILE_READ_ACCESS 1
#define FILE_WRITE_ACCESS 2
#define FILE_SPECIAL_ACCESS FILE_ANY_ACCESS
#define FILE_READ_DATA 0x1
#define FILE_WRITE_DATA 0x2
