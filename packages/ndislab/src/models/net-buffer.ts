import type { Address, Handle } from "../memory/address.js";
import type { Mdl } from "./block.js";
import { byteLength, chainText, ends, locate, type Piece, type Place, piecesOf } from "./chain.js";
import type { List } from "./list.js";
import type { Pool } from "./pool.js";

/** An MDL that a retreat put in front. */
export interface Retreat {
  readonly mdl: Mdl;
  readonly byHandler: boolean;
}

export type NetBufferOrigin = "bare" | "withData" | "preallocated" | "derived";

/** A NET_BUFFER: a list of views and two numbers. */
export class NetBuffer {
  chain: Mdl[];
  dataOffset: number;
  dataLength: number;
  /** CurrentMdl and CurrentMdlOffset. */
  current: Place;
  /** MDLs of retreats that are in the chain, the newest last. */
  readonly retreats: Retreat[] = [];
  /** The list that it is on. */
  list: List | undefined;
  /** Live lists whose MDLs show memory of this chain: until they are gone, no MDL of it may go. */
  borrowers = 0;
  /** Of a NET_BUFFER of a derived list what its free counts on: where the data was, and how many retreats there were. */
  readonly made: { readonly dataOffset: number; readonly dataLength: number; readonly retreats: number };
  /** ChecksumBias, ProtocolReserved and MiniportReserved, DataPhysicalAddress: what drivers write for themselves. */
  checksumBias = 0;
  readonly reserved = new Uint32Array(10);
  readonly physical = new Uint32Array(2);

  constructor(
    readonly name: string,
    readonly address: Address,
    readonly pool: Pool | undefined,
    readonly poolHandle: Handle,
    readonly origin: NetBufferOrigin,
    chain: readonly Mdl[],
    dataOffset: number,
    dataLength: number,
    retreat?: Retreat,
  ) {
    this.chain = [...chain];
    if (retreat !== undefined) this.retreats.push(retreat);
    this.made = { dataOffset, dataLength, retreats: this.retreats.length };
    this.dataOffset = dataOffset;
    this.dataLength = dataLength;
    this.current = locate(chain, dataOffset);
  }

  /** Puts the data start where it is said to be, in the form that NDIS itself writes. */
  moveTo(dataOffset: number, dataLength: number): void {
    this.dataOffset = dataOffset;
    this.dataLength = dataLength;
    this.current = locate(this.chain, dataOffset);
  }

  get chainLength(): number {
    return byteLength(this.chain);
  }

  /** The used bytes from `from` on. */
  used(from = 0, length = this.dataLength - from): Piece[] {
    return piecesOf(this.chain, this.dataOffset + from, Math.max(0, Math.min(length, this.dataLength - from)));
  }

  /** Offsets from the data start at which something begins or ends. */
  get marks(): number[] {
    const boundaries = ends(this.chain).flatMap((end) => (end > this.dataOffset ? [end - this.dataOffset] : []));
    return [0, this.dataLength, ...boundaries];
  }

  /** The chain without what retreats put in front: what the driver or the pool gave it. */
  get base(): Mdl[] {
    const added = new Set(this.retreats.map(({ mdl }) => mdl));
    return this.chain.filter((mdl) => !added.has(mdl));
  }

  get text(): string {
    return `${this.name} ${chainText(this.chain)} +${this.dataOffset} ${this.dataLength}`;
  }
}

/** Whether it has data. */
export const hasData = ({ dataLength }: NetBuffer): boolean => dataLength > 0;
