import { NDIS_HASH } from "../layout/hash-types.js";
import { NBL_FLAGS, NDIS_NET_BUFFER_LIST_INFO, NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NDIS_NET_BUFFER_LIST_FILTERING_INFO, NDIS_RSC_NBL_INFO } from "../layout/net-buffer-list-info.js";
import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import { copyInfo, infoOffset, RECEIVE_INFO, SEND_INFO } from "../ndis6/net-buffer-list-info.js";
import { accessor } from "./accessor.js";
import { family } from "./entry.js";
import type { Machine } from "./machine.js";

const COMPLIANCE = ["Irql_NetBuffer_Function"] as const;
const INFO = NDIS_NET_BUFFER_LIST_INFO.values;

/** Word of a slot in a list. */
const slot = (nbl: Address, id: number): number => (nbl + infoOffset(id)) >>> 2;

const getSlot =
  (id: number, mask = 0xffff_ffff) =>
  (m: Machine) =>
  (nbl: Address): number =>
    (m.memory.u32[slot(nbl, id)] & mask) >>> 0;

/** Sets the bits of a slot that a mask has. */
const setSlot =
  (id: number, mask = 0xffff_ffff) =>
  (m: Machine) =>
  (nbl: Address, value: number): void => {
    const at = slot(nbl, id);
    m.memory.u32[at] = (m.memory.u32[at] & ~mask) | (value & mask);
  };

const FUNCTIONS = family(
  {
    family: "NET_BUFFER_LIST information",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "NDIS 6.0",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "NB-IRQL",
  },
  {
    NdisCopySendNetBufferListInfo: {
      c: "VOID NdisCopySendNetBufferListInfo(PNET_BUFFER_LIST DestNetBufferList, NET_BUFFER_LIST const *SrcNetBufferList)",
      contract: ["F6-29"],
      page: "nblapi/nf-nblapi-ndiscopysendnetbufferlistinfo",
      compliance: COMPLIANCE,
      bind: (m) => (to: Address, from: Address) => copyInfo(m.memory.u32, to, from, SEND_INFO),
    },
    NdisCopyReceiveNetBufferListInfo: {
      c: "VOID NdisCopyReceiveNetBufferListInfo(PNET_BUFFER_LIST DestNetBufferList, NET_BUFFER_LIST const *SrcNetBufferList)",
      contract: ["F6-30"],
      page: "nblapi/nf-nblapi-ndiscopyreceivenetbufferlistinfo",
      compliance: COMPLIANCE,
      bind: (m) => (to: Address, from: Address) => copyInfo(m.memory.u32, to, from, RECEIVE_INFO),
    },
    NdisGeneratePartialCancelId: {
      c: "UCHAR NdisGeneratePartialCancelId(VOID)",
      contract: ["F6-31"],
      platform: "Desktop",
      since: "NDIS 5.1",
      page: "ndis/nf-ndis-ndisgeneratepartialcancelid",
      compliance: ["Irql_Miscellaneous_Function"],
      bind: (m) => () => m.cancelIds.generate(),
    },
  },
);

/** The one function of them that only reads: at any IRQL. */
const READER = family(
  {
    family: "NET_BUFFER_LIST information",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "NDIS 6.0",
  },
  {
    NdisGetNetBufferListProtocolId: {
      c: "UCHAR NdisGetNetBufferListProtocolId(NET_BUFFER_LIST const *NetBufferList)",
      contract: ["F6-17"],
      page: "nblapi/nf-nblapi-ndisgetnetbufferlistprotocolid",
      bind: getSlot(INFO.NetBufferListProtocolId, NBL_FLAGS.NDIS_PROTOCOL_ID_MASK),
    },
  },
);

/** What travels with a list beside its data: at any IRQL. */
const SLOTS = family(
  { family: "NET_BUFFER_LIST information", header: "ndis.h", platform: "Universal", since: "NDIS 6.0" },
  {
    NET_BUFFER_LIST_INFO: {
      c: "PVOID NET_BUFFER_LIST_INFO(PNET_BUFFER_LIST _NBL, NDIS_NET_BUFFER_LIST_INFO _Id)",
      macro: "NET_BUFFER_LIST_INFO(_NBL, _Id) ((_NBL)->NetBufferListInfo[(_Id)])",
      contract: ["M6-27"],
      page: "nblaccessors/nf-nblaccessors-net_buffer_list_info",
      bind: (m) =>
        Object.assign((nbl: Address, id: number): number => m.memory.u32[slot(nbl, id)], {
          set: (nbl: Address, id: number, value: number): void => {
            m.memory.u32[slot(nbl, id)] = value;
          },
        }),
    },
    NdisSetNetBufferListProtocolId: {
      c: "VOID NdisSetNetBufferListProtocolId(PNET_BUFFER_LIST _NBL, UCHAR _ProtocolId)",
      macro:
        "NdisSetNetBufferListProtocolId(_NBL, _ProtocolId) (*(PUCHAR)&NET_BUFFER_LIST_INFO(_NBL, NetBufferListProtocolId) = (UCHAR)(_ProtocolId))",
      contract: ["M6-36"],
      page: "nblaccessors/nf-nblaccessors-ndissetnetbufferlistprotocolid",
      bind: setSlot(INFO.NetBufferListProtocolId, 0xff),
    },
    NDIS_GET_NET_BUFFER_LIST_CANCEL_ID: {
      c: "PVOID NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(PNET_BUFFER_LIST _NBL)",
      macro: "NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(_NBL) (NET_BUFFER_LIST_INFO(_NBL, NetBufferListCancelId))",
      contract: ["M6-37"],
      page: "ndis/nf-ndis-ndis_get_net_buffer_list_cancel_id",
      bind: getSlot(INFO.NetBufferListCancelId),
    },
    NDIS_SET_NET_BUFFER_LIST_CANCEL_ID: {
      c: "VOID NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(PNET_BUFFER_LIST _NBL, PVOID _CancelId)",
      macro:
        "NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(_NBL, _CancelId) (NET_BUFFER_LIST_INFO(_NBL, NetBufferListCancelId) = (_CancelId))",
      contract: ["M6-38"],
      page: "ndis/nf-ndis-ndis_set_net_buffer_list_cancel_id",
      bind: setSlot(INFO.NetBufferListCancelId),
    },
    NET_BUFFER_LIST_GET_HASH_VALUE: {
      c: "ULONG NET_BUFFER_LIST_GET_HASH_VALUE(PNET_BUFFER_LIST _NBL)",
      macro: "NET_BUFFER_LIST_GET_HASH_VALUE(_NBL) (PtrToUlong(NET_BUFFER_LIST_INFO(_NBL, NetBufferListHashValue)))",
      contract: ["M6-39"],
      page: "nblhash/nf-nblhash-net_buffer_list_get_hash_value",
      bind: getSlot(INFO.NetBufferListHashValue),
    },
    NET_BUFFER_LIST_SET_HASH_VALUE: {
      c: "VOID NET_BUFFER_LIST_SET_HASH_VALUE(PNET_BUFFER_LIST _NBL, ULONG _HashValue)",
      macro:
        "NET_BUFFER_LIST_SET_HASH_VALUE(_NBL, _HashValue) (NET_BUFFER_LIST_INFO(_NBL, NetBufferListHashValue) = UlongToPtr(_HashValue))",
      contract: ["M6-40"],
      since: "NDIS 6.30",
      page: "nblhash/nf-nblhash-net_buffer_list_set_hash_value",
      bind: setSlot(INFO.NetBufferListHashValue),
    },
    NET_BUFFER_LIST_GET_HASH_TYPE: {
      c: "ULONG NET_BUFFER_LIST_GET_HASH_TYPE(PNET_BUFFER_LIST _NBL)",
      macro:
        "NET_BUFFER_LIST_GET_HASH_TYPE(_NBL) (PtrToUlong(NET_BUFFER_LIST_INFO(_NBL, NetBufferListHashInfo)) & NDIS_HASH_TYPE_MASK)",
      contract: ["M6-41"],
      page: "nblhash/nf-nblhash-net_buffer_list_get_hash_type",
      bind: getSlot(INFO.NetBufferListHashInfo, NDIS_HASH.NDIS_HASH_TYPE_MASK),
    },
    NET_BUFFER_LIST_SET_HASH_TYPE: {
      c: "VOID NET_BUFFER_LIST_SET_HASH_TYPE(PNET_BUFFER_LIST _NBL, ULONG _HashType)",
      macro:
        "NET_BUFFER_LIST_SET_HASH_TYPE(_NBL, _HashType) (*(PULONG)&NET_BUFFER_LIST_INFO(_NBL, NetBufferListHashInfo) = (PtrToUlong(NET_BUFFER_LIST_INFO(_NBL, NetBufferListHashInfo)) & ~(ULONG)NDIS_HASH_TYPE_MASK) | ((ULONG)(_HashType) & NDIS_HASH_TYPE_MASK))",
      contract: ["M6-42"],
      since: "NDIS 6.30",
      page: "nblhash/nf-nblhash-net_buffer_list_set_hash_type",
      bind: setSlot(INFO.NetBufferListHashInfo, NDIS_HASH.NDIS_HASH_TYPE_MASK),
    },
    NET_BUFFER_LIST_GET_HASH_FUNCTION: {
      c: "ULONG NET_BUFFER_LIST_GET_HASH_FUNCTION(PNET_BUFFER_LIST _NBL)",
      macro:
        "NET_BUFFER_LIST_GET_HASH_FUNCTION(_NBL) (PtrToUlong(NET_BUFFER_LIST_INFO(_NBL, NetBufferListHashInfo)) & NDIS_HASH_FUNCTION_MASK)",
      contract: ["M6-43"],
      page: "nblhash/nf-nblhash-net_buffer_list_get_hash_function",
      bind: getSlot(INFO.NetBufferListHashInfo, NDIS_HASH.NDIS_HASH_FUNCTION_MASK),
    },
    NET_BUFFER_LIST_SET_HASH_FUNCTION: {
      c: "VOID NET_BUFFER_LIST_SET_HASH_FUNCTION(PNET_BUFFER_LIST _NBL, ULONG _HashFunction)",
      macro:
        "NET_BUFFER_LIST_SET_HASH_FUNCTION(_NBL, _HashFunction) (*(PULONG)&NET_BUFFER_LIST_INFO(_NBL, NetBufferListHashInfo) = (PtrToUlong(NET_BUFFER_LIST_INFO(_NBL, NetBufferListHashInfo)) & ~(ULONG)NDIS_HASH_FUNCTION_MASK) | ((ULONG)(_HashFunction) & NDIS_HASH_FUNCTION_MASK))",
      contract: ["M6-44"],
      since: "NDIS 6.30",
      page: "nblhash/nf-nblhash-net_buffer_list_set_hash_function",
      bind: setSlot(INFO.NetBufferListHashInfo, NDIS_HASH.NDIS_HASH_FUNCTION_MASK),
    },
    NDIS_RSS_HASH_FUNC_FROM_HASH_INFO: {
      c: "ULONG NDIS_RSS_HASH_FUNC_FROM_HASH_INFO(ULONG _HashInfo)",
      macro: "NDIS_RSS_HASH_FUNC_FROM_HASH_INFO(_HashInfo) ((_HashInfo) & NDIS_HASH_FUNCTION_MASK)",
      page: "hashtypes/nf-hashtypes-ndis_rss_hash_func_from_hash_info",
      bind: () => (info: number) => info & NDIS_HASH.NDIS_HASH_FUNCTION_MASK,
    },
    NDIS_RSS_HASH_TYPE_FROM_HASH_INFO: {
      c: "ULONG NDIS_RSS_HASH_TYPE_FROM_HASH_INFO(ULONG _HashInfo)",
      macro: "NDIS_RSS_HASH_TYPE_FROM_HASH_INFO(_HashInfo) ((_HashInfo) & NDIS_HASH_TYPE_MASK)",
      page: "hashtypes/nf-hashtypes-ndis_rss_hash_type_from_hash_info",
      bind: () => (info: number) => info & NDIS_HASH.NDIS_HASH_TYPE_MASK,
    },
    NDIS_RSS_HASH_INFO_FROM_TYPE_AND_FUNC: {
      c: "ULONG NDIS_RSS_HASH_INFO_FROM_TYPE_AND_FUNC(ULONG _HashType, ULONG _HashFunction)",
      macro: "NDIS_RSS_HASH_INFO_FROM_TYPE_AND_FUNC(_HashType, _HashFunction) ((_HashType) | (_HashFunction))",
      page: "hashtypes/nf-hashtypes-ndis_rss_hash_info_from_type_and_func",
      bind: () => (type: number, hashFunction: number) => (type | hashFunction) >>> 0,
    },
    NET_BUFFER_LIST_COALESCED_SEG_COUNT: {
      c: "USHORT NET_BUFFER_LIST_COALESCED_SEG_COUNT(PNET_BUFFER_LIST _NBL)",
      macro:
        "NET_BUFFER_LIST_COALESCED_SEG_COUNT(_NBL) (((PNDIS_RSC_NBL_INFO)&NET_BUFFER_LIST_INFO(_NBL, TcpRecvSegCoalesceInfo))->Info.CoalescedSegCount)",
      contract: ["M6-45"],
      since: "NDIS 6.30",
      page: "nblrsc/nf-nblrsc-net_buffer_list_coalesced_seg_count",
      bind: accessor(NDIS_RSC_NBL_INFO, "Info.CoalescedSegCount", infoOffset(INFO.TcpRecvSegCoalesceInfo)),
    },
    NET_BUFFER_LIST_DUP_ACK_COUNT: {
      c: "USHORT NET_BUFFER_LIST_DUP_ACK_COUNT(PNET_BUFFER_LIST _NBL)",
      macro:
        "NET_BUFFER_LIST_DUP_ACK_COUNT(_NBL) (((PNDIS_RSC_NBL_INFO)&NET_BUFFER_LIST_INFO(_NBL, TcpRecvSegCoalesceInfo))->Info.DupAckCount)",
      contract: ["M6-46"],
      since: "NDIS 6.30",
      page: "nblrsc/nf-nblrsc-net_buffer_list_dup_ack_count",
      bind: accessor(NDIS_RSC_NBL_INFO, "Info.DupAckCount", infoOffset(INFO.TcpRecvSegCoalesceInfo)),
    },
    NET_BUFFER_LIST_RECEIVE_FILTER_ID: {
      c: "USHORT NET_BUFFER_LIST_RECEIVE_FILTER_ID(PNET_BUFFER_LIST _NBL)",
      macro:
        "NET_BUFFER_LIST_RECEIVE_FILTER_ID(_NBL) (((PNDIS_NET_BUFFER_LIST_FILTERING_INFO)&NET_BUFFER_LIST_INFO(_NBL, NetBufferListFilteringInfo))->FilteringInfo.FilterId)",
      contract: ["M6-47"],
      since: "NDIS 6.20",
      page: "ndis/nf-ndis-net_buffer_list_receive_filter_id",
      bind: accessor(
        NDIS_NET_BUFFER_LIST_FILTERING_INFO,
        "FilteringInfo.FilterId",
        infoOffset(INFO.NetBufferListFilteringInfo),
      ),
    },
    NET_BUFFER_LIST_RECEIVE_QUEUE_ID: {
      c: "USHORT NET_BUFFER_LIST_RECEIVE_QUEUE_ID(PNET_BUFFER_LIST _NBL)",
      macro:
        "NET_BUFFER_LIST_RECEIVE_QUEUE_ID(_NBL) (((PNDIS_NET_BUFFER_LIST_FILTERING_INFO)&NET_BUFFER_LIST_INFO(_NBL, NetBufferListFilteringInfo))->FilteringInfo.QueueVPortInfo.QueueId)",
      contract: ["M6-48"],
      since: "NDIS 6.20",
      page: "ndis/nf-ndis-net_buffer_list_receive_queue_id",
      bind: accessor(
        NDIS_NET_BUFFER_LIST_FILTERING_INFO,
        "FilteringInfo.QueueVPortInfo.QueueId",
        infoOffset(INFO.NetBufferListFilteringInfo),
      ),
    },
    NET_BUFFER_LIST_RECEIVE_FILTER_VPORT_ID: {
      c: "USHORT NET_BUFFER_LIST_RECEIVE_FILTER_VPORT_ID(PNET_BUFFER_LIST _NBL)",
      macro:
        "NET_BUFFER_LIST_RECEIVE_FILTER_VPORT_ID(_NBL) (((PNDIS_NET_BUFFER_LIST_FILTERING_INFO)&NET_BUFFER_LIST_INFO(_NBL, NetBufferListFilteringInfo))->FilteringInfo.QueueVPortInfo.VPortId)",
      contract: ["M6-49"],
      since: "NDIS 6.30",
      page: "ndis/nf-ndis-net_buffer_list_receive_filter_vport_id",
      bind: accessor(
        NDIS_NET_BUFFER_LIST_FILTERING_INFO,
        "FilteringInfo.QueueVPortInfo.VPortId",
        infoOffset(INFO.NetBufferListFilteringInfo),
      ),
    },
    NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL: {
      c: "PNDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(PNET_BUFFER_LIST _NBL)",
      macro:
        "NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(_NBL) ((PNDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO)&NET_BUFFER_LIST_INFO(_NBL, SwitchForwardingDetail_b0_to_b31))",
      contract: ["M6-50"],
      since: "NDIS 6.30",
      page: "ndis/nf-ndis-net_buffer_list_switch_forwarding_detail",
      bind: () => (nbl: Address) => nbl + infoOffset(INFO.SwitchForwardingDetail_b0_to_b31),
    },
  },
);

const testsAny =
  (member: number, mask = 0xffff_ffff) =>
  (m: Machine) =>
  (nbl: Address, flags: number): boolean =>
    (m.memory.u32[(nbl + member) >>> 2] & flags & mask) !== 0;
const testsAll =
  (member: number) =>
  (m: Machine) =>
  (nbl: Address, flags: number): boolean =>
    (m.memory.u32[(nbl + member) >>> 2] & flags) >>> 0 === flags >>> 0;
const sets =
  (member: number, mask = 0xffff_ffff) =>
  (m: Machine) =>
  (nbl: Address, flags: number): void => {
    m.memory.u32[(nbl + member) >>> 2] |= flags & mask;
  };
const clears =
  (member: number, mask = 0xffff_ffff) =>
  (m: Machine) =>
  (nbl: Address, flags: number): void => {
    m.memory.u32[(nbl + member) >>> 2] &= ~(flags & mask);
  };

const { NblFlags: NBL_FLAGS_MEMBER, Flags: FLAGS_MEMBER } = NET_BUFFER_LIST.offset;
const PROTOCOL = NBL_FLAGS.NBL_FLAGS_PROTOCOL_RESERVED;
const STRUCTURE_PAGE = "nbl/ns-nbl-net_buffer_list";

/** The two words of flags of a list: NblFlags says what the frames are, Flags is shared out by role. At any IRQL. */
const FLAGS = family(
  { family: "NET_BUFFER_LIST flags", header: "ndis.h", platform: "Universal", since: "NDIS 6.0" },
  {
    NdisTestNblFlag: {
      c: "BOOLEAN NdisTestNblFlag(PNET_BUFFER_LIST _NBL, ULONG _F)",
      macro: "NdisTestNblFlag(_NBL, _F) (((_NBL)->NblFlags & (_F)) != 0)",
      contract: ["M6-32"],
      page: "nblaccessors/nf-nblaccessors-ndistestnblflag",
      bind: testsAny(NBL_FLAGS_MEMBER),
    },
    NdisTestNblFlags: {
      c: "BOOLEAN NdisTestNblFlags(PNET_BUFFER_LIST _NBL, ULONG _F)",
      macro: "NdisTestNblFlags(_NBL, _F) (((_NBL)->NblFlags & (_F)) == (_F))",
      contract: ["M6-33"],
      page: "nblaccessors/nf-nblaccessors-ndistestnblflags",
      bind: testsAll(NBL_FLAGS_MEMBER),
    },
    NdisSetNblFlag: {
      c: "VOID NdisSetNblFlag(PNET_BUFFER_LIST _NBL, ULONG _F)",
      macro: "NdisSetNblFlag(_NBL, _F) ((_NBL)->NblFlags |= (_F))",
      contract: ["M6-34"],
      page: "nblaccessors/nf-nblaccessors-ndissetnblflag",
      bind: sets(NBL_FLAGS_MEMBER),
    },
    NdisClearNblFlag: {
      c: "VOID NdisClearNblFlag(PNET_BUFFER_LIST _NBL, ULONG _F)",
      macro: "NdisClearNblFlag(_NBL, _F) ((_NBL)->NblFlags &= ~(_F))",
      contract: ["M6-35"],
      page: "nblaccessors/nf-nblaccessors-ndisclearnblflag",
      bind: clears(NBL_FLAGS_MEMBER),
    },
    NBL_TEST_FLAG: {
      c: "BOOLEAN NBL_TEST_FLAG(PNET_BUFFER_LIST _NBL, ULONG _F)",
      macro: "NBL_TEST_FLAG(_NBL, _F) (((_NBL)->Flags & (_F)) != 0)",
      page: STRUCTURE_PAGE,
      bind: testsAny(FLAGS_MEMBER),
    },
    NBL_TEST_FLAGS: {
      c: "BOOLEAN NBL_TEST_FLAGS(PNET_BUFFER_LIST _NBL, ULONG _F)",
      macro: "NBL_TEST_FLAGS(_NBL, _F) (((_NBL)->Flags & (_F)) == (_F))",
      page: STRUCTURE_PAGE,
      bind: testsAll(FLAGS_MEMBER),
    },
    NBL_SET_FLAG: {
      c: "VOID NBL_SET_FLAG(PNET_BUFFER_LIST _NBL, ULONG _F)",
      macro: "NBL_SET_FLAG(_NBL, _F) ((_NBL)->Flags |= (_F))",
      page: STRUCTURE_PAGE,
      bind: sets(FLAGS_MEMBER),
    },
    NBL_CLEAR_FLAG: {
      c: "VOID NBL_CLEAR_FLAG(PNET_BUFFER_LIST _NBL, ULONG _F)",
      macro: "NBL_CLEAR_FLAG(_NBL, _F) ((_NBL)->Flags &= ~(_F))",
      page: STRUCTURE_PAGE,
      bind: clears(FLAGS_MEMBER),
    },
    NBL_TEST_PROT_RSVD_FLAG: {
      c: "BOOLEAN NBL_TEST_PROT_RSVD_FLAG(PNET_BUFFER_LIST _NBL, ULONG _F)",
      macro: "NBL_TEST_PROT_RSVD_FLAG(_NBL, _F) (((_NBL)->Flags & (_F) & NBL_PROT_RSVD_FLAGS) != 0)",
      page: STRUCTURE_PAGE,
      bind: testsAny(FLAGS_MEMBER, PROTOCOL),
    },
    NBL_SET_PROT_RSVD_FLAG: {
      c: "VOID NBL_SET_PROT_RSVD_FLAG(PNET_BUFFER_LIST _NBL, ULONG _F)",
      macro: "NBL_SET_PROT_RSVD_FLAG(_NBL, _F) ((_NBL)->Flags |= ((_F) & NBL_PROT_RSVD_FLAGS))",
      page: STRUCTURE_PAGE,
      bind: sets(FLAGS_MEMBER, PROTOCOL),
    },
    NBL_CLEAR_PROT_RSVD_FLAG: {
      c: "VOID NBL_CLEAR_PROT_RSVD_FLAG(PNET_BUFFER_LIST _NBL, ULONG _F)",
      macro: "NBL_CLEAR_PROT_RSVD_FLAG(_NBL, _F) ((_NBL)->Flags &= ~((_F) & NBL_PROT_RSVD_FLAGS))",
      page: STRUCTURE_PAGE,
      bind: clears(FLAGS_MEMBER, PROTOCOL),
    },
  },
);

/** What a NET_BUFFER_LIST says of its frames beside their data. */
export const NET_BUFFER_LIST_INFORMATION = { ...FUNCTIONS, ...READER, ...SLOTS, ...FLAGS } as const;
