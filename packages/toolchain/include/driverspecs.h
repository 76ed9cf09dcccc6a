/* Annotations for drivers: IRQL, locks, memory, function classes. */
#pragma once
#include "specstrings.h"

#define _IRQL_requires_(level)
#define _IRQL_requires_max_(level)
#define _IRQL_requires_min_(level)
#define _IRQL_requires_same_
#define _IRQL_always_function_max_(level)
#define _IRQL_always_function_min_(level)
#define _IRQL_raises_(level)
#define _IRQL_saves_
#define _IRQL_saves_global_(kind, parameter)
#define _IRQL_restores_
#define _IRQL_restores_global_(kind, parameter)
#define _IRQL_uses_cancel_
#define _IRQL_is_cancel_
#define _IRQL_limited_to_(level)
#define _Dispatch_type_(major)
#define _Kernel_clear_do_init_(x)
#define _Kernel_requires_resource_held_(kind)
#define _Kernel_requires_resource_not_held_(kind)
#define _Kernel_acquires_resource_(kind)
#define _Kernel_releases_resource_(kind)
#define _Kernel_IoGetDmaAdapter_
#define _Kernel_float_saved_
#define _Kernel_float_restored_
#define _Kernel_float_used_
#define _Kernel_entry_
#define _Kernel_entry_always_

#define __drv_aliasesMem
#define __drv_allocatesMem(kind)
#define __drv_freesMem(kind)
#define __drv_acquiresExclusiveResource(kind)
#define __drv_releasesExclusiveResource(kind)
#define __drv_acquiresCriticalRegion
#define __drv_releasesCriticalRegion
#define __drv_acquiresCancelSpinLock
#define __drv_releasesCancelSpinLock
#define __drv_mustHold(kind)
#define __drv_mustHoldCriticalRegion
#define __drv_neverHold(kind)
#define __drv_maxIRQL(level)
#define __drv_minIRQL(level)
#define __drv_requiresIRQL(level)
#define __drv_raisesIRQL(level)
#define __drv_savesIRQL
#define __drv_savesIRQLGlobal(kind, parameter)
#define __drv_restoresIRQL
#define __drv_restoresIRQLGlobal(kind, parameter)
#define __drv_sameIRQL
#define __drv_setsIRQL(level)
#define __drv_useCancelIRQL
#define __drv_isCancelIRQL
#define __drv_when(condition, annotations)
#define __drv_at(target, annotations)
#define __drv_in(annotations)
#define __drv_out(annotations)
#define __drv_in_deref(annotations)
#define __drv_out_deref(annotations)
#define __drv_arg(argument, annotations)
#define __drv_reportError(text)
#define __drv_functionClass(name)
#define __drv_dispatchType(major)
#define __drv_dispatchType_other
#define __drv_mustInspect
#define __drv_preferredFunction(name, why)
#define __drv_maxFunctionIRQL
#define __drv_inTry
#define __drv_defined(x)
#define __drv_notInTry
#define __drv_constant
#define __drv_nonConstant
#define __drv_strictType(name, mode)
#define __drv_strictTypeMatch(mode)
#define __drv_typeConst
#define __drv_typeExpr
#define __drv_typeCond
#define __drv_typeBitset
#define __drv_nop(x) x
#define __drv_formatString(kind)
#define __drv_freesMemory
#define __drv_declspec(x)
#define __drv_interlocked
#define __drv_unit(x)
#define __drv_valueIs(x)
#define __drv_floatSaved
#define __drv_floatRestored
#define __drv_Mode_impl(x)

#define __kernel_code
#define __kernel_driver
#define _Kernel_mode_
