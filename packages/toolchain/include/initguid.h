/* Included before the headers whose GUIDs the source is to hold. May be included after guiddef.h. */
#ifndef INITGUID
#define INITGUID
#endif
#include "guiddef.h"
