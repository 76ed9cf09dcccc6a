import { aligned, callback, constants, structure } from "./structure.js";

// Lists of free blocks of one size. The storage is the driver's, what is in it the kernel's.

export const ALLOCATE_FUNCTION = callback(
  "ALLOCATE_FUNCTION",
  "PVOID (POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)",
  "PALLOCATE_FUNCTION",
);

export const FREE_FUNCTION = callback("FREE_FUNCTION", "VOID (PVOID Buffer)", "PFREE_FUNCTION");

export const ALLOCATE_FUNCTION_EX = callback(
  "ALLOCATE_FUNCTION_EX",
  "PVOID (POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag, struct _LOOKASIDE_LIST_EX *Lookaside)",
  "PALLOCATE_FUNCTION_EX",
);

export const FREE_FUNCTION_EX = callback(
  "FREE_FUNCTION_EX",
  "VOID (PVOID Buffer, struct _LOOKASIDE_LIST_EX *Lookaside)",
  "PFREE_FUNCTION_EX",
);

// All begin with the same 72 bytes. Behind them NPAGED has a KSPIN_LOCK and PAGED a FAST_MUTEX, which nothing uses any
// more. ndis.h takes the alignment to cache lines away from them on 32-bit Windows, which wdm.h alone has.

export const NPAGED_LOOKASIDE_LIST = structure("NPAGED_LOOKASIDE_LIST", { Reserved: aligned("ULONG_PTR[20]") });

export const PAGED_LOOKASIDE_LIST = structure("PAGED_LOOKASIDE_LIST", { Reserved: aligned("ULONG_PTR[26]") });

export const LOOKASIDE_LIST_EX = structure("LOOKASIDE_LIST_EX", { Reserved: aligned("ULONG_PTR[18]") });

export const LOOKASIDE_VALUES = constants({
  /** An entry has to hold the link of a free one. */
  LOOKASIDE_MINIMUM_BLOCK_SIZE: 4,
  EX_LOOKASIDE_LIST_EX_FLAGS_RAISE_ON_FAIL: 1,
  EX_LOOKASIDE_LIST_EX_FLAGS_FAIL_NO_RAISE: 2,
});
