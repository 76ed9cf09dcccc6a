/* Wide strings of the C library. */
#pragma once
#include "string.h"
