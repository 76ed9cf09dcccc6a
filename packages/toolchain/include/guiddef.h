/* GUIDs. With INITGUID (initguid.h) DEFINE_GUID makes the constant, without it declares it. */
#include "ntdef.h"

/* Outside the include guard: DEFINE_GUID changes its meaning when INITGUID appears. */
#undef DEFINE_GUID
#ifdef INITGUID
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
    DECLSPEC_SELECTANY const GUID name = { l, w1, w2, { b1, b2, b3, b4, b5, b6, b7, b8 } }
#else
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) extern const GUID name
#endif

#ifndef NDISLAB_GUIDDEF_H
#define NDISLAB_GUIDDEF_H

typedef const GUID *LPCGUID;
typedef GUID IID, CLSID, FMTID, *LPIID, *LPCLSID;
#define REFGUID const GUID *
#define REFIID const IID *
#define REFCLSID const IID *

#define IsEqualGUID(a, b) (__builtin_memcmp((a), (b), sizeof(GUID)) == 0)
#define InlineIsEqualGUID(a, b) IsEqualGUID(a, b)
#define IsEqualIID(a, b) IsEqualGUID(a, b)

#endif
