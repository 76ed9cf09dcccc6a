import { NDIS_PACKET, NDIS_PACKET_EXTENSION, NDIS_PACKET_FLAG_VALUES, NDIS_PACKET_OOB_DATA } from "../layout/packet.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

const OOB_OFFSET = NDIS_PACKET.offset["Private.NdisPacketOobOffset"] >>> 1;
const PACKET_FLAGS = NDIS_PACKET.offset["Private.NdisPacketFlags"];
const INFORMATION = NDIS_PACKET_OOB_DATA.offset.MediaSpecificInformation;
const INFORMATION_SIZE = NDIS_PACKET_OOB_DATA.offset.SizeMediaSpecificInfo;

const { fPACKET_ALLOCATED_BY_NDIS: BY_NDIS, fPACKET_CONTAINS_MEDIA_SPECIFIC_INFO: HAS_MEDIA_INFO } =
  NDIS_PACKET_FLAG_VALUES;

/** What a packet carries beside its bytes: out-of-band data and, behind it, the extension with per-packet information. */
export class PacketInfo {
  constructor(private readonly memory: Memory) {}

  /** NDIS_OOB_DATA_FROM_PACKET. It is the packet itself where NdisPacketOobOffset is 0. */
  oob(packet: Address): Address {
    return packet + this.memory.u16[(packet >>> 1) + OOB_OFFSET];
  }

  /** NDIS_PACKET_EXTENSION_FROM_PACKET. */
  extension(packet: Address): Address {
    return this.oob(packet) + NDIS_PACKET_OOB_DATA.size;
  }

  /** Where the slot `id` of the extension is. */
  slot(packet: Address, id: number): Address {
    return this.extension(packet) + 4 * id;
  }

  /** One of the 64-bit times, by its offset in the out-of-band data. */
  time(packet: Address, member: number): bigint {
    const at = (this.oob(packet) + member) >>> 2;
    return (BigInt(this.memory.u32[at + 1]) << 32n) | BigInt(this.memory.u32[at]);
  }

  setTime(packet: Address, member: number, time: bigint): void {
    const at = (this.oob(packet) + member) >>> 2;
    this.memory.u32[at] = Number(time & 0xffff_ffffn);
    this.memory.u32[at + 1] = Number((time >> 32n) & 0xffff_ffffn);
  }

  /** NdisIMCopySendPerPacketInfo and its like of the completion: every slot of the extension, and no out-of-band data. */
  copyExtension(destination: Address, source: Address): void {
    const from = this.extension(source);
    this.memory.u8.copyWithin(this.extension(destination), from, from + NDIS_PACKET_EXTENSION.size);
  }

  /** NdisPacketFlags says that NDIS allocated the packet. */
  isByNdis(packet: Address): boolean {
    return (this.memory.u8[packet + PACKET_FLAGS] & BY_NDIS) !== 0;
  }

  /** NDIS allocated the packet, and media specific information was set. */
  hasMediaInfo(packet: Address): boolean {
    const both = BY_NDIS | HAS_MEDIA_INFO;
    return (this.memory.u8[packet + PACKET_FLAGS] & both) === both;
  }

  /** NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO: NULL and 0 where there is none. */
  mediaInfo(packet: Address, information: Address, size: Address): void {
    const { u32 } = this.memory;
    const oob = this.oob(packet);
    const has = this.hasMediaInfo(packet);
    u32[information >>> 2] = has ? u32[(oob + INFORMATION) >>> 2] : 0;
    u32[size >>> 2] = has ? u32[(oob + INFORMATION_SIZE) >>> 2] : 0;
  }

  /** NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO: nothing happens to a packet that NDIS did not make. The bytes stay the caller's. */
  setMediaInfo(packet: Address, information: Address, size: number): void {
    if (!this.isByNdis(packet)) return;
    const { u8, u32 } = this.memory;
    u8[packet + PACKET_FLAGS] |= HAS_MEDIA_INFO;
    const oob = this.oob(packet);
    u32[(oob + INFORMATION) >>> 2] = information;
    u32[(oob + INFORMATION_SIZE) >>> 2] = size;
  }
}
