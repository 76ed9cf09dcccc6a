import type { DdiPages } from "../page.js";

const PRIORITY =
  "An MM_PAGE_PRIORITY: how much it matters that this succeeds; with flags for what may not be done there. It is not looked at here.";

export const MAPPING_PAGES = {
  MmProbeAndLockPages: {
    summary: "Brings the pages of an MDL in and keeps them there, until they are unlocked.",
    parameters: {
      MemoryDescriptorList: "An MDL of `IoAllocateMdl`, over paged memory or any other, that is not locked.",
      AccessMode: "KernelMode or UserMode: whose rights count. There are no others here.",
      Operation: "IoReadAccess when the pages are only read; IoWriteAccess or IoModifyAccess when they are written.",
    },
    ownership: "The pages stay until `MmUnlockPages`, once for each call of this.",
    failure:
      "Windows raises an exception where there is no such memory. C that is compiled for this computer has no handler for it, so the run of the driver ends there; the MDL is as it was.",
    remarks: [
      "Writes the page numbers and sets MDL_PAGES_LOCKED, with MDL_WRITE_OPERATION when the pages are to be written. A system address is not part of it: `MmGetSystemAddressForMdlSafe` makes one when it is needed, and may fail to.",
      "Above APC_LEVEL only memory that cannot be paged out may be locked.",
      "An MDL that `MmBuildMdlForNonPagedPool` or `IoBuildPartialMdl` built is not locked: its pages stay by other means.",
    ],
    decisions: [
      "No page ever leaves here, but paged memory is known as such, and rules watch what is built upon it without a lock.",
    ],
    rules: ["MDL-LOCKNP"],
    related: ["MmUnlockPages", "MmGetSystemAddressForMdlSafe", "MmBuildMdlForNonPagedPool"],
    example: "mdls-part-of-a-buffer",
  },
  MmUnlockPages: {
    summary: "Lets the pages of an MDL go that `MmProbeAndLockPages` locked.",
    parameters: { MemoryDescriptorList: "The locked MDL." },
    ownership: "The MDL stays the caller's, to be freed or locked again.",
    remarks: [
      "A system address that the MDL got meanwhile is taken away first, so `MmUnmapLockedPages` is not needed.",
    ],
    rules: ["MDL-LOCKNP", "MDL-PARTUNLOCK"],
    related: ["MmProbeAndLockPages", "IoFreeMdl"],
    example: "mdls-part-of-a-buffer",
  },
  MmGetSystemAddressForMdlSafe: {
    summary: "Gives the system address of what an MDL describes, mapping its pages for that when need be.",
    parameters: { _Mdl: "An MDL that was built or locked, or a partial one.", _Priority: PRIORITY },
    returns:
      "The address of the first byte, always the same one until it is unmapped; NULL when the pages cannot be mapped.",
    ownership:
      "A mapping that is made stays with the MDL. `MmUnlockPages` takes it away, and of a partial MDL `MmPrepareMdlForReuse` or `IoFreeMdl`.",
    failure: "NULL, and the MDL is as it was: a later call may succeed.",
    remarks: [
      "Where the MDL has an address already, with MDL_MAPPED_TO_SYSTEM_VA or MDL_SOURCE_IS_NONPAGED_POOL, the macro reads it and calls nothing. Otherwise it calls `MmMapLockedPagesSpecifyCache`.",
      "So it can fail for pages that are only locked, never for nonpaged memory. `ndislab run --fail mapping:N` makes the Nth mapping fail, and hands frames in with their pages locked only, as those of user memory are.",
    ],
    decisions: [
      "An MDL of `IoAllocateMdl` without any pages has none to map. On Windows the call maps what the numbers happen to say; here the run of the driver ends with a sentence about it.",
    ],
    related: ["NdisQueryMdl", "MmMapLockedPagesSpecifyCache", "MmGetSystemAddressForMdl"],
    example: "mdls-part-of-a-buffer",
  },
  MmGetSystemAddressForMdl: {
    summary: "Gives the system address of what an MDL describes, and stops the machine when it cannot.",
    parameters: { _Mdl: "An MDL that was built or locked, or a partial one." },
    returns: "The address of the first byte; never NULL.",
    ownership: "As for `MmGetSystemAddressForMdlSafe`.",
    failure: "A bug check on Windows; here the run of the driver ends, with the finding BUF-UNSAFE.",
    rules: ["BUF-UNSAFE"],
    related: ["MmGetSystemAddressForMdlSafe"],
    example: "mdls-map-and-unmap",
  },
  MmMapLockedPagesSpecifyCache: {
    summary: "Maps the locked pages of an MDL.",
    parameters: {
      MemoryDescriptorList: "An MDL whose pages are locked.",
      AccessMode: "KernelMode for a system address. UserMode is taken for the same here.",
      CacheType: "A MEMORY_CACHING_TYPE for pages that have none. It is not looked at here.",
      RequestedAddress: "For UserMode an address that would be welcome, or NULL. It is not looked at here.",
      BugCheckOnFailure: "FALSE, so that a failure is NULL. TRUE makes it a bug check.",
      Priority: PRIORITY,
    },
    returns: "The address of the first byte, or NULL.",
    ownership: "The mapping is the MDL's, until `MmUnmapLockedPages` or `MmUnlockPages`.",
    failure: "NULL, with the MDL as it was; with BugCheckOnFailure the run of the driver ends.",
    remarks: [
      "An MDL has one system address at most. Of one that is mapped already this gives that address; drivers that do not know call `MmGetSystemAddressForMdlSafe`.",
    ],
    decisions: ["Documents forbid a second mapping and do not say what it does. Here it is the first one."],
    rules: ["BUF-UNSAFE"],
    related: ["MmGetSystemAddressForMdlSafe", "MmUnmapLockedPages", "MmMapLockedPagesWithReservedMapping"],
    example: "mdls-map-and-unmap",
  },
  MmMapLockedPages: {
    summary: "Maps the locked pages of an MDL, and stops the machine when it cannot.",
    parameters: {
      MemoryDescriptorList: "An MDL whose pages are locked.",
      AccessMode: "KernelMode for a system address.",
    },
    returns: "The address of the first byte; never NULL.",
    ownership: "As for `MmMapLockedPagesSpecifyCache`.",
    failure: "A bug check on Windows; here the run of the driver ends, with the finding BUF-UNSAFE.",
    remarks: ["What the macros call that cannot fail, so that the finding names this function for them."],
    rules: ["BUF-UNSAFE"],
    related: ["MmMapLockedPagesSpecifyCache", "MmGetSystemAddressForMdl"],
    example: "mdls-map-and-unmap",
  },
  MmUnmapLockedPages: {
    summary: "Takes the mapping of an MDL away.",
    parameters: {
      BaseAddress: "The address that the mapping gave. It is not looked at here.",
      MemoryDescriptorList: "The MDL, which stays locked.",
    },
    ownership: "The address is no longer the caller's to use.",
    remarks: [
      "Nonpaged memory keeps its address, which nobody made. A partial MDL that shares the mapping of its source has none to give back; `MmPrepareMdlForReuse` knows the difference.",
    ],
    rules: ["MDL-PARTUNLOCK"],
    related: ["MmMapLockedPagesSpecifyCache", "MmUnlockPages", "MmPrepareMdlForReuse"],
    example: "mdls-map-and-unmap",
  },
  MmPrepareMdlForReuse: {
    summary: "Gives back a mapping that a partial MDL has of its own, so that it can be built anew.",
    parameters: { _Mdl: "A partial MDL. For any other nothing happens." },
    ownership: "The MDL stays the caller's.",
    remarks: [
      "Looks at MDL_PARTIAL_HAS_BEEN_MAPPED. A mapping that is the source's stays.",
      "Without it a driver that builds one partial MDL again and again loses a mapping each time.",
    ],
    related: ["IoBuildPartialMdl", "MmUnmapLockedPages"],
    example: "mdls-part-of-a-buffer",
  },
  MmAllocateMappingAddress: {
    summary: "Reserves a range of system addresses for mappings that must not fail later.",
    parameters: {
      NumberOfBytes:
        "How long it is to be; whole pages are reserved, and an MDL that starts within a page may need one more.",
      PoolTag: "A tag that every other call on the range has to repeat.",
    },
    returns: "What the range is known by, or NULL. Nothing can be read there.",
    ownership: "The range is the caller's, until `MmFreeMappingAddress`.",
    failure: "NULL.",
    related: ["MmMapLockedPagesWithReservedMapping", "MmFreeMappingAddress"],
    example: "mdls-at-a-reserved-address",
  },
  MmFreeMappingAddress: {
    summary: "Gives a reserved range of addresses back.",
    parameters: { BaseAddress: "What `MmAllocateMappingAddress` gave.", PoolTag: "The tag it was given." },
    ownership: "The range is gone.",
    decisions: [
      "On Windows a wrong tag, or a range where an MDL is still mapped, is a bug check. Here the call does nothing, and the range stays reserved.",
    ],
    related: ["MmAllocateMappingAddress", "MmUnmapReservedMapping"],
    example: "mdls-at-a-reserved-address",
  },
  MmMapLockedPagesWithReservedMapping: {
    summary: "Maps the locked pages of an MDL in a reserved range, which no lack of memory can prevent.",
    parameters: {
      MappingAddress: "What `MmAllocateMappingAddress` gave.",
      PoolTag: "The tag it was given.",
      MemoryDescriptorList: "An MDL whose pages are locked.",
      CacheType: "A MEMORY_CACHING_TYPE. It is not looked at here.",
    },
    returns:
      "The address of the first byte; NULL for a range that is none, has another tag, is too short or has an MDL already.",
    ownership: "The range is in use until `MmUnmapReservedMapping`.",
    failure: "NULL, and only for wrong arguments: a mapping fault does not reach this call. The MDL is as it was.",
    decisions: [
      "The documents let MappedSystemVa be the start of the page, without ByteOffset, after this call. So it is here, and `MmGetSystemAddressForMdlSafe` gives that; only the value that is returned has the offset.",
      "No page moves on this computer, so the address is that of the memory and not one in the range.",
    ],
    related: ["MmAllocateMappingAddress", "MmUnmapReservedMapping", "MmMapLockedPagesSpecifyCache"],
    example: "mdls-at-a-reserved-address",
  },
  MmUnmapReservedMapping: {
    summary: "Takes the mapping of an MDL in a reserved range away.",
    parameters: {
      BaseAddress: "What `MmAllocateMappingAddress` gave.",
      PoolTag: "The tag it was given.",
      MemoryDescriptorList: "The MDL that is mapped there.",
    },
    ownership: "The range can be used again. The MDL stays locked.",
    related: ["MmMapLockedPagesWithReservedMapping", "MmFreeMappingAddress"],
    example: "mdls-at-a-reserved-address",
  },
  MmGetSystemRoutineAddress: {
    summary: "Finds a function of the kernel by its name, to use it only where it is there.",
    parameters: { SystemRoutineName: "The name, as the kernel exports it." },
    returns: "The address of the function, or NULL.",
    ownership: "The string stays the caller's.",
    remarks: [
      "An address that is found can be called, and the rules watch that call like any other. It is the same one each time.",
      "Macros have no address, and the functions of NDIS are not the kernel's to find: both give NULL.",
    ],
    decisions: [
      "NULL also stands for what a kernel of Windows exports and this one lacks, which is what a driver has to expect of an older Windows.",
      "Only C can call such an address: to TypeScript without a driver every name gives NULL.",
    ],
    related: ["RtlInitUnicodeString"],
    example: "mdls-find-a-routine",
    driverOnly: true,
  },
} as const satisfies DdiPages;
