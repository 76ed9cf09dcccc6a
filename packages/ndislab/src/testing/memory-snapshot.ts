import { type Address, hexAddress } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

/** A range `[start, end)` of addresses that a call may write. */
export type Range = readonly [start: Address, end: Address];

/** All of a memory at one moment, to tell later what a call wrote. */
export class MemorySnapshot {
  private readonly before: Uint8Array;

  constructor(private readonly memory: Memory) {
    this.before = memory.u8.slice();
  }

  /** Addresses of all bytes that differ now. */
  changed(): Address[] {
    const { u8 } = this.memory;
    const changed: Address[] = [];
    for (let at = 0; at < u8.length; at++) if (u8[at] !== this.before[at]) changed.push(at);
    return changed;
  }

  /** Throws when a byte outside all of `ranges` differs now. */
  expectChangesOnlyIn(...ranges: readonly Range[]): void {
    const outside = this.changed().filter((at) => !ranges.some(([start, end]) => at >= start && at < end));
    if (outside.length > 0) throw new Error(`also written: ${outside.slice(0, 8).map(hexAddress).join(", ")}`);
  }
}
