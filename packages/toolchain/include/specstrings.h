/* The annotations of before 2005. */
#pragma once
#include "sal.h"

#ifndef IN
#define IN
#define OUT
#endif
#ifndef OPTIONAL
#define OPTIONAL
#endif
#define CRITICAL

#define __in
#define __in_opt
#define __in_z
#define __in_ecount(n)
#define __in_ecount_opt(n)
#define __in_bcount(n)
#define __in_bcount_opt(n)
#define __in_range(low, high)
#define __out
#define __out_opt
#define __out_ecount(n)
#define __out_ecount_opt(n)
#define __out_ecount_full(n)
#define __out_ecount_part(n, c)
#define __out_bcount(n)
#define __out_bcount_opt(n)
#define __out_bcount_full(n)
#define __out_bcount_part(n, c)
#define __out_bcount_part_opt(n, c)
#define __inout
#define __inout_opt
#define __inout_ecount(n)
#define __inout_ecount_opt(n)
#define __inout_bcount(n)
#define __inout_bcount_opt(n)
#define __inout_bcount_full(n)
#define __inout_bcount_part(n, c)
#define __deref_in
#define __deref_opt_out
#define __deref_out
#define __deref_out_opt
#define __deref_out_ecount(n)
#define __deref_out_bcount(n)
#define __deref_out_bcount_opt(n)
#define __deref_inout
#define __deref_inout_opt
#define __bcount(n)
#define __bcount_opt(n)
#define __ecount(n)
#define __field_ecount(n)
#define __field_bcount(n)
#define __field_bcount_part(n, c)
#define __nullterminated
#define __checkReturn
#define __success(condition)
#define __analysis_assume(x) ((void)0)
#define __fallthrough ((void)0)
#define __callback
#define __format_string
#define __reserved
