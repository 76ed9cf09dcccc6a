import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

/** What an object shows of the memory: the same Uint8Array for as long as it is over the same bytes. */
export class View {
  private bytes: Uint8Array<ArrayBuffer> | undefined;
  // Kept beside it: V8 calls a function for each look at its byteOffset or length.
  private address: Address = 0;
  private length = 0;

  over(memory: Memory, address: Address, length: number): Uint8Array<ArrayBuffer> {
    if (this.bytes !== undefined && this.address === address && this.length === length) return this.bytes;
    this.address = address;
    this.length = length;
    this.bytes = memory.bytes(address, length);
    return this.bytes;
  }
}
