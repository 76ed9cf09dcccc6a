import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import { poolTag } from "../memory/tag.js";
import { family } from "./entry.js";

/** The tag of ExAllocatePool, which has no parameter for one. */
const DEFAULT_TAG = poolTag(" kdD");

/** Inline functions of the kit over older exports: they run on systems older than the kit. */
const WRAPPERS_SINCE = "Windows 7, by the kit of Windows 10, version 2004";

/** The kernel's memory pool. The caller owns what it gets; content of fresh memory is undefined unless a name says Zero. */
export const POOL_MEMORY = family(
  {
    family: "Memory",
    header: "wdm.h",
    library: "ntoskrnl.lib",
    platform: "Universal",
    since: "Windows 2000",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "MEM-IRQL",
  },
  {
    ExAllocatePool: {
      c: "PVOID ExAllocatePool(POOL_TYPE PoolType, SIZE_T NumberOfBytes)",
      macro: "ExAllocatePool(PoolType, NumberOfBytes) ExAllocatePoolWithTag(PoolType, NumberOfBytes, ' kdD')",
      deprecated: true,
      successor: "ExAllocatePool2",
      page: "wdm/nf-wdm-exallocatepool",
      bind: (m) => (type: number, length: number) => m.poolMemory.allocate(type, length >>> 0, DEFAULT_TAG),
    },
    ExAllocatePoolWithTag: {
      c: "PVOID ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)",
      deprecated: true,
      successor: "ExAllocatePool2",
      page: "wdm/nf-wdm-exallocatepoolwithtag",
      bind: (m) => (type: number, length: number, tag: number) => m.poolMemory.allocate(type, length >>> 0, tag >>> 0),
    },
    ExAllocatePoolWithTagPriority: {
      c: "PVOID ExAllocatePoolWithTagPriority(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag, EX_POOL_PRIORITY Priority)",
      deprecated: true,
      successor: "ExAllocatePool3",
      page: "wdm/nf-wdm-exallocatepoolwithtagpriority",
      bind: (m) => (type: number, length: number, tag: number, _priority: number) =>
        m.poolMemory.allocate(type, length >>> 0, tag >>> 0),
    },
    ExAllocatePoolWithQuotaTag: {
      c: "PVOID ExAllocatePoolWithQuotaTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)",
      deprecated: true,
      successor: "ExAllocatePool2",
      page: "wdm/nf-wdm-exallocatepoolwithquotatag",
      bind: (m) => (type: number, length: number, tag: number) =>
        m.poolMemory.allocateWithQuota(type, length >>> 0, tag >>> 0),
    },
    ExAllocatePoolUninitialized: {
      c: "PVOID ExAllocatePoolUninitialized(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)",
      since: WRAPPERS_SINCE,
      page: "wdm/nf-wdm-exallocatepooluninitialized",
      bind: (m) => (type: number, length: number, tag: number) => m.poolMemory.allocate(type, length >>> 0, tag >>> 0),
    },
    ExAllocatePoolZero: {
      c: "PVOID ExAllocatePoolZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)",
      since: WRAPPERS_SINCE,
      page: "wdm/nf-wdm-exallocatepoolzero",
      bind: (m) => (type: number, length: number, tag: number) =>
        m.poolMemory.allocateZero(type, length >>> 0, tag >>> 0),
    },
    ExAllocatePoolPriorityUninitialized: {
      c: "PVOID ExAllocatePoolPriorityUninitialized(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag, EX_POOL_PRIORITY Priority)",
      since: WRAPPERS_SINCE,
      page: "wdm/nf-wdm-exallocatepoolpriorityuninitialized",
      bind: (m) => (type: number, length: number, tag: number, _priority: number) =>
        m.poolMemory.allocate(type, length >>> 0, tag >>> 0),
    },
    ExAllocatePoolPriorityZero: {
      c: "PVOID ExAllocatePoolPriorityZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag, EX_POOL_PRIORITY Priority)",
      since: WRAPPERS_SINCE,
      page: "wdm/nf-wdm-exallocatepoolpriorityzero",
      bind: (m) => (type: number, length: number, tag: number, _priority: number) =>
        m.poolMemory.allocateZero(type, length >>> 0, tag >>> 0),
    },
    ExAllocatePool2: {
      c: "PVOID ExAllocatePool2(ULONG64 Flags, SIZE_T NumberOfBytes, ULONG Tag)",
      since: "Windows 10, version 2004",
      page: "wdm/nf-wdm-exallocatepool2",
      bind: (m) => (flags: bigint, length: number, tag: number) =>
        m.poolMemory.allocateByFlags(flags, length >>> 0, tag >>> 0),
    },
    ExFreePoolWithTag: {
      c: "VOID ExFreePoolWithTag(PVOID P, ULONG Tag)",
      page: "wdm/nf-wdm-exfreepoolwithtag",
      bind: (m) => (address: Address, _tag: number) => {
        m.nonpaged.free(address);
      },
    },
    ExFreePool: {
      c: "VOID ExFreePool(PVOID P)",
      page: "wdm/nf-wdm-exfreepool",
      bind: (m) => (address: Address) => {
        m.nonpaged.free(address);
      },
    },
  },
);
