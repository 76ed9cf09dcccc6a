import { NDIS_MEMORY_FLAGS } from "../layout/memory-manager.js";
import { IRQL } from "../layout/spin-lock.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Address, Handle } from "../memory/address.js";
import { poolTag } from "../memory/tag.js";
import { family } from "./entry.js";
import type { Machine } from "./machine.js";
import { archived } from "./page-address.js";

/** The tag of what NdisAllocateMemory gives, which has no parameter for one. */
const DEFAULT_TAG = poolTag("NDam");

/** NDIS_STATUS form: the block at `*out`, or NULL there and NDIS_STATUS_FAILURE. */
function allocateWithStatus(m: Machine, out: Address, length: number, tag: number): number {
  const block = m.nonpaged.allocate(length >>> 0, tag >>> 0, "driver");
  m.memory.u32[out >>> 2] = block;
  return block === 0 ? NDIS_STATUS.NDIS_STATUS_FAILURE : NDIS_STATUS.NDIS_STATUS_SUCCESS;
}

const KNOWN_FLAGS = NDIS_MEMORY_FLAGS.NDIS_MEMORY_CONTIGUOUS | NDIS_MEMORY_FLAGS.NDIS_MEMORY_NONCACHED;

/** Every block is contiguous here, and no cache is to be seen: the flags change nothing but the caller's duties. */
function allocateByFlags(m: Machine, out: Address, length: number, flags: number): number {
  if ((flags & ~KNOWN_FLAGS) === 0) return allocateWithStatus(m, out, length, DEFAULT_TAG);
  m.memory.u32[out >>> 2] = 0;
  return NDIS_STATUS.NDIS_STATUS_FAILURE;
}

/** NDIS's own functions for nonpaged memory. The caller owns what it gets; content of fresh memory is undefined. */
export const MEMORY = family(
  {
    family: "Memory",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "NDIS 5.0",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "MEM-IRQL",
  },
  {
    NdisAllocateMemory: {
      c: "NDIS_STATUS NdisAllocateMemory(PVOID *VirtualAddress, UINT Length, UINT MemoryFlags, NDIS_PHYSICAL_ADDRESS HighestAcceptableAddress)",
      contract: ["F5-45"],
      deprecated: true,
      successor: "NdisAllocateMemoryWithTagPriority",
      page: "ndis/nf-ndis-ndisallocatememorywithtagpriority",
      bind: (m) => (out: Address, length: number, flags: number, _highest: Address) =>
        allocateByFlags(m, out, length, flags),
    },
    NdisAllocateMemoryWithTag: {
      c: "NDIS_STATUS NdisAllocateMemoryWithTag(PVOID *VirtualAddress, UINT Length, ULONG Tag)",
      contract: ["F5-46"],
      deprecated: true,
      successor: "NdisAllocateMemoryWithTagPriority",
      page: archived("ff550767"),
      bind: (m) => (out: Address, length: number, tag: number) => allocateWithStatus(m, out, length, tag),
    },
    NdisAllocateMemoryWithTagPriority: {
      c: "PVOID NdisAllocateMemoryWithTagPriority(NDIS_HANDLE NdisHandle, UINT Length, ULONG Tag, EX_POOL_PRIORITY Priority)",
      contract: ["F5-47"],
      since: "NDIS 6.0",
      page: "ndis/nf-ndis-ndisallocatememorywithtagpriority",
      compliance: ["Irql_Miscellaneous_Function", "NdisAllocateMemoryWithTagPriority"],
      bind: (m) => (_handle: Handle, length: number, tag: number, _priority: number) =>
        m.nonpaged.allocate(length >>> 0, tag >>> 0, "driver"),
    },
    NdisFreeMemory: {
      c: "VOID NdisFreeMemory(PVOID VirtualAddress, UINT Length, UINT MemoryFlags)",
      contract: ["F5-48"],
      page: "ndis/nf-ndis-ndisfreememory",
      compliance: ["Irql_Miscellaneous_Function"],
      bind: (m) => (address: Address, _length: number, _flags: number) => {
        m.nonpaged.free(address);
      },
    },
    NdisFreeMemoryWithTag: {
      c: "VOID NdisFreeMemoryWithTag(PVOID VirtualAddress, ULONG Tag)",
      contract: ["F5-49"],
      since: "NDIS 6.20",
      deprecated: true,
      successor: "NdisFreeMemoryWithTagPriority",
      page: "ndis/nf-ndis-ndisfreememorywithtag",
      bind: (m) => (address: Address, _tag: number) => {
        m.nonpaged.free(address);
      },
    },
    NdisFreeMemoryWithTagPriority: {
      c: "VOID NdisFreeMemoryWithTagPriority(NDIS_HANDLE NdisHandle, PVOID VirtualAddress, ULONG Tag)",
      contract: ["F5-50"],
      since: "NDIS 6.20",
      page: "ndis/nf-ndis-ndisfreememorywithtagpriority",
      bind: (m) => (_handle: Handle, address: Address, _tag: number) => {
        m.nonpaged.free(address);
      },
    },
  },
);
