import { POOL, POOL_SIGNATURE, type PoolKind } from "../layout/pool.js";
import type { Address, Handle } from "./address.js";
import type { Memory } from "./memory.js";
import type { NonpagedPool } from "./nonpaged-pool.js";

const SIGNATURE = POOL.offset.Signature >>> 2;
const FREE_LIST = POOL.offset.FreeList >>> 2;
const ALLOCATIONS = POOL.offset.Allocations >>> 2;
const FREES = POOL.offset.Frees >>> 2;
const PEAK = POOL.offset.Peak >>> 2;
const UNUSED = POOL.offset.Unused >>> 2;
const UNUSED_END = POOL.offset.UnusedEnd >>> 2;
const SLOT_SIZE = POOL.offset.SlotSize >>> 2;

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

type Counters = Pick<PoolReport, "live" | "peak" | "allocations">;

interface PoolRecord {
  readonly handle: Handle;
  readonly kind: PoolKind;
  readonly tag: number;
  readonly system: boolean;
  readonly chunks: Address[];
  /** Free lists that `withhold` took away; 0 stands for the slots that were never out. */
  readonly withheld: Address[];
  capacity: number;
  last: Counters | undefined;
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
  readonly reservedLength?: number;
  readonly oobOffset?: number;
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
    u32[at + SLOT_SIZE] = shape.slotSize;
    u32[at + (POOL.offset.DataSize >>> 2)] = shape.dataSize ?? 0;
    u32[at + (POOL.offset.DataStart >>> 2)] = shape.dataStart ?? 0;
    u32[at + (POOL.offset.NetBufferStart >>> 2)] = shape.netBufferStart ?? 0;
    u32[at + (POOL.offset.ContextSize >>> 2)] = shape.contextSize ?? 0;
    u32[at + (POOL.offset.ProtocolId >>> 2)] = shape.protocolId ?? 0;
    u32[at + (POOL.offset.HasNetBuffer >>> 2)] = shape.hasNetBuffer ? 1 : 0;
    u32[at + (POOL.offset.ReservedLength >>> 2)] = shape.reservedLength ?? 0;
    u32[at + (POOL.offset.OobOffset >>> 2)] = shape.oobOffset ?? 0;
    this.records.set(handle, {
      handle,
      kind: shape.kind,
      tag: shape.tag,
      system: shape.system ?? false,
      chunks: [],
      withheld: [],
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
   * For an allocation that finds the free list empty: a slot that was never out, of a new chunk when there is none
   * left; 0 when there is no memory. `prepare` writes what never changes in a slot and links it to nothing, and returns
   * what a free list holds of it, as this does. The caller makes what the slot is linked to the free list.
   *
   * While slots are freed to the list and this is called only when that is empty, the most that were ever out is what
   * was out at one of these calls: so the peak costs an allocation from the list nothing.
   */
  refill(handle: Handle, prepare: (slot: Address) => Address): Address {
    const record = this.records.get(handle);
    if (record === undefined) return 0;
    const u32 = this.memory.u32;
    const at = handle >>> 2;
    const slotSize = u32[at + SLOT_SIZE];
    if (record.withheld.length > 0) {
      if (this.nonpaged.fault(slotSize, record.tag)) return 0;
      const list = record.withheld.pop() as Address;
      if (list !== 0) return list;
    }
    if (u32[at + UNUSED] === u32[at + UNUSED_END] && !this.addChunk(record, slotSize)) return 0;
    const slot: Address = u32[at + UNUSED];
    u32[at + UNUSED] = slot + slotSize;
    u32[at + PEAK] = Math.max(u32[at + PEAK], this.live(handle) + 1);
    return prepare(slot);
  }

  /** Makes the slots of a block, which is the pool's from now on, the ones that were never out. The pool is new. */
  adopt(handle: Handle, chunk: Address, count: number): void {
    const record = this.records.get(handle) as PoolRecord;
    const u32 = this.memory.u32;
    const at = handle >>> 2;
    record.chunks.push(chunk);
    record.capacity += count;
    u32[at + UNUSED] = chunk;
    u32[at + UNUSED_END] = chunk + count * u32[at + SLOT_SIZE];
  }

  /**
   * Takes the slots that are at hand away from every pool until `refill` is asked for some: so the fault plan of the
   * nonpaged pool is asked even where it would not have been.
   */
  withhold(): void {
    const u32 = this.memory.u32;
    for (const { handle, withheld, last } of this.records.values()) {
      if (last !== undefined) continue;
      const at = handle >>> 2;
      if (u32[at + FREE_LIST] !== 0) withheld.push(u32[at + FREE_LIST]);
      else if (withheld.length === 0 && u32[at + UNUSED] !== u32[at + UNUSED_END]) withheld.push(0);
      u32[at + FREE_LIST] = 0;
    }
  }

  /** Objects that are out. */
  live(handle: Handle): number {
    const at = handle >>> 2;
    return (this.memory.u32[at + ALLOCATIONS] - this.memory.u32[at + FREES]) >>> 0;
  }

  /**
   * Ends a pool. Its storage goes back when nothing is outstanding; otherwise the objects stay readable as zombies
   * and the storage is lost. False when the handle is no live pool of the kind.
   */
  free(handle: Handle, kind: PoolKind): boolean {
    if (!this.is(handle, kind)) return false;
    const record = this.records.get(handle) as PoolRecord;
    record.last = this.counters(handle);
    this.memory.u32[(handle >>> 2) + SIGNATURE] = POOL_SIGNATURE.dead;
    if (record.last.live === 0) {
      for (const chunk of record.chunks) this.nonpaged.free(chunk);
      // The header stays allocated so that the dead handle is never issued again.
      record.chunks.length = 0;
    }
    return true;
  }

  /** Every pool that drivers created, in order of creation, the freed ones too. */
  report(): PoolReport[] {
    const reports: PoolReport[] = [];
    for (const { handle, kind, tag, system, last } of this.records.values()) {
      if (system) continue;
      reports.push({ handle, kind, tag, ...(last ?? this.counters(handle)), freed: last !== undefined });
    }
    return reports;
  }

  private counters(handle: Handle): Counters {
    const { u32 } = this.memory;
    const at = handle >>> 2;
    return { live: this.live(handle), peak: u32[at + PEAK], allocations: u32[at + ALLOCATIONS] };
  }

  /** A chunk as large as all the pool has, within limits; when there is no room for that, one slot. */
  private addChunk(record: PoolRecord, slotSize: number): boolean {
    const { handle, capacity, tag } = record;
    const most = Math.max(1, Math.floor(LARGEST_CHUNK / slotSize));
    for (const count of [Math.min(Math.max(FIRST_CHUNK, capacity), most), 1]) {
      const chunk = this.nonpaged.allocate(count * slotSize, tag, "system");
      if (chunk === 0) continue;
      this.adopt(handle, chunk, count);
      return true;
    }
    return false;
  }
}
