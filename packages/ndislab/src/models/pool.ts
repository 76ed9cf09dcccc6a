import type { PoolKind } from "../layout/pool.js";
import type { Handle } from "../memory/address.js";

/** What a pool was made with. */
export interface PoolShape {
  readonly kind: PoolKind;
  /** Most objects at once. */
  readonly limit?: number;
  /** Bytes of data that every object brings along. */
  readonly dataSize?: number;
  /** NET_BUFFER_LIST pools. */
  readonly hasNetBuffer?: boolean;
  readonly contextSize?: number;
  readonly protocolId?: number;
  /** Packet pools: bytes of ProtocolReserved. */
  readonly reservedLength?: number;
}

/** A pool: what it gives, and how much it gave. */
export class Pool {
  live = 0;
  peak = 0;
  allocations = 0;
  readonly limit: number;
  readonly dataSize: number;
  readonly hasNetBuffer: boolean;
  readonly contextSize: number;
  readonly protocolId: number;
  readonly reservedLength: number;
  readonly kind: PoolKind;

  constructor(
    readonly name: string,
    readonly handle: Handle,
    shape: PoolShape,
  ) {
    this.kind = shape.kind;
    this.limit = shape.limit ?? Number.POSITIVE_INFINITY;
    this.dataSize = shape.dataSize ?? 0;
    this.hasNetBuffer = shape.hasNetBuffer ?? false;
    this.contextSize = shape.contextSize ?? 0;
    this.protocolId = shape.protocolId ?? 0;
    this.reservedLength = shape.reservedLength ?? 0;
  }

  out(): void {
    this.live++;
    this.allocations++;
    this.peak = Math.max(this.peak, this.live);
  }

  in(): void {
    this.live--;
  }
}
