import { IRQL, NDIS_SPIN_LOCK } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import { DriverFault } from "./driver-fault.js";
import type { Irql } from "./irql.js";

const LOCK = NDIS_SPIN_LOCK.offset.SpinLock;
const OLD_IRQL = NDIS_SPIN_LOCK.offset.OldIrql;

/**
 * NDIS spin locks on one processor: taking one raises the IRQL, and a lock that is already taken can only be taken
 * by the one who spins.
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
  constructor(
    private readonly memory: Memory,
    private readonly irql: Irql,
  ) {}

  /** NdisAllocateSpinLock: the storage is the caller's. */
  initialize(lock: Address): void {
    this.memory.u32[(lock + LOCK) >>> 2] = 0;
    this.memory.u8[lock + OLD_IRQL] = 0;
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
    this.memory.u32[(lock + LOCK) >>> 2] = 0;
    this.irql.current = this.memory.u8[lock + OLD_IRQL];
  }

  /** NdisDprAcquireSpinLock: the caller is at DISPATCH_LEVEL already. */
  acquireDpr(lock: Address): void {
    this.take(lock);
  }

  releaseDpr(lock: Address): void {
    this.memory.u32[(lock + LOCK) >>> 2] = 0;
  }

  private take(lock: Address): void {
    const at = (lock + LOCK) >>> 2;
    if (this.memory.u32[at] !== 0) throw new DeadlockError(lock);
    this.memory.u32[at] = 1;
  }
}

/** A driver waits for a spin lock that only it could release: on Windows the machine hangs here. */
export class DeadlockError extends DriverFault {
  override readonly name = "DeadlockError";
  constructor(readonly lock: Address) {
    super("the driver waits for a spin lock that it holds itself");
  }
}
