import type { Address } from "../memory/address.js";
import type { Pool } from "./pool.js";

/**
 * `driver`: the driver shows it with any MDL, and frees it when none does. `paged`: the driver's, of paged memory, whose
 * pages an MDL locks before it shows them. `purpose`: also the driver's, but freed by what it was made for. `ndis`: goes
 * with the object that it came with.
 */
export type BlockOwner = "driver" | "paged" | "purpose" | "ndis";

/**
 * Bytes at an address: what MDLs show. Every MDL over a block sees the same cells, so what is written through one of
 * them is read through all.
 */
export class Block {
  /** MDLs over it that are alive. */
  views = 0;

  constructor(
    readonly name: string,
    readonly address: Address,
    readonly bytes: Uint8Array,
    readonly owner: BlockOwner,
  ) {}
}

/** What an MDL is from, which says who frees it. */
export type MdlOrigin =
  | "NdisAllocateMdl"
  | "IoAllocateMdl"
  | "MmProbeAndLockPages"
  | "IoBuildPartialMdl"
  | "MmInitializeMdl"
  | "NdisAllocateBuffer"
  | "handler"
  | "retreat"
  | "embedded"
  | "partial"
  | "shared";

/** An MDL: a view of bytes `[offset, offset + length)` of a block. */
export class Mdl {
  /** ByteCount now; `whole` is what it was at allocation. */
  length: number;
  /** The pool that counts it. */
  pool: Pool | undefined;
  /** Descriptors that NdisCopyBuffer made of it, and partial MDLs over it: they go first. */
  copies = 0;
  /** Pages that it has room for, when it was made with more than it describes. */
  room: number | undefined;
  private readonly originals: Mdl[] = [];

  constructor(
    readonly name: string,
    readonly address: Address,
    readonly block: Block,
    public offset: number,
    public whole: number,
    readonly origin: MdlOrigin,
  ) {
    this.length = whole;
    block.views++;
  }

  /** It shows other bytes of the block. */
  moveTo(offset: number, length: number): void {
    this.offset = offset;
    this.whole = length;
    this.length = length;
  }

  /** What it was copied from, or is a part of. */
  get sources(): readonly Mdl[] {
    return this.originals;
  }

  /** Notes that it was copied from another, which then has to outlive it. */
  copyOf(original: Mdl): void {
    original.copies++;
    this.originals.push(original);
  }

  /** It is gone, and with it its hold on block and originals. */
  forget(): void {
    this.block.views--;
    for (const original of this.originals) original.copies--;
  }

  /** The same MDL in another chain. */
  shared(): Mdl {
    const { name, address, block, offset, whole } = this;
    const mdl = new Mdl(name, address, block, offset, whole, "shared");
    mdl.length = this.length;
    mdl.room = this.room;
    return mdl;
  }

  /** Address of its first byte. */
  get start(): Address {
    return this.block.address + this.offset;
  }
}
