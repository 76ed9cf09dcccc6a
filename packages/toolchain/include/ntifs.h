/* The kernel, for file systems: what network drivers use of it is in wdm.h. */
#pragma once
#include "wdm.h"
