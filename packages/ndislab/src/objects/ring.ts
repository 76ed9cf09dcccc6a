import type { Machine } from "../ddi/machine.js";
import type { Address } from "../memory/address.js";
import { poolTag } from "../memory/tag.js";
import { checkCount, NdisError, outOfMemory } from "./ndis-error.js";

const TAG = poolTag("NDrg");

/** Words from the ring's start: each counter on a cache line of its own, then the addresses. */
const PUT = 0;
const TAKEN = 16;
const CAPACITY = 32;
const ENTRIES = 48;

/** The largest ring: its block stays below 2 GiB, and counters that wrap still tell full from empty. */
const MOST = 1 << 24;

/**
 * Addresses on their way from one processor of a shared memory to another: one puts them in, one other takes them out,
 * in the same order. What they are addresses of belongs to whoever took them.
 *
 * ```
 *   0       64      128        192
 *   ┌───────┬───────┬──────────┬──────────────────────────────────────┐
 *   │ put   │ taken │ capacity │ … │ next to take │ … │ next to put │ … │
 *   └───────┴───────┴──────────┴──────────────────────────────────────┘
 * ```
 * From `Ndis.createRing`; the other side has it from `Ndis.ringAt`. Neither ever waits.
 */
export class Ring {
  private readonly i32: Int32Array;
  private readonly at: number;
  private readonly mask: number;
  /** How far each side was when the other last looked: it looks again only when that is not far enough. */
  private putSeen: number;
  private takenSeen: number;

  /** @internal */
  constructor(
    private readonly machine: Machine,
    /** For the other side's `Ndis.ringAt`. */
    readonly address: Address,
  ) {
    this.i32 = machine.memory.i32;
    this.at = address >>> 2;
    this.mask = this.capacity - 1;
    this.takenSeen = Atomics.load(this.i32, this.at + TAKEN);
    this.putSeen = this.takenSeen;
  }

  /** @internal @throws NdisError `NDIS_STATUS_RESOURCES`, and `NDIS_STATUS_INVALID_PARAMETER` for too large a one */
  static create(machine: Machine, least: number): Ring {
    checkCount(least, "A capacity");
    if (least > MOST) throw new NdisError("NDIS_STATUS_INVALID_PARAMETER", `A ring has at most ${MOST} entries.`);
    const capacity = least <= 1 ? 1 : 1 << (32 - Math.clz32(least - 1));
    const address = machine.nonpaged.allocate(4 * (ENTRIES + capacity), TAG, "system", 64);
    if (address === 0) throw outOfMemory("a ring");
    const at = address >>> 2;
    machine.memory.u32.fill(0, at, at + ENTRIES);
    machine.memory.u32[at + CAPACITY] = capacity;
    return new Ring(machine, address);
  }

  /** Entries that it has room for: a power of two. */
  get capacity(): number {
    return this.i32[this.at + CAPACITY];
  }

  /** Puts an address in. False, and nothing done, when there is no room. Only one processor may. */
  put(address: Address): boolean {
    const { i32, at, mask } = this;
    const put = i32[at + PUT];
    if (((put - this.takenSeen) | 0) > mask) {
      this.takenSeen = Atomics.load(i32, at + TAKEN);
      if (((put - this.takenSeen) | 0) > mask) return false;
    }
    i32[at + ENTRIES + (put & mask)] = address;
    Atomics.store(i32, at + PUT, (put + 1) | 0);
    return true;
  }

  /** The address that was put in first of those that are left, 0 when there is none. Only one processor may. */
  take(): Address {
    const { i32, at, mask } = this;
    const taken = i32[at + TAKEN];
    if (taken === this.putSeen) {
      this.putSeen = Atomics.load(i32, at + PUT);
      if (taken === this.putSeen) return 0;
    }
    const address = i32[at + ENTRIES + (taken & mask)];
    Atomics.store(i32, at + TAKEN, (taken + 1) | 0);
    return address;
  }

  /** Gives the memory back, once neither side uses it any more. */
  dispose(): void {
    this.machine.nonpaged.free(this.address);
  }
}
