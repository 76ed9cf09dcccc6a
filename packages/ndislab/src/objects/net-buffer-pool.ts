import { POOL } from "../layout/pool.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { readField } from "../memory/fields.js";
import type { NetBufferPools } from "../ndis6/net-buffer-pools.js";
import type { Mdl } from "./mdl.js";
import type { Ndis } from "./ndis.js";
import { NdisError, outOfMemory } from "./ndis-error.js";
import { NetBuffer } from "./net-buffer.js";
import { Pool } from "./pool.js";
import { SlotTable } from "./slot-table.js";

/** A pool of NET_BUFFERs, from `Ndis.createNetBufferPool`. */
export class NetBufferPool extends Pool<NetBuffer> {
  /** Bytes of data each NET_BUFFER comes with; 0 when they come bare. */
  readonly dataSize: number;
  protected readonly slots: SlotTable<NetBuffer>;
  private readonly core: NetBufferPools;

  /** @internal */
  constructor(ndis: Ndis, handle: Handle) {
    super(ndis, handle, "netBuffer", "NET_BUFFER");
    this.dataSize = this.read("DataSize");
    this.core = ndis.machine.netBuffers;
    this.slots = new SlotTable(readField(ndis.machine.memory, POOL, handle, "SlotSize"));
  }

  /**
   * NdisAllocateNetBufferMdlAndData: a NET_BUFFER with its MDL and `dataSize` bytes, empty, without head room. What
   * the bytes hold is whatever was there. From a pool without data, a NET_BUFFER without a chain.
   * @throws NdisError `NDIS_STATUS_RESOURCES` when memory is short, `POOL-HANDLE` when the pool was disposed
   */
  allocate(): NetBuffer {
    const address = this.core.allocateMdlAndData(this.handle);
    return this.slots.get(address) ?? this.firstTime(address);
  }

  /**
   * NdisAllocateNetBuffer: a NET_BUFFER over the bytes `[offset, offset + length)` of the chain that `chain` starts,
   * without `length` all from `offset` on. The chain stays the caller's and outlives the NET_BUFFER.
   * @throws NdisError `NB-DATAPOOL` when the pool comes with data, `NB-RANGE`, and as `allocate`
   */
  allocateOver(chain: Mdl, offset = 0, length?: number): NetBuffer {
    const first = this.ndis.addressOfMdl(chain);
    const used = this.ndis.usedLength(first, offset, length);
    return this.allocateBare(first, offset, used);
  }

  /** @internal */
  at(address: Address): NetBuffer {
    return this.slots.get(address) ?? this.slots.set(address, new NetBuffer(this, address));
  }

  /** No address, because the pool comes without data or cannot give any, or one whose object is still to be made. */
  private firstTime(address: Address): NetBuffer {
    return address === 0 ? this.allocateBare(0, 0, 0) : this.at(address);
  }

  private allocateBare(chain: Address, offset: number, length: number): NetBuffer {
    const address = this.core.allocate(this.handle, chain, offset, length);
    if (address !== 0) return this.at(address);
    this.checkUsable();
    if (chain !== 0 && this.dataSize !== 0)
      throw new NdisError(
        "NB-DATAPOOL",
        `The pool ${hexAddress(this.handle)} comes with data; a NET_BUFFER over a chain needs one with dataSize 0.`,
      );
    throw outOfMemory("a NET_BUFFER");
  }
}
