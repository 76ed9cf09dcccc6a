import type { Callbacks, FunctionPointer } from "../kernel/callbacks.js";
import { MDL as MDL_LAYOUT } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { RETREAT } from "../layout/pool.js";
import { NDIS_STATUS } from "../layout/status.js";
import { mdlAddress, mdlByteCount } from "../mdl/mdl.js";
import type { MdlChains } from "../mdl/mdl-chain.js";
import type { MdlPools } from "../mdl/mdl-pools.js";
import type { Address, Handle } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";
import { poolTag } from "../memory/tag.js";
import { NB_RETREATS_OFFSET } from "./net-buffer.js";

const CURRENT = NET_BUFFER.offset.CurrentMdl >>> 2;
const CURRENT_OFFSET = NET_BUFFER.offset.CurrentMdlOffset >>> 2;
const DATA_LENGTH = NET_BUFFER.offset.DataLength >>> 2;
const CHAIN = NET_BUFFER.offset.MdlChain >>> 2;
const DATA_OFFSET = NET_BUFFER.offset.DataOffset >>> 2;
const RETREATS = NB_RETREATS_OFFSET >>> 2;
const BYTE_COUNT = MDL_LAYOUT.offset.ByteCount >>> 2;
const FIRST_NB = NET_BUFFER_LIST.offset.FirstNetBuffer >>> 2;

const NEXT = RETREAT.offset.Next >>> 2;
const MDL = RETREAT.offset.Mdl >>> 2;
const BY_HANDLER = RETREAT.offset.ByHandler >>> 2;
const HANDLER = RETREAT.offset.Handler >>> 2;
const SERIAL = RETREAT.offset.Serial >>> 2;

const TAG = poolTag("NDrt");
const MAX_LENGTH = 0xffffffff;

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_FAILURE: FAILURE, NDIS_STATUS_RESOURCES: RESOURCES } = NDIS_STATUS;

/**
 * Moving the start of the used data.
 *
 * ```
 *                    retreat by 8 ◀─┐ ┌─▶ advance by 8
 *   ├──── unused (DataOffset) ──────┼────────── used (DataLength) ──────────┤
 * ```
 * A retreat that finds too little unused space puts a new MDL in front of the chain and remembers it; an advance
 * that may free MDLs takes such an MDL off again once no used byte lies in it.
 */
export class DataStart {
  /** The MDL of a driver's handler that the last retreat did not take, since it is too short; else 0. */
  refused: Address = 0;
  /** The NET_BUFFER that it was for. */
  refusedBy: Address = 0;
  /** Retreats that put an MDL in front, counted up. */
  private serial = 0;
  private readonly u32: Uint32Array<ArrayBuffer>;

  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
    private readonly mdls: MdlPools,
    private readonly mdlPool: Handle,
    private readonly chains: MdlChains,
    private readonly callbacks: Callbacks,
  ) {
    this.u32 = memory.u32;
  }

  /**
   * NdisRetreatNetBufferDataStart. On any status but NDIS_STATUS_SUCCESS the NET_BUFFER is as it was.
   * @param handler NET_BUFFER_ALLOCATE_MDL of the driver, or 0 for a block of NDIS.
   */
  retreat(nb: Address, delta: number, backFill: number, handler: FunctionPointer): number {
    const u32 = this.u32;
    const w = nb >>> 2;
    const dataOffset = u32[w + DATA_OFFSET];
    const length = u32[w + DATA_LENGTH];
    if (length > ~delta >>> 0) return FAILURE; // with delta more than 32 bits
    if (dataOffset >= delta) {
      u32[w + DATA_OFFSET] = dataOffset - delta;
      u32[w + DATA_LENGTH] = length + delta;
      const inMdl = u32[w + CURRENT_OFFSET];
      if (inMdl >= delta && delta !== 0) u32[w + CURRENT_OFFSET] = inMdl - delta;
      else this.adjustCurrent(nb);
      return SUCCESS;
    }
    return this.prepend(nb, delta, backFill, handler);
  }

  /**
   * NdisRetreatNetBufferListDataStart: `retreat` of every NET_BUFFER of one list, or of none. On any status but
   * NDIS_STATUS_SUCCESS what was done is undone: of the MDLs that this call put in front those of NDIS are freed, and
   * those of the driver go to its `freeHandler`; without one they stay in the chain, unused.
   */
  retreatList(
    nbl: Address,
    delta: number,
    backFill: number,
    allocateHandler: FunctionPointer,
    freeHandler: FunctionPointer,
  ): number {
    const u32 = this.u32;
    const { serial } = this;
    const first: Address = u32[(nbl >>> 2) + FIRST_NB];
    for (let nb = first; nb !== 0; nb = u32[nb >>> 2]) {
      const status = this.retreat(nb, delta, backFill, allocateHandler);
      if (status === SUCCESS) continue;
      for (let done = first; done !== nb; done = u32[done >>> 2]) this.undo(done, delta, serial, freeHandler);
      return status;
    }
    return SUCCESS;
  }

  /**
   * NdisAdvanceNetBufferDataStart. Nothing happens when `delta` is more than the used data.
   * @param freeMdl whether MDLs of earlier retreats that hold no used byte any more are freed
   * @param handler NET_BUFFER_FREE_MDL of the driver for MDLs that its allocate handler made, or 0; without it such
   *   an MDL stays in the chain
   */
  advance(nb: Address, delta: number, freeMdl: boolean, handler: FunctionPointer): void {
    const u32 = this.u32;
    const w = nb >>> 2;
    const length = u32[w + DATA_LENGTH];
    if (delta > length) return;
    u32[w + DATA_OFFSET] = (u32[w + DATA_OFFSET] + delta) | 0;
    u32[w + DATA_LENGTH] = length - delta;
    const inMdl = u32[w + CURRENT_OFFSET];
    if (freeMdl && u32[w + RETREATS] !== 0) this.dropRetreats(w, handler);
    else if (delta < u32[(u32[w + CURRENT] >>> 2) + BYTE_COUNT] - inMdl) {
      u32[w + CURRENT_OFFSET] = inMdl + delta; // the same MDL still
      return;
    }
    this.adjustCurrent(nb);
  }

  /** NdisAdvanceNetBufferListDataStart: `advance` of every NET_BUFFER of one list. */
  advanceList(nbl: Address, delta: number, freeMdl: boolean, handler: FunctionPointer): void {
    const u32 = this.u32;
    for (let nb: Address = u32[(nbl >>> 2) + FIRST_NB]; nb !== 0; nb = u32[nb >>> 2])
      this.advance(nb, delta, freeMdl, handler);
  }

  /** NdisAdjustNetBufferCurrentMdl: CurrentMdl and CurrentMdlOffset from MdlChain and DataOffset. Any IRQL. */
  adjustCurrent(nb: Address): void {
    const u32 = this.u32;
    const w = nb >>> 2;
    u32[w + CURRENT] = this.chains.locate(u32[w + CHAIN], u32[w + DATA_OFFSET]);
    u32[w + CURRENT_OFFSET] = this.chains.locatedOffset;
  }

  /**
   * Of a NET_BUFFER that is about to be freed by NDIS: frees what NDIS put in front of it for retreats, wherever in
   * the chain that is now. MDLs of a driver's handler are the driver's. The chain is not to be walked afterwards.
   */
  forget(nb: Address): void {
    const u32 = this.u32;
    for (let record: Address = u32[(nb >>> 2) + RETREATS]; record !== 0; ) {
      const r = record >>> 2;
      const next: Address = u32[r + NEXT];
      if (u32[r + BY_HANDLER] === 0) this.freeDefault(u32[r + MDL]);
      this.nonpaged.free(record);
      record = next;
    }
    u32[(nb >>> 2) + RETREATS] = 0;
  }

  /** A retreat beyond the unused data: a new MDL in front of the chain. */
  private prepend(nb: Address, delta: number, backFill: number, handler: FunctionPointer): number {
    const u32 = this.u32;
    const w = nb >>> 2;
    const size = delta + backFill;
    this.refused = 0;
    if (size > MAX_LENGTH) return FAILURE;
    const record = this.nonpaged.allocate(RETREAT.size, TAG, "system");
    if (record === 0) return RESOURCES;
    const mdl = handler === 0 ? this.allocateDefault(size) : this.allocateByHandler(handler, size);
    if (mdl === 0 || mdlByteCount(this.memory, mdl) < size) {
      this.nonpaged.free(record);
      this.refused = mdl;
      this.refusedBy = nb;
      return mdl === 0 ? RESOURCES : FAILURE;
    }
    const r = record >>> 2;
    u32[r + NEXT] = u32[w + RETREATS];
    u32[r + MDL] = mdl;
    u32[r + BY_HANDLER] = handler === 0 ? 0 : 1;
    u32[r + HANDLER] = handler;
    u32[r + SERIAL] = ++this.serial;
    u32[w + RETREATS] = record;
    u32[mdl >>> 2] = u32[w + CHAIN];
    u32[w + CHAIN] = mdl;
    u32[w + DATA_OFFSET] += mdlByteCount(this.memory, mdl) - delta;
    u32[w + DATA_LENGTH] += delta;
    this.adjustCurrent(nb);
    return SUCCESS;
  }

  /** Takes back a retreat of `delta`, with the MDL it put in front if its serial says that it did. */
  private undo(nb: Address, delta: number, serial: number, handler: FunctionPointer): void {
    const u32 = this.u32;
    const w = nb >>> 2;
    u32[w + DATA_OFFSET] += delta;
    u32[w + DATA_LENGTH] -= delta;
    const record: Address = u32[w + RETREATS];
    if (record !== 0 && u32[(record >>> 2) + SERIAL] > serial) this.drop(w, w + RETREATS, handler);
    this.adjustCurrent(nb);
  }

  /** Takes MDLs of retreats off the head of the chain while they lie wholly before the data. */
  private dropRetreats(w: number, handler: FunctionPointer): void {
    const u32 = this.u32;
    // The newest is the head, unless the driver took that off itself.
    for (let link = w + RETREATS; u32[link] !== 0; ) {
      if (u32[(u32[link] >>> 2) + MDL] !== u32[w + CHAIN]) link = (u32[link] >>> 2) + NEXT;
      else if (this.drop(w, link, handler)) link = w + RETREATS;
      else return;
    }
  }

  /**
   * Frees the MDL of a retreat, when it is the head of the chain, unused, and there is a way to free it.
   * @param link the word that names the record of the retreat
   */
  private drop(w: number, link: number, handler: FunctionPointer): boolean {
    const u32 = this.u32;
    const record: Address = u32[link];
    const r = record >>> 2;
    const mdl: Address = u32[r + MDL];
    const byHandler = u32[r + BY_HANDLER] !== 0;
    const size = mdlByteCount(this.memory, mdl);
    if (u32[w + CHAIN] !== mdl || size > u32[w + DATA_OFFSET] || (byHandler && handler === 0)) return false;
    u32[w + CHAIN] = u32[mdl >>> 2];
    u32[w + DATA_OFFSET] -= size;
    u32[link] = u32[r + NEXT];
    this.nonpaged.free(record);
    u32[mdl >>> 2] = 0;
    if (byHandler) this.callbacks.resolve(handler)(mdl);
    else this.freeDefault(mdl);
    return true;
  }

  private freeDefault(mdl: Address): void {
    this.nonpaged.free(mdlAddress(this.memory, mdl));
    this.mdls.free(mdl);
  }

  private allocateDefault(size: number): Address {
    const data = this.nonpaged.allocate(size, TAG, "system");
    if (data === 0) return 0;
    const mdl = this.mdls.allocate(this.mdlPool, data, size);
    if (mdl === 0) this.nonpaged.free(data);
    return mdl;
  }

  private allocateByHandler(handler: FunctionPointer, size: number): Address {
    const { u32, scratch } = this.memory;
    u32[scratch >>> 2] = size;
    return this.callbacks.resolve(handler)(scratch) >>> 0;
  }
}
