import { IRQL } from "../layout/spin-lock.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Address, Handle } from "../memory/address.js";
import { family } from "./entry.js";
import type { Machine } from "./machine.js";

/** NDIS_STATUS form: the block at `*out`, or NULL there and NDIS_STATUS_FAILURE. */
function allocateWithStatus(m: Machine, out: Address, length: number, tag: number): number {
  const block = m.nonpaged.allocate(length >>> 0, tag >>> 0, "driver");
  m.memory.u32[out >>> 2] = block;
  return block === 0 ? NDIS_STATUS.NDIS_STATUS_FAILURE : NDIS_STATUS.NDIS_STATUS_SUCCESS;
}

/** Zero-filled form, 0 when memory is short. */
function allocateZero(m: Machine, length: number, tag: number): Address {
  const block = m.nonpaged.allocate(length >>> 0, tag >>> 0, "driver");
  if (block !== 0) m.memory.u8.fill(0, block, block + (length >>> 0));
  return block;
}

/** POOL_FLAG_UNINITIALIZED of ExAllocatePool2, whose flags are 64 bits. */
const POOL_FLAG_UNINITIALIZED = 2n;

/** Nonpaged memory. The caller owns what it gets; content of fresh memory is undefined. */
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
    NdisAllocateMemoryWithTag: {
      c: "NDIS_STATUS NdisAllocateMemoryWithTag(PVOID *VirtualAddress, UINT Length, ULONG Tag)",
      deprecated: true,
      successor: "NdisAllocateMemoryWithTagPriority",
      page: "ndis/nf-ndis-ndisallocatememorywithtag",
      bind: (m) => (out: Address, length: number, tag: number) => allocateWithStatus(m, out, length, tag),
    },
    NdisAllocateMemoryWithTagPriority: {
      c: "PVOID NdisAllocateMemoryWithTagPriority(NDIS_HANDLE NdisHandle, UINT Length, ULONG Tag, EX_POOL_PRIORITY Priority)",
      since: "NDIS 6.0",
      page: "ndis/nf-ndis-ndisallocatememorywithtagpriority",
      compliance: ["NdisAllocateMemoryWithTagPriority"],
      bind: (m) => (_handle: Handle, length: number, tag: number, _priority: number) =>
        m.nonpaged.allocate(length >>> 0, tag >>> 0, "driver"),
    },
    NdisFreeMemory: {
      c: "VOID NdisFreeMemory(PVOID VirtualAddress, UINT Length, UINT MemoryFlags)",
      page: "ndis/nf-ndis-ndisfreememory",
      bind: (m) => (address: Address, _length: number, _flags: number) => {
        m.nonpaged.free(address);
      },
    },
    NdisFreeMemoryWithTag: {
      c: "VOID NdisFreeMemoryWithTag(PVOID VirtualAddress, ULONG Tag)",
      deprecated: true,
      successor: "NdisFreeMemoryWithTagPriority",
      page: "ndis/nf-ndis-ndisfreememorywithtag",
      bind: (m) => (address: Address, _tag: number) => {
        m.nonpaged.free(address);
      },
    },
    NdisFreeMemoryWithTagPriority: {
      c: "VOID NdisFreeMemoryWithTagPriority(NDIS_HANDLE NdisHandle, PVOID VirtualAddress, ULONG Tag)",
      since: "NDIS 6.0",
      page: "ndis/nf-ndis-ndisfreememorywithtagpriority",
      bind: (m) => (_handle: Handle, address: Address, _tag: number) => {
        m.nonpaged.free(address);
      },
    },
    ExAllocatePoolWithTag: {
      c: "PVOID ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exallocatepoolwithtag",
      bind: (m) => (_type: number, length: number, tag: number) =>
        m.nonpaged.allocate(length >>> 0, tag >>> 0, "driver"),
    },
    ExAllocatePoolZero: {
      c: "PVOID ExAllocatePoolZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 10, version 2004",
      page: "wdm/nf-wdm-exallocatepoolzero",
      bind: (m) => (_type: number, length: number, tag: number) => allocateZero(m, length, tag),
    },
    ExAllocatePool2: {
      c: "PVOID ExAllocatePool2(ULONG64 Flags, SIZE_T NumberOfBytes, ULONG Tag)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 10, version 2004",
      page: "wdm/nf-wdm-exallocatepool2",
      bind: (m) => (flags: bigint, length: number, tag: number) =>
        flags & POOL_FLAG_UNINITIALIZED
          ? m.nonpaged.allocate(length >>> 0, tag >>> 0, "driver")
          : allocateZero(m, length, tag),
    },
    ExFreePoolWithTag: {
      c: "VOID ExFreePoolWithTag(PVOID P, ULONG Tag)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exfreepoolwithtag",
      bind: (m) => (address: Address, _tag: number) => {
        m.nonpaged.free(address);
      },
    },
    ExFreePool: {
      c: "VOID ExFreePool(PVOID P)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exfreepool",
      bind: (m) => (address: Address) => {
        m.nonpaged.free(address);
      },
    },
  },
);
