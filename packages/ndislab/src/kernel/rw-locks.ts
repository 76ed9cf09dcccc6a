import { LOCK_STATE, LOCK_STATE_EX, NDIS_RW_LOCK, RW_LOCK_FLAGS } from "../layout/rw-lock.js";
import { LOCK_STATES, RW_LOCK_STATE } from "../layout/rw-lock-state.js";
import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";
import { poolTag } from "../memory/tag.js";
import type { Irql } from "./irql.js";
import { DeadlockError } from "./spin-locks.js";

const TAG = poolTag("NDrw");
const AT_DISPATCH = RW_LOCK_FLAGS.NDIS_RWL_AT_DISPATCH_LEVEL;
const WRITERS = RW_LOCK_STATE.offset.Writers;
const READERS = RW_LOCK_STATE.offset.Readers;
const { OldIrql: OLD_IRQL, LockState: STATE, Flags: FLAGS } = LOCK_STATE_EX.offset;
const OLD_WRITERS = NDIS_RW_LOCK.offset.SpinLock;
const OLD_READERS = NDIS_RW_LOCK.offset.RefCountEx;

/**
 * Read-write locks on one processor. Whoever has one may take it again in the same way; a reader that wants to write
 * waits for itself. The documents do not say whether a writer may read: nobody is in its way, so it may.
 *
 * ```
 *             read                      write
 *   Readers n ◀──── Readers 0, Writers 0 ────▶ Writers n ──┐ read: Readers too
 *      │
 *      └── write: DeadlockError
 * ```
 */
abstract class ReadWriteLocks {
  constructor(
    protected readonly memory: Memory,
    protected readonly irql: Irql,
    private readonly writers: number,
    private readonly readers: number,
  ) {}

  held(lock: Address): boolean {
    const { u32 } = this.memory;
    return u32[(lock + this.writers) >>> 2] !== 0 || u32[(lock + this.readers) >>> 2] !== 0;
  }

  /** True when taking it for writing waits for ever: the one who asks is a reader. */
  blocksWriter(lock: Address): boolean {
    return this.memory.u32[(lock + this.readers) >>> 2] !== 0;
  }

  /** Nobody holds it any more, whoever did. */
  reset(lock: Address): void {
    const { u32 } = this.memory;
    u32[(lock + this.writers) >>> 2] = 0;
    u32[(lock + this.readers) >>> 2] = 0;
  }

  /** What `LockState` is until the release. */
  protected take(lock: Address, write: boolean): number {
    const { u32 } = this.memory;
    if (!write) {
      u32[(lock + this.readers) >>> 2]++;
      return LOCK_STATES.read;
    }
    if (this.blocksWriter(lock)) throw new DeadlockError(lock, "read-write lock");
    u32[(lock + this.writers) >>> 2]++;
    return LOCK_STATES.write;
  }

  /** Takes one hold of the kind back; never more than there are. */
  protected giveBack(lock: Address, state: number): void {
    const { u32 } = this.memory;
    const at = (lock + (state === LOCK_STATES.write ? this.writers : this.readers)) >>> 2;
    if (u32[at] !== 0) u32[at]--;
  }
}

/** NDIS_RW_LOCK_EX: the lock is NDIS's, a LOCK_STATE_EX on the caller's stack belongs to one hold. */
export class RwLocks extends ReadWriteLocks {
  constructor(
    memory: Memory,
    irql: Irql,
    private readonly nonpaged: NonpagedPool,
  ) {
    super(memory, irql, WRITERS, READERS);
  }

  /** 0 when memory is short. */
  allocate(): Address {
    const lock = this.nonpaged.allocate(RW_LOCK_STATE.size, TAG, "system");
    if (lock !== 0) this.reset(lock);
    return lock;
  }

  free(lock: Address): void {
    this.nonpaged.free(lock);
  }

  acquireRead(lock: Address, state: Address, flags: number): void {
    this.acquire(lock, state, flags, false);
  }

  acquireWrite(lock: Address, state: Address, flags: number): void {
    this.acquire(lock, state, flags, true);
  }

  release(lock: Address, state: Address): void {
    const { u8 } = this.memory;
    this.giveBack(lock, u8[state + STATE]);
    u8[state + STATE] = LOCK_STATES.free;
    this.irql.current = u8[state + OLD_IRQL];
  }

  private acquire(lock: Address, state: Address, flags: number, write: boolean): void {
    const { u8 } = this.memory;
    u8[state + STATE] = this.take(lock, write);
    u8[state + OLD_IRQL] = this.irql.current;
    u8[state + FLAGS] = flags;
    if ((flags & AT_DISPATCH) === 0) this.irql.current = IRQL.DISPATCH_LEVEL;
  }
}

/** NDIS_RW_LOCK of NDIS 5.1 to 6.1, in storage of the driver, with a LOCK_STATE for each hold. */
export class OldRwLocks extends ReadWriteLocks {
  constructor(memory: Memory, irql: Irql) {
    super(memory, irql, OLD_WRITERS, OLD_READERS);
  }

  initialize(lock: Address): void {
    this.memory.u8.fill(0, lock, lock + NDIS_RW_LOCK.size);
  }

  acquire(lock: Address, write: boolean, state: Address): void {
    this.acquireDpr(lock, write, state);
    this.irql.current = IRQL.DISPATCH_LEVEL;
  }

  release(lock: Address, state: Address): void {
    this.releaseDpr(lock, state);
    this.irql.current = this.memory.u8[state + LOCK_STATE.offset.OldIrql];
  }

  /** The caller is at DISPATCH_LEVEL already and stays there. */
  acquireDpr(lock: Address, write: boolean, state: Address): void {
    const { u8, u16 } = this.memory;
    u16[(state + LOCK_STATE.offset.LockState) >>> 1] = this.take(lock, write);
    u8[state + LOCK_STATE.offset.OldIrql] = this.irql.current;
  }

  releaseDpr(lock: Address, state: Address): void {
    const at = (state + LOCK_STATE.offset.LockState) >>> 1;
    this.giveBack(lock, this.memory.u16[at]);
    this.memory.u16[at] = LOCK_STATES.free;
  }
}
