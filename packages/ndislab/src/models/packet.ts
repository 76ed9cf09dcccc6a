import type { Address } from "../memory/address.js";
import type { Mdl } from "./block.js";
import type { Pool } from "./pool.js";

/** What NdisQueryPacket says of a packet's chain. */
export interface Counts {
  readonly pages: number;
  readonly bytes: number;
  readonly count: number;
}

/** Functions that allocate a packet, each with the one that frees it. Those with Dpr want DISPATCH_LEVEL. */
export const PACKET_FUNCTIONS = {
  NdisAllocatePacket: "NdisFreePacket",
  NdisDprAllocatePacket: "NdisDprFreePacket",
  NdisDprAllocatePacketNonInterlocked: "NdisDprFreePacketNonInterlocked",
} as const;

export type PacketFunction = keyof typeof PACKET_FUNCTIONS;

/** An NDIS_PACKET: a chain of descriptors, and what drivers keep with it. */
export class Packet {
  chain: Mdl[] = [];
  /** Private.Tail, which outlives the chain where a page says so. */
  tail: Address = 0;
  /** What the counts were when they were counted last; ValidCounts says whether they still are. */
  counts: Counts = { pages: 0, bytes: 0, count: 0 };
  areCountsValid = true;
  /** Private.Flags. */
  flags: number;
  hasMediaInfo = false;
  /** MiniportReserved, WrapperReserved and Reserved. */
  readonly reserved = new Uint32Array(6);
  readonly protocolReserved: Uint8Array;
  readonly outOfBand = new Uint32Array(8);
  readonly information = new Uint32Array(12);

  constructor(
    readonly name: string,
    readonly address: Address,
    readonly pool: Pool,
    readonly allocatedBy: PacketFunction,
  ) {
    this.flags = pool.protocolId;
    this.protocolReserved = new Uint8Array(pool.reservedLength);
  }

  /** The chain as it is now, counted. */
  get counted(): Counts {
    return {
      pages: this.chain.reduce((sum, mdl) => sum + spanOf(mdl), 0),
      bytes: this.chain.reduce((sum, { length }) => sum + length, 0),
      count: this.chain.length,
    };
  }
}

/** Pages that an MDL touches, one for no bytes. */
export const spanOf = ({ start, length }: Mdl): number =>
  length === 0 ? 1 : Math.ceil(((start % 4096) + length) / 4096);

/** Where the out-of-band data of a packet of a pool starts. */
export const oobOffsetOf = ({ reservedLength }: Pool): number => 56 + Math.ceil(reservedLength / 8) * 8;

/** Bytes of a packet with all that stands behind it. */
export const sizeOf = (pool: Pool): number => oobOffsetOf(pool) + 32 + 48;
