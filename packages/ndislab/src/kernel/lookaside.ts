import { LOOKASIDE_LIST_EX, LOOKASIDE_VALUES } from "../layout/lookaside.js";
import { LOOKASIDE_STATE } from "../layout/lookaside-state.js";
import { NTSTATUS } from "../layout/status.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";
import type { Callbacks, FunctionPointer } from "./callbacks.js";
import { isPagedType, type PoolMemory } from "./pool-memory.js";

const FIRST = LOOKASIDE_STATE.offset.First >>> 2;
const DEPTH = LOOKASIDE_STATE.offset.Depth >>> 2;
const OUTSTANDING = LOOKASIDE_STATE.offset.Outstanding >>> 2;
const TYPE = LOOKASIDE_STATE.offset.PoolType >>> 2;
const SIZE = LOOKASIDE_STATE.offset.Size >>> 2;
const TAG = LOOKASIDE_STATE.offset.Tag >>> 2;
const ALLOCATE = LOOKASIDE_STATE.offset.Allocate >>> 2;
const FREE = LOOKASIDE_STATE.offset.Free >>> 2;
const EXTENDED = LOOKASIDE_STATE.offset.Extended >>> 2;

const { EX_LOOKASIDE_LIST_EX_FLAGS_RAISE_ON_FAIL: RAISE, EX_LOOKASIDE_LIST_EX_FLAGS_FAIL_NO_RAISE: NO_RAISE } =
  LOOKASIDE_VALUES;

/** What the flags add to the pool type that goes to the driver's allocate function. */
const POOL_RAISE_IF_ALLOCATION_FAILURE = 0x10;
const POOL_QUOTA_FAIL_INSTEAD_OF_RAISE = 0x8;

/** Free entries that a list keeps. Windows changes the number as it runs; this is where it starts. */
export const MOST_KEPT = 4;

/** Pool types are a kind of memory and flags: these kinds there are. */
const POOL_KINDS = 0b11_0111;
const POOL_FLAGS_KNOWN = 0x7ff;

/**
 * Lookaside lists: entries of one size that are kept for the next allocation instead of being freed. The list lies in
 * storage of the driver; an entry that is kept holds the address of the next one.
 *
 * ```
 *   list ┌───────┬──────────────────────┐        entry          entry
 *        │ First │ Depth … Free         │───────▶┌────┬────┐───▶┌────┬────┐
 *        └───────┴──────────────────────┘        │Next│ ░░ │    │ 0  │ ░░ │
 *                                                └────┴────┘    └────┴────┘
 *              none kept: Allocate(…)          MOST_KEPT kept already: Free(…)
 * ```
 */
export class LookasideLists {
  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
    private readonly pool: PoolMemory,
    private readonly callbacks: Callbacks,
  ) {}

  /** A list without entries. Functions of 0 are the pool's. */
  initialize(
    list: Address,
    allocate: FunctionPointer,
    free: FunctionPointer,
    type: number,
    size: number,
    tag: number,
  ): void {
    const { u32 } = this.memory;
    const at = list >>> 2;
    u32.fill(0, at, at + (LOOKASIDE_STATE.size >>> 2));
    u32[at + TYPE] = type;
    u32[at + SIZE] = size;
    u32[at + TAG] = tag;
    u32[at + ALLOCATE] = allocate;
    u32[at + FREE] = free;
  }

  /** ExInitializeLookasideListEx: the functions get the list too; a status, and nothing done unless it is success. */
  initializeEx(
    list: Address,
    allocate: FunctionPointer,
    free: FunctionPointer,
    type: number,
    flags: number,
    size: number,
    tag: number,
  ): number {
    const known = (type & ~POOL_FLAGS_KNOWN) === 0 && ((POOL_KINDS >>> (type & 7)) & 1) !== 0;
    if (!known) return NTSTATUS.STATUS_INVALID_PARAMETER_4;
    if (flags !== 0 && flags !== RAISE && flags !== NO_RAISE) return NTSTATUS.STATUS_INVALID_PARAMETER_5;
    const added =
      flags === RAISE ? POOL_RAISE_IF_ALLOCATION_FAILURE : flags === NO_RAISE ? POOL_QUOTA_FAIL_INSTEAD_OF_RAISE : 0;
    this.memory.u8.fill(0, list, list + LOOKASIDE_LIST_EX.size);
    this.initialize(list, allocate, free, type | added, size, tag);
    this.memory.u32[(list >>> 2) + EXTENDED] = 1;
    return NTSTATUS.STATUS_SUCCESS;
  }

  /** An entry, whose content is undefined; 0 when none is kept and memory is short. */
  allocate(list: Address): Address {
    const { u32 } = this.memory;
    const at = list >>> 2;
    let entry: Address = u32[at + FIRST];
    if (entry !== 0) {
      u32[at + FIRST] = u32[entry >>> 2];
      u32[at + DEPTH]--;
    } else entry = this.make(at, list);
    if (entry !== 0) u32[at + OUTSTANDING]++;
    return entry;
  }

  /** The caller no longer owns the entry: the list keeps it or frees it. */
  free(list: Address, entry: Address): void {
    const { u32 } = this.memory;
    const at = list >>> 2;
    u32[at + OUTSTANDING]--;
    if (u32[at + DEPTH] >= MOST_KEPT) {
      this.end(at, list, entry);
      return;
    }
    u32[entry >>> 2] = u32[at + FIRST];
    u32[at + FIRST] = entry;
    u32[at + DEPTH]++;
  }

  /** Frees the entries that are kept. Those that are out stay with whoever has them. */
  flush(list: Address): void {
    const { u32 } = this.memory;
    const at = list >>> 2;
    while (u32[at + FIRST] !== 0) {
      const entry = u32[at + FIRST];
      u32[at + FIRST] = u32[entry >>> 2];
      u32[at + DEPTH]--;
      this.end(at, list, entry);
    }
  }

  outstanding(list: Address): number {
    return this.memory.u32[(list >>> 2) + OUTSTANDING];
  }

  /** True when the entries are paged memory. */
  isPaged(list: Address): boolean {
    return isPagedType(this.memory.u32[(list >>> 2) + TYPE]);
  }

  /** True when the driver gave functions of its own. */
  hasFunctions(list: Address): boolean {
    return this.memory.u32[(list >>> 2) + ALLOCATE] !== 0;
  }

  private make(at: number, list: Address): Address {
    const { u32 } = this.memory;
    const size = Math.max(u32[at + SIZE], LOOKASIDE_VALUES.LOOKASIDE_MINIMUM_BLOCK_SIZE);
    if (u32[at + ALLOCATE] === 0) return this.pool.allocate(u32[at + TYPE], size, u32[at + TAG]);
    const allocate = this.callbacks.resolve(u32[at + ALLOCATE]);
    const type = u32[at + TYPE];
    const tag = u32[at + TAG];
    return (u32[at + EXTENDED] === 0 ? allocate(type, size, tag) : allocate(type, size, tag, list)) >>> 0;
  }

  private end(at: number, list: Address, entry: Address): void {
    const { u32 } = this.memory;
    if (u32[at + FREE] === 0) {
      this.nonpaged.free(entry);
      return;
    }
    const free = this.callbacks.resolve(u32[at + FREE]);
    if (u32[at + EXTENDED] === 0) free(entry);
    else free(entry, list);
  }
}
