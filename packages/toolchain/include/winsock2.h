/* What headers shared with applications take from Windows Sockets. */
#pragma once
#include "ws2def.h"

#define htons(n) RtlUshortByteSwap(n)
#define ntohs(n) RtlUshortByteSwap(n)
#define htonl(n) RtlUlongByteSwap(n)
#define ntohl(n) RtlUlongByteSwap(n)
