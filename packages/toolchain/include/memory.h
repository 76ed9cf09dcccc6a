/* Memory functions of the C library. */
#pragma once
#include "string.h"
