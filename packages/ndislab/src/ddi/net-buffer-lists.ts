import { NDIS_NET_BUFFER_LIST_INFO, NET_BUFFER_LIST, NET_BUFFER_LIST_CONTEXT } from "../layout/net-buffer-list.js";
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
      page: "nblapi/nf-nblapi-ndisallocatenetbufferlistpool",
      compliance: IRQL_RULE,
      bind: (m) => (_handle: Handle, parameters: Address) => m.netBufferLists.createFrom(parameters),
    },
    NdisFreeNetBufferListPool: {
      c: "VOID NdisFreeNetBufferListPool(NDIS_HANDLE PoolHandle)",
      page: "nblapi/nf-nblapi-ndisfreenetbufferlistpool",
      compliance: IRQL_RULE,
      bind: (m) => (pool: Handle) => {
        m.netBufferLists.destroy(pool);
      },
    },
    NdisAllocateNetBufferList: {
      c: "PNET_BUFFER_LIST NdisAllocateNetBufferList(NDIS_HANDLE PoolHandle, USHORT ContextSize, USHORT ContextBackFill)",
      page: "nblapi/nf-nblapi-ndisallocatenetbufferlist",
      compliance: IRQL_RULE,
      bind: (m) => (pool: Handle, contextSize: number, contextBackFill: number) =>
        m.netBufferLists.allocate(pool, contextSize, contextBackFill),
    },
    NdisAllocateNetBufferAndNetBufferList: {
      c: "PNET_BUFFER_LIST NdisAllocateNetBufferAndNetBufferList(NDIS_HANDLE PoolHandle, USHORT ContextSize, USHORT ContextBackFill, PMDL MdlChain OPTIONAL, ULONG DataOffset, SIZE_T DataLength)",
      page: "nblapi/nf-nblapi-ndisallocatenetbufferandnetbufferlist",
      compliance: IRQL_RULE,
      bind:
        (m) =>
        (pool: Handle, contextSize: number, backFill: number, chain: Address, dataOffset: number, dataLength: number) =>
          m.netBufferLists.allocateWithChain(pool, contextSize, backFill, chain, dataOffset >>> 0, dataLength >>> 0),
    },
    NdisFreeNetBufferList: {
      c: "VOID NdisFreeNetBufferList(PNET_BUFFER_LIST NetBufferList)",
      page: "nblapi/nf-nblapi-ndisfreenetbufferlist",
      compliance: IRQL_RULE,
      bind: (m) => (nbl: Address) => {
        m.netBufferLists.free(nbl);
      },
    },
    NdisGetPoolFromNetBufferList: {
      c: "NDIS_HANDLE NdisGetPoolFromNetBufferList(PNET_BUFFER_LIST NetBufferList)",
      page: "nblapi/nf-nblapi-ndisgetpoolfromnetbufferlist",
      compliance: IRQL_RULE,
      bind: getter(NET_BUFFER_LIST, "NdisPoolHandle"),
    },
  },
);

/** Macros that read and assign members: at any IRQL. */
const MACROS = family(
  { family: "NET_BUFFER_LIST", header: "ndis.h", platform: "Universal", since: "NDIS 6.0" },
  {
    NET_BUFFER_LIST_NEXT_NBL: {
      macro: "NET_BUFFER_LIST_NEXT_NBL(_NBL) ((_NBL)->Next)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_next_nbl",
      bind: accessor(NET_BUFFER_LIST, "Next"),
    },
    NET_BUFFER_LIST_FIRST_NB: {
      macro: "NET_BUFFER_LIST_FIRST_NB(_NBL) ((_NBL)->FirstNetBuffer)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_first_nb",
      bind: accessor(NET_BUFFER_LIST, "FirstNetBuffer"),
    },
    NET_BUFFER_LIST_FLAGS: {
      macro: "NET_BUFFER_LIST_FLAGS(_NBL) ((_NBL)->Flags)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_flags",
      bind: accessor(NET_BUFFER_LIST, "Flags"),
    },
    NET_BUFFER_LIST_NBL_FLAGS: {
      macro: "NET_BUFFER_LIST_NBL_FLAGS(_NBL) ((_NBL)->NblFlags)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_nbl_flags",
      bind: accessor(NET_BUFFER_LIST, "NblFlags"),
    },
    NET_BUFFER_LIST_STATUS: {
      macro: "NET_BUFFER_LIST_STATUS(_NBL) ((_NBL)->Status)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_status",
      bind: accessor(NET_BUFFER_LIST, "Status"),
    },
    NET_BUFFER_LIST_INFO: {
      macro: "NET_BUFFER_LIST_INFO(_NBL, _Id) ((_NBL)->NetBufferListInfo[(_Id)])",
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_info",
      bind: (m) => {
        const slot = (nbl: Address, id: number): number => (nbl + NBL.NetBufferListInfo + 4 * id) >>> 2;
        return Object.assign((nbl: Address, id: number): number => m.memory.u32[slot(nbl, id)], {
          set: (nbl: Address, id: number, value: number): void => {
            m.memory.u32[slot(nbl, id)] = value;
          },
        });
      },
    },
    NET_BUFFER_LIST_PROTOCOL_RESERVED: {
      macro: "NET_BUFFER_LIST_PROTOCOL_RESERVED(_NBL) (&(_NBL)->ProtocolReserved[0])",
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_protocol_reserved",
      bind: addressOf(NET_BUFFER_LIST, "ProtocolReserved"),
    },
    NET_BUFFER_LIST_MINIPORT_RESERVED: {
      macro: "NET_BUFFER_LIST_MINIPORT_RESERVED(_NBL) (&(_NBL)->MiniportReserved[0])",
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_miniport_reserved",
      bind: addressOf(NET_BUFFER_LIST, "MiniportReserved"),
    },
    NET_BUFFER_LIST_CONTEXT_DATA_START: {
      macro: "NET_BUFFER_LIST_CONTEXT_DATA_START(_NBL) ((PUCHAR)((_NBL)->Context + 1) + (_NBL)->Context->Offset)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_context_data_start",
      bind: (m) => (nbl: Address) => {
        const context = m.memory.u32[(nbl + NBL.Context) >>> 2];
        return (
          context + NET_BUFFER_LIST_CONTEXT.size + m.memory.u16[(context + NET_BUFFER_LIST_CONTEXT.offset.Offset) >>> 1]
        );
      },
    },
    NET_BUFFER_LIST_CONTEXT_DATA_SIZE: {
      macro: "NET_BUFFER_LIST_CONTEXT_DATA_SIZE(_NBL) ((_NBL)->Context->Size)",
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_context_data_size",
      bind: (m) => (nbl: Address) => {
        const context = m.memory.u32[(nbl + NBL.Context) >>> 2];
        return m.memory.u16[(context + NET_BUFFER_LIST_CONTEXT.offset.Size) >>> 1];
      },
    },
    NdisTestNblFlag: {
      macro: "NdisTestNblFlag(_NBL, _F) (((_NBL)->NblFlags & (_F)) != 0)",
      page: "nblaccessors/nf-nblaccessors-ndistestnblflag",
      bind: (m) => (nbl: Address, flag: number) => (m.memory.u32[(nbl + NBL.NblFlags) >>> 2] & flag) !== 0,
    },
    NdisTestNblFlags: {
      macro: "NdisTestNblFlags(_NBL, _F) (((_NBL)->NblFlags & (_F)) == (_F))",
      page: "nblaccessors/nf-nblaccessors-ndistestnblflags",
      bind: (m) => (nbl: Address, flags: number) =>
        (m.memory.u32[(nbl + NBL.NblFlags) >>> 2] & flags) >>> 0 === flags >>> 0,
    },
    NdisSetNblFlag: {
      macro: "NdisSetNblFlag(_NBL, _F) ((_NBL)->NblFlags |= (_F))",
      page: "nblaccessors/nf-nblaccessors-ndissetnblflag",
      bind: (m) => (nbl: Address, flags: number) => {
        m.memory.u32[(nbl + NBL.NblFlags) >>> 2] |= flags;
      },
    },
    NdisClearNblFlag: {
      macro: "NdisClearNblFlag(_NBL, _F) ((_NBL)->NblFlags &= ~(_F))",
      page: "nblaccessors/nf-nblaccessors-ndisclearnblflag",
      bind: (m) => (nbl: Address, flags: number) => {
        m.memory.u32[(nbl + NBL.NblFlags) >>> 2] &= ~flags;
      },
    },
    NdisGetNetBufferListProtocolId: {
      macro:
        "NdisGetNetBufferListProtocolId(_NBL) ((UCHAR)((ULONG_PTR)(_NBL)->NetBufferListInfo[NetBufferListProtocolId] & NDIS_PROTOCOL_ID_MASK))",
      page: "nblapi/nf-nblapi-ndisgetnetbufferlistprotocolid",
      bind: (m) => (nbl: Address) =>
        m.memory.u32[
          (nbl + NBL.NetBufferListInfo + 4 * NDIS_NET_BUFFER_LIST_INFO.values.NetBufferListProtocolId) >>> 2
        ] & 0xf,
    },
  },
);

/** NET_BUFFER_LIST pools and lists. */
export const NET_BUFFER_LISTS = { ...FUNCTIONS, ...MACROS } as const;
