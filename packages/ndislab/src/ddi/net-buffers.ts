import { NET_BUFFER, NET_BUFFER_SHARED_MEMORY } from "../layout/net-buffer.js";
import { IRQL } from "../layout/spin-lock.js";
import type { Address, Handle } from "../memory/address.js";
import { accessor, addressOf, getter, wideAccessor } from "./accessor.js";
import { family } from "./entry.js";

const IRQL_RULE = ["Irql_NetBuffer_Function"] as const;

const FUNCTIONS = family(
  {
    family: "NET_BUFFER",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "NDIS 6.0",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "NB-IRQL",
  },
  {
    NdisAllocateNetBufferPool: {
      c: "NDIS_HANDLE NdisAllocateNetBufferPool(NDIS_HANDLE NdisHandle OPTIONAL, NET_BUFFER_POOL_PARAMETERS const *Parameters)",
      contract: ["F6-01"],
      page: "nblapi/nf-nblapi-ndisallocatenetbufferpool",
      compliance: IRQL_RULE,
      bind: (m) => (_handle: Handle, parameters: Address) => m.netBuffers.createFrom(parameters),
    },
    NdisFreeNetBufferPool: {
      c: "VOID NdisFreeNetBufferPool(NDIS_HANDLE PoolHandle)",
      contract: ["F6-02"],
      page: "nblapi/nf-nblapi-ndisfreenetbufferpool",
      compliance: IRQL_RULE,
      bind: (m) => (pool: Handle) => {
        m.netBuffers.destroy(pool);
      },
    },
    NdisAllocateNetBuffer: {
      c: "PNET_BUFFER NdisAllocateNetBuffer(NDIS_HANDLE PoolHandle, PMDL MdlChain OPTIONAL, ULONG DataOffset, SIZE_T DataLength)",
      contract: ["F6-09"],
      page: "nblapi/nf-nblapi-ndisallocatenetbuffer",
      compliance: ["Irql_NetBuffer_Function", "NdisAllocateNetBuffer"],
      bind: (m) => (pool: Handle, chain: Address, dataOffset: number, dataLength: number) =>
        m.netBuffers.allocate(pool, chain, dataOffset >>> 0, dataLength >>> 0),
    },
    NdisAllocateNetBufferMdlAndData: {
      c: "PNET_BUFFER NdisAllocateNetBufferMdlAndData(NDIS_HANDLE PoolHandle)",
      contract: ["F6-10"],
      page: "nblapi/nf-nblapi-ndisallocatenetbuffermdlanddata",
      compliance: IRQL_RULE,
      bind: (m) => (pool: Handle) => m.netBuffers.allocateMdlAndData(pool),
    },
    NdisFreeNetBuffer: {
      c: "VOID NdisFreeNetBuffer(PNET_BUFFER NetBuffer)",
      contract: ["F6-11"],
      page: "nblapi/nf-nblapi-ndisfreenetbuffer",
      compliance: ["Irql_NetBuffer_Function", "NdisAllocateNetBuffer"],
      bind: (m) => (nb: Address) => {
        m.netBuffers.free(nb);
      },
    },
    NdisGetPoolFromNetBuffer: {
      c: "NDIS_HANDLE NdisGetPoolFromNetBuffer(NET_BUFFER const *NetBuffer)",
      contract: ["F6-05"],
      page: "nblapi/nf-nblapi-ndisgetpoolfromnetbuffer",
      compliance: IRQL_RULE,
      bind: getter(NET_BUFFER, "NdisPoolHandle"),
    },
  },
);

/** Macros that read and assign members: at any IRQL. */
const MACROS = family(
  { family: "NET_BUFFER", header: "ndis.h", platform: "Universal", since: "NDIS 6.0" },
  {
    NET_BUFFER_NEXT_NB: {
      c: "PNET_BUFFER NET_BUFFER_NEXT_NB(PNET_BUFFER _NB)",
      macro: "NET_BUFFER_NEXT_NB(_NB) ((_NB)->Next)",
      contract: ["M6-07"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_next_nb",
      bind: accessor(NET_BUFFER, "Next"),
    },
    NET_BUFFER_FIRST_MDL: {
      c: "PMDL NET_BUFFER_FIRST_MDL(PNET_BUFFER _NB)",
      macro: "NET_BUFFER_FIRST_MDL(_NB) ((_NB)->MdlChain)",
      contract: ["M6-08"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_first_mdl",
      bind: accessor(NET_BUFFER, "MdlChain"),
    },
    NET_BUFFER_DATA_LENGTH: {
      c: "ULONG NET_BUFFER_DATA_LENGTH(PNET_BUFFER _NB)",
      macro: "NET_BUFFER_DATA_LENGTH(_NB) ((_NB)->DataLength)",
      contract: ["M6-09"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_data_length",
      bind: accessor(NET_BUFFER, "DataLength"),
    },
    NET_BUFFER_DATA_OFFSET: {
      c: "ULONG NET_BUFFER_DATA_OFFSET(PNET_BUFFER _NB)",
      macro: "NET_BUFFER_DATA_OFFSET(_NB) ((_NB)->DataOffset)",
      contract: ["M6-10"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_data_offset",
      bind: accessor(NET_BUFFER, "DataOffset"),
    },
    NET_BUFFER_CURRENT_MDL: {
      c: "PMDL NET_BUFFER_CURRENT_MDL(PNET_BUFFER _NB)",
      macro: "NET_BUFFER_CURRENT_MDL(_NB) ((_NB)->CurrentMdl)",
      contract: ["M6-11"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_current_mdl",
      bind: accessor(NET_BUFFER, "CurrentMdl"),
    },
    NET_BUFFER_CURRENT_MDL_OFFSET: {
      c: "ULONG NET_BUFFER_CURRENT_MDL_OFFSET(PNET_BUFFER _NB)",
      macro: "NET_BUFFER_CURRENT_MDL_OFFSET(_NB) ((_NB)->CurrentMdlOffset)",
      contract: ["M6-12"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_current_mdl_offset",
      bind: accessor(NET_BUFFER, "CurrentMdlOffset"),
    },
    NET_BUFFER_CHECKSUM_BIAS: {
      c: "USHORT NET_BUFFER_CHECKSUM_BIAS(PNET_BUFFER _NB)",
      macro: "NET_BUFFER_CHECKSUM_BIAS(_NB) ((_NB)->ChecksumBias)",
      contract: ["M6-13"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_checksum_bias",
      bind: accessor(NET_BUFFER, "ChecksumBias"),
    },
    NET_BUFFER_PROTOCOL_RESERVED: {
      c: "PVOID *NET_BUFFER_PROTOCOL_RESERVED(PNET_BUFFER _NB)",
      macro: "NET_BUFFER_PROTOCOL_RESERVED(_NB) ((_NB)->ProtocolReserved)",
      contract: ["M6-14"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_protocol_reserved",
      bind: addressOf(NET_BUFFER, "ProtocolReserved"),
    },
    NET_BUFFER_MINIPORT_RESERVED: {
      c: "PVOID *NET_BUFFER_MINIPORT_RESERVED(PNET_BUFFER _NB)",
      macro: "NET_BUFFER_MINIPORT_RESERVED(_NB) ((_NB)->MiniportReserved)",
      contract: ["M6-15"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_miniport_reserved",
      bind: addressOf(NET_BUFFER, "MiniportReserved"),
    },
    NET_BUFFER_DATA_PHYSICAL_ADDRESS: {
      c: "PHYSICAL_ADDRESS NET_BUFFER_DATA_PHYSICAL_ADDRESS(PNET_BUFFER _NB)",
      macro: "NET_BUFFER_DATA_PHYSICAL_ADDRESS(_NB) ((_NB)->DataPhysicalAddress)",
      contract: ["M6-16"],
      since: "NDIS 6.1",
      page: "nblaccessors/nf-nblaccessors-net_buffer_data_physical_address",
      bind: wideAccessor(NET_BUFFER, "DataPhysicalAddress"),
    },
    NET_BUFFER_FIRST_SHARED_MEM_INFO: {
      c: "PNET_BUFFER_SHARED_MEMORY NET_BUFFER_FIRST_SHARED_MEM_INFO(PNET_BUFFER _NB)",
      macro: "NET_BUFFER_FIRST_SHARED_MEM_INFO(_NB) ((_NB)->SharedMemoryInfo)",
      since: "NDIS 6.20",
      page: "nbl/ns-nbl-net_buffer",
      bind: accessor(NET_BUFFER, "SharedMemoryInfo"),
    },
    NET_BUFFER_SHARED_MEM_NEXT_SEGMENT: {
      c: "PNET_BUFFER_SHARED_MEMORY NET_BUFFER_SHARED_MEM_NEXT_SEGMENT(PNET_BUFFER_SHARED_MEMORY _SHI)",
      macro: "NET_BUFFER_SHARED_MEM_NEXT_SEGMENT(_SHI) ((_SHI)->NextSharedMemorySegment)",
      contract: ["M6-17"],
      since: "NDIS 6.20",
      page: "nblaccessors/nf-nblaccessors-net_buffer_shared_mem_next_segment",
      bind: accessor(NET_BUFFER_SHARED_MEMORY, "NextSharedMemorySegment"),
    },
    NET_BUFFER_SHARED_MEM_FLAGS: {
      c: "ULONG NET_BUFFER_SHARED_MEM_FLAGS(PNET_BUFFER_SHARED_MEMORY _SHI)",
      macro: "NET_BUFFER_SHARED_MEM_FLAGS(_SHI) ((_SHI)->SharedMemoryFlags)",
      contract: ["M6-18"],
      since: "NDIS 6.20",
      page: "nblaccessors/nf-nblaccessors-net_buffer_shared_mem_flags",
      bind: accessor(NET_BUFFER_SHARED_MEMORY, "SharedMemoryFlags"),
    },
    NET_BUFFER_SHARED_MEM_HANDLE: {
      c: "NDIS_HANDLE NET_BUFFER_SHARED_MEM_HANDLE(PNET_BUFFER_SHARED_MEMORY _SHI)",
      macro: "NET_BUFFER_SHARED_MEM_HANDLE(_SHI) ((_SHI)->SharedMemoryHandle)",
      contract: ["M6-19"],
      since: "NDIS 6.20",
      page: "nblaccessors/nf-nblaccessors-net_buffer_shared_mem_handle",
      bind: accessor(NET_BUFFER_SHARED_MEMORY, "SharedMemoryHandle"),
    },
    NET_BUFFER_SHARED_MEM_OFFSET: {
      c: "ULONG NET_BUFFER_SHARED_MEM_OFFSET(PNET_BUFFER_SHARED_MEMORY _SHI)",
      macro: "NET_BUFFER_SHARED_MEM_OFFSET(_SHI) ((_SHI)->SharedMemoryOffset)",
      contract: ["M6-20"],
      since: "NDIS 6.20",
      page: "nblaccessors/nf-nblaccessors-net_buffer_shared_mem_offset",
      bind: accessor(NET_BUFFER_SHARED_MEMORY, "SharedMemoryOffset"),
    },
    NET_BUFFER_SHARED_MEM_LENGTH: {
      c: "ULONG NET_BUFFER_SHARED_MEM_LENGTH(PNET_BUFFER_SHARED_MEMORY _SHI)",
      macro: "NET_BUFFER_SHARED_MEM_LENGTH(_SHI) ((_SHI)->SharedMemoryLength)",
      contract: ["M6-21"],
      since: "NDIS 6.20",
      page: "nblaccessors/nf-nblaccessors-net_buffer_shared_mem_length",
      bind: accessor(NET_BUFFER_SHARED_MEMORY, "SharedMemoryLength"),
    },
  },
);

/** NET_BUFFER pools and NET_BUFFERs. */
export const NET_BUFFERS = { ...FUNCTIONS, ...MACROS } as const;
