import type { Address } from "../memory/address.js";

/** Lists that are freed before one is used again. */
const PLACES = 64;

/** What the bytes of a freed list become: as an address it lies outside any machine's memory. */
const POISON = 0xfe;

/**
 * Keeps the freed slots of one pool from being used again at once, and makes their content useless, so that a driver
 * that still uses one soon goes wrong: NET_BUFFER_LIST_POOL_FLAG_VERIFY.
 */
export class Quarantine {
  private readonly slots = new Uint32Array(PLACES);
  private next = 0;

  /** Takes a freed slot of `size` bytes in, and returns the one that has been here longest, 0 while there is room. */
  exchange(u8: Uint8Array, slot: Address, size: number): Address {
    u8.fill(POISON, slot, slot + size);
    const oldest = this.slots[this.next];
    this.slots[this.next] = slot;
    this.next = (this.next + 1) % PLACES;
    return oldest;
  }
}
