import type { StructurePages } from "../page.js";

/** Locks, lists and wide numbers of the kernel that every network driver has in its hands. */
export const KERNEL_STRUCTURE_PAGES = {
  NDIS_SPIN_LOCK: {
    summary: "A spin lock that remembers the IRQL it has to go back to.",
    members: {
      SpinLock: "The kernel's lock: 0 while it is free.",
      OldIrql: "The IRQL before `NdisAcquireSpinLock`, for `NdisReleaseSpinLock` to restore.",
    },
    ownership:
      "The storage is the driver's, in nonpaged memory, and lives as long as anybody may take the lock. Whoever acquired the lock releases it.",
    remarks: [
      "Between acquire and release the processor is at DISPATCH_LEVEL. The release that restores the IRQL belongs to the acquire that raised it, and the Dpr forms, which leave it alone, to each other.",
      "Two locks are released in the reverse order: a release of the outer one first would lower the IRQL while the inner one is held.",
      "Taking the same lock twice never ends: it is not recursive.",
    ],
    rules: ["SPIN-RECUR", "SPIN-UNHELD", "SPIN-EXIT", "SPIN-HELD"],
    related: ["NdisAllocateSpinLock", "NdisAcquireSpinLock", "NdisReleaseSpinLock", "NdisDprAcquireSpinLock"],
    example: "counter-under-a-lock",
  },
  LARGE_INTEGER: {
    summary: "64 bits with a sign, of which both halves have a name; also PHYSICAL_ADDRESS and NDIS_PHYSICAL_ADDRESS.",
    members: {
      LowPart: "The low half, without a sign.",
      HighPart: "The high half, with the sign.",
      u: "Both halves again, for compilers that know no unnamed structs.",
      QuadPart: "All of it.",
    },
    ownership: "A plain value: it is copied.",
    remarks: [
      "It is aligned to 8 on 32-bit Windows, as every type of 8 bytes is there. On 32-bit Linux such types are aligned to 4: a layout that was checked there is wrong for Windows.",
      "As a span of time it counts 100 ns; a negative one means so long from now. As the highest acceptable physical address, -1 means any.",
    ],
    related: ["NdisAllocateMemory", "NET_BUFFER_DATA_PHYSICAL_ADDRESS"],
    example: "halves-of-64-bits",
  },
  SLIST_HEADER: {
    summary: "The head of a sequenced list: entries that several processors push and pop without a lock.",
    members: {
      Alignment: "The whole head as one number, which is what makes it 8 bytes on an address that 8 divides.",
      Next: "The entry that was pushed last.",
      Depth: "Entries in the list.",
      Sequence: "Counts what is put in and taken out, so that a processor sees that another one was quicker.",
    },
    ownership:
      "The storage is the driver's. An entry is in the list from the push to the pop, and its first bytes hold the link; after the pop they are free again.",
    remarks: [
      "The last entry that was pushed is the first to be popped. The lock in the parameter list of some functions is from older days, and not looked at.",
    ],
    related: ["NdisInitializeSListHead", "NdisInterlockedPushEntrySList", "NdisInterlockedPopEntrySList"],
    example: "entries-in-two-lists",
  },
} as const satisfies StructurePages;
