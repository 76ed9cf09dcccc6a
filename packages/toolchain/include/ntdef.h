/* Base types and macros. */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include "ndislab/compiler.h"
#include "driverspecs.h"
#include "ndislab/types.h"
#include "ndislab/structures.h"

typedef WCHAR wchar_t;

#define FALSE 0
#define TRUE 1
#ifndef NULL
#define NULL ((void *)0)
#endif

/* Text */
typedef CHAR *PSTR, *LPSTR, *PSZ, *PNZCH;
typedef const CHAR *PCSTR, *LPCSTR, *PCSZ, *PCCH, *PCNZCH;
typedef WCHAR *PWSTR, *LPWSTR, *PWCH, *LPWCH;
typedef const WCHAR *PCWSTR, *LPCWSTR, *PCWCH;

#ifdef UNICODE
typedef WCHAR TCHAR, *PTCHAR, *LPTSTR, *PTSTR;
typedef const WCHAR *LPCTSTR, *PCTSTR;
#else
typedef CHAR TCHAR, *PTCHAR, *LPTSTR, *PTSTR;
typedef const CHAR *LPCTSTR, *PCTSTR;
#endif

/* Pointers to constants, and further names of integers */
typedef const void *PCVOID, *LPCVOID;
typedef const UNICODE_STRING *PCUNICODE_STRING, *PCNDIS_STRING;
typedef const STRING *PCSTRING, *PCANSI_STRING;
typedef const UCHAR *PCUCHAR;
typedef const LIST_ENTRY *PCLIST_ENTRY;
typedef UCHAR FCHAR, *PFCHAR;
typedef SHORT FSHORT, *PFSHORT;
typedef ULONG FLONG, LOGICAL, LCID, *PLOGICAL, *PLCID;
typedef USHORT LANGID, *PLANGID;
typedef LONGLONG USN;
typedef ULONG EXECUTION_STATE;
typedef double DOUBLE;
typedef float FLOAT;

typedef SINGLE_LIST_ENTRY SLIST_ENTRY;

typedef struct _LUID {
    ULONG LowPart;
    LONG HighPart;
} LUID, *PLUID;

typedef struct _PROCESSOR_NUMBER {
    USHORT Group;
    UCHAR Number;
    UCHAR Reserved;
} PROCESSOR_NUMBER, *PPROCESSOR_NUMBER;

typedef struct _GROUP_AFFINITY {
    KAFFINITY Mask;
    USHORT Group;
    USHORT Reserved[3];
} GROUP_AFFINITY, *PGROUP_AFFINITY;

typedef struct _OBJECT_ATTRIBUTES {
    ULONG Length;
    HANDLE RootDirectory;
    PUNICODE_STRING ObjectName;
    ULONG Attributes;
    PVOID SecurityDescriptor;
    PVOID SecurityQualityOfService;
} OBJECT_ATTRIBUTES, *POBJECT_ATTRIBUTES;

#define OBJ_INHERIT 0x2
#define OBJ_PERMANENT 0x10
#define OBJ_EXCLUSIVE 0x20
#define OBJ_CASE_INSENSITIVE 0x40
#define OBJ_OPENIF 0x80
#define OBJ_OPENLINK 0x100
#define OBJ_KERNEL_HANDLE 0x200
#define OBJ_FORCE_ACCESS_CHECK 0x400

#define InitializeObjectAttributes(p, name, attributes, root, security) \
    ((void)((p)->Length = sizeof(OBJECT_ATTRIBUTES), (p)->RootDirectory = (root), (p)->ObjectName = (name), \
            (p)->Attributes = (attributes), (p)->SecurityDescriptor = (security), \
            (p)->SecurityQualityOfService = NULL))

/* Status values */
#define NT_SUCCESS(status) ((NTSTATUS)(status) >= 0)
#define NT_INFORMATION(status) ((ULONG)(status) >> 30 == 1)
#define NT_WARNING(status) ((ULONG)(status) >> 30 == 2)
#define NT_ERROR(status) ((ULONG)(status) >> 30 == 3)

/* Structures and their members */
#define FIELD_OFFSET(type, member) ((LONG)__builtin_offsetof(type, member))
#define UFIELD_OFFSET(type, member) ((ULONG)__builtin_offsetof(type, member))
#define FIELD_SIZE(type, member) (sizeof(((type *)0)->member))
#define RTL_FIELD_SIZE(type, member) FIELD_SIZE(type, member)
#define RTL_FIELD_TYPE(type, member) (((type *)0)->member)
#define RTL_SIZEOF_THROUGH_FIELD(type, member) (FIELD_OFFSET(type, member) + FIELD_SIZE(type, member))
#define RTL_CONTAINS_FIELD(p, size, member) \
    ((PCHAR)&(p)->member + sizeof((p)->member) <= (PCHAR)(p) + (size))
#define CONTAINING_RECORD(address, type, member) ((type *)((PCHAR)(address) - __builtin_offsetof(type, member)))
#define ARRAYSIZE(a) (sizeof(a) / sizeof((a)[0]))
#define RTL_NUMBER_OF(a) ARRAYSIZE(a)
#define _ARRAYSIZE(a) ARRAYSIZE(a)
#define RTL_NUMBER_OF_FIELD(type, member) RTL_NUMBER_OF(RTL_FIELD_TYPE(type, member))

/* Numbers */
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define LOBYTE(w) ((UCHAR)(ULONG_PTR)(w))
#define HIBYTE(w) ((UCHAR)((ULONG_PTR)(w) >> 8))
#define LOWORD(l) ((USHORT)(ULONG_PTR)(l))
#define HIWORD(l) ((USHORT)((ULONG_PTR)(l) >> 16))
#define MAKEWORD(low, high) ((USHORT)((UCHAR)(low) | (USHORT)(UCHAR)(high) << 8))
#define MAKELONG(low, high) ((LONG)((USHORT)(low) | (ULONG)(USHORT)(high) << 16))
#define FlagOn(flags, mask) ((flags) & (mask))
#define BooleanFlagOn(flags, mask) ((BOOLEAN)(((flags) & (mask)) != 0))
#define SetFlag(flags, mask) ((flags) |= (mask))
#define ClearFlag(flags, mask) ((flags) &= ~(mask))
#define Int32x32To64(a, b) ((LONGLONG)(LONG)(a) * (LONG)(b))
#define UInt32x32To64(a, b) ((ULONGLONG)(ULONG)(a) * (ULONG)(b))
#define Int64ShllMod32(value, count) ((ULONGLONG)(value) << ((count) & 31))
#define Int64ShraMod32(value, count) ((LONGLONG)(value) >> ((count) & 31))
#define Int64ShrlMod32(value, count) ((ULONGLONG)(value) >> ((count) & 31))
#define PtrToUlong(p) ((ULONG)(ULONG_PTR)(p))
#define PtrToLong(p) ((LONG)(LONG_PTR)(p))
#define UlongToPtr(n) ((PVOID)(ULONG_PTR)(ULONG)(n))
#define LongToPtr(n) ((PVOID)(LONG_PTR)(LONG)(n))
#define UlongToHandle(n) ((HANDLE)(ULONG_PTR)(n))
#define HandleToUlong(h) ((ULONG)(ULONG_PTR)(h))
#define HandleToULong(h) HandleToUlong(h)
#define Handle32ToHandle(n) ((HANDLE)(LONG_PTR)(n))
#define HandleToHandle32(h) ((ULONG)(ULONG_PTR)(h))
#define PtrToUint(p) ((UINT)(UINT_PTR)(p))
#define UintToPtr(n) ((PVOID)(UINT_PTR)(n))

#define MINCHAR 0x80
#define MAXCHAR 0x7f
#define MINSHORT 0x8000
#define MAXSHORT 0x7fff
#define MINLONG 0x80000000
#define MAXLONG 0x7fffffff
#define MAXUCHAR 0xff
#define MAXUSHORT 0xffff
#define MAXULONG 0xffffffff
#define MAXDWORD 0xffffffff
#define MAXULONGLONG (~(ULONGLONG)0)
#define MAXLONGLONG (0x7fffffffffffffffLL)
#define MAXULONG_PTR (~(ULONG_PTR)0)
#define MAXSIZE_T (~(SIZE_T)0)
#define UNICODE_NULL ((WCHAR)0)
#define UNICODE_STRING_MAX_BYTES ((USHORT)65534)
#define UNICODE_STRING_MAX_CHARS 32767
#ifdef UNICODE
#define TEXT(s) L##s
#else
#define TEXT(s) s
#endif
#define NOTHING

/* Strings whose text is a literal */
#define RTL_CONSTANT_STRING(s) { sizeof(s) - sizeof((s)[0]), sizeof(s), (void *)(s) }
#define DECLARE_CONST_UNICODE_STRING(name, text) \
    const WCHAR name##_buffer[] = text; \
    const UNICODE_STRING name = { sizeof(text) - sizeof(WCHAR), sizeof(text), (PWSTR)name##_buffer }
#define DECLARE_GLOBAL_CONST_UNICODE_STRING(name, text) \
    static const UNICODE_STRING name = { sizeof(text) - sizeof(WCHAR), sizeof(text), (PWSTR)(text) }
#define DECLARE_UNICODE_STRING_SIZE(name, chars) \
    WCHAR name##_buffer[chars]; \
    UNICODE_STRING name = { 0, (chars) * sizeof(WCHAR), name##_buffer }

#define ANSI_NULL ((CHAR)0)
#define RTL_BITS_OF(x) (sizeof(x) * 8)
#define ALIGN_DOWN_BY(n, align) ((ULONG_PTR)(n) & ~((ULONG_PTR)(align) - 1))
#define ALIGN_UP_BY(n, align) ALIGN_DOWN_BY((ULONG_PTR)(n) + (align) - 1, align)
#define ALIGN_DOWN(n, type) ALIGN_DOWN_BY(n, sizeof(type))
#define ALIGN_UP(n, type) ALIGN_UP_BY(n, sizeof(type))
#define ALIGN_DOWN_POINTER_BY(p, align) ((PVOID)ALIGN_DOWN_BY(p, align))
#define ALIGN_UP_POINTER_BY(p, align) ((PVOID)ALIGN_UP_BY(p, align))
#define ALIGN_DOWN_POINTER(p, type) ALIGN_DOWN_POINTER_BY(p, sizeof(type))
#define ALIGN_UP_POINTER(p, type) ALIGN_UP_POINTER_BY(p, sizeof(type))
#define ROUND_TO_SIZE(n, align) ((((ULONG_PTR)(n)) + (align) - 1) & ~((align) - 1))

#include "guiddef.h"
