import { NET_BUFFER } from "../layout/net-buffer.js";
import { NDIS_NET_BUFFER_LIST_INFO, NET_BUFFER_LIST, NET_BUFFER_LIST_CONTEXT } from "../layout/net-buffer-list.js";
import {
  NDIS_OBJECT_TYPES,
  NET_BUFFER_LIST_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
} from "../layout/object-header.js";
import { NBL_LIVE, POOL, POOL_SIGNATURE } from "../layout/pool.js";
import type { MdlChains } from "../mdl/mdl-chain.js";
import { type Address, alignUp, type Handle } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";
import { SHARE_MASK, type SlotPools, UNLIMITED } from "../memory/slot-pool.js";
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
import { CONTEXT_BLOCK_OFFSET, MOST_CONTEXT, writeContext } from "./net-buffer-list-context.js";
import { Quarantine } from "./quarantine.js";

export const NBL_STATE_OFFSET = NET_BUFFER_LIST.offset.NdisReserved;

const NBL = NET_BUFFER_LIST.offset;
const FIRST_NB = NBL.FirstNetBuffer >>> 2;
const CONTEXT = NBL.Context >>> 2;
const POOL_HANDLE = NBL.NdisPoolHandle >>> 2;
const STATE = NBL_STATE_OFFSET >>> 2;
const CONTEXT_BLOCK = CONTEXT_BLOCK_OFFSET >>> 2;
const PROTOCOL_ID = (NBL.NetBufferListInfo >>> 2) + NDIS_NET_BUFFER_LIST_INFO.values.NetBufferListProtocolId;
const NBL_SIZE = NET_BUFFER_LIST.size;

const NB_STATE_WORD = NB_STATE_OFFSET >>> 2;

const SIGNATURE = POOL.offset.Signature >>> 2;
const FREE_LIST = POOL.offset.FreeList >>> 2;
const ALLOCATIONS = POOL.offset.Allocations >>> 2;
const FREES = POOL.offset.Frees >>> 2;
const DATA_SIZE = POOL.offset.DataSize >>> 2;
const DATA_START = POOL.offset.DataStart >>> 2;
const CONTEXT_SIZE = POOL.offset.ContextSize >>> 2;
const POOL_PROTOCOL_ID = POOL.offset.ProtocolId >>> 2;
const HAS_NET_BUFFER = POOL.offset.HasNetBuffer >>> 2;
const NET_BUFFER_START = POOL.offset.NetBufferStart >>> 2;
const SLOT_SIZE = POOL.offset.SlotSize >>> 2;
const TAG = POOL.offset.Tag >>> 2;

// Constants of the module's own, as in net-buffer-pools.ts.
const LIST_POOL = POOL_SIGNATURE.netBufferList;
const FRESH = NB_FRESH.preallocated;
const MDL_START = EMBEDDED_MDL;
const SHARE_AFTER = SHARE_MASK;
const initialize = initializeNetBuffer;
const initializeMdl = initializeEmbeddedMdl;
const context = writeContext;

/** No block of memory starts there. */
const NO_BLOCK = 1;

const SLOT_ALIGN = 64;

/** Bytes that parameters of a revision have at least. */
const LEAST_SIZES: Readonly<Record<number, number | undefined>> = {
  1: POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
  2: POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_2,
};

/** What NdisAllocateNetBufferListPool is asked for. */
export interface NetBufferListPoolOptions {
  readonly tag: number;
  readonly protocolId?: number;
  readonly allocateNetBuffer?: boolean;
  /** Bytes, a multiple of 8. */
  readonly contextSize?: number;
  /** Bytes of data with every list; needs `allocateNetBuffer`. */
  readonly dataSize?: number;
  /** Freed lists are made useless and wait before they are used again: NET_BUFFER_LIST_POOL_FLAG_VERIFY. */
  readonly verify?: boolean;
  readonly system?: boolean;
}

/**
 * NET_BUFFER_LIST pools. A slot has what every list of the pool gets:
 *
 * ```
 *  0                192                NetBufferStart                        DataStart
 *  ┌────────────────┬──────────────────┬────────────┬────────┬───────────────┬───────────────┐
 *  │ NET_BUFFER_LIST│ context (if any) │ NET_BUFFER │ prefix │ MDL and pages │ data (if any) │
 *  └────────────────┴──────────────────┴────────────┴────────┴───────────────┴───────────────┘
 * ```
 */
export class NetBufferListPools {
  private readonly u32: Uint32Array<ArrayBuffer>;
  private readonly f64: Float64Array<ArrayBuffer>;
  private readonly ownHeader: number;
  /** True while there is a pool whose freed lists wait before they are used again. */
  delays = false;
  /** Of the pools made with `verify`. */
  private readonly quarantines = new Map<Handle, Quarantine>();

  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
    private readonly pools: SlotPools,
    private readonly chains: MdlChains,
  ) {
    this.u32 = memory.u32;
    this.f64 = memory.f64;
    this.ownHeader = pools.ownHeader;
  }

  /** NdisAllocateNetBufferListPool: 0 for a header NDIS does not know and for data without a NET_BUFFER. */
  createFrom(parameters: Address): Handle {
    const { u8, u16, u32 } = this.memory;
    const offset = NET_BUFFER_LIST_POOL_PARAMETERS.offset;
    const revision = u8[parameters + 1];
    const least = LEAST_SIZES[revision];
    if (u8[parameters] !== NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT || least === undefined) return 0;
    if (u16[(parameters + 2) >>> 1] < least) return 0;
    const flags = revision === 1 ? 0 : u32[(parameters + offset.Flags) >>> 2];
    return this.create({
      tag: u32[(parameters + offset.PoolTag) >>> 2],
      protocolId: u8[parameters + offset.ProtocolId],
      allocateNetBuffer: u8[parameters + offset.fAllocateNetBuffer] !== 0,
      contextSize: u16[(parameters + offset.ContextSize) >>> 1],
      dataSize: u32[(parameters + offset.DataSize) >>> 2],
      verify: (flags & POOL_PARAMETER_REVISIONS.NET_BUFFER_LIST_POOL_FLAG_VERIFY) !== 0,
    });
  }

  /** A pool; its creator frees it with `destroy`. 0 for data without a NET_BUFFER and when memory is short. */
  create(options: NetBufferListPoolOptions): Handle {
    const { tag, protocolId = 0, allocateNetBuffer = false, contextSize = 0, dataSize = 0, system = false } = options;
    if ((dataSize !== 0 && !allocateNetBuffer) || dataSize > this.memory.byteLength) return 0;
    const contextBytes = contextSize === 0 ? 0 : NET_BUFFER_LIST_CONTEXT.size + alignUp(contextSize, 8);
    const netBufferStart = NET_BUFFER_LIST.size + contextBytes;
    const dataStart = dataSize === 0 ? 0 : netBufferStart + embeddedDataStart(dataSize);
    const end = dataSize !== 0 ? dataStart + dataSize : netBufferStart + (allocateNetBuffer ? NET_BUFFER.size : 0);
    const pool = this.pools.create({
      kind: "netBufferList",
      tag,
      slotSize: alignUp(end, SLOT_ALIGN),
      link: NBL_STATE_OFFSET,
      dataSize,
      dataStart,
      contextSize,
      protocolId,
      hasNetBuffer: allocateNetBuffer,
      netBufferStart,
      keepsFreed: options.verify ?? false,
      system,
      limit: UNLIMITED,
    });
    if (options.verify && pool !== 0) this.quarantines.set(pool, new Quarantine());
    this.delays = this.quarantines.size !== 0;
    return pool;
  }

  /** NdisFreeNetBufferListPool. False when the handle is no live NET_BUFFER_LIST pool. */
  destroy(pool: Handle): boolean {
    this.quarantines.delete(pool);
    this.delays = this.quarantines.size !== 0;
    return this.pools.free(pool, "netBufferList");
  }

  /**
   * NdisAllocateNetBufferList: a list with what its pool preallocates, and a context of which `contextSize` bytes are
   * used and at least `contextBackFill` more are free. 0 for a handle that is no such pool, for a context beyond
   * 65535 bytes, and when memory is short.
   */
  allocate(pool: Handle, contextSize: number, contextBackFill: number): Address {
    const u32 = this.u32;
    const p = (pool + this.ownHeader) >>> 2;
    if (u32[p + SIGNATURE] !== LIST_POOL || (pool & 3) !== 0) return 0;
    const own = u32[p + CONTEXT_SIZE];
    const asked = contextSize + contextBackFill;
    const block = asked > own ? this.contextBlock(p, asked) : 0;
    if (block === NO_BLOCK) return 0;
    let nbl: Address = u32[p + FREE_LIST];
    if (nbl === 0) nbl = this.refill(pool);
    if (nbl === 0) {
      if (block !== 0) this.nonpaged.free(block);
      return 0;
    }
    const w = nbl >>> 2;
    u32[p + FREE_LIST] = u32[w + STATE];
    u32[p + ALLOCATIONS]++;
    clear(this.f64, nbl >>> 3);
    u32[w + POOL_HANDLE] = pool;
    u32[w + STATE] = NBL_LIVE;
    u32[w + CONTEXT_BLOCK] = block;
    u32[w + PROTOCOL_ID] = u32[p + POOL_PROTOCOL_ID];
    if (block !== 0) u32[w + CONTEXT] = context(this.memory, block, 0, asked, contextSize);
    else if (own !== 0) u32[w + CONTEXT] = context(this.memory, nbl + NBL_SIZE, 0, own, contextSize);
    if (u32[p + HAS_NET_BUFFER] !== 0) u32[w + FIRST_NB] = this.initializeOwn(pool, nbl + u32[p + NET_BUFFER_START]);
    return nbl;
  }

  /**
   * NdisAllocateNetBufferAndNetBufferList: the preallocated NET_BUFFER gets the caller's chain, which stays the
   * caller's. 0 as `allocate`, and for a pool without NET_BUFFERs or with data.
   */
  allocateWithChain(
    pool: Handle,
    contextSize: number,
    contextBackFill: number,
    chain: Address,
    dataOffset: number,
    dataLength: number,
  ): Address {
    const u32 = this.u32;
    const p = (pool + this.ownHeader) >>> 2;
    if (u32[p + HAS_NET_BUFFER] === 0 || u32[p + DATA_SIZE] !== 0) return 0;
    if (chain === 0 && (dataOffset !== 0 || dataLength !== 0)) return 0;
    const nbl = this.allocate(pool, contextSize, contextBackFill);
    if (nbl === 0) return 0;
    pointAtChain(u32, this.chains, u32[(nbl >>> 2) + FIRST_NB], chain, dataOffset, dataLength);
    return nbl;
  }

  /**
   * NdisFreeNetBufferList: one list with what was preallocated for it; Next is not followed and other NET_BUFFERs on
   * it are not freed. False, and nothing done, when it is not alive or its pool is gone.
   */
  free(nbl: Address): boolean {
    const u32 = this.u32;
    const w = nbl >>> 2;
    if (u32[w + STATE] !== NBL_LIVE || (nbl & 7) !== 0) return false;
    const pool: Handle = u32[w + POOL_HANDLE];
    const p = (pool + this.ownHeader) >>> 2;
    if (u32[p + SIGNATURE] !== LIST_POOL) return false;
    if (u32[w + CONTEXT_BLOCK] !== 0) this.nonpaged.free(u32[w + CONTEXT_BLOCK]);
    if (u32[p + HAS_NET_BUFFER] !== 0) u32[((nbl + u32[p + NET_BUFFER_START]) >>> 2) + NB_STATE_WORD] = 0;
    const frees = (u32[p + FREES] + 1) | 0;
    u32[p + FREES] = frees;
    if (this.delays) return this.freeLater(pool, nbl);
    u32[w + STATE] = u32[p + FREE_LIST];
    u32[p + FREE_LIST] = nbl;
    if ((frees & SHARE_AFTER) === 0) this.pools.share(pool);
    return true;
  }

  /** The NET_BUFFER that came with a list, whatever FirstNetBuffer says now; 0 when the pool has none. */
  preallocatedNetBuffer(nbl: Address): Address {
    const p = this.u32[(nbl >>> 2) + POOL_HANDLE] >>> 2;
    return this.u32[p + HAS_NET_BUFFER] === 0 ? 0 : nbl + this.u32[p + NET_BUFFER_START];
  }

  /** A block for a context that the pool has not reserved in its slots; NO_BLOCK for one too long or for want of memory. */
  private contextBlock(p: number, size: number): Address {
    if (size > MOST_CONTEXT) return NO_BLOCK;
    const block = this.nonpaged.allocate(NET_BUFFER_LIST_CONTEXT.size + size, this.u32[p + TAG], "system");
    return block === 0 ? NO_BLOCK : block;
  }

  /** Writes all of a list's own NET_BUFFER and of its MDL, if it has one. */
  private initializeOwn(pool: Handle, nb: Address): Address {
    const u32 = this.u32;
    const f64 = this.f64;
    const dataStart = u32[(pool >>> 2) + DATA_START];
    initialize(u32, f64, nb, pool, FRESH, dataStart === 0 ? 0 : (nb + MDL_START) | 0);
    if (dataStart !== 0) initializeMdl(f64, nb, dataStart - u32[(pool >>> 2) + NET_BUFFER_START]);
    return nb;
  }

  /** Gives the slot of a freed list back, that of another one instead when the pool keeps freed lists for a while. */
  private freeLater(pool: Handle, nbl: Address): true {
    const u32 = this.u32;
    const p = (pool + this.ownHeader) >>> 2;
    const quarantine = this.quarantines.get(pool);
    const slot = quarantine === undefined ? nbl : quarantine.exchange(this.memory.u8, nbl, u32[p + SLOT_SIZE]);
    if (slot === 0) return true;
    if (quarantine !== undefined) this.prepare(pool, slot);
    u32[(slot >>> 2) + STATE] = u32[p + FREE_LIST];
    u32[p + FREE_LIST] = slot;
    return true;
  }

  private refill(pool: Handle): Address {
    return this.pools.refill(pool, (slot) => this.prepare(pool, slot));
  }

  /** Writes what is never written again while a slot is used, and links it to nothing. */
  private prepare(pool: Handle, slot: Address): Address {
    const u32 = this.u32;
    const p = (pool + this.ownHeader) >>> 2;
    u32[(slot >>> 2) + STATE] = 0;
    const dataSize = u32[p + DATA_SIZE];
    if (dataSize !== 0)
      prepareEmbeddedMdl(this.memory, slot + u32[p + NET_BUFFER_START], slot + u32[p + DATA_START], dataSize);
    return slot;
  }
}

/** Zeroes the 192 bytes of a NET_BUFFER_LIST. In a loop, an allocation and its free take 38 ns in the place of 30. */
function clear(f64: Float64Array, d: number): void {
  f64[d] = 0;
  f64[d + 1] = 0;
  f64[d + 2] = 0;
  f64[d + 3] = 0;
  f64[d + 4] = 0;
  f64[d + 5] = 0;
  f64[d + 6] = 0;
  f64[d + 7] = 0;
  f64[d + 8] = 0;
  f64[d + 9] = 0;
  f64[d + 10] = 0;
  f64[d + 11] = 0;
  f64[d + 12] = 0;
  f64[d + 13] = 0;
  f64[d + 14] = 0;
  f64[d + 15] = 0;
  f64[d + 16] = 0;
  f64[d + 17] = 0;
  f64[d + 18] = 0;
  f64[d + 19] = 0;
  f64[d + 20] = 0;
  f64[d + 21] = 0;
  f64[d + 22] = 0;
  f64[d + 23] = 0;
}
