import { MDL } from "../layout/mdl.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

const COUNT = MDL.offset.ByteCount >>> 2;

/**
 * Arithmetic over MDLs linked by Next. A chain offset counts bytes in the concatenation of what the MDLs map.
 * Chains are trusted to end: a cyclic one is for the verifier to find before anyone walks it.
 */
export class MdlChains {
  /** Second result of `locate`: the offset within the MDL it returned. */
  locatedOffset = 0;

  constructor(private readonly memory: Memory) {}

  /** Sum of ByteCount; a chain of several may pass 4 GiB, so this is no 32-bit number. */
  byteLength(chain: Address): number {
    const u32 = this.memory.u32;
    let total = 0;
    for (let mdl = chain; mdl !== 0; mdl = u32[mdl >>> 2]) total += u32[(mdl >>> 2) + COUNT];
    return total;
  }

  /** The last MDL, 0 for an empty chain. */
  last(chain: Address): Address {
    const u32 = this.memory.u32;
    let mdl = chain;
    while (mdl !== 0 && u32[mdl >>> 2] !== 0) mdl = u32[mdl >>> 2];
    return mdl;
  }

  /**
   * The MDL that holds byte `offset` of the chain, with the offset in it left in `locatedOffset`. A boundary belongs
   * to the next MDL that has bytes; past the end it is the last MDL with the offset beyond its length. 0 for an empty chain.
   */
  locate(chain: Address, offset: number): Address {
    const u32 = this.memory.u32;
    let mdl = chain;
    let rest = offset;
    if (mdl !== 0) {
      for (let next = u32[mdl >>> 2]; next !== 0 && rest >= u32[(mdl >>> 2) + COUNT]; next = u32[mdl >>> 2]) {
        rest -= u32[(mdl >>> 2) + COUNT];
        mdl = next;
      }
    }
    this.locatedOffset = rest;
    return mdl;
  }
}
