import { NDIS_PACKET, NDIS_PACKET_EXTENSION, NDIS_PACKET_FLAG_VALUES, NDIS_PACKET_OOB_DATA } from "../layout/packet.js";
import { PACKET_PREFIX, POOL, POOL_SIGNATURE } from "../layout/pool.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Address, Handle } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";
import { SHARE_MASK, type SlotPools } from "../memory/slot-pool.js";
import { poolTag } from "../memory/tag.js";

/** Tag of NDIS 5 packet pools in reports: their functions take none. */
const TAG = poolTag("NDpp");

/** The most packets that one pool can have. */
export const MOST_PACKETS = 0xffff;

/** NdisPacketOobOffset has 16 bits. */
const LARGEST_OOB_OFFSET = 0xffff;

/** State of a packet that is out, in its prefix. Odd, so that it cannot be taken for the link of a free one. */
export const PACKET_LIVE = 0x504b_5401;

const PREFIX = PACKET_PREFIX.size;
const OWNER = -(PREFIX - PACKET_PREFIX.offset.Owner) >> 2;
const LINK = PACKET_PREFIX.offset.State - PREFIX;
const STATE = LINK >> 2;
const BEHIND_RESERVED = NDIS_PACKET_OOB_DATA.size + NDIS_PACKET_EXTENSION.size;

const SIGNATURE = POOL.offset.Signature >>> 2;
const FREE_LIST = POOL.offset.FreeList >>> 2;
const ALLOCATIONS = POOL.offset.Allocations >>> 2;
const FREES = POOL.offset.Frees >>> 2;
const LIMIT = POOL.offset.Limit >>> 2;
const LIMIT_ALONE = POOL.offset.LimitAlone >>> 2;
const PROTOCOL_ID = POOL.offset.ProtocolId >>> 2;
const OOB_OFFSET = POOL.offset.OobOffset >>> 2;

const PACKET_POOL = NDIS_PACKET.offset["Private.Pool"] >>> 2;
const FLAGS = NDIS_PACKET.offset["Private.Flags"] >>> 2;
/** ValidCounts, NdisPacketFlags and NdisPacketOobOffset share one word. */
const STATE_WORD = NDIS_PACKET.offset["Private.ValidCounts"] >>> 2;
const FRESH = 1 | (NDIS_PACKET_FLAG_VALUES.fPACKET_ALLOCATED_BY_NDIS << 8);
const OOB_OFFSET_SHIFT = 16;

/** Where the out-of-band data of a packet with so many reserved bytes starts: on a multiple of 8. */
const oobOffsetFor = (reservedLength: number): number =>
  NDIS_PACKET.offset.ProtocolReserved + Math.ceil(reservedLength / 8) * 8;

/** NdisPacketSize: bytes of a packet with so many reserved ones; 0xFFFFFFFF when no UINT holds them. */
export const packetSize = (reservedLength: number): number =>
  Math.min(0xffff_ffff, oobOffsetFor(reservedLength) + BEHIND_RESERVED);

/**
 * NDIS 5 packet pools and packets.
 *
 * ```
 *  packet-8  packet-4  packet                          + NdisPacketOobOffset
 *  ┌─────────┬─────────┬─────────────┬──────────────────┬──────────┬───────────┐
 *  │ Owner   │ State   │ NDIS_PACKET │ ProtocolReserved │ OOB data │ extension │
 *  └─────────┴─────────┴─────────────┴──────────────────┴──────────┴───────────┘
 *    pool      live, or the next free packet
 * ```
 *
 * The packets that were asked for are there from the start, those of an overflow come when they are needed; both go
 * back to the pool's free list.
 */
export class PacketPools {
  private readonly prepare = (slot: Address): Address => {
    const packet = slot + PREFIX;
    this.memory.u32[(packet >>> 2) + STATE] = 0;
    return packet;
  };

  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
    private readonly pools: SlotPools,
  ) {}

  /**
   * NdisAllocatePacketPoolEx, and NdisAllocatePacketPool without overflow: the pool at `*poolHandle` and
   * NDIS_STATUS_SUCCESS, or NULL and NDIS_STATUS_RESOURCES for more than 0xFFFF packets, more reserved bytes than
   * NdisPacketOobOffset can reach behind, or for want of memory. The overflow is cut to what makes 0xFFFF in all.
   */
  create(status: Address, poolHandle: Address, packets: number, overflow: number, reservedLength: number): void {
    const { u32 } = this.memory;
    const pool = this.make(packets, overflow, reservedLength);
    u32[poolHandle >>> 2] = pool;
    u32[status >>> 2] = pool === 0 ? NDIS_STATUS.NDIS_STATUS_RESOURCES : NDIS_STATUS.NDIS_STATUS_SUCCESS;
  }

  /** NdisFreePacketPool. False when the handle is no live packet pool. */
  destroy(pool: Handle): boolean {
    return this.pools.free(pool, "packet");
  }

  /** NdisSetPacketPoolProtocolId: what the packets that come from the pool from now on have in Private.Flags. */
  setProtocolId(pool: Handle, protocolId: number): void {
    if (this.pools.is(pool, "packet")) this.memory.u32[(pool >>> 2) + PROTOCOL_ID] = protocolId & 0xf;
  }

  /** NdisPacketPoolUsage: packets that are out, those of the overflow too; 0 for what is no live packet pool. */
  usage(pool: Handle): number {
    return this.pools.is(pool, "packet") ? this.pools.live(pool) : 0;
  }

  /** NdisAllocatePacket: the packet at `*packet` and NDIS_STATUS_SUCCESS, or NULL and NDIS_STATUS_RESOURCES. */
  allocateTo(status: Address, packet: Address, pool: Handle): void {
    const { u32 } = this.memory;
    const allocated = this.allocate(pool);
    u32[packet >>> 2] = allocated;
    u32[status >>> 2] = allocated === 0 ? NDIS_STATUS.NDIS_STATUS_RESOURCES : NDIS_STATUS.NDIS_STATUS_SUCCESS;
  }

  /**
   * A packet of `pool`, all of it zero but for what NDIS enters; 0 when the pool is not a live packet pool, all its
   * packets are out, or memory is short.
   */
  allocate(pool: Handle): Address {
    const u32 = this.memory.u32;
    const p = (pool + this.pools.ownHeader) >>> 2;
    if (u32[p + SIGNATURE] !== POOL_SIGNATURE.packet || (pool & 3) !== 0) return 0;
    const allocations = u32[p + ALLOCATIONS];
    if ((allocations - u32[p + FREES]) >>> 0 >= u32[p + LIMIT_ALONE] && !this.pools.belowLimit(pool)) return 0;
    let packet: Address = u32[p + FREE_LIST];
    if (packet === 0) packet = this.pools.refill(pool, this.prepare);
    if (packet === 0) return 0;
    const at = packet >>> 2;
    u32[p + FREE_LIST] = u32[at + STATE];
    u32[at + STATE] = PACKET_LIVE;
    u32[at + OWNER] = pool;
    u32[p + ALLOCATIONS] = allocations + 1;
    const oobOffset = u32[p + OOB_OFFSET];
    clear(this.memory.f64, packet >>> 3, (packet + oobOffset + BEHIND_RESERVED) >>> 3);
    u32[at + PACKET_POOL] = pool;
    u32[at + FLAGS] = u32[(pool >>> 2) + PROTOCOL_ID];
    u32[at + STATE_WORD] = FRESH | (oobOffset << OOB_OFFSET_SHIFT);
    return packet;
  }

  /**
   * NdisFreePacket: gives a packet back, not the descriptors chained to it. False, and nothing done, when it is not a
   * live packet of a live pool.
   */
  free(packet: Address): boolean {
    const u32 = this.memory.u32;
    const at = packet >>> 2;
    if (u32[at + STATE] !== PACKET_LIVE) return false;
    const pool: Handle = u32[at + OWNER];
    const p = (pool + this.pools.ownHeader) >>> 2;
    if (u32[p + SIGNATURE] !== POOL_SIGNATURE.packet) return false;
    const frees = (u32[p + FREES] + 1) | 0;
    u32[p + FREES] = frees;
    u32[at + STATE] = u32[p + FREE_LIST];
    u32[p + FREE_LIST] = packet;
    if ((frees & SHARE_MASK) === 0) this.pools.share(pool);
    return true;
  }

  /** PACKET_LIVE while the packet is out, another number when it is free or never was one of a pool. */
  stateOf(packet: Address): number {
    return this.memory.u32[(packet >>> 2) + STATE];
  }

  /** The pool that a packet really is of, whatever the driver made of Private.Pool. */
  ownerOf(packet: Address): Handle {
    return this.memory.u32[(packet >>> 2) + OWNER];
  }

  /** The most packets that a live packet pool gives at once. */
  limitOf(pool: Handle): number {
    return this.memory.u32[(pool >>> 2) + LIMIT];
  }

  private make(packets: number, overflow: number, reservedLength: number): Handle {
    const oobOffset = oobOffsetFor(reservedLength);
    if (packets > MOST_PACKETS || oobOffset > LARGEST_OOB_OFFSET) return 0;
    const slotSize = PREFIX + oobOffset + BEHIND_RESERVED;
    const base = packets === 0 ? 0 : this.nonpaged.allocate(packets * slotSize, TAG, "system");
    if (base === 0 && packets !== 0) return 0;
    const pool = this.pools.create({
      kind: "packet",
      tag: TAG,
      slotSize,
      link: LINK,
      limit: Math.min(packets + overflow, MOST_PACKETS),
      reservedLength,
      oobOffset,
    });
    if (pool === 0) this.nonpaged.free(base);
    else if (base !== 0) this.pools.adopt(pool, base, packets);
    return pool;
  }
}

/** Zeroes 8-byte words [from, to). With `fill` an allocation and its free take 26 ns in the place of 18. */
function clear(f64: Float64Array, from: number, to: number): void {
  for (let at = from; at < to; at++) f64[at] = 0;
}
