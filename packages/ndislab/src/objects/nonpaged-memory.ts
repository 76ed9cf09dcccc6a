import type { Machine } from "../ddi/machine.js";
import { type Address, hexAddress } from "../memory/address.js";
import { DISPOSE } from "./dispose.js";
import type { Ndis } from "./ndis.js";
import { checkCount, NdisError, outOfMemory } from "./ndis-error.js";
import { tagNumber } from "./tag.js";

/**
 * A block of nonpaged memory, as NdisAllocateMemoryWithTagPriority gives one; from `Ndis.allocateMemory`. Whoever asked
 * for it frees it, after the descriptors that map it. What a fresh block holds is whatever was there.
 */
export class NonpagedMemory implements Disposable {
  readonly address: Address;
  /** The bytes themselves, no copy. Not to be touched after `free`. */
  readonly data: Uint8Array<ArrayBuffer>;
  private readonly machine: Machine;
  private out = true;

  /** @internal */
  constructor(
    readonly ndis: Ndis,
    /** Bytes. */
    readonly size: number,
    tag: string,
  ) {
    this.machine = ndis.machine;
    checkCount(size, "A size");
    this.address = this.machine.nonpaged.allocate(size, tagNumber(tag), "driver");
    if (this.address === 0) throw outOfMemory(`a block of ${size} bytes`);
    this.data = this.machine.memory.bytes(this.address, size);
  }

  /** False once it was freed. */
  get live(): boolean {
    return this.out;
  }

  /** Gives the block back. @throws NdisError `MEM-DFREE` the second time */
  free(): void {
    if (!this.out || !this.machine.nonpaged.free(this.address))
      throw new NdisError("MEM-DFREE", `The ${this.size} bytes at ${hexAddress(this.address)} were freed already.`);
    this.out = false;
    this.ndis.forgetMemory(this);
  }

  /** As `free`. */
  [DISPOSE](): void {
    this.free();
  }

  /**
   * @internal The address `offset` bytes into the block, of which `length` bytes are to be mapped for `ndis`.
   * @throws NdisError `MEM-BADADDR`, `POOL-HANDLE`, `BUF-RANGE`
   */
  range(ndis: Ndis, offset: number, length: number): Address {
    checkCount(offset, "An offset");
    checkCount(length, "A length");
    if (ndis.machine !== this.machine)
      throw new NdisError("POOL-HANDLE", "The memory to map is that of another machine.");
    if (!this.out) throw new NdisError("MEM-BADADDR", `The memory at ${hexAddress(this.address)} was freed.`);
    if (offset + length > this.size)
      throw new NdisError("BUF-RANGE", `A block of ${this.size} bytes has no ${length} bytes from ${offset} on.`);
    return this.address + offset;
  }
}
