import type { Address } from "./address.js";
import type { Memory } from "./memory.js";
import type { NonpagedPool } from "./nonpaged-pool.js";

/** Lists that a depot has room for. */
const CELLS = 64;
/** Words of a cell: the list, and how many slots are on it. */
const CELL = 2;

/** In a cell: nothing; somebody is putting or taking. No slot lies at 1. */
const EMPTY = 0;
const BUSY = 1;

/**
 * Where the processors of a shared memory leave lists of a pool's free slots for each other: one block of cells.
 *
 * ```
 *            put: 0 → BUSY        the count, then the list
 *   ┌───────┐ ────────────▶ ┌──────┐ ────────────▶ ┌───────────────┐
 *   │ empty │               │ busy │               │ list │ count  │
 *   └───────┘ ◀──────────── └──────┘ ◀──────────── └───────────────┘
 *            the count, then 0       take: list → BUSY
 * ```
 * Who makes a cell busy by a compare-and-exchange is alone with it, and with the slots on its list.
 */
export class Depots {
  /** How many slots the list has that `take` returned last. */
  taken = 0;

  constructor(private readonly memory: Memory) {}

  /** A depot for a pool, 0 when there is no memory. It lives as long as the pool's header: for good. */
  create(nonpaged: NonpagedPool, tag: number): Address {
    const depot = nonpaged.allocate(4 * CELL * CELLS, tag, "system", 64);
    if (depot !== 0) this.memory.u32.fill(EMPTY, depot >>> 2, (depot >>> 2) + CELL * CELLS);
    return depot;
  }

  /** Leaves a list of `count` slots. False when every cell is taken. */
  put(depot: Address, list: Address, count: number): boolean {
    const { i32 } = this.memory;
    const end = (depot >>> 2) + CELL * CELLS;
    for (let cell = depot >>> 2; cell < end; cell += CELL) {
      if (Atomics.load(i32, cell) !== EMPTY || Atomics.compareExchange(i32, cell, EMPTY, BUSY) !== EMPTY) continue;
      i32[cell + 1] = count;
      Atomics.store(i32, cell, list);
      return true;
    }
    return false;
  }

  /** How many slots wait in a depot. Exact while nobody puts or takes. */
  waiting(depot: Address): number {
    const { i32 } = this.memory;
    const end = (depot >>> 2) + CELL * CELLS;
    let count = 0;
    for (let cell = depot >>> 2; cell < end; cell += CELL) if (i32[cell] !== EMPTY) count += i32[cell + 1];
    return count;
  }

  /** Takes a list, 0 when there is none; `taken` says how long it is. */
  take(depot: Address): Address {
    const { i32 } = this.memory;
    const end = (depot >>> 2) + CELL * CELLS;
    for (let cell = depot >>> 2; cell < end; cell += CELL) {
      const list = Atomics.load(i32, cell);
      if (list === EMPTY || list === BUSY || Atomics.compareExchange(i32, cell, list, BUSY) !== list) continue;
      this.taken = i32[cell + 1];
      Atomics.store(i32, cell, EMPTY);
      return list;
    }
    return 0;
  }
}
