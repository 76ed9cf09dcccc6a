/* The kernel, for drivers of every kind. */
#pragma once
#include "wdm.h"
