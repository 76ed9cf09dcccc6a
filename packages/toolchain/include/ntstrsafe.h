/* Strings with a limit. Cb counts bytes, Cch characters; a result that does not fit is cut off and reported. */
#pragma once
#include "wdm.h"
#include "stdio.h"

#define NTSTRSAFEDDI FORCEINLINE NTSTATUS
#define NTSTRSAFE_MAX_CCH 2147483647
#define NTSTRSAFE_UNICODE_STRING_MAX_CCH (0xffff / sizeof(WCHAR))
#define STRSAFE_IGNORE_NULLS 0x100
#define STRSAFE_FILL_BEHIND_NULL 0x200
#define STRSAFE_NO_TRUNCATION 0x1000

typedef PSTR NTSTRSAFE_PSTR;
typedef PCSTR NTSTRSAFE_PCSTR;
typedef PWSTR NTSTRSAFE_PWSTR;
typedef PCWSTR NTSTRSAFE_PCWSTR;

/* Length, copy and append, for both widths of characters */
#define NDISLAB_STRSAFE(type, suffix) \
    NTSTRSAFEDDI RtlStringCchLength##suffix(const type *text, SIZE_T limit, SIZE_T *length) \
    { \
        SIZE_T count = 0; \
        if (text != NULL) while (count < limit && text[count] != 0) count++; \
        if (length != NULL) *length = text != NULL && count < limit ? count : 0; \
        return text != NULL && count < limit ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER; \
    } \
    NTSTRSAFEDDI RtlStringCchCopyN##suffix(type *to, SIZE_T size, const type *from, SIZE_T most) \
    { \
        SIZE_T count = 0; \
        if (size == 0 || size > NTSTRSAFE_MAX_CCH) return STATUS_INVALID_PARAMETER; \
        for (; count < most && from[count] != 0; count++) { \
            if (count == size - 1) { \
                to[count] = 0; \
                return STATUS_BUFFER_OVERFLOW; \
            } \
            to[count] = from[count]; \
        } \
        to[count] = 0; \
        return STATUS_SUCCESS; \
    } \
    NTSTRSAFEDDI RtlStringCchCopy##suffix(type *to, SIZE_T size, const type *from) \
    { \
        return RtlStringCchCopyN##suffix(to, size, from, NTSTRSAFE_MAX_CCH); \
    } \
    NTSTRSAFEDDI RtlStringCchCatN##suffix(type *to, SIZE_T size, const type *from, SIZE_T most) \
    { \
        SIZE_T used; \
        NTSTATUS status = RtlStringCchLength##suffix(to, size, &used); \
        return NT_SUCCESS(status) ? RtlStringCchCopyN##suffix(to + used, size - used, from, most) : status; \
    } \
    NTSTRSAFEDDI RtlStringCchCat##suffix(type *to, SIZE_T size, const type *from) \
    { \
        return RtlStringCchCatN##suffix(to, size, from, NTSTRSAFE_MAX_CCH); \
    } \
    NTSTRSAFEDDI RtlStringCbLength##suffix(const type *text, SIZE_T bytes, SIZE_T *length) \
    { \
        SIZE_T count = 0; \
        NTSTATUS status = RtlStringCchLength##suffix(text, bytes / sizeof(type), &count); \
        if (length != NULL) *length = count * sizeof(type); \
        return status; \
    } \
    NTSTRSAFEDDI RtlStringCbCopy##suffix(type *to, SIZE_T bytes, const type *from) \
    { \
        return RtlStringCchCopy##suffix(to, bytes / sizeof(type), from); \
    } \
    NTSTRSAFEDDI RtlStringCbCopyN##suffix(type *to, SIZE_T bytes, const type *from, SIZE_T most) \
    { \
        return RtlStringCchCopyN##suffix(to, bytes / sizeof(type), from, most / sizeof(type)); \
    } \
    NTSTRSAFEDDI RtlStringCbCat##suffix(type *to, SIZE_T bytes, const type *from) \
    { \
        return RtlStringCchCat##suffix(to, bytes / sizeof(type), from); \
    }
NDISLAB_STRSAFE(CHAR, A)
NDISLAB_STRSAFE(WCHAR, W)

/* Formatting */
NTSTATUS RtlStringCchPrintfA(PSTR pszDest, SIZE_T cchDest, PCSTR pszFormat, ...);
NTSTATUS RtlStringCchPrintfW(PWSTR pszDest, SIZE_T cchDest, PCWSTR pszFormat, ...);
NTSTATUS RtlStringCbPrintfA(PSTR pszDest, SIZE_T cbDest, PCSTR pszFormat, ...);
NTSTATUS RtlStringCbPrintfW(PWSTR pszDest, SIZE_T cbDest, PCWSTR pszFormat, ...);
NTSTATUS RtlStringCchVPrintfA(PSTR pszDest, SIZE_T cchDest, PCSTR pszFormat, va_list argList);
NTSTATUS RtlStringCchVPrintfW(PWSTR pszDest, SIZE_T cchDest, PCWSTR pszFormat, va_list argList);
NTSTATUS RtlStringCbVPrintfA(PSTR pszDest, SIZE_T cbDest, PCSTR pszFormat, va_list argList);
NTSTATUS RtlStringCbVPrintfW(PWSTR pszDest, SIZE_T cbDest, PCWSTR pszFormat, va_list argList);
NTSTATUS RtlStringCchPrintfExA(PSTR pszDest, SIZE_T cchDest, PSTR *ppszDestEnd, SIZE_T *pcchRemaining, ULONG dwFlags,
                               PCSTR pszFormat, ...);
NTSTATUS RtlStringCchPrintfExW(PWSTR pszDest, SIZE_T cchDest, PWSTR *ppszDestEnd, SIZE_T *pcchRemaining,
                               ULONG dwFlags, PCWSTR pszFormat, ...);
NTSTATUS RtlStringCbPrintfExA(PSTR pszDest, SIZE_T cbDest, PSTR *ppszDestEnd, SIZE_T *pcbRemaining, ULONG dwFlags,
                              PCSTR pszFormat, ...);
NTSTATUS RtlStringCchVPrintfExA(PSTR pszDest, SIZE_T cchDest, PSTR *ppszDestEnd, SIZE_T *pcchRemaining,
                                ULONG dwFlags, PCSTR pszFormat, va_list argList);
NTSTATUS RtlUnicodeStringPrintf(PUNICODE_STRING DestinationString, PCWSTR pszFormat, ...);
NTSTATUS RtlUnicodeStringVPrintf(PUNICODE_STRING DestinationString, PCWSTR pszFormat, va_list argList);
