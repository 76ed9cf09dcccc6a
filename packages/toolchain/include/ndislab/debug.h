/* Messages, assertions and breakpoints. Assertions exist in checked builds (DBG=1) only. */
#pragma once

ULONG vDbgPrintEx(ULONG ComponentId, ULONG Level, PCCH Format, va_list arglist);
ULONG vDbgPrintExWithPrefix(PCCH Prefix, ULONG ComponentId, ULONG Level, PCCH Format, va_list arglist);

#define DbgBreakPointWithStatus(status) DbgBreakPoint()
#define __debugbreak() DbgBreakPoint()

#if DBG
#define ASSERT(e) ((e) ? (void)0 : RtlAssert((PVOID)#e, (PVOID)__FILE__, __LINE__, NULL))
#define ASSERTMSG(text, e) ((e) ? (void)0 : RtlAssert((PVOID)#e, (PVOID)__FILE__, __LINE__, (PSTR)(text)))
#define NT_ASSERT(e) ((e) ? 1 : (RtlAssert((PVOID)#e, (PVOID)__FILE__, __LINE__, NULL), 0))
#define NT_VERIFY(e) NT_ASSERT(e)
#define NT_FRE_ASSERT(e) NT_ASSERT(e)
#define RTL_VERIFY(e) NT_ASSERT(e)
#define KdPrint(arguments) DbgPrint arguments
#define KdPrintEx(arguments) DbgPrintEx arguments
#define KdBreakPoint() DbgBreakPoint()
#define PAGED_CODE() NT_ASSERT(KeGetCurrentIrql() <= APC_LEVEL)
#else
#define ASSERT(e) ((void)0)
#define ASSERTMSG(text, e) ((void)0)
#define NT_ASSERT(e) ((void)0)
#define NT_VERIFY(e) ((e) ? 1 : 0)
#define NT_FRE_ASSERT(e) ((e) ? 1 : (RtlAssert((PVOID)#e, (PVOID)__FILE__, __LINE__, NULL), 0))
#define RTL_VERIFY(e) ((e) ? 1 : 0)
#define KdPrint(arguments) ((void)0)
#define KdPrintEx(arguments) ((void)0)
#define KdBreakPoint() ((void)0)
#define PAGED_CODE() ((void)0)
#endif
#define NT_ASSERTMSG(text, e) ASSERTMSG(text, e)
#define RTL_ASSERT(e) ASSERT(e)
#define PAGED_CODE_LOCKED() ((void)0)
#define PAGED_ASSERT(e) ASSERT(e)
#define NT_ANALYSIS_ASSUME(e) ((void)0)
#define NT_ASSUME(e) __builtin_assume(e)

#define DPFLTR_SYSTEM_ID 0
#define DPFLTR_NDIS_ID 9
#define DPFLTR_IHVNETWORK_ID 79
#define DPFLTR_IHVDRIVER_ID 77
#define DPFLTR_DEFAULT_ID 101
#define DPFLTR_ERROR_LEVEL 0
#define DPFLTR_WARNING_LEVEL 1
#define DPFLTR_TRACE_LEVEL 2
#define DPFLTR_INFO_LEVEL 3
#define DPFLTR_MASK 0x80000000

/* Event tracing (WPP): a generated x.tmh makes these real. */
#ifndef WPP_INIT_TRACING
#define WPP_INIT_TRACING(driver, registryPath) ((void)(driver), (void)(registryPath))
#define WPP_CLEANUP(driver) ((void)(driver))
#endif
