import { POOL } from "../layout/pool.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { readField } from "../memory/fields.js";
import { poolTag } from "../memory/tag.js";
import type { NetBufferPools } from "../ndis6/net-buffer-pools.js";
import type { Mdl } from "./mdl.js";
import type { Ndis } from "./ndis.js";
import { checkCount, NdisError, outOfMemory } from "./ndis-error.js";
import { NetBuffer } from "./net-buffer.js";
import { Pool } from "./pool.js";
import { SlotTable } from "./slot-table.js";

const TAG = poolTag("NDmn");

/** NET_BUFFERs that one native call takes or gives. */
const AT_ONCE = 256;

/** A pool of NET_BUFFERs, from `Ndis.createNetBufferPool`. */
export class NetBufferPool extends Pool<NetBuffer> {
  /** Bytes of data each NET_BUFFER comes with; 0 when they come bare. */
  readonly dataSize: number;
  protected readonly slots: SlotTable<NetBuffer>;
  private readonly core: NetBufferPools;
  /** A block for the addresses of `allocateMany` and `freeMany`; 0 before the first of them. */
  private addresses: Address = 0;

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

  /**
   * `allocate`, `count` times: to `into[0]` and on, all of them or none. With data, quicker than one by one.
   * @throws NdisError as `allocate`
   */
  allocateMany(into: NetBuffer[], count = into.length): void {
    checkCount(count, "A number of NET_BUFFERs");
    let done = 0;
    try {
      while (done < count) {
        const taken = this.takeSome(into, done, count);
        if (taken === 0) into[done] = this.allocate();
        done += taken || 1;
      }
    } catch (error) {
      this.freeMany(into, done);
      throw error;
    }
  }

  /**
   * `free` of the first `count` of `netBuffers`. With data, quicker than one by one.
   * @throws NdisError as `NetBuffer.free`; those before the one at fault are freed
   */
  freeMany(netBuffers: readonly NetBuffer[], count = netBuffers.length): void {
    for (let done = 0; done < count; ) {
      const given = this.giveSome(netBuffers, done, count);
      if (given === 0) netBuffers[done].free();
      done += given || 1;
    }
  }

  override dispose(): void {
    super.dispose();
    this.machine.nonpaged.free(this.addresses);
    this.addresses = 0;
  }

  /** @internal */
  at(address: Address): NetBuffer {
    return this.slots.get(address) ?? this.slots.set(address, new NetBuffer(this, address));
  }

  /** Fills `into` from `from` to before `to`, or as far as one call can; how many. */
  private takeSome(into: NetBuffer[], from: number, to: number): number {
    if (this.dataSize === 0 || !this.hasRoom()) return 0;
    const { u32 } = this.machine.memory;
    const addresses = this.addresses;
    const taken = this.core.allocateMany(this.handle, addresses, Math.min(to - from, AT_ONCE));
    const w = addresses >>> 2;
    for (let i = this.slots.getMany(u32, w, into, from, taken); i < taken; i++) into[from + i] = this.at(u32[w + i]);
    return taken;
  }

  /** Frees as many from `from` on as one call can. */
  private giveSome(netBuffers: readonly NetBuffer[], from: number, to: number): number {
    if (this.dataSize === 0 || !this.hasRoom()) return 0;
    const { u32 } = this.machine.memory;
    const w = this.addresses >>> 2;
    const most = Math.min(to - from, AT_ONCE);
    let count = 0;
    for (; count < most; count++) {
      const netBuffer = netBuffers[from + count];
      if (netBuffer.pool !== this) break;
      u32[w + count] = netBuffer.address;
    }
    return this.core.freeMany(this.handle, this.addresses, count);
  }

  /** False when there is no memory for the addresses that one call takes or gives. */
  private hasRoom(): boolean {
    if (this.addresses === 0 && !this.disposed)
      this.addresses = this.machine.nonpaged.allocate(4 * (AT_ONCE + 1), TAG, "system");
    return this.addresses !== 0;
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
