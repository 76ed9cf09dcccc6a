import type { Machine } from "../ddi/machine.js";
import { MDL, PAGE, PAGE_FRAME_SIZE } from "../layout/mdl.js";
import { MDL_STATE, mdlByteCount, mdlByteOffset, mdlSpanPages, mdlVirtualAddress } from "../mdl/mdl.js";
import { buildPartialMdl } from "../mdl/partial-mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import { readField, writeFields } from "../memory/fields.js";
import { DISPOSE } from "./dispose.js";
import type { Ndis } from "./ndis.js";
import { checkCount, NdisError, outOfMemory } from "./ndis-error.js";
import type { Slot } from "./pool.js";
import { View } from "./view.js";

// Not that of an embedded one, which lives as long as its NET_BUFFER. To ask a set takes 7 ns.
const { pooled: POOLED, large: LARGE, io: IO, derived: DERIVED, derivedLarge: DERIVED_LARGE } = MDL_STATE;

/**
 * A descriptor of one run of bytes, and a link to the next: what the data of a NET_BUFFER is made of. There is one
 * object for each MDL; it is used again when the MDL is.
 *
 * `Ndis.allocateMdl` makes one over memory of the caller's; it is freed before that memory. Others come with a
 * NET_BUFFER or from a retreat and go with it.
 */
export class Mdl implements Disposable, Slot {
  /** Where the MDL lies, for the DDI face. */
  get address(): Address {
    return this.at;
  }

  /** @internal Made by `Ndis.allocateMdl`, and not freed yet. */
  allocated = false;
  private source: Mdl | undefined;
  /** Live MDLs of `part` over this one. */
  private parts = 0;
  protected at: Address;
  protected readonly machine: Machine;
  private readonly view = new View();

  /** @internal */
  constructor(
    readonly ndis: Ndis,
    address: Address,
  ) {
    this.at = address;
    this.machine = ndis.machine;
  }

  /** False once it was freed. */
  get live(): boolean {
    const state = this.machine.mdls.stateOf(this.at);
    return state === POOLED || state === DERIVED || state === LARGE || state === DERIVED_LARGE || state === IO;
  }

  /** Bytes it describes: ByteCount. */
  get length(): number {
    return mdlByteCount(this.machine.memory, this.use());
  }

  /**
   * NdisAdjustMdlLength: describes fewer bytes, or again as many as at first. A NET_BUFFER that has the MDL in its
   * chain is not told.
   * @throws NdisError `BUF-RANGE` for more bytes than its page numbers or the memory under it reach
   */
  set length(length: number) {
    checkCount(length, "A length");
    if (length > this.limit())
      throw new NdisError(
        "BUF-RANGE",
        `The MDL at ${hexAddress(this.at)} can describe ${this.limit()} bytes, not ${length}.`,
      );
    writeFields(this.machine.memory, MDL, this.at, { ByteCount: length });
  }

  /**
   * The bytes it describes, no copy. The view stays the same while address and length do.
   * @throws NdisError `NDIS_STATUS_RESOURCES` when its pages have to be mapped first, and cannot be
   */
  get data(): Uint8Array<ArrayBuffer> {
    const { memory, mappings } = this.machine;
    const mdl = this.use();
    const address = mappings.map(mdl);
    if (address === 0)
      throw new NdisError("NDIS_STATUS_RESOURCES", `The pages of the MDL at ${hexAddress(mdl)} cannot be mapped.`);
    return this.view.over(memory, address, mdlByteCount(memory, mdl));
  }

  /** The MDL that this one is a part of, for one that `part` made. */
  get whole(): Mdl | undefined {
    return this.source;
  }

  /**
   * IoBuildPartialMdl: an MDL of its own over `length` bytes from `offset` on, or all the rest of them. It is freed
   * before this one.
   * @throws NdisError `BUF-RANGE` when this one does not describe these bytes, `NDIS_STATUS_RESOURCES`
   */
  part(offset: number, length = this.length - offset): Mdl {
    const { machine } = this;
    const { memory } = machine;
    const source = this.use();
    checkCount(offset, "An offset");
    checkCount(length, "A length");
    if (offset + length > this.length)
      throw new NdisError(
        "BUF-RANGE",
        `The MDL at ${hexAddress(source)} describes ${this.length} bytes, and so none from ${offset} to ${offset + length}.`,
      );
    const address = mdlVirtualAddress(memory, source) + offset;
    const target = machine.mdls.allocate(machine.mdlPool, address, length);
    if (target === 0) throw outOfMemory("an MDL");
    // Of no bytes there is no part to build: to the DDI a length of 0 means the rest.
    if (length > 0) buildPartialMdl(memory, source, target, address, length);
    const part = this.ndis.mdlAt(target);
    part.allocated = true;
    part.source = this;
    this.parts++;
    return part;
  }

  /** Pages it touches: NDIS_MDL_TO_SPAN_PAGES. */
  get pages(): number {
    return mdlSpanPages(this.machine.memory, this.use());
  }

  /** The next MDL of the chain: NDIS_MDL_LINKAGE. Walking by it makes no garbage. */
  get next(): Mdl | undefined {
    const next: Address = this.machine.memory.u32[this.use() >>> 2];
    return next === 0 ? undefined : this.ndis.mdlAt(next);
  }

  /** @throws NdisError `POOL-HANDLE` for an MDL of another machine, `CHAIN-CYCLE` when it leads back to this one */
  set next(next: Mdl | undefined) {
    const { u32 } = this.machine.memory;
    const here = this.use();
    const first = next === undefined ? 0 : this.ndis.addressOfMdl(next);
    for (let mdl = first; mdl !== 0; mdl = u32[mdl >>> 2])
      if (mdl === here) throw new NdisError("CHAIN-CYCLE", `The MDL at ${hexAddress(here)} would come after itself.`);
    u32[here >>> 2] = first;
  }

  /**
   * NdisFreeMdl: gives back this descriptor, neither what follows it nor the memory it describes.
   * @throws NdisError `MDL-DFREE`; `MDL-NOTALONE` when neither `Ndis.allocateMdl` nor `part` made it; `MDL-PARTIALSRC`
   */
  free(): void {
    if (!this.live) throw new NdisError("MDL-DFREE", `The MDL at ${hexAddress(this.at)} was freed already.`);
    if (!this.allocated)
      throw new NdisError(
        "MDL-NOTALONE",
        `The MDL at ${hexAddress(this.at)} is not from allocateMdl; it goes with what made it.`,
      );
    if (this.parts > 0)
      throw new NdisError(
        "MDL-PARTIALSRC",
        `The MDL at ${hexAddress(this.at)} has parts that live, ${this.parts} in number; free them before it.`,
      );
    this.machine.mdls.free(this.at);
    this.allocated = false;
    if (this.source !== undefined) this.source.parts--;
    this.source = undefined;
  }

  /** As `free`. */
  [DISPOSE](): void {
    this.free();
  }

  /** @internal */
  retire(): void {
    this.at = 0;
  }

  /** @internal Its address, once it is known to be alive. */
  use(): Address {
    if (!this.live)
      throw new NdisError("BUF-NOTPOOL", `The descriptor at ${hexAddress(this.at)} is used after it was freed.`);
    return this.at;
  }

  /** Bytes it can describe at the most. */
  protected limit(): number {
    const { memory, nonpaged } = this.machine;
    const mdl = this.use();
    const pages = (readField(memory, MDL, mdl, "Size") - MDL.size) / PAGE_FRAME_SIZE;
    const start = mdlVirtualAddress(memory, mdl);
    const block = nonpaged.find(start);
    const toEndOfPages = pages * PAGE.PAGE_SIZE - mdlByteOffset(memory, mdl);
    if (block === undefined) return 0;
    const { source } = this;
    const end =
      source === undefined
        ? block.address + block.size
        : mdlVirtualAddress(memory, source.use()) + mdlByteCount(memory, source.use());
    return Math.min(toEndOfPages, end - start);
  }
}
