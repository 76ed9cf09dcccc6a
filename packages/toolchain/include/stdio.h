/* The C library that the kernel has: formatting into memory. */
#pragma once
#include <stdarg.h>
#include <stddef.h>

int sprintf(char *to, const char *format, ...);
int _snprintf(char *to, size_t limit, const char *format, ...);
int _vsnprintf(char *to, size_t limit, const char *format, va_list arguments);
int swprintf(wchar_t *to, const wchar_t *format, ...);
int _snwprintf(wchar_t *to, size_t limit, const wchar_t *format, ...);
