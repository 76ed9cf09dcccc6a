import { NET_BUFFER } from "../layout/net-buffer.js";
import { NDIS_OBJECT_TYPES, NET_BUFFER_POOL_PARAMETERS } from "../layout/object-header.js";
import { NB_STATE, POOL, POOL_SIGNATURE } from "../layout/pool.js";
import type { MdlChains } from "../mdl/mdl-chain.js";
import { type Address, alignUp, type Handle } from "../memory/address.js";
import type { Helper } from "../memory/helper.js";
import type { Memory } from "../memory/memory.js";
import { SHARE_MASK, type SlotPools } from "../memory/slot-pool.js";
import {
  EMBEDDED_MDL,
  embeddedDataStart,
  initializeEmbeddedMdl,
  initializeNetBuffer,
  NB_FRESH,
  NB_STATE_OFFSET,
  pointAtChain,
  prepareEmbeddedMdl,
} from "./net-buffer.js";

const SIGNATURE = POOL.offset.Signature >>> 2;
const FREE_LIST = POOL.offset.FreeList >>> 2;
const ALLOCATIONS = POOL.offset.Allocations >>> 2;
const FREES = POOL.offset.Frees >>> 2;
const DATA_SIZE = POOL.offset.DataSize >>> 2;
const DATA_START = POOL.offset.DataStart >>> 2;

const POOL_HANDLE = NET_BUFFER.offset.NdisPoolHandle >>> 2;
const STATE = NB_STATE_OFFSET >>> 2;

const NET_BUFFER_POOL = POOL_SIGNATURE.netBuffer;
const BARE = NB_STATE.bare;
const WITH_DATA = NB_STATE.withData;
const { bare: FRESH_BARE, withData: FRESH_WITH_DATA } = NB_FRESH;

// Node 20 looks an import up, and checks it, at each use; what a module's own constant holds is compiled in. An
// allocate + free costs 3 % less by these three.
const initialize = initializeNetBuffer;
const initializeMdl = initializeEmbeddedMdl;
const MDL_START = EMBEDDED_MDL;
const SHARE_AFTER = SHARE_MASK;

/** Slots with data start on cache lines. */
const SLOT_ALIGN = 64;

/**
 * NET_BUFFER pools. A slot of a pool with data is one block:
 *
 * ```
 *  0                96           104                    DataStart-32     DataStart
 *  ┌────────────────┬────────────┬──────────────────────┬────────────────┬─────────────────────┐
 *  │ NET_BUFFER     │ MDL prefix │ MDL and page numbers │ image of MDL   │ DataSize bytes      │
 *  └────────────────┴────────────┴──────────────────────┴────────────────┴─────────────────────┘
 *    NdisReserved[0]: state while alive, else the next free slot
 * ```
 * A slot of a pool without data is the NET_BUFFER alone.
 */
export class NetBufferPools {
  private readonly u32: Uint32Array<ArrayBuffer>;
  private readonly f64: Float64Array<ArrayBuffer>;
  private readonly helper: Helper;
  private readonly ownHeader: number;

  constructor(
    private readonly memory: Memory,
    private readonly pools: SlotPools,
    private readonly chains: MdlChains,
  ) {
    this.u32 = memory.u32;
    this.f64 = memory.f64;
    this.helper = memory.helper;
    this.ownHeader = pools.ownHeader;
  }

  /** NdisAllocateNetBufferPool: 0 when the header of `parameters` is not of a type, revision and size NDIS knows. */
  createFrom(parameters: Address): Handle {
    const { u8, u16 } = this.memory;
    const offset = NET_BUFFER_POOL_PARAMETERS.offset;
    if (u8[parameters] !== NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT || u8[parameters + 1] !== 1) return 0;
    if (u16[(parameters + 2) >>> 1] < NET_BUFFER_POOL_PARAMETERS.size) return 0;
    return this.create(this.u32[(parameters + offset.PoolTag) >>> 2], this.u32[(parameters + offset.DataSize) >>> 2]);
  }

  /**
   * A pool whose NET_BUFFERs come with `dataSize` bytes of data each, or bare when that is 0. The creator frees it
   * with `destroy`. 0 when memory is short.
   */
  create(tag: number, dataSize: number, system = false): Handle {
    if (dataSize > this.memory.byteLength) return 0;
    const dataStart = dataSize === 0 ? 0 : embeddedDataStart(dataSize);
    const slotSize = dataSize === 0 ? NET_BUFFER.size : alignUp(dataStart + dataSize, SLOT_ALIGN);
    return this.pools.create({ kind: "netBuffer", tag, slotSize, link: NB_STATE_OFFSET, dataSize, dataStart, system });
  }

  /** NdisFreeNetBufferPool. False when the handle is no live NET_BUFFER pool. */
  destroy(pool: Handle): boolean {
    return this.pools.free(pool, "netBuffer");
  }

  /**
   * NdisAllocateNetBuffer: the chain stays the caller's. 0 when the pool has data or is no NET_BUFFER pool, when a
   * NULL chain comes with an offset or a length, or when memory is short.
   */
  allocate(pool: Handle, chain: Address, dataOffset: number, dataLength: number): Address {
    const u32 = this.u32;
    const p = (pool + this.ownHeader) >>> 2;
    if (u32[p + SIGNATURE] !== NET_BUFFER_POOL || (pool & 3) !== 0 || u32[p + DATA_SIZE] !== 0) return 0;
    if (chain === 0 && (dataOffset !== 0 || dataLength !== 0)) return 0;
    let nb: Address = u32[p + FREE_LIST];
    if (nb === 0) nb = this.refill(pool);
    if (nb === 0) return 0;
    const w = nb >>> 2;
    u32[p + FREE_LIST] = u32[w + STATE];
    u32[p + ALLOCATIONS]++;
    initialize(u32, this.f64, nb, pool, FRESH_BARE, chain);
    if (chain !== 0) pointAtChain(u32, this.chains, nb, chain, dataOffset, dataLength);
    return nb;
  }

  /**
   * NdisAllocateNetBufferMdlAndData: NET_BUFFER, MDL and data in one block, all fields written again each time.
   * The data is empty and starts at the start of the MDL. 0 when the pool has no data, is no NET_BUFFER pool, or
   * memory is short.
   */
  allocateMdlAndData(pool: Handle): Address {
    const u32 = this.u32;
    const p = (pool + this.ownHeader) >>> 2;
    const dataStart = u32[p + DATA_START];
    if (u32[p + SIGNATURE] !== NET_BUFFER_POOL || (pool & 3) !== 0 || dataStart === 0) return 0;
    const list = p + FREE_LIST;
    const nb: Address = u32[list] || this.refill(pool);
    if (nb === 0) return 0;
    const f64 = this.f64;
    u32[list] = u32[(nb >>> 2) + STATE];
    u32[p + ALLOCATIONS]++;
    initialize(u32, f64, nb, pool, FRESH_WITH_DATA, (nb + MDL_START) | 0);
    initializeMdl(f64, nb, dataStart);
    return nb;
  }

  /**
   * NdisFreeNetBuffer: the NET_BUFFER goes back, with MDL and data when it came with them; Next and a chain of the
   * caller's are not touched. False, and nothing done, when it is not alive, came with a NET_BUFFER_LIST, or its
   * pool is gone.
   */
  free(nb: Address): boolean {
    const u32 = this.u32;
    const link = (nb >>> 2) + STATE;
    const state = u32[link];
    if ((state !== WITH_DATA && state !== BARE) || (nb & 7) !== 0) return false;
    const pool: Handle = u32[(nb >>> 2) + POOL_HANDLE];
    const p = (pool + this.ownHeader) >>> 2;
    if (u32[p + SIGNATURE] !== NET_BUFFER_POOL) return false;
    const list = p + FREE_LIST;
    const counter = p + FREES;
    u32[link] = u32[list];
    u32[list] = nb;
    const frees = (u32[counter] + 1) | 0;
    u32[counter] = frees;
    if ((frees & SHARE_AFTER) === 0) this.pools.share(pool);
    return true;
  }

  /**
   * `count` times `allocateMdlAndData`: the addresses to `out`, which has room for one more. How many there are; fewer
   * when `allocateMdlAndData` gives no more. From some eight on it is quicker than one by one.
   */
  allocateMany(pool: Handle, out: Address, count: number): number {
    const u32 = this.u32;
    const p = (pool + this.ownHeader) >>> 2;
    const dataStart = u32[p + DATA_START];
    if (u32[p + SIGNATURE] !== NET_BUFFER_POOL || (pool & 3) !== 0 || dataStart === 0) return 0;
    const to = out >>> 2;
    let taken = this.helper.takeNetBuffers(u32[p + FREE_LIST], out, count, pool, WITH_DATA, MDL_START, dataStart);
    u32[p + FREE_LIST] = u32[to + taken];
    u32[p + ALLOCATIONS] += taken;
    for (; taken < count; taken++) {
      const nb = this.allocateMdlAndData(pool);
      if (nb === 0) return taken;
      u32[to + taken] = nb;
    }
    return taken;
  }

  /**
   * Frees NET_BUFFERs of `pool`, whose addresses are at `list`, up to the first that is none, is not alive, or has an
   * MDL of a retreat in front; how many. The pool is one with data, and alive.
   */
  freeMany(pool: Handle, list: Address, count: number): number {
    const u32 = this.u32;
    const p = (pool + this.ownHeader) >>> 2;
    const given = this.helper.giveNetBuffers(u32[p + FREE_LIST], list, count, pool, WITH_DATA);
    if (given !== 0) u32[p + FREE_LIST] = u32[(list >>> 2) + given - 1];
    u32[p + FREES] += given;
    this.pools.share(pool);
    return given;
  }

  private refill(pool: Handle): Address {
    const u32 = this.u32;
    const p = (pool + this.ownHeader) >>> 2;
    return this.pools.refill(pool, (slot) => {
      u32[(slot >>> 2) + STATE] = 0;
      if (u32[p + DATA_SIZE] !== 0)
        prepareEmbeddedMdl(this.memory, slot, slot + u32[p + DATA_START], u32[p + DATA_SIZE]);
      return slot;
    });
  }
}
