import { NDIS_NET_BUFFER_LIST_INFO, NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import type { Address } from "../memory/address.js";

const INFO = NDIS_NET_BUFFER_LIST_INFO.values;
const FIRST = NET_BUFFER_LIST.offset.NetBufferListInfo >>> 2;

/** Slots of a NET_BUFFER_LIST. */
export const INFO_SLOTS = INFO.MaxNetBufferListInfo;

/** Bytes from a NET_BUFFER_LIST to one of its slots. */
export const infoOffset = (id: number): number => NET_BUFFER_LIST.offset.NetBufferListInfo + 4 * id;

/** What goes along either way. VirtualSubnetInfo would, but the page has it for AMD64 alone. */
const BOTH_WAYS = [
  INFO.TcpIpChecksumNetBufferListInfo,
  INFO.IPsecOffloadV1NetBufferListInfo,
  INFO.TcpLargeSendNetBufferListInfo,
  INFO.Ieee8021QNetBufferListInfo,
  INFO.MediaSpecificInformation,
  INFO.NetBufferListProtocolId,
  INFO.IPsecOffloadV2TunnelNetBufferListInfo,
  INFO.IPsecOffloadV2HeaderNetBufferListInfo,
  INFO.NetBufferListFilteringInfo,
] as const;

/** What NdisCopySendNetBufferListInfo copies. */
export const SEND_INFO: readonly number[] = [...BOTH_WAYS, INFO.NetBufferListCancelId];

/** What NdisCopyReceiveNetBufferListInfo copies. */
export const RECEIVE_INFO: readonly number[] = [...BOTH_WAYS, INFO.NetBufferListHashValue, INFO.NetBufferListHashInfo];

/** Copies these slots from one list to another; every other slot stays as it is. */
export function copyInfo(u32: Uint32Array, to: Address, from: Address, slots: readonly number[]): void {
  const t = (to >>> 2) + FIRST;
  const f = (from >>> 2) + FIRST;
  for (let i = 0; i < slots.length; i++) u32[t + slots[i]] = u32[f + slots[i]];
}
