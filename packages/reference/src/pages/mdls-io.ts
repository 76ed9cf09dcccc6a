import type { DdiPages } from "../page.js";

export const IO_MDL_PAGES = {
  IoAllocateMdl: {
    summary: "Allocates an MDL with room for the pages of a range, and leaves it to others to put them in.",
    parameters: {
      VirtualAddress: "The first byte to describe. The memory is not looked at.",
      Length: "How many bytes, at most 4 GiB less a page.",
      SecondaryBuffer: "With an IRP: FALSE makes the MDL its first and only one, TRUE the last of its chain.",
      ChargeQuota: "FALSE. It is not looked at here.",
      Irp: "An IRP that gets the MDL in MdlAddress, or NULL.",
    },
    returns:
      "The MDL: a range, no flags, no pages, no system address. NULL when memory is short or the range is too long.",
    ownership: "The MDL is the caller's, who frees it with `IoFreeMdl`, also when an IRP has it.",
    failure: "NULL; an IRP is as it was.",
    remarks: [
      "What comes next is `MmBuildMdlForNonPagedPool`, `MmProbeAndLockPages` or `IoBuildPartialMdl`. Before one of them an MDL has no pages, and a driver that asks for its system address ends there.",
    ],
    decisions: [
      "The longest range differs from version to version of Windows. Here it is that of Windows 7 and later: 4 GiB less a page.",
      "A secondary buffer for an IRP that has none yet becomes its first one; documents speak of the end of a chain only.",
      "The size of an MDL in bytes is kept in 16 bits. As on Windows it wraps for a range of more than 64 MiB, and the flags beside it stay 0.",
    ],
    rules: ["MDL-LEAK"],
    related: ["IoFreeMdl", "MmBuildMdlForNonPagedPool", "MmProbeAndLockPages", "IoBuildPartialMdl", "NdisAllocateMdl"],
    example: "mdls-of-the-io-manager",
  },
  IoFreeMdl: {
    summary: "Frees an MDL that `IoAllocateMdl` made.",
    parameters: { Mdl: "The MDL, unlocked and unmapped. What its Next names is not freed with it." },
    ownership: "The MDL is gone; the memory it described stays whose it is.",
    remarks: [
      "Pages that it locked are unlocked first, with `MmUnlockPages`, which also takes the mapping away.",
      "A partial MDL keeps no pages, and a mapping of its own goes with it.",
    ],
    rules: ["MDL-DFREE", "MDL-WRONGFREE", "MDL-NOTALONE", "MDL-MAPPEDFREE", "MDL-PARTIALSRC", "MDL-CORRUPT"],
    related: ["IoAllocateMdl", "NdisFreeMdl", "MmUnlockPages"],
    example: "mdls-of-the-io-manager",
  },
  MmBuildMdlForNonPagedPool: {
    summary: "Completes an MDL over memory that is never paged out.",
    parameters: {
      MemoryDescriptorList: "An MDL of `IoAllocateMdl` or `MmInitializeMdl`, whose range lies in nonpaged memory.",
    },
    ownership: "Nothing changes hands: the memory stays the caller's and has to live as long as the MDL.",
    remarks: [
      "Writes the page numbers, MDL_SOURCE_IS_NONPAGED_POOL and the system address, which is where the memory is. Next, Size and the range stay.",
      "The memory needs no lock and has its address, so such an MDL is neither locked nor unlocked, and `MmGetSystemAddressForMdlSafe` cannot fail for it.",
    ],
    rules: ["MDL-BUILDPAGED"],
    related: ["IoAllocateMdl", "MmInitializeMdl", "MmProbeAndLockPages", "NdisAllocateMdl"],
    example: "mdls-of-the-io-manager",
  },
  IoBuildPartialMdl: {
    summary: "Makes an MDL describe a part of what another one describes.",
    parameters: {
      SourceMdl: "The MDL of the whole: its pages are locked, or nonpaged.",
      TargetMdl: "The MDL of the part, with room for its page numbers. What it described before is forgotten.",
      VirtualAddress: "The first byte of the part, as an address of the source's range (`MmGetMdlVirtualAddress`).",
      Length: "How many bytes; 0 means all to the end of the source.",
    },
    ownership:
      "Both MDLs stay the caller's. The pages stay the source's, which locked them: it has to live, locked, as long as the part is used.",
    failure:
      "A part that is not within the source, or a target with too little room, ends the run of the driver, as TARGET_MDL_TOO_SMALL stops Windows.",
    remarks: [
      "Has the source a system address, the part has it too, with nothing to map or unmap. Otherwise `MmGetSystemAddressForMdlSafe` maps the part alone, which `MmPrepareMdlForReuse` or `IoFreeMdl` undoes.",
      "Next of the target stays, and so do the flags that say how its storage was made.",
    ],
    decisions: [
      "To show that an address is the source's, the part of a mapped source has MDL_PARENT_MAPPED_SYSTEM_VA besides MDL_MAPPED_TO_SYSTEM_VA.",
      "Documents forbid a range outside the source and do not say what happens. Here it is a fault of the driver, before anything is written.",
    ],
    rules: ["MDL-PARTIALSRC"],
    related: ["MmPrepareMdlForReuse", "IoAllocateMdl", "NdisCopyBuffer", "NdisAllocateCloneNetBufferList"],
    example: "mdls-part-of-a-buffer",
  },
  MmInitializeMdl: {
    summary: "Writes the header of an MDL into memory of the caller's.",
    parameters: {
      _Mdl: "Where the MDL is to be: nonpaged memory of `MmSizeOfMdl` bytes, aligned as a pointer.",
      _BaseVa: "The first byte to describe.",
      _Length: "How many bytes.",
    },
    ownership:
      "The MDL is memory of the caller's like any other: it is not freed with `IoFreeMdl`, but with its block.",
    remarks: [
      "Next, Size, the flags and the range are written. Process, MappedSystemVa and the page numbers are as undefined as before, until the MDL is built or locked.",
    ],
    related: ["MmSizeOfMdl", "MmBuildMdlForNonPagedPool", "IoAllocateMdl"],
    example: "mdls-in-memory-of-ones-own",
  },
  MmSizeOfMdl: {
    summary: "Tells how many bytes an MDL over a range takes, with its page numbers.",
    parameters: { Base: "The first byte of the range: where in its page it lies decides.", Length: "How many bytes." },
    returns: "28 and 4 for each page that the range touches.",
    remarks: ["Computed without overflow for every length: a range of almost 4 GiB takes a little more than 4 MiB."],
    related: ["MmInitializeMdl", "ADDRESS_AND_SIZE_TO_SPAN_PAGES"],
    example: "mdls-in-memory-of-ones-own",
  },
  MmGetMdlVirtualAddress: {
    summary: "Tells the virtual address of the first byte that an MDL describes.",
    parameters: { _Mdl: "The MDL." },
    returns: "StartVa and ByteOffset together.",
    remarks: [
      "An address of the process that made the MDL, which need not be valid here: a driver reads through `MmGetSystemAddressForMdlSafe`, and counts from this one in `IoBuildPartialMdl`.",
    ],
    related: ["MmGetMdlBaseVa", "MmGetMdlByteOffset", "MmGetSystemAddressForMdlSafe"],
    example: "mdls-of-the-io-manager",
  },
  MmGetMdlBaseVa: {
    summary: "Tells where the page starts that has the first byte of an MDL.",
    parameters: { _Mdl: "The MDL." },
    returns: "The member StartVa.",
    related: ["MmGetMdlVirtualAddress"],
    example: "mdls-in-memory-of-ones-own",
  },
  MmGetMdlByteCount: {
    summary: "Tells how many bytes an MDL describes.",
    parameters: { _Mdl: "The MDL." },
    returns: "The member ByteCount, without the rest of the chain.",
    related: ["NdisQueryMdl", "NdisBufferLength"],
    example: "mdls-of-the-io-manager",
  },
  MmGetMdlByteOffset: {
    summary: "Tells where in its first page an MDL starts.",
    parameters: { _Mdl: "The MDL." },
    returns: "The member ByteOffset, from 0 to 4095.",
    related: ["NdisQueryMdlOffset", "MmGetMdlBaseVa"],
    example: "mdls-of-the-io-manager",
  },
  MmGetMdlPfnArray: {
    summary: "Finds the page numbers behind the header of an MDL.",
    parameters: { _Mdl: "An MDL that was built or locked; before that the numbers are undefined." },
    returns: "The address of the first number; there are as many as the MDL touches pages.",
    ownership: "The numbers belong to the MDL, and are not to be written.",
    remarks: [
      "On this computer the number of a page is its address without the last 12 bits, so that pages in a row have numbers in a row. A driver that builds upon that is wrong on Windows.",
    ],
    related: ["NDIS_MDL_TO_SPAN_PAGES"],
    example: "mdls-in-memory-of-ones-own",
  },
  ADDRESS_AND_SIZE_TO_SPAN_PAGES: {
    summary: "Counts the pages that a range touches.",
    parameters: { _Va: "The first byte.", _Size: "How many bytes." },
    returns: "The number of pages.",
    decisions: [
      "A sum that passes 4 GiB is counted to its end, where the macro of old versions loses the carry.",
      "No bytes touch no page when they start with one, and one page otherwise: that is what the arithmetic gives, and `NDIS_MDL_TO_SPAN_PAGES` makes it 1.",
    ],
    related: ["MmSizeOfMdl", "NDIS_MDL_TO_SPAN_PAGES"],
    example: "mdls-in-memory-of-ones-own",
  },
} as const satisfies DdiPages;
