/* The kernel. */
#pragma once

#include "ntdef.h"
#include "ntstatus.h"
#include "devioctl.h"
#include "string.h"

/* Everything the DDI table has; what follows is not in it. */
#include "ndislab/functions.h"

#include "ndislab/debug.h"
#include "ndislab/bytes.h"
#include "ndislab/interlocked.h"
#include "ndislab/lists.h"
#include "ndislab/kernel/rtl.h"
#include "ndislab/kernel/ke.h"
#include "ndislab/kernel/mm.h"
#include "ndislab/kernel/ex.h"
#include "ndislab/kernel/ob.h"
#include "ndislab/kernel/io.h"
#include "ndislab/versions.h"
