import { IRQL, KLOCK_QUEUE_HANDLE, NDIS_SPIN_LOCK } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import { DriverFault } from "./driver-fault.js";
import type { Irql } from "./irql.js";

const LOCK = NDIS_SPIN_LOCK.offset.SpinLock;
const OLD_IRQL = NDIS_SPIN_LOCK.offset.OldIrql;
const QUEUED_LOCK = KLOCK_QUEUE_HANDLE.offset["LockQueue.Lock"];
const QUEUED_NEXT = KLOCK_QUEUE_HANDLE.offset["LockQueue.Next"];
const QUEUED_IRQL = KLOCK_QUEUE_HANDLE.offset.OldIrql;

/** In a lock's word while nobody holds it; else it has the number of the processor that does, from 1 on. */
const FREE = 0;

/**
 * Spin locks: taking one raises the IRQL. On one processor a lock that is already taken can only be taken by the one
 * who spins; in a shared memory another processor may hold it, and then the caller spins until that gives it back. A
 * KSPIN_LOCK is one word; an NDIS_SPIN_LOCK has such a word in front, so that what takes the one takes the other. They
 * differ in where the IRQL of before is kept: in the NDIS lock, with the caller, in the handle of a queued acquire, or
 * nowhere in the forms for DISPATCH_LEVEL.
 *
 * ```
 *            Acquire, saves the IRQL, raises to DISPATCH
 *   ┌──────┐ ─────────────────────────────────────────▶ ┌──────┐ ──┐
 *   │ free │                                            │ held │   │ Acquire: DeadlockError
 *   └──────┘ ◀───────────────────────────────────────── └──────┘ ◀─┘
 *            Release, puts the saved IRQL back
 * ```
 */
export class SpinLocks {
  private readonly mark: number;
  private readonly shared: boolean;
  private readonly u32: Uint32Array<ArrayBuffer>;

  constructor(
    private readonly memory: Memory,
    private readonly irql: Irql,
  ) {
    this.mark = memory.processor.number + 1;
    this.shared = memory.shared;
    this.u32 = memory.u32;
  }

  /** NdisAllocateSpinLock: the storage is the caller's. */
  initialize(lock: Address): void {
    this.memory.u32[(lock + LOCK) >>> 2] = 0;
    this.memory.u8[lock + OLD_IRQL] = 0;
  }

  /** KeInitializeSpinLock: a word, and nothing behind it. */
  initializeWord(lock: Address): void {
    this.memory.u32[lock >>> 2] = 0;
  }

  held(lock: Address): boolean {
    return this.memory.u32[(lock + LOCK) >>> 2] !== 0;
  }

  acquire(lock: Address): void {
    this.take(lock);
    this.memory.u8[lock + OLD_IRQL] = this.irql.current;
    this.irql.current = IRQL.DISPATCH_LEVEL;
  }

  release(lock: Address): void {
    const before = this.memory.u8[lock + OLD_IRQL]; // the lock's, and the next holder's once it is free
    this.give(lock);
    this.irql.current = before;
  }

  /** NdisDprAcquireSpinLock, KeAcquireSpinLockAtDpcLevel: the caller is at DISPATCH_LEVEL already. */
  acquireDpr(lock: Address): void {
    this.take(lock);
  }

  releaseDpr(lock: Address): void {
    this.give(lock);
  }

  /** KeAcquireSpinLockRaiseToDpc: the IRQL of before, which the caller keeps. */
  acquireRaising(lock: Address): number {
    this.take(lock);
    const before = this.irql.current;
    this.irql.current = IRQL.DISPATCH_LEVEL;
    return before;
  }

  /** KeReleaseSpinLock. */
  releaseTo(lock: Address, irql: number): void {
    this.give(lock);
    this.irql.current = irql;
  }

  /** KeTryToAcquireSpinLockAtDpcLevel: false, and nothing done, when the lock is held. */
  tryAcquireDpr(lock: Address): boolean {
    return this.exchange((lock + LOCK) >>> 2) === FREE;
  }

  /** KeAcquireInStackQueuedSpinLock: lock and IRQL are kept in the handle. */
  acquireQueued(lock: Address, handle: Address): void {
    this.acquireQueuedDpr(lock, handle);
    this.irql.current = IRQL.DISPATCH_LEVEL;
  }

  acquireQueuedDpr(lock: Address, handle: Address): void {
    this.take(lock);
    const { u8, u32 } = this.memory;
    u32[(handle + QUEUED_NEXT) >>> 2] = 0;
    u32[(handle + QUEUED_LOCK) >>> 2] = lock;
    u8[handle + QUEUED_IRQL] = this.irql.current;
  }

  releaseQueued(handle: Address): void {
    this.releaseQueuedDpr(handle);
    this.irql.current = this.memory.u8[handle + QUEUED_IRQL];
  }

  releaseQueuedDpr(handle: Address): void {
    this.give(this.memory.u32[(handle + QUEUED_LOCK) >>> 2]);
  }

  private take(lock: Address): void {
    const at = (lock + LOCK) >>> 2;
    for (let holder = this.exchange(at); holder !== FREE; holder = this.exchange(at))
      if (holder === this.mark || !this.shared) throw new DeadlockError(lock);
  }

  private give(lock: Address): void {
    const at = (lock + LOCK) >>> 2;
    if (this.shared) Atomics.store(this.u32, at, FREE);
    else this.u32[at] = FREE;
  }

  /**
   * Takes a lock that is free: what its word had. Atomic only among processors: to take and release takes 24 ns so, 2
   * without.
   */
  private exchange(at: number): number {
    const { u32, mark } = this;
    if (this.shared) return Atomics.compareExchange(u32, at, FREE, mark);
    const holder = u32[at];
    if (holder === FREE) u32[at] = mark;
    return holder;
  }
}

/** A driver waits for a lock that only it could release: on Windows the machine hangs here. */
export class DeadlockError extends DriverFault {
  override readonly name = "DeadlockError";
  override readonly hasRule = true;
  constructor(
    readonly lock: Address,
    what = "spin lock",
  ) {
    super(`the driver waits for a ${what} that it holds itself`);
  }
}
