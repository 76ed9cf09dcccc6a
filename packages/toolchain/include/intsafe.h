/* Safe arithmetic, by the name that applications use. */
#pragma once
#include "ntintsafe.h"
