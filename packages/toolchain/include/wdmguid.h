/* GUIDs of kernel events. */
#pragma once
#include "guiddef.h"
