import { MDL } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import type { Mappings } from "../mdl/mappings.js";
import { mdlAddress, mdlByteCount, mdlNext, mdlSpanPages, mdlVirtualAddress } from "../mdl/mdl.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

const CURRENT = NET_BUFFER.offset.CurrentMdl >>> 2;
const CURRENT_OFFSET = NET_BUFFER.offset.CurrentMdlOffset >>> 2;
const DATA_LENGTH = NET_BUFFER.offset.DataLength >>> 2;
const COUNT = MDL.offset.ByteCount >>> 2;

/** Reading the used data of a NET_BUFFER. No field of it changes. */
export class DataBuffers {
  constructor(
    private readonly memory: Memory,
    private readonly mappings: Mappings,
  ) {}

  /**
   * NdisGetDataBuffer: the first `bytesNeeded` used bytes, in place when one MDL holds them all at an address that
   * is `alignOffset` modulo `alignMultiple`, else copied to `storage`, which the caller owns and whose alignment is
   * not looked at. 0 when there are fewer bytes, when `storage` would be needed and is 0, when an MDL that has some of
   * them cannot be mapped, for no bytes, and for an alignment that is no power of two or has too large an offset.
   */
  get(nb: Address, bytesNeeded: number, storage: Address, alignMultiple: number, alignOffset: number): Address {
    const u32 = this.memory.u32;
    const w = nb >>> 2;
    if (bytesNeeded === 0 || bytesNeeded > u32[w + DATA_LENGTH]) return 0;
    if (alignMultiple === 0 || (alignMultiple & (alignMultiple - 1)) !== 0 || alignOffset >= alignMultiple) return 0;
    let mdl: Address = u32[w + CURRENT];
    let offset = u32[w + CURRENT_OFFSET];
    // The data may start where an MDL ends: then the next one with bytes has it.
    for (; mdl !== 0 && offset >= u32[(mdl >>> 2) + COUNT]; mdl = u32[mdl >>> 2]) offset -= u32[(mdl >>> 2) + COUNT];
    if (mdl === 0) return 0;
    const base = this.mappings.map(mdl);
    if (base === 0) return 0;
    const contiguous = u32[(mdl >>> 2) + COUNT] - offset >= bytesNeeded;
    if (contiguous && ((base + offset) & (alignMultiple - 1)) === alignOffset) return base + offset;
    if (storage === 0 || mapChain(this.memory, this.mappings, mdl, offset, bytesNeeded) !== bytesNeeded) return 0;
    this.copyOut(mdl, offset, bytesNeeded, storage, mdlAddress);
    return storage;
  }

  /** Copies up to `length` used bytes to `target`, mapped or not; the number copied. */
  read(nb: Address, length: number, target: Address): number {
    const u32 = this.memory.u32;
    const w = nb >>> 2;
    const most = Math.min(length, u32[w + DATA_LENGTH]);
    return this.copyOut(u32[w + CURRENT], u32[w + CURRENT_OFFSET], most, target, mdlVirtualAddress);
  }

  /** NdisQueryNetBufferPhysicalCount: the pages that the MDLs with used data span; adjoining ones count each. */
  physicalCount(nb: Address): number {
    const u32 = this.memory.u32;
    const w = nb >>> 2;
    let rest = u32[w + DATA_LENGTH];
    let skipped = u32[w + CURRENT_OFFSET];
    let pages = 0;
    for (let mdl: Address = u32[w + CURRENT]; mdl !== 0 && rest > 0; mdl = u32[mdl >>> 2]) {
      const here = u32[(mdl >>> 2) + COUNT] - skipped;
      skipped = here < 0 ? -here : 0;
      if (here <= 0) continue;
      pages += mdlSpanPages(this.memory, mdl);
      rest -= here;
    }
    return pages;
  }

  /** @param addressOf where the bytes of an MDL are, one that is mapped or any */
  private copyOut(
    first: Address,
    firstOffset: number,
    length: number,
    target: Address,
    addressOf: typeof mdlAddress,
  ): number {
    const { u8 } = this.memory;
    let mdl = first;
    let offset = firstOffset;
    let done = 0;
    while (done < length && mdl !== 0) {
      const count = mdlByteCount(this.memory, mdl);
      const piece = Math.min(length - done, count - offset);
      if (piece > 0) {
        const from = addressOf(this.memory, mdl) + offset;
        u8.copyWithin(target + done, from, from + piece);
        done += piece;
      }
      offset = Math.max(0, offset - count);
      mdl = mdlNext(this.memory, mdl);
    }
    return done;
  }
}

/** `mapChain` found an MDL that cannot be mapped. */
export const NOT_MAPPED = -1;

/** Maps every MDL that has some of the `length` bytes from `offset` on: how many of them there are, or NOT_MAPPED. */
export function mapChain(memory: Memory, mappings: Mappings, chain: Address, offset: number, length: number): number {
  const { u32 } = memory;
  let skipped = offset;
  let rest = length;
  for (let mdl = chain; mdl !== 0 && rest > 0; mdl = u32[mdl >>> 2]) {
    const here = u32[(mdl >>> 2) + COUNT] - skipped;
    skipped = here < 0 ? -here : 0;
    if (here <= 0) continue;
    if (mappings.map(mdl) === 0) return NOT_MAPPED;
    rest = Math.max(0, rest - here);
  }
  return length - rest;
}
