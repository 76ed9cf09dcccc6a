import { MDL } from "../layout/mdl.js";
import { IRQL } from "../layout/spin-lock.js";
import { mdlAddress, mdlByteCount, mdlSpanPages } from "../mdl/mdl.js";
import type { Address, Handle } from "../memory/address.js";
import { copyBuffer } from "../ndis5/buffer-copy.js";
import { family } from "./entry.js";

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
      page: "ndis/nf-ndis-ndisallocatebufferpool",
      bind: (m) => (status: Address, poolHandle: Address, descriptors: number) =>
        m.buffers.create(status, poolHandle, descriptors >>> 0),
    },
    NdisFreeBufferPool: {
      c: "VOID NdisFreeBufferPool(NDIS_HANDLE PoolHandle)",
      successor: "NdisFreeMdl",
      page: "ndis/nf-ndis-ndisfreebufferpool",
      bind: (m) => (pool: Handle) => {
        m.buffers.destroy(pool);
      },
    },
    NdisAllocateBuffer: {
      c: "VOID NdisAllocateBuffer(PNDIS_STATUS Status, PNDIS_BUFFER *Buffer, NDIS_HANDLE PoolHandle OPTIONAL, PVOID VirtualAddress, UINT Length)",
      successor: "NdisAllocateMdl",
      page: "ndis/nf-ndis-ndisallocatebuffer",
      bind: (m) => (status: Address, buffer: Address, pool: Handle, address: Address, length: number) =>
        m.buffers.allocate(status, buffer, pool, address, length >>> 0),
    },
    NdisFreeBuffer: {
      c: "VOID NdisFreeBuffer(PNDIS_BUFFER Buffer)",
      successor: "NdisFreeMdl",
      page: "ndis/nf-ndis-ndisfreebuffer",
      bind: (m) => (buffer: Address) => {
        m.mdls.free(buffer);
      },
    },
    NdisCopyBuffer: {
      c: "VOID NdisCopyBuffer(PNDIS_STATUS Status, PNDIS_BUFFER *Buffer, NDIS_HANDLE PoolHandle, PVOID MemoryDescriptor, UINT Offset, UINT Length)",
      successor: "IoBuildPartialMdl",
      page: "ndis/nf-ndis-ndiscopybuffer",
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
      page: "ndis/nf-ndis-ndisadjustbufferlength",
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (buffer: Address, length: number) => {
        m.memory.u32[(buffer >>> 2) + BYTE_COUNT] = length;
      },
    },
    NdisQueryBuffer: {
      c: "VOID NdisQueryBuffer(PNDIS_BUFFER Buffer, PVOID *VirtualAddress OPTIONAL, PUINT Length)",
      successor: "NdisQueryMdl",
      page: "ndis/nf-ndis-ndisquerybuffer",
      bind: (m) => (buffer: Address, address: Address, length: Address) => {
        if (address !== 0) m.memory.u32[address >>> 2] = mdlAddress(m.memory, buffer);
        m.memory.u32[length >>> 2] = mdlByteCount(m.memory, buffer);
      },
    },
    NdisQueryBufferSafe: {
      c: "VOID NdisQueryBufferSafe(PNDIS_BUFFER Buffer, PVOID *VirtualAddress OPTIONAL, PUINT Length, UINT Priority)",
      successor: "NdisQueryMdl",
      page: "ndis/nf-ndis-ndisquerybuffersafe",
      bind: (m) => (buffer: Address, address: Address, length: Address, _priority: number) => {
        if (address !== 0) m.memory.u32[address >>> 2] = mdlAddress(m.memory, buffer);
        m.memory.u32[length >>> 2] = mdlByteCount(m.memory, buffer);
      },
    },
    NdisChainBufferAtFront: {
      c: "VOID NdisChainBufferAtFront(PNDIS_PACKET Packet, PNDIS_BUFFER Buffer)",
      successor: "NET_BUFFER_FIRST_MDL",
      page: "ndis/nf-ndis-ndischainbufferatfront",
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (packet: Address, buffer: Address) => m.packetChains.atFront(packet, buffer),
    },
    NdisChainBufferAtBack: {
      c: "VOID NdisChainBufferAtBack(PNDIS_PACKET Packet, PNDIS_BUFFER Buffer)",
      successor: "NET_BUFFER_FIRST_MDL",
      page: "ndis/nf-ndis-ndischainbufferatback",
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (packet: Address, buffer: Address) => m.packetChains.atBack(packet, buffer),
    },
    NDIS_BUFFER_TO_SPAN_PAGES: {
      c: "ULONG NDIS_BUFFER_TO_SPAN_PAGES(PNDIS_BUFFER Buffer)",
      successor: "NDIS_MDL_TO_SPAN_PAGES",
      page: "ndis/nf-ndis-ndis_buffer_to_span_pages",
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (buffer: Address) => mdlSpanPages(m.memory, buffer),
    },
  },
);
