import { LIST_ENTRY, SLIST_HEADER } from "../layout/list.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { SpinLocks } from "./spin-locks.js";

const FLINK = LIST_ENTRY.offset.Flink >>> 2;
const BLINK = LIST_ENTRY.offset.Blink >>> 2;
const SLIST_DEPTH = SLIST_HEADER.offset.Depth >>> 1;
/** Counts what is put in and taken out. */
const SLIST_SEQUENCE = SLIST_HEADER.offset.Sequence >>> 1;

/**
 * The kernel's lists: doubly linked rings that a spin lock of the caller guards, singly linked ones likewise, and
 * sequenced lists, which need no lock. On one processor the lock is taken and released within the call; one that is
 * held already ends in a DeadlockError.
 *
 * ```
 *   head ──Flink──▶ first ──Flink──▶ last ──Flink──▶ head        empty: both links lead to the head
 *        ◀──Blink──       ◀──Blink──      ◀──Blink──
 *
 *   SLIST_HEADER │ Next │ Depth ┊ Sequence │ ──▶ entry ──▶ entry ──▶ 0
 * ```
 */
export class Lists {
  constructor(
    private readonly memory: Memory,
    private readonly locks: SpinLocks,
  ) {}

  /** Both links lead to the head itself. */
  initialize(head: Address): void {
    const { u32 } = this.memory;
    u32[(head >>> 2) + FLINK] = head;
    u32[(head >>> 2) + BLINK] = head;
  }

  /** The entry that was first before, 0 when there was none. */
  insertHead(head: Address, entry: Address, lock: Address): Address {
    this.locks.acquireDpr(lock);
    const { u32 } = this.memory;
    const first: Address = u32[(head >>> 2) + FLINK];
    this.link(head, entry, first);
    this.locks.releaseDpr(lock);
    return first === head ? 0 : first;
  }

  /** The entry that was last before, 0 when there was none. */
  insertTail(head: Address, entry: Address, lock: Address): Address {
    this.locks.acquireDpr(lock);
    const { u32 } = this.memory;
    const last: Address = u32[(head >>> 2) + BLINK];
    this.link(last, entry, head);
    this.locks.releaseDpr(lock);
    return last === head ? 0 : last;
  }

  /** The first entry, 0 when there is none. Its links stay as they are. */
  removeHead(head: Address, lock: Address): Address {
    this.locks.acquireDpr(lock);
    const { u32 } = this.memory;
    const first: Address = u32[(head >>> 2) + FLINK];
    if (first !== head) {
      const next = u32[(first >>> 2) + FLINK];
      u32[(head >>> 2) + FLINK] = next;
      u32[(next >>> 2) + BLINK] = head;
    }
    this.locks.releaseDpr(lock);
    return first === head ? 0 : first;
  }

  /** ExInterlockedPushEntryList: the entry that was first before. */
  push(head: Address, entry: Address, lock: Address): Address {
    this.locks.acquireDpr(lock);
    const { u32 } = this.memory;
    const first: Address = u32[head >>> 2];
    u32[entry >>> 2] = first;
    u32[head >>> 2] = entry;
    this.locks.releaseDpr(lock);
    return first;
  }

  /** ExInterlockedPopEntryList: the first entry, 0 when there is none. */
  pop(head: Address, lock: Address): Address {
    this.locks.acquireDpr(lock);
    const { u32 } = this.memory;
    const first: Address = u32[head >>> 2];
    if (first !== 0) u32[head >>> 2] = u32[first >>> 2];
    this.locks.releaseDpr(lock);
    return first;
  }

  initializeSequenced(head: Address): void {
    const { u32 } = this.memory;
    u32[head >>> 2] = 0;
    u32[(head >>> 2) + 1] = 0;
  }

  /** The entry that was first before, 0 when there was none. */
  pushSequenced(head: Address, entry: Address): Address {
    const { u16, u32 } = this.memory;
    const first: Address = u32[head >>> 2];
    u32[entry >>> 2] = first;
    u32[head >>> 2] = entry;
    u16[(head >>> 1) + SLIST_DEPTH]++;
    u16[(head >>> 1) + SLIST_SEQUENCE]++;
    return first;
  }

  popSequenced(head: Address): Address {
    const { u16, u32 } = this.memory;
    const first: Address = u32[head >>> 2];
    if (first !== 0) {
      u32[head >>> 2] = u32[first >>> 2];
      u16[(head >>> 1) + SLIST_DEPTH]--;
      u16[(head >>> 1) + SLIST_SEQUENCE]++;
    }
    return first;
  }

  /** All entries, linked as they were; the list is empty then. */
  flushSequenced(head: Address): Address {
    const { u16, u32 } = this.memory;
    const first: Address = u32[head >>> 2];
    if (first === 0) return 0;
    u32[head >>> 2] = 0;
    u16[(head >>> 1) + SLIST_DEPTH] = 0;
    u16[(head >>> 1) + SLIST_SEQUENCE]++;
    return first;
  }

  depth(head: Address): number {
    return this.memory.u16[(head >>> 1) + SLIST_DEPTH];
  }

  /** ExInterlockedAddUlong: the value of before. */
  addUlong(addend: Address, increment: number, lock: Address): number {
    this.locks.acquireDpr(lock);
    const { u32 } = this.memory;
    const before = u32[addend >>> 2];
    u32[addend >>> 2] = before + increment;
    this.locks.releaseDpr(lock);
    return before;
  }

  private link(before: Address, entry: Address, after: Address): void {
    const { u32 } = this.memory;
    u32[(entry >>> 2) + FLINK] = after;
    u32[(entry >>> 2) + BLINK] = before;
    u32[(before >>> 2) + FLINK] = entry;
    u32[(after >>> 2) + BLINK] = entry;
  }
}
