/* Socket addresses of IPv4 and IPv6. */
#pragma once
#include "ws2def.h"
