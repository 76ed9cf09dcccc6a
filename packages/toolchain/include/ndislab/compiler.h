/* What Microsoft's compiler has built in and clang for wasm32 has not, or spells otherwise. */
#pragma once

#ifndef _MSC_VER
#define _MSC_VER 1940
#define _MSC_FULL_VER 194000000
#endif
#ifndef _X86_
#define _X86_ 1
#endif
#ifndef _WIN32
#define _WIN32 1
#endif
#ifndef _INTEGRAL_MAX_BITS
#define _INTEGRAL_MAX_BITS 64
#endif

/* wasm32 has one calling convention. */
#define __cdecl
#define _cdecl
#define __stdcall
#define _stdcall
#define __fastcall
#define _fastcall
#define __thiscall
#define __vectorcall
#define __clrcall
#define CDECL
#define STDCALL
#define FASTCALL
#define NTAPI
#define NTFASTCALL
#define WINAPI
#define APIENTRY
#define CALLBACK
#define NTSYSAPI
#define NTSYSCALLAPI
#define NTKERNELAPI
#define NTHALAPI
#define EXPORT
#define NDIS_API

/* An inline function of Microsoft's compiler has a body in every file that sees it, and never clashes. */
#define __inline static __inline__ __attribute__((__unused__))
#define _inline __inline
#define inline __inline
#define INLINE __inline
#define __forceinline static __inline__ __attribute__((__always_inline__, __unused__))
#define _forceinline __forceinline
#define FORCEINLINE __forceinline
#define CFORCEINLINE __forceinline
#define DECLSPEC_CACHEALIGN DECLSPEC_ALIGN(64)
#define DECLSPEC_NOINLINE __attribute__((__noinline__))
#define DECLSPEC_RESTRICT
#define DECLSPEC_NOVTABLE
#define DECLSPEC_ALLOCATOR
#define DECLSPEC_NORETURN __attribute__((__noreturn__))
#define DECLSPEC_IMPORT
#define DECLSPEC_EXPORT
#define DECLSPEC_DEPRECATED
#define DECLSPEC_DEPRECATED_DDK
#define DECLSPEC_SELECTANY __attribute__((__weak__))
#define DECLSPEC_GUARD_SUPPRESS
#define RESTRICTED_POINTER
#define UNALIGNED
#define CONST const
#define VOLATILE volatile
#define EXTERN_C extern
#define EXTERN_C_START
#define EXTERN_C_END
#define ANYSIZE_ARRAY 1
#define DUMMYUNIONNAME
#define DUMMYUNIONNAME2
#define DUMMYUNIONNAME3
#define DUMMYUNIONNAME4
#define DUMMYSTRUCTNAME
#define DUMMYSTRUCTNAME2
#define DUMMYSTRUCTNAME3
#define _ANONYMOUS_UNION
#define _ANONYMOUS_STRUCT
#define POINTER_ALIGNMENT
#define POINTER_32
#define POINTER_64
#define MSC_NOOPT
#define MAX_NATURAL_ALIGNMENT 4
#define MEMORY_ALLOCATION_ALIGNMENT 8
#define SYSTEM_CACHE_ALIGNMENT_SIZE 64
#define TYPE_ALIGNMENT(t) ((LONG)_Alignof(t))
#define PROBE_ALIGNMENT(t) TYPE_ALIGNMENT(ULONG)

#define __ptr32
#define __ptr64
#define __w64
#define _ReturnAddress() ((void *)0)
#define _AddressOfReturnAddress() ((void *)0)
#define _ReadWriteBarrier() __asm__ __volatile__("" ::: "memory")
#define _ReadBarrier() _ReadWriteBarrier()
#define _WriteBarrier() _ReadWriteBarrier()
#define __nop() ((void)0)
#define _mm_pause() ((void)0)
#define YieldProcessor() ((void)0)

#define C_ASSERT(e) _Static_assert(e, #e)
#define static_assert _Static_assert
#ifndef UNREFERENCED_PARAMETER
#define UNREFERENCED_PARAMETER(p) ((void)(p))
#define DBG_UNREFERENCED_PARAMETER(p) ((void)(p))
#define DBG_UNREFERENCED_LOCAL_VARIABLE(v) ((void)(v))
#define UNREFERENCED_LOCAL_VARIABLE(v) ((void)(v))
#endif

/* Structured exception handling: the guarded code runs, then __finally; no filter or handler of __except ever does. */
#define __try if (1)
#define __except(filter) else if (0 && (filter))
#define __finally
#define __leave __leave_is_not_supported()
#define try __try
#define except __except
#define GetExceptionCode() ((unsigned long)0)
#define _exception_code() ((unsigned long)0)
#define GetExceptionInformation() ((void *)0)
#define AbnormalTermination() 0
#define EXCEPTION_EXECUTE_HANDLER 1
#define EXCEPTION_CONTINUE_SEARCH 0
#define EXCEPTION_CONTINUE_EXECUTION (-1)

/* What driver code does everywhere and no driver author wants to hear of. Holds for the rest of the source too. */
#pragma clang diagnostic ignored "-Wunknown-pragmas"
#pragma clang diagnostic ignored "-Wignored-pragmas"
#pragma clang diagnostic ignored "-Wfour-char-constants"
#pragma clang diagnostic ignored "-Wmultichar"
#pragma clang diagnostic ignored "-Wmicrosoft"
#pragma clang diagnostic ignored "-Wduplicate-decl-specifier"
#pragma clang diagnostic ignored "-Wextra-tokens"
#pragma clang diagnostic ignored "-Wswitch"
#pragma clang diagnostic ignored "-Wpragma-pack"
#pragma clang diagnostic ignored "-Wpointer-sign"
#pragma clang diagnostic ignored "-Watomic-alignment"
