/* Safe strings, by the name that applications use. */
#pragma once
#include "ntstrsafe.h"
