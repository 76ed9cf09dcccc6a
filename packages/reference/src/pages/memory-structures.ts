import type { StructurePages } from "../page.js";

const SPECIAL =
  "to a debugger's special pool, where the block lies at the end of its page and the next byte behind it is none.";
const UNDERRUN =
  "to a debugger's special pool, where the block lies at the start of its page and the byte in front of it is none.";

export const MEMORY_STRUCTURE_PAGES = {
  POOL_TYPE: {
    summary: "Says what kind of memory an allocation of the kernel's pool is to give.",
    members: {
      NonPagedPool:
        "Always in memory, and executable, which is what Windows 8 and later ask drivers to avoid. Also NonPagedPoolExecute.",
      PagedPool: "May be paged out: allocated, freed and touched below DISPATCH_LEVEL only.",
      NonPagedPoolMustSucceed: "Not for drivers.",
      NonPagedPoolCacheAligned: "NonPagedPool, aligned to a cache line. Meant for the system.",
      PagedPoolCacheAligned: "PagedPool, aligned to a cache line. Meant for the system.",
      NonPagedPoolNx: "Always in memory, and not executable: what network drivers take from Windows 8 on.",
      NonPagedPoolNxCacheAligned: "NonPagedPoolNx, aligned to a cache line. Meant for the system.",
    },
    remarks: [
      "Some functions take flags as part of it: POOL_RAISE_IF_ALLOCATION_FAILURE (16), POOL_QUOTA_FAIL_INSTEAD_OF_RAISE (8), POOL_COLD_ALLOCATION (256), POOL_ZERO_ALLOCATION (1024).",
      "With POOL_NX_OPTIN defined NonPagedPool means NonPagedPoolNx, so that the sources of an older driver need no change.",
      "`ExAllocatePool2` has flags of its own in its place, which are other numbers.",
    ],
    decisions: [
      "A cache line is 64 bytes here. All memory can be executed or none: C that is compiled for this computer has its code elsewhere.",
    ],
    related: ["ExAllocatePoolWithTag", "ExAllocatePoolZero", "ExInitializeLookasideListEx"],
    example: "pool-before-windows-10",
  },
  EX_POOL_PRIORITY: {
    summary: "Says how badly an allocation is needed, when memory gets scarce.",
    members: {
      LowPoolPriority: "May fail as soon as memory is low; for what can be done without.",
      LowPoolPrioritySpecialPoolOverrun: `LowPoolPriority, and goes ${SPECIAL}`,
      LowPoolPrioritySpecialPoolUnderrun: `LowPoolPriority, and goes ${UNDERRUN}`,
      NormalPoolPriority: "May fail when memory is very low; right for nearly everything.",
      NormalPoolPrioritySpecialPoolOverrun: `NormalPoolPriority, and goes ${SPECIAL}`,
      NormalPoolPrioritySpecialPoolUnderrun: `NormalPoolPriority, and goes ${UNDERRUN}`,
      HighPoolPriority: "Fails only when there is no memory left.",
      HighPoolPrioritySpecialPoolOverrun: `HighPoolPriority, and goes ${SPECIAL}`,
      HighPoolPrioritySpecialPoolUnderrun: `HighPoolPriority, and goes ${UNDERRUN}`,
    },
    remarks: ["No priority makes a call that cannot fail: the result is looked at in any case."],
    decisions: [
      "Memory is never low here, only used up, so that the priority changes nothing. Every block has guard bytes behind it, by which a write there is found.",
    ],
    related: ["NdisAllocateMemoryWithTagPriority", "ExAllocatePoolPriorityZero", "ExAllocatePoolWithTagPriority"],
    example: "pool-before-windows-10",
  },
} as const satisfies StructurePages;
