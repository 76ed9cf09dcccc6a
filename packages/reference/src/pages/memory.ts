import type { DdiPages } from "../page.js";

const NDIS_HANDLE =
  "A handle of the driver, of one of its instances, or a generic object: whom the memory is accounted to. It is not looked at here.";
const TAG = "Four characters that name the driver and the use, such as `'1gaT'`, which tools show as Tag1.";

export const MEMORY_PAGES = {
  NdisAllocateMemoryWithTagPriority: {
    summary: "Allocates nonpaged memory: what a driver of NDIS 6 takes for its contexts and buffers.",
    parameters: {
      NdisHandle: NDIS_HANDLE,
      Length: "How many bytes.",
      Tag: TAG,
      Priority: "An `EX_POOL_PRIORITY`: how soon the call may fail when memory gets scarce. It is not looked at here.",
    },
    returns: "The block, aligned to 16 bytes, from 4096 bytes on to a page; NULL when there is too little memory.",
    ownership:
      "The block is the caller's, until it gives it to `NdisFreeMemoryWithTagPriority` or `NdisFreeMemory`. Nobody frees it when the driver unloads.",
    failure: "NULL, and nothing is allocated. `ndislab run --fail allocation:1` shows what a driver does then.",
    remarks: [
      "The content is whatever the block held before. A context that is read before all of it is written needs `NdisZeroMemory` first.",
      "A block of a page or less lies within one page. Windows guarantees no more than 8 bytes of alignment to 32-bit drivers.",
      "From NDIS 6.0 on it takes the place of `NdisAllocateMemory` and `NdisAllocateMemoryWithTag`: the address is what it returns, and not a parameter.",
    ],
    decisions: [
      "Documents speak of a default tag, and of no way to ask for it. Here a tag of 0 is a tag of 0, and a finding.",
      "0 bytes give a block of no bytes, and a finding; documents do not say what they give.",
    ],
    rules: ["MEM-ZERO", "MEM-TAG", "MEM-LEAK"],
    related: ["NdisFreeMemoryWithTagPriority", "NdisFreeMemory", "ExAllocatePool2", "NdisZeroMemory"],
    example: "memory-for-a-context",
  },
  NdisFreeMemoryWithTagPriority: {
    summary: "Frees memory of `NdisAllocateMemoryWithTagPriority`, and says once more whose it was.",
    parameters: {
      NdisHandle: "The handle of the allocation. It is not looked at here.",
      VirtualAddress: "The address that the allocation gave; not NULL, and none inside of the block.",
      Tag: "The tag of the allocation.",
    },
    ownership: "The block is gone, and every pointer to it with it.",
    remarks: [
      "It came with NDIS 6.20, later than the function that allocates: a driver that also runs on NDIS 6.0 or 6.1 calls `NdisFreeMemory(block, 0, 0)`, which frees the same memory.",
      "Before the block goes, everything that lies in it or describes it has to end: spin locks are released, lookaside lists deleted, MDLs and buffer descriptors freed.",
    ],
    decisions: ["A tag of 0 is compared with nothing here."],
    rules: [
      "MEM-DFREE",
      "MEM-BADADDR",
      "MEM-WRONGTAG",
      "MEM-WRONGFLAGS",
      "MEM-OVERRUN",
      "MDL-NOTALONE",
      "BUF-MEMFREED",
      "SPIN-FREEHELD",
      "LOOK-INPOOL",
    ],
    related: ["NdisAllocateMemoryWithTagPriority", "NdisFreeMemory"],
    example: "memory-for-a-context",
  },
  NdisFreeMemory: {
    summary: "Frees memory that one of NDIS's functions allocated.",
    parameters: {
      VirtualAddress: "The address that the allocation gave.",
      Length: "The bytes of the allocation where MemoryFlags is not 0; else it is not looked at, and 0 will do.",
      MemoryFlags:
        "The flags that `NdisAllocateMemory` was given: NDIS_MEMORY_CONTIGUOUS, NDIS_MEMORY_NONCACHED or both; 0 for memory of every other function.",
    },
    ownership: "The block is gone, and every pointer to it with it.",
    remarks: [
      "At DISPATCH_LEVEL only ordinary memory can be freed: contiguous memory needs PASSIVE_LEVEL, noncached memory a level below DISPATCH_LEVEL.",
      "It asks for no tag, so it is the one function that frees what each of the three allocates, on every version of NDIS.",
    ],
    decisions: [
      "Documents pair NDIS's allocations with NDIS's ways to free, and the kernel's with the kernel's. All blocks are of one pool here, as they are on Windows but for contiguous and noncached ones; only the tag and the flags of a block are compared.",
    ],
    rules: [
      "MEM-DFREE",
      "MEM-BADADDR",
      "MEM-WRONGFLAGS",
      "MEM-OVERRUN",
      "MDL-NOTALONE",
      "BUF-MEMFREED",
      "SPIN-FREEHELD",
      "LOOK-INPOOL",
    ],
    related: ["NdisAllocateMemoryWithTagPriority", "NdisAllocateMemory", "NdisFreeMemoryWithTagPriority"],
    example: "memory-of-ndis-5",
  },
  NdisAllocateMemory: {
    summary: "Allocates memory for a driver of NDIS 5, which may be contiguous or uncached for a device to share.",
    parameters: {
      VirtualAddress: "Where the address of the block goes, or NULL.",
      Length: "How many bytes.",
      MemoryFlags:
        "0 for ordinary nonpaged memory; NDIS_MEMORY_CONTIGUOUS for physical pages one behind the other, NDIS_MEMORY_NONCACHED for pages that no cache keeps, or both.",
      HighestAcceptableAddress: "-1, as `NDIS_PHYSICAL_ADDRESS_CONST(-1, -1)`. It is not looked at here.",
    },
    returns: "`NDIS_STATUS_SUCCESS`, or `NDIS_STATUS_FAILURE` with NULL in VirtualAddress.",
    ownership: "The block is the caller's, who gives it to `NdisFreeMemory` with the same length and the same flags.",
    failure: "`NDIS_STATUS_FAILURE` when memory is short; another try later may succeed.",
    remarks: [
      "Contiguous memory needs PASSIVE_LEVEL, noncached memory a level below DISPATCH_LEVEL. Both are for miniports that initialise: later the physical pages are scattered, and the call fails.",
      "There is no parameter for a tag, so that nobody sees from the pool who leaked the block. Without flags `NdisAllocateMemoryWithTag` does the same with one.",
    ],
    decisions: [
      "All memory is contiguous here and no cache shows, so the flags change nothing but which IRQL is right and how the block is freed.",
      "Bits of MemoryFlags that are unknown give `NDIS_STATUS_FAILURE`. Documents do not speak of them, and say of Windows CE that it fails for NDIS_MEMORY_CONTIGUOUS.",
    ],
    rules: ["MEM-ZERO", "MEM-LEAK"],
    related: ["NdisFreeMemory", "NdisAllocateMemoryWithTag", "NdisAllocateMemoryWithTagPriority"],
    example: "memory-of-ndis-5",
  },
  NdisAllocateMemoryWithTag: {
    summary: "Allocates nonpaged memory for a driver of NDIS 5.",
    parameters: {
      VirtualAddress: "Where the address of the block goes, or NULL.",
      Length: "How many bytes.",
      Tag: TAG,
    },
    returns: "`NDIS_STATUS_SUCCESS`, or `NDIS_STATUS_FAILURE` with NULL in VirtualAddress.",
    ownership: "The block is the caller's, who gives it to `NdisFreeMemory` with 0 as the flags.",
    failure: "`NDIS_STATUS_FAILURE` when memory is short.",
    remarks: ["The content is whatever the block held before."],
    rules: ["MEM-ZERO", "MEM-TAG", "MEM-LEAK"],
    related: ["NdisFreeMemory", "NdisFreeMemoryWithTag", "NdisAllocateMemoryWithTagPriority"],
    example: "memory-of-ndis-5",
  },
  NdisFreeMemoryWithTag: {
    summary: "Frees memory of `NdisAllocateMemoryWithTag`.",
    parameters: {
      VirtualAddress: "The address that the allocation gave.",
      Tag: "The tag of the allocation.",
    },
    ownership: "The block is gone, and every pointer to it with it.",
    remarks: [
      "It is declared from NDIS 6.20 on and was deprecated from its first day: drivers of NDIS 5, for which it would be, free with `NdisFreeMemory`.",
      "Memory of `NdisAllocateMemory` with flags cannot be freed by it: it has no parameter for them.",
    ],
    decisions: [
      "Its document names limits for contiguous and noncached memory, which no function with a tag allocates. Here such a block is a finding, whatever the IRQL.",
      "A tag of 0 is compared with nothing here.",
    ],
    rules: [
      "MEM-DFREE",
      "MEM-BADADDR",
      "MEM-WRONGTAG",
      "MEM-WRONGFLAGS",
      "MEM-OVERRUN",
      "MDL-NOTALONE",
      "BUF-MEMFREED",
      "SPIN-FREEHELD",
      "LOOK-INPOOL",
    ],
    related: ["NdisAllocateMemoryWithTag", "NdisFreeMemory", "NdisFreeMemoryWithTagPriority"],
    example: "memory-of-ndis-5",
  },
} as const satisfies DdiPages;
