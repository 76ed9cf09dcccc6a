import { constants, enumeration } from "./structure.js";

export const POOL_TYPE = enumeration("POOL_TYPE", {
  NonPagedPool: 0,
  PagedPool: 1,
  NonPagedPoolMustSucceed: 2,
  NonPagedPoolCacheAligned: 4,
  PagedPoolCacheAligned: 5,
  NonPagedPoolNx: 512,
  NonPagedPoolNxCacheAligned: 516,
});

export const EX_POOL_PRIORITY = enumeration("EX_POOL_PRIORITY", {
  LowPoolPriority: 0,
  LowPoolPrioritySpecialPoolOverrun: 8,
  LowPoolPrioritySpecialPoolUnderrun: 9,
  NormalPoolPriority: 16,
  NormalPoolPrioritySpecialPoolOverrun: 24,
  NormalPoolPrioritySpecialPoolUnderrun: 25,
  HighPoolPriority: 32,
  HighPoolPrioritySpecialPoolOverrun: 40,
  HighPoolPrioritySpecialPoolUnderrun: 41,
});

export const MM_PAGE_PRIORITY = enumeration("MM_PAGE_PRIORITY", {
  LowPagePriority: 0,
  NormalPagePriority: 16,
  HighPagePriority: 32,
});

export const MEMORY_CACHING_TYPE = enumeration("MEMORY_CACHING_TYPE", {
  MmNonCached: 0,
  MmCached: 1,
  MmWriteCombined: 2,
  MmHardwareCoherentCached: 3,
  MmNonCachedUnordered: 4,
  MmUSWCCached: 5,
  MmMaximumCacheType: 6,
  MmNotMapped: -1,
});

export const LOCK_OPERATION = enumeration("LOCK_OPERATION", { IoReadAccess: 0, IoWriteAccess: 1, IoModifyAccess: 2 });

export const MDL_MAPPING_FLAGS = constants({ MdlMappingNoWrite: 0x80000000, MdlMappingNoExecute: 0x40000000 });

/** Flags of ExAllocatePool2. */
export const POOL_FLAGS = constants(
  {
    POOL_FLAG_USE_QUOTA: 0x1,
    POOL_FLAG_UNINITIALIZED: 0x2,
    POOL_FLAG_SESSION: 0x4,
    POOL_FLAG_CACHE_ALIGNED: 0x8,
    POOL_FLAG_RAISE_ON_FAILURE: 0x20,
    POOL_FLAG_NON_PAGED: 0x40,
    POOL_FLAG_NON_PAGED_EXECUTE: 0x80,
    POOL_FLAG_PAGED: 0x100,
  },
  "ULONG64",
);

/** MemoryFlags of NdisAllocateMemory and NdisFreeMemory. */
export const NDIS_MEMORY_FLAGS = constants({ NDIS_MEMORY_CONTIGUOUS: 0x1, NDIS_MEMORY_NONCACHED: 0x2 });
