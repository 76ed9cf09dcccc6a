import type { Machine } from "../ddi/machine.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NDIS_NET_BUFFER_LIST_INFO, NET_BUFFER_LIST, NET_BUFFER_LIST_CONTEXT } from "../layout/net-buffer-list.js";
import { type Address, hexAddress } from "../memory/address.js";
import { NBL_LIVE, NBL_STATE_OFFSET } from "../ndis6/net-buffer-list-pools.js";
import { DISPOSE } from "./dispose.js";
import { checkCount, NdisError } from "./ndis-error.js";
import type { NetBuffer } from "./net-buffer.js";
import type { NetBufferListPool } from "./net-buffer-list-pool.js";
import type { Slot } from "./pool.js";
import { viewOf } from "./view.js";

const OFFSET = NET_BUFFER_LIST.offset;
const NEXT = OFFSET.Next >>> 2;
const FIRST_NB = OFFSET.FirstNetBuffer >>> 2;
const CONTEXT = OFFSET.Context >>> 2;
const FLAGS = OFFSET.NblFlags >>> 2;
const STATUS = OFFSET.Status >>> 2;
const INFO = OFFSET.NetBufferListInfo >>> 2;
const STATE = NBL_STATE_OFFSET >>> 2;
const NB_NEXT = NET_BUFFER.offset.Next >>> 2;
const INFO_SLOTS = NDIS_NET_BUFFER_LIST_INFO.values.MaxNetBufferListInfo;

/**
 * NET_BUFFERs that travel together, with what is known of them: status, flags, info, context. From
 * `NetBufferListPool.allocate`; whoever allocated it frees it. There is one object for each slot of a pool, used again
 * with the slot, as with `NetBuffer`.
 */
export class NetBufferList implements Disposable, Slot {
  private readonly machine: Machine;
  private at: Address;
  private view: Uint8Array<ArrayBuffer> | undefined;

  /** @internal */
  constructor(
    readonly pool: NetBufferListPool,
    address: Address,
  ) {
    this.machine = pool.machine;
    this.at = address;
  }

  /** Where the NET_BUFFER_LIST lies, for the DDI face. */
  get address(): Address {
    return this.at;
  }

  /** False once it was freed. */
  get live(): boolean {
    return this.machine.memory.u32[(this.at >>> 2) + STATE] === NBL_LIVE;
  }

  /** The first NET_BUFFER on it; `NetBuffer.next` leads on, without garbage. */
  get first(): NetBuffer | undefined {
    const nb: Address = this.machine.memory.u32[this.word() + FIRST_NB];
    return nb === 0 ? undefined : this.pool.ndis.netBufferAt(nb);
  }

  /** All NET_BUFFERs on it. */
  get netBuffers(): Iterable<NetBuffer> {
    return netBuffersFrom(this.first);
  }

  /** Used bytes of all its NET_BUFFERs. */
  get length(): number {
    let length = 0;
    for (let nb = this.first; nb !== undefined; nb = nb.next) length += nb.length;
    return length;
  }

  /**
   * Puts a NET_BUFFER behind those on the list. It stays its owner's: who takes it off or frees the list frees it.
   * @throws NdisError `POOL-HANDLE` for one of another machine, `LIST-CYCLE` when it is on the list, or leads to more
   */
  append(netBuffer: NetBuffer): void {
    const { u32 } = this.machine.memory;
    if (netBuffer.pool.machine !== this.machine)
      throw new NdisError("POOL-HANDLE", "The NET_BUFFER to append is one of another machine.");
    const added = netBuffer.word();
    let link = this.word() + FIRST_NB;
    for (let nb: Address = u32[link]; nb !== 0 && nb !== netBuffer.address; nb = u32[link]) link = (nb >>> 2) + NB_NEXT;
    if (u32[link] !== 0 || u32[added + NB_NEXT] !== 0)
      throw new NdisError("LIST-CYCLE", `The NET_BUFFER at ${hexAddress(netBuffer.address)} is on a list already.`);
    u32[link] = netBuffer.address;
  }

  /** Takes a NET_BUFFER off the list; false when it is not on it. */
  remove(netBuffer: NetBuffer): boolean {
    const { u32 } = this.machine.memory;
    let link = this.word() + FIRST_NB;
    for (let nb: Address = u32[link]; nb !== 0; nb = u32[link]) {
      const next = (nb >>> 2) + NB_NEXT;
      if (nb === netBuffer.address && netBuffer.pool.machine === this.machine) {
        u32[link] = u32[next];
        u32[next] = 0;
        return true;
      }
      link = next;
    }
    return false;
  }

  /** The next list of a chain of lists. */
  get next(): NetBufferList | undefined {
    const next: Address = this.machine.memory.u32[this.word() + NEXT];
    return next === 0 ? undefined : this.pool.ndis.netBufferListAt(next);
  }

  /** @throws NdisError `POOL-HANDLE` for a list of another machine, `LIST-CYCLE` when it leads back to this one */
  set next(next: NetBufferList | undefined) {
    const { u32 } = this.machine.memory;
    const here = this.word();
    if (next !== undefined && next.machine !== this.machine)
      throw new NdisError("POOL-HANDLE", "The NET_BUFFER_LIST to link is one of another machine.");
    const first = next === undefined ? 0 : next.word() << 2;
    for (let nbl = first; nbl !== 0; nbl = u32[(nbl >>> 2) + NEXT])
      if (nbl === this.at)
        throw new NdisError("LIST-CYCLE", `The NET_BUFFER_LIST at ${hexAddress(this.at)} would come after itself.`);
    u32[here + NEXT] = first;
  }

  /** An NDIS_STATUS: NET_BUFFER_LIST_STATUS. */
  get status(): number {
    return this.machine.memory.u32[this.word() + STATUS];
  }

  set status(status: number) {
    this.machine.memory.u32[this.word() + STATUS] = status;
  }

  /** NET_BUFFER_LIST_NBL_FLAGS. */
  get flags(): number {
    return this.machine.memory.u32[this.word() + FLAGS];
  }

  set flags(flags: number) {
    this.machine.memory.u32[this.word() + FLAGS] = flags;
  }

  /** NET_BUFFER_LIST_INFO. @param id one of NDIS_NET_BUFFER_LIST_INFO @throws NdisError `NDIS_STATUS_INVALID_PARAMETER` */
  info(id: number): number {
    return this.machine.memory.u32[this.word() + infoSlot(id)];
  }

  setInfo(id: number, value: number): void {
    this.machine.memory.u32[this.word() + infoSlot(id)] = value;
  }

  /** The used bytes of the newest context, no copy; empty when there is none. */
  get context(): Uint8Array<ArrayBuffer> {
    const { memory } = this.machine;
    const context: Address = memory.u32[this.word() + CONTEXT];
    const size = context === 0 ? 0 : memory.u16[(context + NET_BUFFER_LIST_CONTEXT.offset.Size) >>> 1];
    const offset = context === 0 ? 0 : memory.u16[(context + NET_BUFFER_LIST_CONTEXT.offset.Offset) >>> 1];
    this.view = viewOf(memory, this.view, context + NET_BUFFER_LIST_CONTEXT.size + offset, size - offset);
    return this.view;
  }

  /**
   * NdisFreeNetBufferList: back to the pool, with the NET_BUFFER and data it came with and the MDLs that retreats put
   * in front. Other NET_BUFFERs on it stay their owner's, and lists behind it are not freed.
   * @throws NdisError `NBL-DFREE`
   */
  free(): void {
    const { machine, at } = this;
    if (this.live) this.undoRetreats();
    if (!machine.netBufferLists.free(at))
      throw new NdisError("NBL-DFREE", `The NET_BUFFER_LIST at ${hexAddress(at)} was freed already.`);
  }

  /** As `free`. */
  [DISPOSE](): void {
    this.free();
  }

  /** @internal */
  retire(): void {
    this.at = 0;
  }

  private undoRetreats(): void {
    const own = this.machine.netBufferLists.preallocatedNetBuffer(this.at);
    if (own !== 0) this.pool.netBufferAt(own).undoRetreats();
  }

  /** Its first word, once it is known to be alive. */
  private word(): number {
    if (!this.live)
      throw new NdisError("NBL-NOTPOOL", `The NET_BUFFER_LIST at ${hexAddress(this.at)} is used after it was freed.`);
    return this.at >>> 2;
  }
}

function infoSlot(id: number): number {
  checkCount(id, "An info's number");
  if (id >= INFO_SLOTS)
    throw new NdisError(
      "NDIS_STATUS_INVALID_PARAMETER",
      `A NET_BUFFER_LIST has ${INFO_SLOTS} infos, and none is number ${id}.`,
    );
  return INFO + id;
}

function* netBuffersFrom(first: NetBuffer | undefined): Generator<NetBuffer, void> {
  for (let nb = first; nb !== undefined; nb = nb.next) yield nb;
}
