import type { DdiPages } from "../page.js";

const POOL_TYPE =
  "A `POOL_TYPE`: NonPagedPoolNx as a rule, PagedPool for what is used below DISPATCH_LEVEL only. POOL_RAISE_IF_ALLOCATION_FAILURE, POOL_ZERO_ALLOCATION and POOL_COLD_ALLOCATION may be added; the last one is not looked at here.";
const BYTES = "How many bytes, more than 0.";
const TAG =
  "One to four characters between space and tilde that name the driver and the use, such as `'1gaT'`, which tools show as Tag1.";
const PRIORITY = "An `EX_POOL_PRIORITY`: how soon the call may fail when memory gets scarce. It is not looked at here.";
const OWNERSHIP = "The block is the caller's, until `ExFreePoolWithTag` or `ExFreePool`. Nobody frees it at unload.";
const NULL_OR_RAISE =
  "NULL, and nothing is allocated. With POOL_RAISE_IF_ALLOCATION_FAILURE Windows raises STATUS_INSUFFICIENT_RESOURCES, and the run of the driver ends here, whose headers have no handler for it.";
const LEVEL = "Paged memory is allocated at APC_LEVEL at most; DISPATCH_LEVEL is for nonpaged memory.";
const WRAPPER =
  "It is an inline function of the kit of Windows 10, version 2004, over an older export, and runs from Windows 7 on.";
const DOWN_LEVEL =
  "Where the driver also runs on a Windows that cannot clear memory itself, POOL_ZERO_DOWN_LEVEL_SUPPORT is defined and ExInitializeDriverRuntime called first. Without that the blocks are not cleared there.";
const FREE_RULES = [
  "MEM-DFREE",
  "MEM-BADADDR",
  "MEM-WRONGFLAGS",
  "MEM-OVERRUN",
  "MDL-NOTALONE",
  "BUF-MEMFREED",
  "SPIN-FREEHELD",
  "LOOK-INPOOL",
] as const;

export const POOL_MEMORY_PAGES = {
  ExAllocatePool2: {
    summary: "Allocates memory, cleared unless that is refused: what new drivers call.",
    parameters: {
      Flags:
        "One kind of memory: POOL_FLAG_NON_PAGED, POOL_FLAG_NON_PAGED_EXECUTE or POOL_FLAG_PAGED. POOL_FLAG_UNINITIALIZED, POOL_FLAG_CACHE_ALIGNED, POOL_FLAG_RAISE_ON_FAILURE and POOL_FLAG_USE_QUOTA may be added, of which the last one charges nobody here.",
      NumberOfBytes: BYTES,
      Tag: TAG,
    },
    returns:
      "The block, aligned to 16 bytes, from 4096 bytes on to a page, with POOL_FLAG_CACHE_ALIGNED to 64 at least; or NULL.",
    ownership: OWNERSHIP,
    failure:
      "NULL when memory is short, when Tag is 0, when Flags name no kind of memory or two, and for a flag of the lower half that is not known. With POOL_FLAG_RAISE_ON_FAILURE each of these is an exception, with which the run of the driver ends here.",
    remarks: [
      "Flags are 64 bits: the lower half must be obeyed, and in the upper half what is not known does no harm. TypeScript passes them as a BigInt.",
      "POOL_FLAG_UNINITIALIZED is for buffers that are filled at once. Memory that goes to user mode or to the network with gaps in it has to be cleared.",
      "A block of a page or less lies within one page.",
      LEVEL,
    ],
    decisions: [
      "That only one kind may be named is the reading of flags that must all be satisfied; documents do not say so.",
      "0 bytes give a block of no bytes, and a finding.",
    ],
    rules: ["MEM-ZERO", "MEM-TAG", "MEM-LEAK"],
    related: ["ExFreePoolWithTag", "ExAllocatePoolZero", "NdisAllocateMemoryWithTagPriority"],
    example: "pool-cleared-or-not",
  },
  ExAllocatePoolZero: {
    summary: "Allocates memory by a pool type, and clears it.",
    parameters: { PoolType: POOL_TYPE, NumberOfBytes: BYTES, Tag: TAG },
    returns: "The block, all zero; or NULL.",
    ownership: OWNERSHIP,
    failure: NULL_OR_RAISE,
    remarks: [
      `${WRAPPER} For a driver that need not run on an older Windows than that there is \`ExAllocatePool2\`.`,
      DOWN_LEVEL,
      LEVEL,
    ],
    rules: ["MEM-ZERO", "MEM-TAG", "MEM-LEAK"],
    related: ["ExAllocatePool2", "ExAllocatePoolUninitialized", "ExFreePoolWithTag"],
    example: "pool-cleared-or-not",
  },
  ExAllocatePoolUninitialized: {
    summary: "Allocates memory by a pool type, and says by its name that the content is of no account.",
    parameters: { PoolType: POOL_TYPE, NumberOfBytes: BYTES, Tag: TAG },
    returns: "The block, with whatever it held before; or NULL.",
    ownership: OWNERSHIP,
    failure: NULL_OR_RAISE,
    remarks: [
      `${WRAPPER} It does what \`ExAllocatePoolWithTag\` does, which is deprecated because its name leaves the question open.`,
      LEVEL,
    ],
    rules: ["MEM-ZERO", "MEM-TAG", "MEM-LEAK"],
    related: ["ExAllocatePoolZero", "ExAllocatePool2", "ExFreePoolWithTag"],
    example: "pool-cleared-or-not",
  },
  ExAllocatePoolPriorityZero: {
    summary: "Allocates memory by a pool type and with a priority, and clears it.",
    parameters: { PoolType: POOL_TYPE, NumberOfBytes: BYTES, Tag: TAG, Priority: PRIORITY },
    returns: "The block, all zero; or NULL.",
    ownership: OWNERSHIP,
    failure: NULL_OR_RAISE,
    remarks: [WRAPPER, DOWN_LEVEL, LEVEL],
    rules: ["MEM-ZERO", "MEM-TAG", "MEM-LEAK"],
    related: ["ExAllocatePoolPriorityUninitialized", "ExAllocatePoolZero", "EX_POOL_PRIORITY", "ExFreePoolWithTag"],
    example: "pool-cleared-or-not",
  },
  ExAllocatePoolPriorityUninitialized: {
    summary: "Allocates memory by a pool type and with a priority, and leaves its content as it was.",
    parameters: { PoolType: POOL_TYPE, NumberOfBytes: BYTES, Tag: TAG, Priority: PRIORITY },
    returns: "The block, with whatever it held before; or NULL.",
    ownership: OWNERSHIP,
    failure: NULL_OR_RAISE,
    remarks: [`${WRAPPER} It takes the place of \`ExAllocatePoolWithTagPriority\`.`, LEVEL],
    rules: ["MEM-ZERO", "MEM-TAG", "MEM-LEAK"],
    related: ["ExAllocatePoolPriorityZero", "ExAllocatePoolUninitialized", "EX_POOL_PRIORITY", "ExFreePoolWithTag"],
    example: "pool-cleared-or-not",
  },
  ExAllocatePoolWithTag: {
    summary: "Allocates memory by a pool type: the call of most drivers that are older than Windows 10, version 2004.",
    parameters: { PoolType: POOL_TYPE, NumberOfBytes: BYTES, Tag: TAG },
    returns: "The block, with whatever it held before, aligned to 16 bytes, from 4096 bytes on to a page; or NULL.",
    ownership: OWNERSHIP,
    failure: NULL_OR_RAISE,
    remarks: [
      "A block of a page or less lies within one page. Windows guarantees no more than 8 bytes of alignment to 32-bit drivers.",
      LEVEL,
      "A driver that moves on to `ExAllocatePool2` finds its blocks cleared, its tag of 0 refused and its flags of another set.",
    ],
    decisions: ["0 bytes give a block of no bytes, and a finding; so does a tag of 0."],
    rules: ["MEM-ZERO", "MEM-TAG", "MEM-LEAK"],
    related: ["ExAllocatePool2", "ExFreePoolWithTag", "POOL_TYPE"],
    example: "pool-before-windows-10",
  },
  ExAllocatePoolWithTagPriority: {
    summary: "Allocates memory by a pool type, and says how badly it is needed.",
    parameters: { PoolType: POOL_TYPE, NumberOfBytes: BYTES, Tag: TAG, Priority: PRIORITY },
    returns: "The block, with whatever it held before; or NULL.",
    ownership: OWNERSHIP,
    failure: NULL_OR_RAISE,
    remarks: [
      "ExAllocatePool3, which takes its place, gets the priority in a list of parameters and is not here; `ExAllocatePoolPriorityZero` is.",
      LEVEL,
    ],
    rules: ["MEM-ZERO", "MEM-TAG", "MEM-LEAK"],
    related: ["ExAllocatePoolWithTag", "ExAllocatePoolPriorityZero", "EX_POOL_PRIORITY"],
    example: "pool-before-windows-10",
  },
  ExAllocatePoolWithQuotaTag: {
    summary: "Allocates memory at the cost of the process that asked for it, and raises an exception when it cannot.",
    parameters: {
      PoolType:
        "A `POOL_TYPE`, to which POOL_QUOTA_FAIL_INSTEAD_OF_RAISE is added by whoever wants NULL and no exception.",
      NumberOfBytes: BYTES,
      Tag: TAG,
    },
    returns: "The block, with whatever it held before; NULL only with POOL_QUOTA_FAIL_INSTEAD_OF_RAISE.",
    ownership: OWNERSHIP,
    failure:
      "An exception when memory is short or the quota is used up, with which the run of the driver ends here; NULL with POOL_QUOTA_FAIL_INSTEAD_OF_RAISE.",
    remarks: [
      "For drivers at the top of a stack, which run in the process that asks. A network driver seldom does, and calls another function.",
      "As POOL_FLAG_USE_QUOTA with `ExAllocatePool2` it no longer raises by default.",
      LEVEL,
    ],
    decisions: ["There are no processes here, and nobody's quota is charged: only a lack of memory makes it fail."],
    rules: ["MEM-ZERO", "MEM-TAG", "MEM-LEAK"],
    related: ["ExAllocatePoolWithTag", "ExAllocatePool2"],
    example: "pool-before-windows-10",
  },
  ExAllocatePool: {
    summary: "Allocates memory without a tag of the driver's.",
    parameters: { PoolType: POOL_TYPE, NumberOfBytes: BYTES },
    returns: "The block, with whatever it held before; or NULL.",
    ownership: OWNERSHIP,
    failure: NULL_OR_RAISE,
    remarks: [
      "A macro over `ExAllocatePoolWithTag` with the tag that tools show as Ddk and a space, which all such blocks share: a leak of one of them names nobody.",
      LEVEL,
    ],
    rules: ["MEM-ZERO", "MEM-LEAK"],
    related: ["ExAllocatePoolWithTag", "ExFreePool"],
    example: "pool-before-windows-10",
  },
  ExFreePoolWithTag: {
    summary: "Frees memory of the kernel's pool, and says once more under which tag.",
    parameters: {
      P: "The address that the allocation gave; not NULL, and none inside of the block.",
      Tag: "The tag of the allocation.",
    },
    ownership: "The block is gone, and every pointer to it with it.",
    remarks: [
      "Paged memory is freed at APC_LEVEL at most.",
      "The tag is worth its pains: it finds the block that was freed in the place of another one.",
      "Before the block goes, everything that lies in it or describes it has to end: spin locks are released, lookaside lists deleted, MDLs and buffer descriptors freed.",
    ],
    decisions: ["A tag of 0 is compared with nothing here; the documents want one that is not 0."],
    rules: [...FREE_RULES, "MEM-WRONGTAG"],
    related: ["ExFreePool", "ExAllocatePool2", "ExAllocatePoolWithTag"],
    example: "pool-cleared-or-not",
  },
  ExFreePool: {
    summary: "Frees memory of the kernel's pool, whatever its tag.",
    parameters: { P: "The address that the allocation gave; not NULL, and none inside of the block." },
    ownership: "The block is gone, and every pointer to it with it.",
    remarks: [
      "It frees blocks with a tag, too. Paged memory is freed at APC_LEVEL at most.",
      "Where the driver knows the tag, `ExFreePoolWithTag` checks it.",
    ],
    rules: FREE_RULES,
    related: ["ExFreePoolWithTag", "ExAllocatePool"],
    example: "pool-before-windows-10",
  },
} as const satisfies DdiPages;
