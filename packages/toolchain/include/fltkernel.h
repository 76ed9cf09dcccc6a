/* File-system filters: what network drivers use of it is in wdm.h. */
#pragma once
#include "ntifs.h"
