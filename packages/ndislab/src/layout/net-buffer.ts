import { LARGE_INTEGER, SLIST_HEADER } from "./list.js";
import { aligned, inner, structure, union } from "./structure.js";

/**
 * ```
 *            MdlChain            CurrentMdl
 *               │                    │
 *               ▼                    ▼
 *           ┌────────────┐      ┌──────────────┐      ┌──────────────┐
 *           │ MDL        │─Next▶│ MDL          │─Next▶│ MDL          │─▶ NULL
 *           └────────────┘      └──────────────┘      └──────────────┘
 *  bytes    ├── unused (backfill) ────┤──────── used ────────┤─ slack ─┤
 *           0                    DataOffset       DataOffset+DataLength
 *                               ├─────┤ CurrentMdlOffset
 * ```
 */
export const NET_BUFFER_DATA = structure("NET_BUFFER_DATA", {
  Next: "struct _NET_BUFFER *",
  CurrentMdl: "MDL *",
  CurrentMdlOffset: "ULONG",
  $length: union({ DataLength: "ULONG", stDataLength: "SIZE_T" }),
  MdlChain: "MDL *",
  DataOffset: "ULONG",
});

export const NET_BUFFER_HEADER = structure(
  "NET_BUFFER_HEADER",
  { NetBufferData: NET_BUFFER_DATA, Link: SLIST_HEADER },
  { union: true },
);

export const NET_BUFFER_SHARED_MEMORY = structure("NET_BUFFER_SHARED_MEMORY", {
  NextSharedMemorySegment: "struct _NET_BUFFER_SHARED_MEMORY *",
  SharedMemoryFlags: "ULONG",
  SharedMemoryHandle: "NDIS_HANDLE",
  SharedMemoryOffset: "ULONG",
  SharedMemoryLength: "ULONG",
});

export const NET_BUFFER = structure("NET_BUFFER", {
  $header: union({
    $data: inner({
      Next: "struct _NET_BUFFER *",
      CurrentMdl: "MDL *",
      CurrentMdlOffset: "ULONG",
      $length: union({ DataLength: "ULONG", stDataLength: "SIZE_T" }),
      MdlChain: "MDL *",
      DataOffset: "ULONG",
    }),
    Link: SLIST_HEADER,
    NetBufferHeader: NET_BUFFER_HEADER,
  }),
  ChecksumBias: "USHORT",
  Reserved: "USHORT",
  NdisPoolHandle: "NDIS_HANDLE",
  NdisReserved: aligned("PVOID[2]"),
  ProtocolReserved: aligned("PVOID[6]"),
  MiniportReserved: aligned("PVOID[4]"),
  DataPhysicalAddress: LARGE_INTEGER,
  $shared: union({
    SharedMemoryInfo: "NET_BUFFER_SHARED_MEMORY *",
    ScatterGatherList: "struct _SCATTER_GATHER_LIST *",
  }),
});
