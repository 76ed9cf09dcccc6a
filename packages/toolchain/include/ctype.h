/* Characters of the C library: ASCII. */
#pragma once

static __inline__ __attribute__((__unused__)) int isdigit(int c) { return c >= '0' && c <= '9'; }
static __inline__ __attribute__((__unused__)) int isupper(int c) { return c >= 'A' && c <= 'Z'; }
static __inline__ __attribute__((__unused__)) int islower(int c) { return c >= 'a' && c <= 'z'; }
static __inline__ __attribute__((__unused__)) int isalpha(int c) { return isupper(c) || islower(c); }
static __inline__ __attribute__((__unused__)) int isalnum(int c) { return isalpha(c) || isdigit(c); }
static __inline__ __attribute__((__unused__)) int isxdigit(int c)
{
    return isdigit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}
static __inline__ __attribute__((__unused__)) int isspace(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static __inline__ __attribute__((__unused__)) int isprint(int c) { return c >= ' ' && c <= '~'; }
static __inline__ __attribute__((__unused__)) int toupper(int c) { return islower(c) ? c - 'a' + 'A' : c; }
static __inline__ __attribute__((__unused__)) int tolower(int c) { return isupper(c) ? c - 'A' + 'a' : c; }
