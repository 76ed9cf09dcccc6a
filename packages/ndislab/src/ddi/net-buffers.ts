import { NET_BUFFER } from "../layout/net-buffer.js";
import { IRQL } from "../layout/spin-lock.js";
import type { Address, Handle } from "../memory/address.js";
import { accessor, addressOf, getter } from "./accessor.js";
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
      page: "nblapi/nf-nblapi-ndisallocatenetbufferpool",
      compliance: IRQL_RULE,
      bind: (m) => (_handle: Handle, parameters: Address) => m.netBuffers.createFrom(parameters),
    },
    NdisFreeNetBufferPool: {
      c: "VOID NdisFreeNetBufferPool(NDIS_HANDLE PoolHandle)",
      page: "nblapi/nf-nblapi-ndisfreenetbufferpool",
      compliance: IRQL_RULE,
      bind: (m) => (pool: Handle) => {
        m.netBuffers.destroy(pool);
      },
    },
    NdisAllocateNetBuffer: {
      c: "PNET_BUFFER NdisAllocateNetBuffer(NDIS_HANDLE PoolHandle, PMDL MdlChain OPTIONAL, ULONG DataOffset, SIZE_T DataLength)",
      page: "nblapi/nf-nblapi-ndisallocatenetbuffer",
      compliance: ["Irql_NetBuffer_Function", "NdisAllocateNetBuffer"],
      bind: (m) => (pool: Handle, chain: Address, dataOffset: number, dataLength: number) =>
        m.netBuffers.allocate(pool, chain, dataOffset >>> 0, dataLength >>> 0),
    },
    NdisAllocateNetBufferMdlAndData: {
      c: "PNET_BUFFER NdisAllocateNetBufferMdlAndData(NDIS_HANDLE PoolHandle)",
      page: "nblapi/nf-nblapi-ndisallocatenetbuffermdlanddata",
      compliance: IRQL_RULE,
      bind: (m) => (pool: Handle) => m.netBuffers.allocateMdlAndData(pool),
    },
    NdisFreeNetBuffer: {
      c: "VOID NdisFreeNetBuffer(PNET_BUFFER NetBuffer)",
      page: "nblapi/nf-nblapi-ndisfreenetbuffer",
      compliance: ["Irql_NetBuffer_Function", "NdisAllocateNetBuffer"],
      bind: (m) => (nb: Address) => {
        m.netBuffers.free(nb);
      },
    },
    NdisGetPoolFromNetBuffer: {
      c: "NDIS_HANDLE NdisGetPoolFromNetBuffer(PNET_BUFFER NetBuffer)",
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
      macro: "NET_BUFFER_NEXT_NB(_NB) ((_NB)->Next)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_next_nb",
      bind: accessor(NET_BUFFER, "Next"),
    },
    NET_BUFFER_FIRST_MDL: {
      macro: "NET_BUFFER_FIRST_MDL(_NB) ((_NB)->MdlChain)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_first_mdl",
      bind: accessor(NET_BUFFER, "MdlChain"),
    },
    NET_BUFFER_DATA_LENGTH: {
      macro: "NET_BUFFER_DATA_LENGTH(_NB) ((_NB)->DataLength)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_data_length",
      bind: accessor(NET_BUFFER, "DataLength"),
    },
    NET_BUFFER_DATA_OFFSET: {
      macro: "NET_BUFFER_DATA_OFFSET(_NB) ((_NB)->DataOffset)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_data_offset",
      bind: accessor(NET_BUFFER, "DataOffset"),
    },
    NET_BUFFER_CURRENT_MDL: {
      macro: "NET_BUFFER_CURRENT_MDL(_NB) ((_NB)->CurrentMdl)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_current_mdl",
      bind: accessor(NET_BUFFER, "CurrentMdl"),
    },
    NET_BUFFER_CURRENT_MDL_OFFSET: {
      macro: "NET_BUFFER_CURRENT_MDL_OFFSET(_NB) ((_NB)->CurrentMdlOffset)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_current_mdl_offset",
      bind: accessor(NET_BUFFER, "CurrentMdlOffset"),
    },
    NET_BUFFER_CHECKSUM_BIAS: {
      macro: "NET_BUFFER_CHECKSUM_BIAS(_NB) ((_NB)->ChecksumBias)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_checksum_bias",
      bind: accessor(NET_BUFFER, "ChecksumBias"),
    },
    NET_BUFFER_PROTOCOL_RESERVED: {
      macro: "NET_BUFFER_PROTOCOL_RESERVED(_NB) (&(_NB)->ProtocolReserved[0])",
      page: "nblaccessors/nf-nblaccessors-net_buffer_protocol_reserved",
      bind: addressOf(NET_BUFFER, "ProtocolReserved"),
    },
    NET_BUFFER_MINIPORT_RESERVED: {
      macro: "NET_BUFFER_MINIPORT_RESERVED(_NB) (&(_NB)->MiniportReserved[0])",
      page: "nblaccessors/nf-nblaccessors-net_buffer_miniport_reserved",
      bind: addressOf(NET_BUFFER, "MiniportReserved"),
    },
    NET_BUFFER_DATA_PHYSICAL_ADDRESS: {
      macro: "NET_BUFFER_DATA_PHYSICAL_ADDRESS(_NB) ((_NB)->DataPhysicalAddress)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_data_physical_address",
      bind: addressOf(NET_BUFFER, "DataPhysicalAddress"),
    },
  },
);

/** NET_BUFFER pools and NET_BUFFERs. */
export const NET_BUFFERS = { ...FUNCTIONS, ...MACROS } as const;
