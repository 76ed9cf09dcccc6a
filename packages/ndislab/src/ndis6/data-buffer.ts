import { NET_BUFFER } from "../layout/net-buffer.js";
import { mdlAddress, mdlByteCount, mdlNext } from "../mdl/mdl.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

const CURRENT = NET_BUFFER.offset.CurrentMdl >>> 2;
const CURRENT_OFFSET = NET_BUFFER.offset.CurrentMdlOffset >>> 2;
const DATA_LENGTH = NET_BUFFER.offset.DataLength >>> 2;

/** Reading the used data of a NET_BUFFER. No field of it changes. */
export class DataBuffers {
  constructor(private readonly memory: Memory) {}

  /**
   * NdisGetDataBuffer: the first `bytesNeeded` used bytes, in place when one MDL holds them all at an address that
   * is `alignOffset` modulo `alignMultiple`, else copied to `storage`, which the caller owns and whose alignment is
   * not looked at. 0 when there are fewer bytes, when `storage` would be needed and is 0, for no bytes, and for an
   * alignment that is no power of two or has too large an offset.
   */
  get(nb: Address, bytesNeeded: number, storage: Address, alignMultiple: number, alignOffset: number): Address {
    const u32 = this.memory.u32;
    const w = nb >>> 2;
    if (bytesNeeded === 0 || bytesNeeded > u32[w + DATA_LENGTH]) return 0;
    if (alignMultiple === 0 || (alignMultiple & (alignMultiple - 1)) !== 0 || alignOffset >= alignMultiple) return 0;
    const mdl = u32[w + CURRENT];
    const offset = u32[w + CURRENT_OFFSET];
    const address = mdlAddress(this.memory, mdl) + offset;
    if (mdlByteCount(this.memory, mdl) - offset >= bytesNeeded && (address & (alignMultiple - 1)) === alignOffset)
      return address;
    if (storage === 0) return 0;
    return this.copyOut(mdl, offset, bytesNeeded, storage) === bytesNeeded ? storage : 0;
  }

  /** Copies up to `length` used bytes to `target`; the number copied. */
  read(nb: Address, length: number, target: Address): number {
    const u32 = this.memory.u32;
    const w = nb >>> 2;
    return this.copyOut(u32[w + CURRENT], u32[w + CURRENT_OFFSET], Math.min(length, u32[w + DATA_LENGTH]), target);
  }

  private copyOut(first: Address, firstOffset: number, length: number, target: Address): number {
    const u8 = this.memory.u8;
    let mdl = first;
    let offset = firstOffset;
    let done = 0;
    while (done < length && mdl !== 0) {
      const piece = Math.min(length - done, mdlByteCount(this.memory, mdl) - offset);
      if (piece > 0) {
        const from = mdlAddress(this.memory, mdl) + offset;
        u8.copyWithin(target + done, from, from + piece);
        done += piece;
      }
      offset = Math.max(0, offset - mdlByteCount(this.memory, mdl));
      mdl = mdlNext(this.memory, mdl);
    }
    return done;
  }
}
