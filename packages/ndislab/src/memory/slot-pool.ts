import { POOL, POOL_SIGNATURE, type PoolKind } from "../layout/pool.js";
import { type Address, alignUp, type Handle } from "./address.js";
import { Depots } from "./depot.js";
import type { Memory } from "./memory.js";
import type { NonpagedPool } from "./nonpaged-pool.js";

const SIGNATURE = POOL.offset.Signature >>> 2;
const FREE_LIST = POOL.offset.FreeList >>> 2;
const ALLOCATIONS = POOL.offset.Allocations >>> 2;
const FREES = POOL.offset.Frees >>> 2;
const PEAK = POOL.offset.Peak >>> 2;
const UNUSED = POOL.offset.Unused >>> 2;
const UNUSED_END = POOL.offset.UnusedEnd >>> 2;
const STOCK = POOL.offset.Stock >>> 2;
const LINK = POOL.offset.Link >>> 2;
const DEPOT = POOL.offset.Depot >>> 2;
const SLOT_SIZE = POOL.offset.SlotSize >>> 2;
const LIMIT = POOL.offset.Limit >>> 2;
const LIMIT_ALONE = POOL.offset.LimitAlone >>> 2;
const TAG = POOL.offset.Tag >>> 2;

/** In the word of a common pool: a processor is making it. No pool lies at 1. */
const IN_THE_MAKING = 1;

/** No limit on the number of objects. */
export const UNLIMITED = 0xffffffff;

/** Slots of the first chunk; each further chunk doubles the pool, up to this many bytes at a time. */
const FIRST_CHUNK = 32;
const LARGEST_CHUNK = 1 << 20;

/** From one processor's header of a pool to the next one's: no two share a cache line. */
const HEADER_DISTANCE = alignUp(POOL.size, 64);

/**
 * Free slots that a processor keeps when it leaves the others to the depot, which it does once it has twice as many: so
 * a batch of 256 comes and goes without it.
 */
const KEEP = 256;

/** A free to a list is followed by `share` when its number has none of these bits. */
export const SHARE_MASK = 63;

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
  /** Where the link of a free slot lies, in bytes from what the free list has of it. */
  readonly link: number;
  readonly limit?: number;
  readonly dataSize?: number;
  readonly dataStart?: number;
  readonly netBufferStart?: number;
  readonly contextSize?: number;
  readonly protocolId?: number;
  readonly hasNetBuffer?: boolean;
  readonly keepsFreed?: boolean;
  readonly reservedLength?: number;
  readonly oobOffset?: number;
  /** A pool of the host or of NDIS itself, which the driver's report leaves out. */
  readonly system?: boolean;
}

/**
 * Pools of equal slots with their state in the memory: what all four kinds of NDIS pools have in common.
 * The free list is threaded through the slots by whoever owns their layout.
 *
 * In a shared memory a pool has a header for each processor, one behind the other, and each allocates from and frees to
 * its own, alone. Slots go from one to another by the pool's depot, many at a time.
 *
 * ```
 *   handle             + ownHeader of processor 1
 *   ┌──────────────────┬──────────────────┬───┐
 *   │ processor 0      │ processor 1      │ … │
 *   └──────────────────┴──────────────────┴───┘
 *     free list ─▶ …     free list ─▶ …         ◀─ 256 and more at a time ─▶  depot
 * ```
 */
export class SlotPools {
  /** From a handle to this processor's header, in bytes: 0 unless the memory is shared. */
  readonly ownHeader: number;
  private readonly records = new Map<Handle, PoolRecord>();
  private readonly depots: Depots | undefined;

  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
  ) {
    this.ownHeader = HEADER_DISTANCE * memory.processor.number;
    this.depots = memory.shared ? new Depots(memory) : undefined;
  }

  /** A new pool without slots; 0 when there is no memory for its header. */
  create(shape: PoolShape): Handle {
    const { count } = this.memory.processor;
    const size = this.depots === undefined ? POOL.size : HEADER_DISTANCE * count;
    const handle = this.nonpaged.allocate(size, shape.tag, "system", 64) as Handle;
    if (handle === 0) return 0;
    const depot = this.depots === undefined ? 0 : this.depots.create(this.nonpaged, shape.tag);
    if (this.depots !== undefined && depot === 0) {
      this.nonpaged.free(handle);
      return 0;
    }
    const u32 = this.memory.u32;
    const at = handle >>> 2;
    u32.fill(0, at, at + (POOL.size >>> 2));
    u32[at + SIGNATURE] = POOL_SIGNATURE[shape.kind];
    const limit = shape.limit ?? UNLIMITED;
    u32[at + LIMIT] = limit;
    u32[at + LIMIT_ALONE] = this.depots === undefined || limit === UNLIMITED ? limit : 0;
    u32[at + TAG] = shape.tag;
    u32[at + SLOT_SIZE] = shape.slotSize;
    u32[at + LINK] = shape.link;
    u32[at + DEPOT] = depot;
    u32[at + (POOL.offset.DataSize >>> 2)] = shape.dataSize ?? 0;
    u32[at + (POOL.offset.DataStart >>> 2)] = shape.dataStart ?? 0;
    u32[at + (POOL.offset.NetBufferStart >>> 2)] = shape.netBufferStart ?? 0;
    u32[at + (POOL.offset.ContextSize >>> 2)] = shape.contextSize ?? 0;
    u32[at + (POOL.offset.ProtocolId >>> 2)] = shape.protocolId ?? 0;
    u32[at + (POOL.offset.HasNetBuffer >>> 2)] = shape.hasNetBuffer ? 1 : 0;
    u32[at + (POOL.offset.KeepsFreed >>> 2)] = shape.keepsFreed ? 1 : 0;
    u32[at + (POOL.offset.ReservedLength >>> 2)] = shape.reservedLength ?? 0;
    u32[at + (POOL.offset.OobOffset >>> 2)] = shape.oobOffset ?? 0;
    for (let header = 1; header < count; header++)
      u32.copyWithin(at + header * (HEADER_DISTANCE >>> 2), at, at + (POOL.size >>> 2));
    this.enter(handle, shape.kind, shape.tag, shape.system ?? false);
    return handle;
  }

  /**
   * A pool of the system's that all processors have: the first one that comes makes it.
   * @param cell the word that names it, zero at first
   */
  common(cell: Address, make: () => Handle): Handle {
    if (this.depots === undefined) return make();
    const { i32 } = this.memory;
    for (;;) {
      const found = Atomics.compareExchange(i32, cell >>> 2, 0, IN_THE_MAKING);
      if (found !== 0 && found !== IN_THE_MAKING) return found as Handle;
      if (found === 0) {
        const made = make();
        Atomics.store(i32, cell >>> 2, made);
        return made;
      }
    }
  }

  /** True when `handle` is a live pool of this kind. */
  is(handle: Handle, kind: PoolKind): boolean {
    return (
      (handle & 3) === 0 &&
      this.memory.u32[(handle >>> 2) + SIGNATURE] === POOL_SIGNATURE[kind] &&
      this.record(handle) !== undefined
    );
  }

  /** The kind of the live pool at `handle`, "dead" for a pool that was freed, undefined for anything else. */
  kindOf(handle: Handle): PoolKind | "dead" | undefined {
    const record = this.record(handle);
    if (record === undefined) return undefined;
    // Another processor may have freed it.
    const dead = record.last !== undefined || this.memory.u32[(handle >>> 2) + SIGNATURE] === POOL_SIGNATURE.dead;
    return dead ? "dead" : record.kind;
  }

  /**
   * For an allocation that finds the free list empty: slots that another processor left, else one that was never out,
   * of a new chunk when there is none left; 0 when there is no memory. `prepare` writes what never changes in a slot and
   * links it to nothing, and returns what a free list holds of it, as this does. The caller makes what the slot is linked
   * to the free list.
   *
   * While slots are freed to the list and this is called only when that is empty, the most that were ever out is what
   * was out at one of these calls: so the peak costs an allocation from the list nothing.
   */
  refill(handle: Handle, prepare: (slot: Address) => Address): Address {
    const record = this.record(handle);
    if (record === undefined) return 0;
    const u32 = this.memory.u32;
    const at = (handle + this.ownHeader) >>> 2;
    const slotSize = u32[at + SLOT_SIZE];
    if (record.withheld.length > 0) {
      if (this.nonpaged.fault(slotSize, record.tag)) return 0;
      const list = record.withheld.pop() as Address;
      if (list !== 0) return list;
    }
    if (this.depots !== undefined) {
      const list = this.depots.take(u32[at + DEPOT]);
      if (list !== 0) {
        u32[at + STOCK] += this.depots.taken;
        return list;
      }
    }
    if (u32[at + UNUSED] === u32[at + UNUSED_END] && !this.addChunk(record, slotSize)) return 0;
    const slot: Address = u32[at + UNUSED];
    u32[at + UNUSED] = slot + slotSize;
    u32[at + STOCK]++;
    u32[at + PEAK] = Math.max(u32[at + PEAK], this.live(handle) + 1);
    return prepare(slot);
  }

  /**
   * After every 64th free to a list: leaves what this processor has too much of for the others. So one may allocate
   * what another frees, and none of them waits.
   */
  share(handle: Handle): void {
    if (this.depots === undefined) return;
    const u32 = this.memory.u32;
    const at = (handle + this.ownHeader) >>> 2;
    const free = (u32[at + STOCK] - u32[at + ALLOCATIONS] + u32[at + FREES]) | 0;
    if (free < 2 * KEEP) return;
    const link = u32[at + LINK];
    let last = (u32[at + FREE_LIST] + link) >>> 2;
    for (let kept = 1; kept < KEEP && u32[last] !== 0; kept++) last = (u32[last] + link) >>> 2;
    const rest: Address = u32[last];
    if (rest === 0 || !this.depots.put(u32[at + DEPOT], rest, free - KEEP)) return;
    u32[last] = 0;
    u32[at + STOCK] -= free - KEEP;
  }

  /** Makes the slots of a block, which is the pool's from now on, the ones that were never out. The pool is new. */
  adopt(handle: Handle, chunk: Address, count: number): void {
    const record = this.record(handle) as PoolRecord;
    const u32 = this.memory.u32;
    const at = (handle + this.ownHeader) >>> 2;
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
      const at = (handle + this.ownHeader) >>> 2;
      if (u32[at + FREE_LIST] !== 0) withheld.push(u32[at + FREE_LIST]);
      else if (withheld.length === 0 && u32[at + UNUSED] !== u32[at + UNUSED_END]) withheld.push(0);
      u32[at + FREE_LIST] = 0;
    }
  }

  /**
   * Objects that are out, whoever allocated them. Exact while no other processor allocates or frees; a free may be seen
   * before its allocation.
   */
  live(handle: Handle): number {
    return Math.max(0, (this.sum(handle, ALLOCATIONS) - this.sum(handle, FREES)) | 0);
  }

  /** Objects that were ever handed out. */
  allocations(handle: Handle): number {
    return this.sum(handle, ALLOCATIONS);
  }

  /** The most that were ever out at once; in a shared memory no more is known than how many slots were made. */
  peak(handle: Handle): number {
    const { u32 } = this.memory;
    const at = handle >>> 2;
    if (this.depots === undefined) return u32[at + PEAK];
    return (this.sum(handle, STOCK) + this.depots.waiting(u32[at + DEPOT])) >>> 0;
  }

  /** True while fewer objects are out than the pool may give: the limit is one of all processors. */
  belowLimit(handle: Handle): boolean {
    return this.live(handle) < this.memory.u32[(handle >>> 2) + LIMIT];
  }

  /**
   * Ends a pool. Its storage goes back when nothing is outstanding; otherwise the objects stay readable as zombies
   * and the storage is lost. In a shared memory no other processor uses the pool any more, and the chunks that others
   * made for it are lost. False when the handle is no live pool of the kind.
   */
  free(handle: Handle, kind: PoolKind): boolean {
    if (!this.is(handle, kind)) return false;
    const record = this.record(handle) as PoolRecord;
    record.last = this.counters(handle);
    for (let header = 0; header < this.memory.processor.count; header++)
      this.memory.u32[((handle + header * HEADER_DISTANCE) >>> 2) + SIGNATURE] = POOL_SIGNATURE.dead;
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
    return { live: this.live(handle), peak: this.peak(handle), allocations: this.allocations(handle) };
  }

  /** One member of all processors' headers, added up. */
  private sum(handle: Handle, member: number): number {
    const { u32, processor } = this.memory;
    let sum = 0;
    for (let header = 0; header < processor.count; header++)
      sum += u32[((handle + header * HEADER_DISTANCE) >>> 2) + member];
    return sum >>> 0;
  }

  private enter(handle: Handle, kind: PoolKind, tag: number, system: boolean): PoolRecord {
    const record = { handle, kind, tag, system, chunks: [], withheld: [], capacity: 0, last: undefined };
    this.records.set(handle, record);
    return record;
  }

  /** What is known of a pool; of one that another processor made, from when it is first met here. */
  private record(handle: Handle): PoolRecord | undefined {
    const known = this.records.get(handle);
    if (known !== undefined || this.depots === undefined) return known;
    const { u32 } = this.memory;
    const at = handle >>> 2;
    for (const [kind, signature] of Object.entries(POOL_SIGNATURE))
      if (kind !== "dead" && u32[at + SIGNATURE] === signature)
        return this.enter(handle, kind as PoolKind, u32[at + TAG], true);
    return undefined;
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
