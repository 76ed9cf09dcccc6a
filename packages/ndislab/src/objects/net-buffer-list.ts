import type { Machine } from "../ddi/machine.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import {
  NBL_FLAGS,
  NDIS_NET_BUFFER_LIST_INFO,
  NET_BUFFER_LIST,
  NET_BUFFER_LIST_CONTEXT,
} from "../layout/net-buffer-list.js";
import { NBL_LIVE, POOL } from "../layout/pool.js";
import { NDIS_STATUS } from "../layout/status.js";
import { type Address, hexAddress } from "../memory/address.js";
import { DERIVED_OFFSET } from "../ndis6/derived-lists.js";
import { NB_RETREATS_OFFSET } from "../ndis6/net-buffer.js";
import { MOST_CONTEXT } from "../ndis6/net-buffer-list-context.js";
import { copyInfo, INFO_SLOTS, RECEIVE_INFO, SEND_INFO } from "../ndis6/net-buffer-list-info.js";
import { NBL_STATE_OFFSET, type NetBufferListPools } from "../ndis6/net-buffer-list-pools.js";
import {
  type CloneOptions,
  cloneOf,
  type FragmentOptions,
  fragmentsOf,
  type ReassembleOptions,
  reassembledFrom,
} from "./derived-list.js";
import { DISPOSE } from "./dispose.js";
import { checkCount, count, NdisError, outOfMemory } from "./ndis-error.js";
import { type NetBuffer, retreatError } from "./net-buffer.js";
import type { NetBufferListPool } from "./net-buffer-list-pool.js";
import type { Slot } from "./pool.js";
import { View } from "./view.js";

const OFFSET = NET_BUFFER_LIST.offset;
const NEXT = OFFSET.Next >>> 2;
const FIRST_NB = OFFSET.FirstNetBuffer >>> 2;
const CONTEXT = OFFSET.Context >>> 2;
const FLAGS = OFFSET.NblFlags >>> 2;
const STATUS = OFFSET.Status >>> 2;
const INFO = OFFSET.NetBufferListInfo >>> 2;
const CANCEL_ID = INFO + NDIS_NET_BUFFER_LIST_INFO.values.NetBufferListCancelId;
const PROTOCOL_ID = INFO + NDIS_NET_BUFFER_LIST_INFO.values.NetBufferListProtocolId;
const PROTOCOL_ID_MASK = NBL_FLAGS.NDIS_PROTOCOL_ID_MASK;
const STATE = NBL_STATE_OFFSET >>> 2;
const DERIVATION = DERIVED_OFFSET >>> 2;
const RETREATS = NB_RETREATS_OFFSET >>> 2;
const NB_NEXT = NET_BUFFER.offset.Next >>> 2;

/**
 * NET_BUFFERs that travel together, with what is known of them: status, flags, info, context. From
 * `NetBufferListPool.allocate`; whoever allocated it frees it. There is one object for each slot of a pool, used again
 * with the slot, as with `NetBuffer`.
 */
export class NetBufferList implements Disposable, Slot {
  private readonly machine: Machine;
  private readonly u32: Uint32Array<ArrayBuffer>;
  private readonly core: NetBufferListPools;
  private at: Address;
  private readonly view = new View();
  /** The list that this one was derived from, while both live. */
  private origin: NetBufferList | undefined;
  /** Lists derived from this one that were not freed. */
  private derived = 0;

  /** @internal */
  constructor(
    readonly pool: NetBufferListPool,
    address: Address,
  ) {
    this.machine = pool.machine;
    this.u32 = pool.machine.memory.u32;
    this.core = pool.machine.netBufferLists;
    this.at = address;
  }

  /** Where the NET_BUFFER_LIST lies, for the DDI face. */
  get address(): Address {
    return this.at;
  }

  /** False once it was freed. */
  get live(): boolean {
    return this.u32[(this.at >>> 2) + STATE] === NBL_LIVE;
  }

  /** The first NET_BUFFER on it; `NetBuffer.next` leads on, without garbage. */
  get first(): NetBuffer | undefined {
    const nb: Address = this.u32[this.word() + FIRST_NB];
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
    const { u32 } = this;
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
    const { u32 } = this;
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
    const next: Address = this.u32[this.word() + NEXT];
    return next === 0 ? undefined : this.pool.ndis.netBufferListAt(next);
  }

  /** @throws NdisError `POOL-HANDLE` for a list of another machine, `LIST-CYCLE` when it leads back to this one */
  set next(next: NetBufferList | undefined) {
    const { u32 } = this;
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
    return this.u32[this.word() + STATUS];
  }

  set status(status: number) {
    this.u32[this.word() + STATUS] = status;
  }

  /** NET_BUFFER_LIST_NBL_FLAGS. */
  get flags(): number {
    return this.u32[this.word() + FLAGS];
  }

  set flags(flags: number) {
    this.u32[this.word() + FLAGS] = flags;
  }

  /** NdisTestNblFlags: whether all of these flags are set. */
  hasFlags(flags: number): boolean {
    return (this.flags & flags) >>> 0 === flags >>> 0;
  }

  /** NET_BUFFER_LIST_INFO. @param id one of NDIS_NET_BUFFER_LIST_INFO @throws NdisError `NDIS_STATUS_INVALID_PARAMETER` */
  info(id: number): number {
    return this.u32[this.word() + infoSlot(id)];
  }

  setInfo(id: number, value: number): void {
    this.u32[this.word() + infoSlot(id)] = value;
  }

  /** Names the sends that are cancelled together: NDIS_SET_NET_BUFFER_LIST_CANCEL_ID; 0 for none. */
  get cancelId(): number {
    return this.u32[this.word() + CANCEL_ID];
  }

  set cancelId(id: number) {
    this.u32[this.word() + CANCEL_ID] = id;
  }

  /** NdisGetNetBufferListProtocolId: which protocol the list is from, 0 for none in particular. */
  get protocolId(): number {
    return this.u32[this.word() + PROTOCOL_ID] & PROTOCOL_ID_MASK;
  }

  /** NdisCopySendNetBufferListInfo from the list that this one stands for on its way down. */
  copySendInfoFrom(original: NetBufferList): void {
    this.copyInfoFrom(original, SEND_INFO);
  }

  /** NdisCopyReceiveNetBufferListInfo from the list that this one stands for on its way up. */
  copyReceiveInfoFrom(original: NetBufferList): void {
    this.copyInfoFrom(original, RECEIVE_INFO);
  }

  /** The used bytes of the newest context, no copy; empty when there is none. */
  get context(): Uint8Array<ArrayBuffer> {
    const { memory } = this.machine;
    const context: Address = memory.u32[this.word() + CONTEXT];
    const size = context === 0 ? 0 : memory.u16[(context + NET_BUFFER_LIST_CONTEXT.offset.Size) >>> 1];
    const offset = context === 0 ? 0 : memory.u16[(context + NET_BUFFER_LIST_CONTEXT.offset.Offset) >>> 1];
    return this.view.over(memory, context + NET_BUFFER_LIST_CONTEXT.size + offset, size - offset);
  }

  /**
   * NdisAllocateNetBufferListContext: `size` more bytes of context, with which `context` starts from then on. Where
   * there are too few unused ones, a new block has `backFill` more for the next who asks.
   * @throws NdisError `NDIS_STATUS_INVALID_PARAMETER` unless both are multiples of 4 and at most 65535 bytes together;
   *   `NDIS_STATUS_RESOURCES` when memory is short
   */
  pushContext(size: number, backFill = 0): void {
    checkCount(size, "A context's size");
    checkCount(backFill, "A context's back fill");
    this.word();
    const status = this.machine.contexts.allocate(this.at, size, backFill, this.poolTag());
    if (status === NDIS_STATUS.NDIS_STATUS_SUCCESS) return;
    if (status === NDIS_STATUS.NDIS_STATUS_RESOURCES) throw outOfMemory(`a context of ${size} bytes`);
    throw new NdisError(
      "NDIS_STATUS_INVALID_PARAMETER",
      `A context has multiples of 4 bytes, ${MOST_CONTEXT} at most, and not ${size} + ${backFill}.`,
    );
  }

  /**
   * NdisFreeNetBufferListContext: takes off what `pushContext` added, the last first.
   * @throws NdisError `CTX-UNDER` when the newest block has fewer used bytes
   */
  popContext(size: number): void {
    checkCount(size, "A context's size");
    this.word();
    const { contexts } = this.machine;
    if (!contexts.free(this.at, size))
      throw new NdisError("CTX-UNDER", `The newest context has ${contexts.used(this.at)} used bytes, not ${size}.`);
  }

  /**
   * NdisRetreatNetBufferListDataStart: `NetBuffer.retreat` of each of its NET_BUFFERs, or of none.
   * @throws NdisError as `NetBuffer.retreat`
   */
  retreat(bytes: number, backFill = 0): void {
    checkCount(bytes, "A retreat");
    checkCount(backFill, "A back fill");
    this.word();
    const status = this.machine.dataStart.retreatList(this.at, bytes, backFill, 0, 0);
    if (status !== NDIS_STATUS.NDIS_STATUS_SUCCESS) throw retreatError(status, bytes);
  }

  /**
   * NdisAdvanceNetBufferListDataStart: `NetBuffer.advance` of each of its NET_BUFFERs.
   * @throws NdisError `NB-RANGE` when one of them has less data, and nothing moved
   */
  advance(bytes: number): void {
    checkCount(bytes, "An advance");
    for (let nb = this.first; nb !== undefined; nb = nb.next) nb.checkAdvance(bytes);
    this.machine.dataStart.advanceList(this.at, bytes, true, 0);
  }

  /**
   * NdisAllocateCloneNetBufferList: a list over the same data, no byte of it copied. Whoever called frees it, before
   * this one.
   * @throws NdisError `POOL-HANDLE`, `NB-DATAPOOL`; `NDIS_STATUS_RESOURCES` when memory is short
   */
  clone(options: CloneOptions = {}): NetBufferList {
    this.word();
    return this.adopt(cloneOf(this, options));
  }

  /**
   * NdisAllocateFragmentNetBufferList: a list with a NET_BUFFER for each piece of at most `maximum` bytes, over the
   * same data, with room for a header in front of each. Whoever called frees it, before this one.
   * @throws NdisError `NDIS_STATUS_INVALID_PARAMETER` for a maximum of 0, and as `clone`
   */
  fragment(options: FragmentOptions): NetBufferList {
    this.word();
    return this.adopt(fragmentsOf(this, options));
  }

  /**
   * NdisAllocateReassembledNetBufferList: a list with one NET_BUFFER over the data of all of this one's, the first
   * `start` bytes of each left out. Whoever called frees it, before this one.
   * @throws NdisError `NBL-WRONGPOOL`, and as `clone`
   */
  reassemble(options: ReassembleOptions = {}): NetBufferList {
    this.word();
    return this.adopt(reassembledFrom(this, options));
  }

  /**
   * NdisFreeNetBufferList, and for a derived list the function that goes with it: back to the pool, with the
   * NET_BUFFER and data it came with, the MDLs that retreats put in front and the context that was pushed, and with
   * all that was made for a derived one. Other NET_BUFFERs on it stay their owner's, and lists behind it are not freed.
   * @throws NdisError `NBL-DFREE`; `NBL-CHILD` while something derived from it lives
   */
  free(): void {
    const { at, u32 } = this;
    const w = at >>> 2;
    if (this.derived !== 0 || u32[w + STATE] !== NBL_LIVE) this.refuseFree();
    if (this.origin !== undefined) this.freeDerived();
    else {
      const own = this.core.preallocatedNetBuffer(at);
      if (own !== 0 && u32[(own >>> 2) + RETREATS] !== 0) this.pool.netBufferAt(own).undoRetreats();
      if (u32[w + CONTEXT] !== 0) this.machine.contexts.freeAll(at);
      // One of the DDI face may be derived, too, and be freed here.
      if (!(u32[w + DERIVATION] === 0 ? this.core.free(at) : this.machine.derivedLists.free(at))) this.refuseFree();
    }
  }

  /** As `free`. */
  [DISPOSE](): void {
    this.free();
  }

  /** @internal */
  retire(): void {
    this.at = 0;
  }

  /** The object of a list that was derived from this one. */
  private adopt(address: Address): NetBufferList {
    const list = this.pool.ndis.netBufferListAt(address);
    list.origin = this;
    this.derived++;
    return list;
  }

  private poolTag(): number {
    return this.u32[(this.pool.handle + POOL.offset.Tag) >>> 2];
  }

  private copyInfoFrom(original: NetBufferList, slots: readonly number[]): void {
    if (original.machine !== this.machine)
      throw new NdisError("POOL-HANDLE", "The NET_BUFFER_LIST to copy from is one of another machine.");
    copyInfo(this.machine.memory.u32, this.word() << 2, original.word() << 2, slots);
  }

  private freeDerived(): void {
    const { machine, at, origin } = this;
    machine.contexts.freeAll(at);
    machine.derivedLists.free(at);
    this.origin = undefined;
    if (origin !== undefined) origin.derived--;
  }

  private refuseFree(): never {
    if (this.derived !== 0 && this.live)
      throw new NdisError(
        "NBL-CHILD",
        `The NET_BUFFER_LIST at ${hexAddress(this.at)} is freed before ${count(this.derived, "list")} derived from it.`,
      );
    throw new NdisError("NBL-DFREE", `The NET_BUFFER_LIST at ${hexAddress(this.at)} was freed already.`);
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
