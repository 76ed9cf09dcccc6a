import { POOL } from "../layout/pool.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { readField } from "../memory/fields.js";
import type { NetBufferListPools } from "../ndis6/net-buffer-list-pools.js";
import type { Mdl } from "./mdl.js";
import type { Ndis } from "./ndis.js";
import { checkCount, NdisError, outOfMemory } from "./ndis-error.js";
import { NetBuffer } from "./net-buffer.js";
import { NetBufferList } from "./net-buffer-list.js";
import { Pool } from "./pool.js";
import { SlotTable } from "./slot-table.js";

/** Bytes of context a list can have. */
const MOST_CONTEXT = 0xffff;

/** A pool of NET_BUFFER_LISTs, from `Ndis.createNetBufferListPool`. */
export class NetBufferListPool extends Pool<NetBufferList> {
  /** Bytes of data each list's own NET_BUFFER comes with. */
  readonly dataSize: number;
  /** Whether each list comes with a NET_BUFFER. */
  readonly hasNetBuffer: boolean;
  protected readonly slots: SlotTable<NetBufferList>;
  private readonly netBuffers: SlotTable<NetBuffer>;
  private readonly core: NetBufferListPools;

  /** @internal */
  constructor(ndis: Ndis, handle: Handle) {
    super(ndis, handle, "netBufferList", "NET_BUFFER_LIST");
    this.core = ndis.machine.netBufferLists;
    this.dataSize = this.read("DataSize");
    this.hasNetBuffer = this.read("HasNetBuffer") !== 0;
    const slotSize = readField(ndis.machine.memory, POOL, handle, "SlotSize");
    this.slots = new SlotTable(slotSize);
    this.netBuffers = new SlotTable(slotSize);
  }

  /**
   * NdisAllocateNetBufferList: a list with the NET_BUFFER and data its pool comes with, and a context of which
   * `contextSize` bytes are used and `contextBackFill` more are reserved, 65535 at most together.
   * @throws NdisError `NDIS_STATUS_RESOURCES` when memory is short, `POOL-HANDLE` when the pool was disposed
   */
  allocate(contextSize = 0, contextBackFill = 0): NetBufferList {
    if (contextSize !== 0 || contextBackFill !== 0) checkContext(contextSize, contextBackFill);
    const address = this.core.allocate(this.handle, contextSize, contextBackFill);
    if (address === 0) this.fail();
    return this.at(address);
  }

  /**
   * NdisAllocateNetBufferAndNetBufferList: a list whose NET_BUFFER is over the bytes `[offset, offset + length)` of
   * the chain that `chain` starts, without `length` all from `offset` on. The chain stays the caller's.
   * @throws NdisError `NBL-WRONGPOOL` for a pool without NET_BUFFERs or with data, `NB-RANGE`, and as `allocate`
   */
  allocateOver(chain: Mdl, offset = 0, length?: number): NetBufferList {
    const first = this.ndis.addressOfMdl(chain);
    const used = this.ndis.usedLength(first, offset, length);
    const address = this.core.allocateWithChain(this.handle, 0, 0, first, offset, used);
    if (address === 0) this.fail(true);
    return this.at(address);
  }

  /** @internal */
  at(address: Address): NetBufferList {
    return this.slots.get(address) ?? this.slots.set(address, new NetBufferList(this, address));
  }

  /** @internal The object of a list's own NET_BUFFER. */
  netBufferAt(address: Address): NetBuffer {
    return this.netBuffers.get(address) ?? this.netBuffers.set(address, new NetBuffer(this, address));
  }

  override dispose(): void {
    super.dispose();
    for (const netBuffer of this.netBuffers.values()) netBuffer.retire();
  }

  /** Says why there was no list. */
  private fail(overChain = false): never {
    this.checkUsable();
    if (overChain && (!this.hasNetBuffer || this.dataSize !== 0))
      throw new NdisError(
        "NBL-WRONGPOOL",
        `The pool ${hexAddress(this.handle)} has no NET_BUFFER without data for each list, which a list over a chain needs.`,
      );
    throw outOfMemory("a NET_BUFFER_LIST");
  }
}

function checkContext(size: number, backFill: number): void {
  checkCount(size, "A context's size");
  checkCount(backFill, "A context's back fill");
  if (size + backFill > MOST_CONTEXT)
    throw new NdisError(
      "NDIS_STATUS_INVALID_PARAMETER",
      `A context has ${MOST_CONTEXT} bytes at most, not ${size + backFill}.`,
    );
}
