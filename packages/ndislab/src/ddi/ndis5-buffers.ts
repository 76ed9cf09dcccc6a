import { MDL } from "../layout/mdl.js";
import { IRQL } from "../layout/spin-lock.js";
import { mdlByteCount, mdlByteOffset, mdlSpanPages } from "../mdl/mdl.js";
import type { Address, Handle } from "../memory/address.js";
import { copyBuffer } from "../ndis5/buffer-copy.js";
import { accessor } from "./accessor.js";
import { family } from "./entry.js";
import { archived } from "./page-address.js";

const BYTE_COUNT = MDL.offset.ByteCount >>> 2;

/** Buffer descriptor pools and descriptors of NDIS 5. All deprecated; the same MDLs as NDIS 6 has. */
export const NDIS5_BUFFERS = family(
  {
    family: "NDIS 5 buffers",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "Windows CE .NET 4.0, NDIS 5.0",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "BUF-IRQL",
    deprecated: true,
  },
  {
    NdisAllocateBufferPool: {
      c: "VOID NdisAllocateBufferPool(PNDIS_STATUS Status, PNDIS_HANDLE PoolHandle, UINT NumberOfDescriptors)",
      successor: "NdisAllocateMdl",
      contract: ["F5-01"],
      page: "ndis/nf-ndis-ndisallocatebufferpool",
      bind: (m) => (status: Address, poolHandle: Address, descriptors: number) =>
        m.buffers.create(status, poolHandle, descriptors >>> 0),
    },
    NdisFreeBufferPool: {
      c: "VOID NdisFreeBufferPool(NDIS_HANDLE PoolHandle)",
      successor: "NdisFreeMdl",
      contract: ["F5-02"],
      page: archived("ff551984"),
      bind: (m) => (pool: Handle) => {
        m.buffers.destroy(pool);
      },
    },
    NdisAllocateBuffer: {
      c: "VOID NdisAllocateBuffer(PNDIS_STATUS Status, PNDIS_BUFFER *Buffer, NDIS_HANDLE PoolHandle OPTIONAL, PVOID VirtualAddress, UINT Length)",
      successor: "NdisAllocateMdl",
      contract: ["F5-03"],
      page: "ndis/nf-ndis-ndisallocatebuffer",
      bind: (m) => (status: Address, buffer: Address, pool: Handle, address: Address, length: number) =>
        m.buffers.allocate(status, buffer, pool, address, length >>> 0),
    },
    NdisFreeBuffer: {
      c: "VOID NdisFreeBuffer(PNDIS_BUFFER Buffer)",
      successor: "NdisFreeMdl",
      contract: ["F5-04"],
      page: archived("ff551981"),
      bind: (m) => (buffer: Address) => {
        m.mdls.free(buffer);
      },
    },
    NdisCopyBuffer: {
      c: "VOID NdisCopyBuffer(PNDIS_STATUS Status, PNDIS_BUFFER *Buffer, NDIS_HANDLE PoolHandle, PVOID MemoryDescriptor, UINT Offset, UINT Length)",
      successor: "IoBuildPartialMdl",
      contract: ["F5-05"],
      page: archived("ff551060"),
      bind: (m) => (status: Address, buffer: Address, pool: Handle, source: Address, offset: number, length: number) =>
        copyBuffer(
          m.memory,
          m.mdls,
          m.chains,
          status,
          buffer,
          m.buffers.poolOf(pool),
          source,
          offset >>> 0,
          length >>> 0,
        ),
    },
    NdisAdjustBufferLength: {
      c: "VOID NdisAdjustBufferLength(PNDIS_BUFFER Buffer, UINT Length)",
      successor: "NdisAdjustMdlLength",
      contract: ["F5-06"],
      page: archived("ff550733"),
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (buffer: Address, length: number) => {
        m.memory.u32[(buffer >>> 2) + BYTE_COUNT] = length;
      },
    },
    NdisQueryBuffer: {
      c: "VOID NdisQueryBuffer(PNDIS_BUFFER Buffer, PVOID *VirtualAddress OPTIONAL, PUINT Length)",
      successor: "NdisQueryMdl",
      contract: ["F5-07"],
      page: archived("ff554407"),
      bind: (m) => (buffer: Address, address: Address, length: Address) => {
        if (address !== 0) m.memory.u32[address >>> 2] = m.mappings.mapOrBugCheck(buffer);
        m.memory.u32[length >>> 2] = mdlByteCount(m.memory, buffer);
      },
    },
    NdisQueryBufferSafe: {
      c: "VOID NdisQueryBufferSafe(PNDIS_BUFFER Buffer, PVOID *VirtualAddress OPTIONAL, PUINT Length, UINT Priority)",
      since: "NDIS 5.1",
      successor: "NdisQueryMdl",
      contract: ["F5-08"],
      page: archived("ff554417"),
      bind: (m) => (buffer: Address, address: Address, length: Address, _priority: number) => {
        if (address !== 0) m.memory.u32[address >>> 2] = m.mappings.map(buffer);
        m.memory.u32[length >>> 2] = mdlByteCount(m.memory, buffer);
      },
    },
    NdisQueryBufferOffset: {
      c: "VOID NdisQueryBufferOffset(PNDIS_BUFFER _Buffer, PUINT _Offset, PUINT _Length)",
      macro:
        "NdisQueryBufferOffset(_Buffer, _Offset, _Length) do { *(_Offset) = (_Buffer)->ByteOffset; *(_Length) = (_Buffer)->ByteCount; } while (0)",
      successor: "NdisQueryMdlOffset",
      contract: ["F5-09"],
      page: archived("ff554411"),
      bind: (m) => (buffer: Address, offset: Address, length: Address) => {
        m.memory.u32[offset >>> 2] = mdlByteOffset(m.memory, buffer);
        m.memory.u32[length >>> 2] = mdlByteCount(m.memory, buffer);
      },
    },
    NdisGetBufferPhysicalArraySize: {
      c: "VOID NdisGetBufferPhysicalArraySize(PNDIS_BUFFER _Buffer, PUINT _ArraySize)",
      macro:
        "NdisGetBufferPhysicalArraySize(_Buffer, _ArraySize) do { *(_ArraySize) = NDIS_BUFFER_TO_SPAN_PAGES(_Buffer); } while (0)",
      successor: "NdisGetMdlPhysicalArraySize",
      contract: ["F5-10"],
      page: archived("ff552033"),
      bind: (m) => (buffer: Address, arraySize: Address) => {
        m.memory.u32[arraySize >>> 2] = mdlSpanPages(m.memory, buffer);
      },
    },
    NDIS_BUFFER_TO_SPAN_PAGES: {
      c: "ULONG NDIS_BUFFER_TO_SPAN_PAGES(PNDIS_BUFFER _Buffer)",
      macro:
        "NDIS_BUFFER_TO_SPAN_PAGES(_Buffer) ((_Buffer) == NULL ? 0 : (_Buffer)->ByteCount == 0 ? 1 : ADDRESS_AND_SIZE_TO_SPAN_PAGES((_Buffer)->ByteOffset, (_Buffer)->ByteCount))",
      successor: "NDIS_MDL_TO_SPAN_PAGES",
      contract: ["F5-11"],
      page: archived("ff556922"),
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (buffer: Address) => mdlSpanPages(m.memory, buffer),
    },
    NdisGetNextBuffer: {
      c: "VOID NdisGetNextBuffer(PNDIS_BUFFER _CurrentBuffer, PNDIS_BUFFER *_NextBuffer)",
      macro: "NdisGetNextBuffer(_CurrentBuffer, _NextBuffer) do { *(_NextBuffer) = (_CurrentBuffer)->Next; } while (0)",
      successor: "NdisGetNextMdl",
      contract: ["F5-12"],
      platform: "Desktop",
      page: archived("ff552070"),
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (buffer: Address, next: Address) => {
        m.memory.u32[next >>> 2] = m.memory.u32[buffer >>> 2];
      },
    },
    NDIS_BUFFER_LINKAGE: {
      c: "PNDIS_BUFFER NDIS_BUFFER_LINKAGE(PNDIS_BUFFER _Buffer)",
      macro: "NDIS_BUFFER_LINKAGE(_Buffer) ((_Buffer)->Next)",
      successor: "NDIS_MDL_LINKAGE",
      contract: ["F5-13"],
      platform: "Desktop",
      page: archived("ff556919"),
      irql: IRQL.HIGH_LEVEL,
      bind: accessor(MDL, "Next"),
    },
    NdisBufferLength: {
      c: "UINT NdisBufferLength(PNDIS_BUFFER _Buffer)",
      macro: "NdisBufferLength(_Buffer) ((_Buffer)->ByteCount)",
      successor: "MmGetMdlByteCount",
      contract: ["F5-14"],
      page: archived("ff550802"),
      bind: (m) => (buffer: Address) => mdlByteCount(m.memory, buffer),
    },
    NdisBufferVirtualAddress: {
      c: "PVOID NdisBufferVirtualAddress(PNDIS_BUFFER Buffer)",
      successor: "MmGetSystemAddressForMdlSafe",
      contract: ["F5-15"],
      page: archived("ff550809"),
      bind: (m) => (buffer: Address) => m.mappings.mapOrBugCheck(buffer),
    },
    NdisBufferVirtualAddressSafe: {
      c: "PVOID NdisBufferVirtualAddressSafe(PNDIS_BUFFER _Buffer, UINT _Priority)",
      macro: "NdisBufferVirtualAddressSafe(_Buffer, _Priority) MmGetSystemAddressForMdlSafe(_Buffer, _Priority)",
      since: "NDIS 5.1",
      successor: "MmGetSystemAddressForMdlSafe",
      contract: ["F5-16"],
      page: archived("ff550818"),
      bind: (m) => (buffer: Address, _priority: number) => m.mappings.map(buffer),
    },
  },
);
