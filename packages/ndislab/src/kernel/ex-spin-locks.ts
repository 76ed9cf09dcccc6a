import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { Irql } from "./irql.js";
import { DeadlockError } from "./spin-locks.js";

const EXCLUSIVE = 0x8000_0000;

/**
 * EX_SPIN_LOCK: one word, zero when it is free, which many may share or one have alone. The documents forbid to take it
 * twice in any combination, shared twice included: another processor's wait for it alone may lie in between.
 *
 * ```
 *   ┌───────────────────┐  shared   ┌──────┐  exclusive   ┌────────────────┐
 *   │ number of sharers │ ◀──────── │  0   │ ───────────▶ │ 0x80000000     │
 *   └───────────────────┘           └──────┘              └────────────────┘
 * ```
 */
export class ExSpinLocks {
  constructor(
    private readonly memory: Memory,
    private readonly irql: Irql,
  ) {}

  held(lock: Address): boolean {
    return this.memory.u32[lock >>> 2] !== 0;
  }

  /** The IRQL of before, which the caller keeps. */
  acquireExclusive(lock: Address): number {
    this.acquireExclusiveDpr(lock);
    return this.raise();
  }

  acquireShared(lock: Address): number {
    this.acquireSharedDpr(lock);
    return this.raise();
  }

  acquireExclusiveDpr(lock: Address): void {
    this.take(lock, EXCLUSIVE);
  }

  acquireSharedDpr(lock: Address): void {
    this.take(lock, 1);
  }

  releaseTo(lock: Address, irql: number): void {
    this.releaseDpr(lock);
    this.irql.current = irql;
  }

  /** On one processor the lock has one holder, and is free after it. */
  releaseDpr(lock: Address): void {
    this.memory.u32[lock >>> 2] = 0;
  }

  /** ExTryConvertSharedSpinLockExclusive: the one who shares it is alone. */
  tryConvert(lock: Address): boolean {
    if (this.memory.u32[lock >>> 2] !== 1) return false;
    this.memory.u32[lock >>> 2] = EXCLUSIVE;
    return true;
  }

  private take(lock: Address, value: number): void {
    if (this.held(lock)) throw new DeadlockError(lock);
    this.memory.u32[lock >>> 2] = value;
  }

  private raise(): number {
    const before = this.irql.current;
    this.irql.current = IRQL.DISPATCH_LEVEL;
    return before;
  }
}
