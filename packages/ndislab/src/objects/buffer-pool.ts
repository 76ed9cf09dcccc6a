import { POOL } from "../layout/pool.js";
import { mdlByteCount, mdlNext } from "../mdl/mdl.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { readField } from "../memory/fields.js";
import { copyBuffer } from "../ndis5/buffer-copy.js";
import type { Mdl } from "./mdl.js";
import type { Ndis } from "./ndis.js";
import { NdisBuffer } from "./ndis-buffer.js";
import { checkCount, count, NdisError, outOfMemory } from "./ndis-error.js";
import type { NonpagedMemory } from "./nonpaged-memory.js";
import { Pool } from "./pool.js";
import { SlotTable } from "./slot-table.js";

/** A pool of NDIS 5 buffer descriptors, from `Ndis.createBufferPool`. */
export class BufferPool extends Pool<NdisBuffer> {
  protected readonly slots: SlotTable<NdisBuffer>;

  /** @internal */
  constructor(ndis: Ndis, handle: Handle) {
    super(ndis, handle, "buffer", "NDIS_BUFFER");
    this.slots = new SlotTable(readField(ndis.machine.memory, POOL, handle, "SlotSize"));
  }

  /** Descriptors it gives at once; 0xFFFFFFFF is any number. */
  get limit(): number {
    return this.read("Limit");
  }

  /**
   * NdisAllocateBuffer: a descriptor of `length` bytes of `memory`, which stays the caller's.
   * @throws NdisError `BUF-RANGE` when the bytes are not in the memory, `POOL-EXHAUST` when all descriptors are out,
   *   `NDIS_STATUS_RESOURCES`, `POOL-HANDLE`
   */
  allocate(memory: NonpagedMemory, offset = 0, length = memory.size - offset): NdisBuffer {
    const address = memory.range(this.ndis, offset, length);
    const buffer = this.machine.mdls.allocate(this.handle, address, length);
    if (buffer === 0) this.fail(1);
    return this.at(buffer);
  }

  /**
   * NdisCopyBuffer: descriptors of this pool over bytes of the chain that `source` starts; no data moves. The first of
   * them; the others follow by `next`, and each is freed on its own.
   * @throws NdisError `BUF-RANGE` for no bytes and for more than the chain has, and as `allocate`
   */
  copy(source: Mdl, offset: number, length: number): NdisBuffer {
    const { memory, mdls, chains } = this.machine;
    checkCount(offset, "An offset");
    checkCount(length, "A length");
    const chain = this.ndis.addressOfMdl(source);
    const bytes = chains.byteLength(chain);
    if (length === 0 || offset + length > bytes)
      throw new NdisError(
        "BUF-RANGE",
        `A chain of ${bytes} bytes has no ${length} bytes from ${offset} on to describe.`,
      );
    copyBuffer(memory, mdls, chains, memory.scratch, memory.scratch + 4, this.handle, chain, offset, length);
    const first: Address = memory.u32[(memory.scratch + 4) >>> 2];
    if (first === 0) this.fail(this.pieces(chain, offset, length));
    for (let mdl = mdlNext(memory, first); mdl !== 0; mdl = mdlNext(memory, mdl)) this.at(mdl);
    return this.at(first);
  }

  /** @internal */
  at(address: Address): NdisBuffer {
    return this.slots.get(address) ?? this.slots.set(address, new NdisBuffer(this, address));
  }

  /** MDLs of a chain that have any of these bytes. */
  private pieces(chain: Address, offset: number, length: number): number {
    const { memory, chains } = this.machine;
    let mdl = chains.locate(chain, offset);
    let rest = length + chains.locatedOffset;
    let pieces = 0;
    for (; rest > 0; rest -= mdlByteCount(memory, mdl), mdl = mdlNext(memory, mdl))
      if (mdlByteCount(memory, mdl) > 0) pieces++;
    return pieces;
  }

  /** Says why `wanted` descriptors were not to be had. */
  private fail(wanted: number): never {
    this.checkUsable();
    if (this.live + wanted > this.limit)
      throw new NdisError(
        "POOL-EXHAUST",
        `The buffer pool ${hexAddress(this.handle)} was made for ${count(this.limit, "descriptor")}, and ${this.live} are out.`,
      );
    throw outOfMemory("a descriptor");
  }
}
