import { NET_BUFFER_LIST, NET_BUFFER_LIST_CONTEXT } from "../layout/net-buffer-list.js";
import { IRQL } from "../layout/spin-lock.js";
import type { Address, Handle } from "../memory/address.js";
import { accessor, addressOf, getter } from "./accessor.js";
import { family } from "./entry.js";

const IRQL_RULE = ["Irql_NetBuffer_Function"] as const;
const NBL = NET_BUFFER_LIST.offset;

const FUNCTIONS = family(
  {
    family: "NET_BUFFER_LIST",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "NDIS 6.0",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "NB-IRQL",
  },
  {
    NdisAllocateNetBufferListPool: {
      c: "NDIS_HANDLE NdisAllocateNetBufferListPool(NDIS_HANDLE NdisHandle OPTIONAL, NET_BUFFER_LIST_POOL_PARAMETERS const *Parameters)",
      contract: ["F6-03"],
      page: "nblapi/nf-nblapi-ndisallocatenetbufferlistpool",
      compliance: IRQL_RULE,
      bind: (m) => (_handle: Handle, parameters: Address) => m.netBufferLists.createFrom(parameters),
    },
    NdisFreeNetBufferListPool: {
      c: "VOID NdisFreeNetBufferListPool(NDIS_HANDLE PoolHandle)",
      contract: ["F6-04"],
      page: "nblapi/nf-nblapi-ndisfreenetbufferlistpool",
      compliance: IRQL_RULE,
      bind: (m) => (pool: Handle) => {
        m.netBufferLists.destroy(pool);
      },
    },
    NdisAllocateNetBufferList: {
      c: "PNET_BUFFER_LIST NdisAllocateNetBufferList(NDIS_HANDLE PoolHandle, USHORT ContextSize, USHORT ContextBackFill)",
      contract: ["F6-12"],
      page: "nblapi/nf-nblapi-ndisallocatenetbufferlist",
      compliance: IRQL_RULE,
      bind: (m) => (pool: Handle, contextSize: number, contextBackFill: number) =>
        m.netBufferLists.allocate(pool, contextSize & 0xffff, contextBackFill & 0xffff),
    },
    NdisAllocateNetBufferAndNetBufferList: {
      c: "PNET_BUFFER_LIST NdisAllocateNetBufferAndNetBufferList(NDIS_HANDLE PoolHandle, USHORT ContextSize, USHORT ContextBackFill, PMDL MdlChain OPTIONAL, ULONG DataOffset, SIZE_T DataLength)",
      contract: ["F6-13"],
      page: "nblapi/nf-nblapi-ndisallocatenetbufferandnetbufferlist",
      compliance: IRQL_RULE,
      bind:
        (m) =>
        (pool: Handle, contextSize: number, backFill: number, chain: Address, dataOffset: number, dataLength: number) =>
          m.netBufferLists.allocateWithChain(
            pool,
            contextSize & 0xffff,
            backFill & 0xffff,
            chain,
            dataOffset >>> 0,
            dataLength >>> 0,
          ),
    },
    NdisFreeNetBufferList: {
      c: "VOID NdisFreeNetBufferList(PNET_BUFFER_LIST NetBufferList)",
      contract: ["F6-14"],
      page: "nblapi/nf-nblapi-ndisfreenetbufferlist",
      compliance: IRQL_RULE,
      bind: (m) => (nbl: Address) => {
        m.netBufferLists.free(nbl);
      },
    },
    NdisGetPoolFromNetBufferList: {
      c: "NDIS_HANDLE NdisGetPoolFromNetBufferList(NET_BUFFER_LIST const *NetBufferList)",
      contract: ["F6-06"],
      page: "nblapi/nf-nblapi-ndisgetpoolfromnetbufferlist",
      compliance: IRQL_RULE,
      bind: getter(NET_BUFFER_LIST, "NdisPoolHandle"),
    },
    NdisAllocateNetBufferListContext: {
      c: "NDIS_STATUS NdisAllocateNetBufferListContext(PNET_BUFFER_LIST NetBufferList, USHORT ContextSize, USHORT ContextBackFill, ULONG PoolTag)",
      contract: ["F6-15"],
      page: "nblapi/nf-nblapi-ndisallocatenetbufferlistcontext",
      compliance: IRQL_RULE,
      bind: (m) => (nbl: Address, contextSize: number, backFill: number, tag: number) =>
        m.contexts.allocate(nbl, contextSize & 0xffff, backFill & 0xffff, tag >>> 0),
    },
    NdisFreeNetBufferListContext: {
      c: "VOID NdisFreeNetBufferListContext(PNET_BUFFER_LIST NetBufferList, USHORT ContextSize)",
      contract: ["F6-16"],
      page: "nblapi/nf-nblapi-ndisfreenetbufferlistcontext",
      compliance: IRQL_RULE,
      bind: (m) => (nbl: Address, contextSize: number) => {
        m.contexts.free(nbl, contextSize & 0xffff);
      },
    },
  },
);

/** Macros that read and assign members: at any IRQL. */
const MACROS = family(
  { family: "NET_BUFFER_LIST", header: "ndis.h", platform: "Universal", since: "NDIS 6.0" },
  {
    NET_BUFFER_LIST_NEXT_NBL: {
      c: "PNET_BUFFER_LIST NET_BUFFER_LIST_NEXT_NBL(PNET_BUFFER_LIST _NBL)",
      macro: "NET_BUFFER_LIST_NEXT_NBL(_NBL) ((_NBL)->Next)",
      contract: ["M6-22"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_next_nbl",
      bind: accessor(NET_BUFFER_LIST, "Next"),
    },
    NET_BUFFER_LIST_FIRST_NB: {
      c: "PNET_BUFFER NET_BUFFER_LIST_FIRST_NB(PNET_BUFFER_LIST _NBL)",
      macro: "NET_BUFFER_LIST_FIRST_NB(_NBL) ((_NBL)->FirstNetBuffer)",
      contract: ["M6-23"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_first_nb",
      bind: accessor(NET_BUFFER_LIST, "FirstNetBuffer"),
    },
    NET_BUFFER_LIST_FLAGS: {
      c: "ULONG NET_BUFFER_LIST_FLAGS(PNET_BUFFER_LIST _NBL)",
      macro: "NET_BUFFER_LIST_FLAGS(_NBL) ((_NBL)->Flags)",
      contract: ["M6-24"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_flags",
      bind: accessor(NET_BUFFER_LIST, "Flags"),
    },
    NET_BUFFER_LIST_NBL_FLAGS: {
      c: "ULONG NET_BUFFER_LIST_NBL_FLAGS(PNET_BUFFER_LIST _NBL)",
      macro: "NET_BUFFER_LIST_NBL_FLAGS(_NBL) ((_NBL)->NblFlags)",
      contract: ["M6-25"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_nbl_flags",
      bind: accessor(NET_BUFFER_LIST, "NblFlags"),
    },
    NET_BUFFER_LIST_STATUS: {
      c: "NDIS_STATUS NET_BUFFER_LIST_STATUS(PNET_BUFFER_LIST _NBL)",
      macro: "NET_BUFFER_LIST_STATUS(_NBL) ((_NBL)->Status)",
      contract: ["M6-26"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_status",
      bind: accessor(NET_BUFFER_LIST, "Status"),
    },
    NET_BUFFER_LIST_PROTOCOL_RESERVED: {
      c: "PVOID *NET_BUFFER_LIST_PROTOCOL_RESERVED(PNET_BUFFER_LIST _NBL)",
      macro: "NET_BUFFER_LIST_PROTOCOL_RESERVED(_NBL) ((_NBL)->ProtocolReserved)",
      contract: ["M6-28"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_protocol_reserved",
      bind: addressOf(NET_BUFFER_LIST, "ProtocolReserved"),
    },
    NET_BUFFER_LIST_MINIPORT_RESERVED: {
      c: "PVOID *NET_BUFFER_LIST_MINIPORT_RESERVED(PNET_BUFFER_LIST _NBL)",
      macro: "NET_BUFFER_LIST_MINIPORT_RESERVED(_NBL) ((_NBL)->MiniportReserved)",
      contract: ["M6-29"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_miniport_reserved",
      bind: addressOf(NET_BUFFER_LIST, "MiniportReserved"),
    },
    NET_BUFFER_LIST_CONTEXT_DATA_START: {
      c: "PUCHAR NET_BUFFER_LIST_CONTEXT_DATA_START(PNET_BUFFER_LIST _NBL)",
      macro: "NET_BUFFER_LIST_CONTEXT_DATA_START(_NBL) ((PUCHAR)((_NBL)->Context + 1) + (_NBL)->Context->Offset)",
      contract: ["M6-30"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_context_data_start",
      bind: (m) => (nbl: Address) => {
        const context = m.memory.u32[(nbl + NBL.Context) >>> 2];
        return (
          context + NET_BUFFER_LIST_CONTEXT.size + m.memory.u16[(context + NET_BUFFER_LIST_CONTEXT.offset.Offset) >>> 1]
        );
      },
    },
    NET_BUFFER_LIST_CONTEXT_DATA_SIZE: {
      c: "USHORT NET_BUFFER_LIST_CONTEXT_DATA_SIZE(PNET_BUFFER_LIST _NBL)",
      macro: "NET_BUFFER_LIST_CONTEXT_DATA_SIZE(_NBL) ((_NBL)->Context->Size)",
      contract: ["M6-31"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_context_data_size",
      bind: (m) => (nbl: Address) => {
        const context = m.memory.u32[(nbl + NBL.Context) >>> 2];
        return m.memory.u16[(context + NET_BUFFER_LIST_CONTEXT.offset.Size) >>> 1];
      },
    },
  },
);

/** NET_BUFFER_LIST pools, lists and their context. */
export const NET_BUFFER_LISTS = { ...FUNCTIONS, ...MACROS } as const;
