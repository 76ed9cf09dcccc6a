import type { StructurePages } from "../page.js";

/** The small words that say how memory is locked and mapped. */
export const MAPPING_STRUCTURE_PAGES = {
  MM_PAGE_PRIORITY: {
    summary: "Says how badly the mapping of an MDL is needed, when the system has few pages left to map with.",
    members: {
      LowPagePriority: "May fail as soon as pages are few; for what can be done without.",
      NormalPagePriority: "May fail when they are very few; right for frames.",
      HighPagePriority: "Fails only when there are none left; for what the system cannot live without.",
    },
    remarks: [
      "No priority makes a mapping that cannot fail: NULL is looked for in any case, and the frame is dropped or sent back.",
      "From Windows 8 on two flags can be added to the number with `|`: MdlMappingNoExecute, which drivers should always give, and MdlMappingNoWrite, which makes the mapping read-only.",
    ],
    decisions: ["Mappings never run short here but for a plan of faults, and the priority changes nothing."],
    related: [
      "MmGetSystemAddressForMdlSafe",
      "MmMapLockedPagesSpecifyCache",
      "NdisQueryBufferSafe",
      "EX_POOL_PRIORITY",
    ],
    example: "mdls-map-and-unmap",
  },
  MEMORY_CACHING_TYPE: {
    summary: "Says how the processor may keep mapped memory in its caches.",
    members: {
      MmNonCached: "Not at all: for registers of a device.",
      MmCached: "As it likes: for ordinary memory, and so for all frames.",
      MmWriteCombined: "No reads, but writes may be put together to bigger ones: for a buffer that a device reads.",
      MmHardwareCoherentCached: "For the system.",
      MmNonCachedUnordered: "For the system.",
      MmUSWCCached: "For the system.",
      MmMaximumCacheType: "How many there are; no type.",
      MmNotMapped: "Says of memory that it is not mapped; nothing to ask for.",
    },
    remarks: [
      "All mappings of one page have to agree. Two types for the same page are undefined in the processor, and only some are refused.",
    ],
    decisions: ["There is no cache here, and the type changes nothing."],
    related: ["MmMapLockedPagesSpecifyCache", "MmMapLockedPagesWithReservedMapping", "MM_PAGE_PRIORITY"],
    example: "mdls-map-and-unmap",
  },
  LOCK_OPERATION: {
    summary: "Says what is going to be done with pages that are locked in memory.",
    members: {
      IoReadAccess: "They are only read: by the driver, or by a device that sends them.",
      IoWriteAccess: "They are written, and perhaps read.",
      IoModifyAccess: "The same as IoWriteAccess.",
    },
    remarks: [
      "It is seen from the memory, not from the request: a read request of an application, which fills its buffer, locks for IoWriteAccess.",
      "Locking for writing sets MDL_WRITE_OPERATION in the MDL, by which unlocking knows that the pages may have changed.",
    ],
    related: ["MmProbeAndLockPages", "MmUnlockPages", "MODE"],
    example: "mdls-part-of-a-buffer",
  },
  MODE: {
    summary: "Says whose rights count: the kernel's or those of an application.",
    members: {
      KernelMode: "The kernel's: nothing is checked, an exception aside where the address is no memory.",
      UserMode: "An application's: an address that it may not touch raises an exception.",
      MaximumMode: "How many there are; no mode.",
    },
    remarks: [
      "Parameters that take it have the type KPROCESSOR_MODE, one byte. An address that came from an application is locked with UserMode, or the application could name memory of the kernel; `RequestorMode` of the `IRP` says where a request came from.",
    ],
    decisions: ["There is only the kernel's memory here, and both modes do the same."],
    related: ["MmProbeAndLockPages", "MmMapLockedPagesSpecifyCache", "IRP"],
    example: "mdls-part-of-a-buffer",
  },
} as const satisfies StructurePages;
