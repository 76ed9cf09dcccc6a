import { MDL } from "../layout/mdl.js";
import { NDIS_PACKET_PRIVATE } from "../layout/packet.js";
import { mdlSpanPages } from "../mdl/mdl.js";
import type { MdlChains } from "../mdl/mdl-chain.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

const PHYSICAL_COUNT = NDIS_PACKET_PRIVATE.offset.PhysicalCount >>> 2;
const TOTAL_LENGTH = NDIS_PACKET_PRIVATE.offset.TotalLength >>> 2;
const COUNT = NDIS_PACKET_PRIVATE.offset.Count >>> 2;
const HEAD = NDIS_PACKET_PRIVATE.offset.Head >>> 2;
const TAIL = NDIS_PACKET_PRIVATE.offset.Tail >>> 2;
const VALID_COUNTS = NDIS_PACKET_PRIVATE.offset.ValidCounts;
const BYTE_COUNT = MDL.offset.ByteCount >>> 2;

/**
 * The descriptors of a packet, from Private.Head to Private.Tail. What hangs on the Next of a descriptor that is
 * chained comes along. Any IRQL; nothing is synchronised.
 *
 * ```
 *  Head ──▶ MDL ──▶ MDL ──▶ MDL ──▶ NULL        PhysicalCount, TotalLength and Count are what a query found last;
 *                            ▲                  who changes the chain or a length makes ValidCounts FALSE, and the
 *  Tail ─────────────────────┘                  next query counts again
 * ```
 */
export class PacketChains {
  constructor(
    private readonly memory: Memory,
    private readonly chains: MdlChains,
  ) {}

  /** NdisChainBufferAtFront: `buffer` and what follows it come before what the packet had. */
  atFront(packet: Address, buffer: Address): void {
    const u32 = this.memory.u32;
    const p = packet >>> 2;
    const last = this.chains.last(buffer);
    if (u32[p + HEAD] === 0) u32[p + TAIL] = last;
    u32[last >>> 2] = u32[p + HEAD];
    u32[p + HEAD] = buffer;
    this.memory.u8[packet + VALID_COUNTS] = 0;
  }

  /** NdisChainBufferAtBack: `buffer` and what follows it come after Private.Tail, which is believed. */
  atBack(packet: Address, buffer: Address): void {
    const u32 = this.memory.u32;
    const p = packet >>> 2;
    if (u32[p + HEAD] !== 0) u32[u32[p + TAIL] >>> 2] = buffer;
    else u32[p + HEAD] = buffer;
    u32[p + TAIL] = this.chains.last(buffer);
    this.memory.u8[packet + VALID_COUNTS] = 0;
  }
  /** NdisUnchainBufferAtFront: takes the first descriptor off, alone, and returns it; 0 when the packet has none. */
  takeFront(packet: Address): Address {
    const u32 = this.memory.u32;
    const p = packet >>> 2;
    const head: Address = u32[p + HEAD];
    if (head !== 0) {
      const next = u32[head >>> 2];
      u32[p + HEAD] = next;
      if (next === 0) u32[p + TAIL] = 0;
      u32[head >>> 2] = 0;
    }
    this.memory.u8[packet + VALID_COUNTS] = 0;
    return head;
  }

  /** NdisUnchainBufferAtBack: takes Private.Tail off, which is believed, and returns it; 0 when the packet has none. */
  takeBack(packet: Address): Address {
    const u32 = this.memory.u32;
    const p = packet >>> 2;
    this.memory.u8[packet + VALID_COUNTS] = 0;
    let before: Address = u32[p + HEAD];
    if (before === 0) return 0;
    const tail: Address = u32[p + TAIL];
    if (before === tail) {
      u32[p + HEAD] = 0;
      u32[p + TAIL] = 0;
      return tail;
    }
    for (let next = u32[before >>> 2]; next !== tail && next !== 0; next = u32[before >>> 2]) before = next;
    u32[before >>> 2] = 0;
    u32[p + TAIL] = before;
    return tail;
  }

  /** NdisRecalculatePacketCounts: finds Tail again and makes the counts stale; an empty packet keeps its Tail. */
  recalculate(packet: Address): void {
    const u32 = this.memory.u32;
    const p = packet >>> 2;
    if (u32[p + HEAD] !== 0) u32[p + TAIL] = this.chains.last(u32[p + HEAD]);
    this.memory.u8[packet + VALID_COUNTS] = 0;
  }

  /** NdisReinitializePacket: forgets the descriptors, which stay chained to each other, and touches nothing else. */
  reinitialize(packet: Address): void {
    this.memory.u32[(packet >>> 2) + HEAD] = 0;
    this.memory.u8[packet + VALID_COUNTS] = 0;
  }

  /** Counts the descriptors, their pages and their bytes into the packet, unless what it has is valid. */
  count(packet: Address): void {
    if (this.memory.u8[packet + VALID_COUNTS] !== 0) return;
    const u32 = this.memory.u32;
    const p = packet >>> 2;
    let pages = 0;
    let bytes = 0;
    let count = 0;
    for (let mdl: Address = u32[p + HEAD]; mdl !== 0; mdl = u32[mdl >>> 2]) {
      pages += mdlSpanPages(this.memory, mdl);
      bytes += u32[(mdl >>> 2) + BYTE_COUNT];
      count++;
    }
    u32[p + PHYSICAL_COUNT] = pages;
    u32[p + TOTAL_LENGTH] = bytes;
    u32[p + COUNT] = count;
    this.memory.u8[packet + VALID_COUNTS] = 1;
  }

  /**
   * NdisQueryPacket: the cached counts, made first when they are stale, and the first descriptor, each where its
   * pointer is not NULL. Only for a count is anything counted.
   */
  query(packet: Address, pages: Address, count: Address, first: Address, bytes: Address): void {
    const u32 = this.memory.u32;
    const p = packet >>> 2;
    if (first !== 0) u32[first >>> 2] = u32[p + HEAD];
    if ((pages | count | bytes) === 0) return;
    this.count(packet);
    if (pages !== 0) u32[pages >>> 2] = u32[p + PHYSICAL_COUNT];
    if (count !== 0) u32[count >>> 2] = u32[p + COUNT];
    if (bytes !== 0) u32[bytes >>> 2] = u32[p + TOTAL_LENGTH];
  }

  /** Private.Head. */
  head(packet: Address): Address {
    return this.memory.u32[(packet >>> 2) + HEAD];
  }
}
