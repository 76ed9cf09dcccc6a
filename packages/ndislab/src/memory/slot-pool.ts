import { POOL, POOL_SIGNATURE, type PoolKind } from "../layout/pool.js";
import type { Address, Handle } from "./address.js";
import type { Memory } from "./memory.js";
import type { NonpagedPool } from "./nonpaged-pool.js";

const SIGNATURE = POOL.offset.Signature >>> 2;
const FREE_LIST = POOL.offset.FreeList >>> 2;
const LIVE = POOL.offset.Live >>> 2;
const PEAK = POOL.offset.Peak >>> 2;
const ALLOCATIONS = POOL.offset.Allocations >>> 2;

/** No limit on the number of objects. */
export const UNLIMITED = 0xffffffff;

/** Slots of the first chunk; each further chunk doubles the pool, up to this many bytes at a time. */
const FIRST_CHUNK = 32;
const LARGEST_CHUNK = 1 << 20;

/** One pool as reports show it. The counters are read when asked for, and frozen when the pool is freed. */
export interface PoolReport {
  readonly handle: Handle;
  readonly kind: PoolKind;
  readonly tag: number;
  readonly live: number;
  readonly peak: number;
  readonly allocations: number;
  readonly freed: boolean;
}

interface PoolRecord {
  readonly handle: Handle;
  readonly kind: PoolKind;
  readonly tag: number;
  readonly system: boolean;
  readonly chunks: Address[];
  capacity: number;
  last: { live: number; peak: number; allocations: number } | undefined;
}

/** What a new pool is made of. */
export interface PoolShape {
  readonly kind: PoolKind;
  readonly tag: number;
  readonly slotSize: number;
  readonly limit?: number;
  readonly dataSize?: number;
  readonly dataStart?: number;
  readonly netBufferStart?: number;
  readonly contextSize?: number;
  readonly protocolId?: number;
  readonly hasNetBuffer?: boolean;
  /** A pool of the host or of NDIS itself, which the driver's report leaves out. */
  readonly system?: boolean;
}

/**
 * Pools of equal slots with their state in the memory: what all four kinds of NDIS pools have in common.
 * The free list is threaded through the slots by whoever owns their layout.
 */
export class SlotPools {
  private readonly records = new Map<Handle, PoolRecord>();

  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
  ) {}

  /** A new pool without slots; 0 when there is no memory for its header. */
  create(shape: PoolShape): Handle {
    const handle = this.nonpaged.allocate(POOL.size, shape.tag, "system") as Handle;
    if (handle === 0) return 0;
    const u32 = this.memory.u32;
    const at = handle >>> 2;
    u32.fill(0, at, at + (POOL.size >>> 2));
    u32[at + SIGNATURE] = POOL_SIGNATURE[shape.kind];
    u32[at + (POOL.offset.Limit >>> 2)] = shape.limit ?? UNLIMITED;
    u32[at + (POOL.offset.Tag >>> 2)] = shape.tag;
    u32[at + (POOL.offset.SlotSize >>> 2)] = shape.slotSize;
    u32[at + (POOL.offset.DataSize >>> 2)] = shape.dataSize ?? 0;
    u32[at + (POOL.offset.DataStart >>> 2)] = shape.dataStart ?? 0;
    u32[at + (POOL.offset.NetBufferStart >>> 2)] = shape.netBufferStart ?? 0;
    u32[at + (POOL.offset.ContextSize >>> 2)] = shape.contextSize ?? 0;
    u32[at + (POOL.offset.ProtocolId >>> 2)] = shape.protocolId ?? 0;
    u32[at + (POOL.offset.HasNetBuffer >>> 2)] = shape.hasNetBuffer ? 1 : 0;
    this.records.set(handle, {
      handle,
      kind: shape.kind,
      tag: shape.tag,
      system: shape.system ?? false,
      chunks: [],
      capacity: 0,
      last: undefined,
    });
    return handle;
  }

  /** True when `handle` is a live pool of this kind. */
  is(handle: Handle, kind: PoolKind): boolean {
    return (
      (handle & 3) === 0 &&
      this.memory.u32[(handle >>> 2) + SIGNATURE] === POOL_SIGNATURE[kind] &&
      this.records.has(handle)
    );
  }

  /** The kind of the live pool at `handle`, "dead" for a pool that was freed, undefined for anything else. */
  kindOf(handle: Handle): PoolKind | "dead" | undefined {
    const record = this.records.get(handle);
    return record === undefined ? undefined : record.last === undefined ? record.kind : "dead";
  }

  /**
   * Adds a chunk of slots and threads them into the free list: `prepare` writes what never changes in a slot and the
   * link to `next`, and returns what the list holds of that slot. False when there is no memory.
   */
  grow(handle: Handle, prepare: (slot: Address, next: Address) => Address): boolean {
    const record = this.records.get(handle);
    if (record === undefined) return false;
    const u32 = this.memory.u32;
    const at = handle >>> 2;
    const slotSize = u32[at + (POOL.offset.SlotSize >>> 2)];
    let count = Math.max(1, Math.min(Math.max(FIRST_CHUNK, record.capacity), Math.floor(LARGEST_CHUNK / slotSize)));
    let chunk = this.nonpaged.allocate(count * slotSize, record.tag, "system");
    if (chunk === 0) {
      count = 1;
      chunk = this.nonpaged.allocate(slotSize, record.tag, "system");
      if (chunk === 0) return false;
    }
    record.chunks.push(chunk);
    record.capacity += count;
    let next: Address = u32[at + FREE_LIST];
    for (let slot = chunk + (count - 1) * slotSize; slot >= chunk; slot -= slotSize) next = prepare(slot, next);
    u32[at + FREE_LIST] = next;
    return true;
  }

  /** Counts one object out. */
  countOut(handle: Handle): void {
    const u32 = this.memory.u32;
    const at = handle >>> 2;
    const live = u32[at + LIVE] + 1;
    u32[at + LIVE] = live;
    if (live > u32[at + PEAK]) u32[at + PEAK] = live;
    u32[at + ALLOCATIONS]++;
  }

  /** Counts one object in. */
  countIn(handle: Handle): void {
    this.memory.u32[(handle >>> 2) + LIVE]--;
  }

  live(handle: Handle): number {
    return this.memory.u32[(handle >>> 2) + LIVE];
  }

  /**
   * Ends a pool. Its storage goes back when nothing is outstanding; otherwise the objects stay readable as zombies
   * and the storage is lost. False when the handle is no live pool of the kind.
   */
  free(handle: Handle, kind: PoolKind): boolean {
    if (!this.is(handle, kind)) return false;
    const record = this.records.get(handle) as PoolRecord;
    const u32 = this.memory.u32;
    const at = handle >>> 2;
    record.last = { live: u32[at + LIVE], peak: u32[at + PEAK], allocations: u32[at + ALLOCATIONS] };
    u32[at + SIGNATURE] = POOL_SIGNATURE.dead;
    if (record.last.live === 0) {
      for (const chunk of record.chunks) this.nonpaged.free(chunk);
      // The header stays allocated so that the dead handle is never issued again.
      record.chunks.length = 0;
    }
    return true;
  }

  /** Every pool that drivers created, in order of creation, the freed ones too. */
  report(): PoolReport[] {
    const u32 = this.memory.u32;
    const reports: PoolReport[] = [];
    for (const { handle, kind, tag, system, last } of this.records.values()) {
      if (system) continue;
      const at = handle >>> 2;
      const counters = last ?? { live: u32[at + LIVE], peak: u32[at + PEAK], allocations: u32[at + ALLOCATIONS] };
      reports.push({ handle, kind, tag, ...counters, freed: last !== undefined });
    }
    return reports;
  }
}
