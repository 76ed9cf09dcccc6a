import { FAST_MUTEX } from "../layout/mutex.js";
import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { Irql } from "./irql.js";
import { DeadlockError } from "./spin-locks.js";

const COUNT = FAST_MUTEX.offset.Count;
const OLD_IRQL = FAST_MUTEX.offset.OldIrql;

/** `Count` of a mutex that nobody has. */
const FREE = 1;

/**
 * Fast and guarded mutexes, and regions without APCs, for the one thread that there is. A mutex that is taken can only
 * be taken by that thread again, which then waits for itself. No APC is ever delivered here: regions only count.
 */
export class Mutexes {
  /** Depth of critical regions and of guarded ones. */
  private critical = 0;
  private guarded = 0;

  constructor(
    private readonly memory: Memory,
    private readonly irql: Irql,
  ) {}

  initialize(mutex: Address): void {
    const { u8, i32 } = this.memory;
    u8.fill(0, mutex, mutex + FAST_MUTEX.size);
    i32[(mutex + COUNT) >>> 2] = FREE;
  }

  held(mutex: Address): boolean {
    return this.memory.i32[(mutex + COUNT) >>> 2] !== FREE;
  }

  /** ExAcquireFastMutex: at APC_LEVEL until the release. */
  acquireFast(mutex: Address): void {
    this.acquire(mutex);
    this.memory.u32[(mutex + OLD_IRQL) >>> 2] = this.irql.current;
    this.irql.current = IRQL.APC_LEVEL;
  }

  /** ExTryToAcquireFastMutex: false, and nothing done, when it is held. */
  tryAcquireFast(mutex: Address): boolean {
    if (this.held(mutex)) return false;
    this.acquireFast(mutex);
    return true;
  }

  releaseFast(mutex: Address): void {
    this.release(mutex);
    this.irql.current = this.memory.u32[(mutex + OLD_IRQL) >>> 2];
  }

  /** KeAcquireGuardedMutex: in a guarded region until the release. */
  acquireGuarded(mutex: Address): void {
    this.acquire(mutex);
    this.guarded++;
  }

  tryAcquireGuarded(mutex: Address): boolean {
    if (this.held(mutex)) return false;
    this.acquireGuarded(mutex);
    return true;
  }

  releaseGuarded(mutex: Address): void {
    this.release(mutex);
    this.guarded--;
  }

  /** The Unsafe forms: whoever calls them has seen to the APCs. */
  acquire(mutex: Address): void {
    if (this.held(mutex)) throw new DeadlockError(mutex, "mutex");
    this.memory.i32[(mutex + COUNT) >>> 2] = 0;
  }

  release(mutex: Address): void {
    this.memory.i32[(mutex + COUNT) >>> 2] = FREE;
  }

  enterCriticalRegion(): void {
    this.critical++;
  }

  leaveCriticalRegion(): void {
    this.critical--;
  }

  enterGuardedRegion(): void {
    this.guarded++;
  }

  leaveGuardedRegion(): void {
    this.guarded--;
  }

  /** KeAreApcsDisabled: inside of a region of either kind. */
  get apcsDisabled(): boolean {
    return this.critical !== 0 || this.guarded !== 0;
  }
}
