import type { Address } from "./address.js";
import { INBOXES, type Memory } from "./memory.js";

/** A cache line for each processor. */
const DISTANCE = 64;

/**
 * Where blocks wait that one processor of a shared memory freed and another had allocated: a list through their first
 * words, which anyone puts a block in front of and only the owner takes, all at once.
 */
export class Inbox {
  private readonly own: number;

  constructor(private readonly memory: Memory) {
    this.own = wordOf(memory.processor.number);
  }

  /** Hands a block to the processor that allocated it. */
  give(owner: number, block: Address): void {
    const { i32 } = this.memory;
    const cell = wordOf(owner);
    for (let first = Atomics.load(i32, cell); ; ) {
      i32[block >>> 2] = first;
      const found = Atomics.compareExchange(i32, cell, first, block);
      if (found === first) return;
      first = found;
    }
  }

  /** The first of the blocks that wait for this processor, 0 for none: each has the next one in its first word. */
  take(): Address {
    const { i32 } = this.memory;
    return Atomics.load(i32, this.own) === 0 ? 0 : Atomics.exchange(i32, this.own, 0);
  }
}

const wordOf = (processor: number): number => (INBOXES + DISTANCE * processor) >>> 2;
