import type { Callbacks, FunctionPointer } from "../kernel/callbacks.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { RETREAT } from "../layout/pool.js";
import { NDIS_STATUS } from "../layout/status.js";
import { mdlAddress, mdlByteCount } from "../mdl/mdl.js";
import type { MdlChains } from "../mdl/mdl-chain.js";
import type { MdlPools } from "../mdl/mdl-pools.js";
import type { Address, Handle } from "../memory/address.js";
import { type Memory, SCRATCH } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";
import { poolTag } from "../memory/tag.js";
import { NB_RETREATS_OFFSET } from "./net-buffer.js";

const CURRENT = NET_BUFFER.offset.CurrentMdl >>> 2;
const CURRENT_OFFSET = NET_BUFFER.offset.CurrentMdlOffset >>> 2;
const DATA_LENGTH = NET_BUFFER.offset.DataLength >>> 2;
const CHAIN = NET_BUFFER.offset.MdlChain >>> 2;
const DATA_OFFSET = NET_BUFFER.offset.DataOffset >>> 2;
const RETREATS = NB_RETREATS_OFFSET >>> 2;
const TAG = poolTag("NDrt");
const MAX_LENGTH = 0xffffffff;

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
  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
    private readonly mdls: MdlPools,
    private readonly mdlPool: Handle,
    private readonly chains: MdlChains,
    private readonly callbacks: Callbacks,
  ) {}

  /**
   * NdisRetreatNetBufferDataStart. On any status but NDIS_STATUS_SUCCESS the NET_BUFFER is as it was.
   * @param handler NET_BUFFER_ALLOCATE_MDL of the driver, or 0 for a block of NDIS.
   */
  retreat(nb: Address, delta: number, backFill: number, handler: FunctionPointer): number {
    const u32 = this.memory.u32;
    const w = nb >>> 2;
    const dataOffset = u32[w + DATA_OFFSET];
    const dataLength = u32[w + DATA_LENGTH];
    if (dataLength + delta > MAX_LENGTH) return NDIS_STATUS.NDIS_STATUS_FAILURE;
    if (dataOffset >= delta) {
      u32[w + DATA_OFFSET] = dataOffset - delta;
      u32[w + DATA_LENGTH] = dataLength + delta;
      const inMdl = u32[w + CURRENT_OFFSET];
      if (inMdl >= delta && delta !== 0) u32[w + CURRENT_OFFSET] = inMdl - delta;
      else this.adjustCurrent(nb);
      return NDIS_STATUS.NDIS_STATUS_SUCCESS;
    }
    const size = delta + backFill;
    if (size > MAX_LENGTH) return NDIS_STATUS.NDIS_STATUS_FAILURE;
    const record = this.nonpaged.allocate(RETREAT.size, TAG, "system");
    if (record === 0) return NDIS_STATUS.NDIS_STATUS_RESOURCES;
    const mdl = handler === 0 ? this.allocateDefault(size) : this.allocateByHandler(handler, size);
    if (mdl === 0 || mdlByteCount(this.memory, mdl) < size) {
      this.nonpaged.free(record);
      return mdl === 0 ? NDIS_STATUS.NDIS_STATUS_RESOURCES : NDIS_STATUS.NDIS_STATUS_FAILURE;
    }
    const r = record >>> 2;
    u32[r + (RETREAT.offset.Next >>> 2)] = u32[w + RETREATS];
    u32[r + (RETREAT.offset.Mdl >>> 2)] = mdl;
    u32[r + (RETREAT.offset.ByHandler >>> 2)] = handler === 0 ? 0 : 1;
    u32[r + (RETREAT.offset.Handler >>> 2)] = handler;
    u32[w + RETREATS] = record;
    u32[mdl >>> 2] = u32[w + CHAIN];
    u32[w + CHAIN] = mdl;
    u32[w + DATA_OFFSET] = mdlByteCount(this.memory, mdl) + dataOffset - delta;
    u32[w + DATA_LENGTH] = dataLength + delta;
    this.adjustCurrent(nb);
    return NDIS_STATUS.NDIS_STATUS_SUCCESS;
  }

  /**
   * NdisAdvanceNetBufferDataStart. Nothing happens when `delta` is more than the used data.
   * @param freeMdl whether MDLs of earlier retreats that hold no used byte any more are freed
   * @param handler NET_BUFFER_FREE_MDL of the driver for MDLs that its allocate handler made, or 0; without it such
   *   an MDL stays in the chain
   */
  advance(nb: Address, delta: number, freeMdl: boolean, handler: FunctionPointer): void {
    const u32 = this.memory.u32;
    const w = nb >>> 2;
    if (delta > u32[w + DATA_LENGTH]) return;
    u32[w + DATA_OFFSET] += delta;
    u32[w + DATA_LENGTH] -= delta;
    if (freeMdl) this.dropRetreats(w, handler);
    this.adjustCurrent(nb);
  }

  /** NdisAdjustNetBufferCurrentMdl: CurrentMdl and CurrentMdlOffset from MdlChain and DataOffset. Any IRQL. */
  adjustCurrent(nb: Address): void {
    const u32 = this.memory.u32;
    const w = nb >>> 2;
    u32[w + CURRENT] = this.chains.locate(u32[w + CHAIN], u32[w + DATA_OFFSET]);
    u32[w + CURRENT_OFFSET] = this.chains.locatedOffset;
  }

  /** Takes MDLs of retreats off the head of the chain while they lie wholly before the data. */
  private dropRetreats(w: number, handler: FunctionPointer): void {
    const u32 = this.memory.u32;
    for (let record: Address = u32[w + RETREATS]; record !== 0; record = u32[w + RETREATS]) {
      const r = record >>> 2;
      const mdl: Address = u32[r + (RETREAT.offset.Mdl >>> 2)];
      const byHandler = u32[r + (RETREAT.offset.ByHandler >>> 2)] !== 0;
      const size = mdlByteCount(this.memory, mdl);
      if (u32[w + CHAIN] !== mdl || size > u32[w + DATA_OFFSET] || (byHandler && handler === 0)) return;
      u32[w + CHAIN] = u32[mdl >>> 2];
      u32[w + DATA_OFFSET] -= size;
      u32[w + RETREATS] = u32[r + (RETREAT.offset.Next >>> 2)];
      this.nonpaged.free(record);
      u32[mdl >>> 2] = 0;
      if (byHandler) this.callbacks.resolve(handler)(mdl);
      else {
        this.nonpaged.free(mdlAddress(this.memory, mdl));
        this.mdls.free(mdl);
      }
    }
  }

  private allocateDefault(size: number): Address {
    const data = this.nonpaged.allocate(size, TAG, "system");
    if (data === 0) return 0;
    const mdl = this.mdls.allocate(this.mdlPool, data, size);
    if (mdl === 0) this.nonpaged.free(data);
    return mdl;
  }

  private allocateByHandler(handler: FunctionPointer, size: number): Address {
    this.memory.u32[SCRATCH >>> 2] = size;
    return this.callbacks.resolve(handler)(SCRATCH) >>> 0;
  }
}
