import { constants, opaque, structure } from "./structure.js";

export const EPROCESS = opaque("EPROCESS", { pointers: ["PEPROCESS"] });

/**
 * ```
 *  0        4    6     8         12            16        20         24          28
 *  ┌────────┬────┬─────┬─────────┬─────────────┬─────────┬──────────┬───────────┬──────────────┐
 *  │ Next   │Size│Flags│ Process │MappedSystemVa│ StartVa │ByteCount │ByteOffset │ page numbers │
 *  └────────┴────┴─────┴─────────┴─────────────┴─────────┴──────────┴───────────┴──────────────┘
 *                                 = StartVa + ByteOffset   page-aligned           u32 each
 * ```
 * One MDL describes one virtually contiguous range. NDIS 5 calls the same structure NDIS_BUFFER.
 */
export const MDL = structure(
  "MDL",
  {
    Next: "struct _MDL *",
    Size: "CSHORT",
    MdlFlags: "CSHORT",
    Process: "struct _EPROCESS *",
    MappedSystemVa: "PVOID",
    StartVa: "PVOID",
    ByteCount: "ULONG",
    ByteOffset: "ULONG",
  },
  { pointers: ["PMDL", "PMDLX"], aliases: ["NDIS_BUFFER"] },
);

export const MDL_FLAGS = constants({
  MDL_MAPPED_TO_SYSTEM_VA: 0x0001,
  MDL_PAGES_LOCKED: 0x0002,
  MDL_SOURCE_IS_NONPAGED_POOL: 0x0004,
  MDL_ALLOCATED_FIXED_SIZE: 0x0008,
  MDL_PARTIAL: 0x0010,
  MDL_PARTIAL_HAS_BEEN_MAPPED: 0x0020,
  MDL_IO_PAGE_READ: 0x0040,
  MDL_WRITE_OPERATION: 0x0080,
  MDL_PARENT_MAPPED_SYSTEM_VA: 0x0100,
  MDL_FREE_EXTRA_PTES: 0x0200,
  MDL_DESCRIBES_AWE: 0x0400,
  MDL_IO_SPACE: 0x0800,
  MDL_NETWORK_HEADER: 0x1000,
  MDL_MAPPING_CAN_FAIL: 0x2000,
  MDL_ALLOCATED_MUST_SUCCEED: 0x4000,
  MDL_INTERNAL: 0x8000,
});

/** Page size of x86 and width of one page-frame number behind an MDL, both in bytes. */
export const PAGE = constants({ PAGE_SIZE: 4096, PAGE_SHIFT: 12 });
export const PAGE_FRAME_SIZE = 4;
