import type { Address } from "../memory/address.js";

/**
 * One object for each slot of a pool, found by the slot's address. Two slots lie at least a slot's size apart, so
 * their addresses differ still when as many low bits as that size has are cut off.
 */
export class SlotTable<T> {
  private objects: (T | undefined)[] = [];
  private origin: Address = 0;
  private readonly shift: number;

  /** @param slotSize bytes from one slot to the next, at the least */
  constructor(slotSize: number) {
    this.shift = 31 - Math.clz32(slotSize);
  }

  /**
   * The object of the slot at `address`, undefined when it has none yet and for NULL: what lies below the first slot
   * turns into an index beyond the end.
   */
  get(address: Address): T | undefined {
    return this.objects[(address - this.origin) >>> this.shift];
  }

  /**
   * The objects of `count` slots, whose addresses are in `words` from `at` on, to `into` from `from` on; how many, up to
   * the first that has none yet.
   */
  getMany(words: Uint32Array, at: number, into: T[], from: number, count: number): number {
    const { objects, origin, shift } = this;
    for (let i = 0; i < count; i++) {
      const object = objects[(words[at + i] - origin) >>> shift];
      if (object === undefined) return i;
      into[from + i] = object;
    }
    return count;
  }

  /** Keeps `object` for the slot at `address` and returns it. */
  set(address: Address, object: T): T {
    const { objects, shift } = this;
    const unit = 1 << shift;
    if (objects.length === 0) this.origin = address;
    else if (address < this.origin) {
      const missing = Math.ceil((this.origin - address) / unit);
      this.origin -= missing * unit;
      this.objects = [...new Array<undefined>(missing), ...objects];
    }
    const index = (address - this.origin) >>> shift;
    // Filled up rather than written beyond the end, which would turn the array into a dictionary.
    while (this.objects.length <= index) this.objects.push(undefined);
    this.objects[index] = object;
    return object;
  }

  *values(): Generator<T> {
    for (const object of this.objects) if (object !== undefined) yield object;
  }
}
