/* The IP helper: what drivers use of it is types of interfaces. */
#pragma once
#include "ntddndis.h"
#include "ws2def.h"
