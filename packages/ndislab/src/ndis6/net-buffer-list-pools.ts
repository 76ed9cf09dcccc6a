import { NET_BUFFER } from "../layout/net-buffer.js";
import { NDIS_NET_BUFFER_LIST_INFO, NET_BUFFER_LIST, NET_BUFFER_LIST_CONTEXT } from "../layout/net-buffer-list.js";
import {
  NDIS_OBJECT_TYPES,
  NET_BUFFER_LIST_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
} from "../layout/object-header.js";
import { POOL, POOL_SIGNATURE } from "../layout/pool.js";
import type { MdlChains } from "../mdl/mdl-chain.js";
import { type Address, alignUp, type Handle } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";
import { type SlotPools, UNLIMITED } from "../memory/slot-pool.js";
import {
  EMBEDDED_MDL,
  embeddedDataStart,
  initializeEmbeddedMdl,
  initializeNetBuffer,
  NB_STATE,
  NB_STATE_OFFSET,
  prepareEmbeddedMdl,
} from "./net-buffer.js";

/** NdisReserved[0] of a live NET_BUFFER_LIST; a free one has the next free list of its pool there. */
export const NBL_LIVE = 0x4e4c_0001;
export const NBL_STATE_OFFSET = NET_BUFFER_LIST.offset.NdisReserved;
/** NdisReserved[1]: the block of the context when it did not fit the slot, else 0. */
const CONTEXT_BLOCK_OFFSET = NET_BUFFER_LIST.offset.NdisReserved + 4;

const NBL = NET_BUFFER_LIST.offset;
const FIRST_NB = NBL.FirstNetBuffer >>> 2;
const CONTEXT = NBL.Context >>> 2;
const POOL_HANDLE = NBL.NdisPoolHandle >>> 2;
const STATE = NBL_STATE_OFFSET >>> 2;
const CONTEXT_BLOCK = CONTEXT_BLOCK_OFFSET >>> 2;
const PROTOCOL_ID = (NBL.NetBufferListInfo >>> 2) + NDIS_NET_BUFFER_LIST_INFO.values.NetBufferListProtocolId;
const DOUBLES = NET_BUFFER_LIST.size >>> 3;

const SIGNATURE = POOL.offset.Signature >>> 2;
const FREE_LIST = POOL.offset.FreeList >>> 2;
const LIVE = POOL.offset.Live >>> 2;
const DATA_SIZE = POOL.offset.DataSize >>> 2;
const DATA_START = POOL.offset.DataStart >>> 2;
const CONTEXT_SIZE = POOL.offset.ContextSize >>> 2;
const POOL_PROTOCOL_ID = POOL.offset.ProtocolId >>> 2;
const HAS_NET_BUFFER = POOL.offset.HasNetBuffer >>> 2;
const NET_BUFFER_START = POOL.offset.NetBufferStart >>> 2;

const SLOT_ALIGN = 64;

/** What NdisAllocateNetBufferListPool is asked for. */
export interface NetBufferListPoolOptions {
  readonly tag: number;
  readonly protocolId?: number;
  readonly allocateNetBuffer?: boolean;
  /** Bytes, a multiple of 8. */
  readonly contextSize?: number;
  /** Bytes of data with every list; needs `allocateNetBuffer`. */
  readonly dataSize?: number;
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

  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
    private readonly pools: SlotPools,
    private readonly chains: MdlChains,
  ) {
    this.u32 = memory.u32;
    this.f64 = memory.f64;
  }

  /** NdisAllocateNetBufferListPool: 0 for a header NDIS does not know and for data without a NET_BUFFER. */
  createFrom(parameters: Address): Handle {
    const { u8, u16, u32 } = this.memory;
    const offset = NET_BUFFER_LIST_POOL_PARAMETERS.offset;
    if (u8[parameters] !== NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT || u8[parameters + 1] !== 1) return 0;
    const least = POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    if (u16[(parameters + 2) >>> 1] < least) return 0;
    return this.create({
      tag: u32[(parameters + offset.PoolTag) >>> 2],
      protocolId: u8[parameters + offset.ProtocolId],
      allocateNetBuffer: u8[parameters + offset.fAllocateNetBuffer] !== 0,
      contextSize: u16[(parameters + offset.ContextSize) >>> 1],
      dataSize: u32[(parameters + offset.DataSize) >>> 2],
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
    return this.pools.create({
      kind: "netBufferList",
      tag,
      slotSize: alignUp(end, SLOT_ALIGN),
      dataSize,
      dataStart,
      contextSize,
      protocolId,
      hasNetBuffer: allocateNetBuffer,
      netBufferStart,
      system,
      limit: UNLIMITED,
    });
  }

  /** NdisFreeNetBufferListPool. False when the handle is no live NET_BUFFER_LIST pool. */
  destroy(pool: Handle): boolean {
    return this.pools.free(pool, "netBufferList");
  }

  /**
   * NdisAllocateNetBufferList: a list with what its pool preallocates, and a context of which `contextSize` bytes are
   * used and at least `contextBackFill` more are free. 0 for a handle that is no such pool, for a context beyond
   * 65535 bytes, and when memory is short.
   */
  allocate(pool: Handle, contextSize: number, contextBackFill: number): Address {
    const u32 = this.u32;
    const f64 = this.f64;
    const p = pool >>> 2;
    if (u32[p + SIGNATURE] !== POOL_SIGNATURE.netBufferList || (pool & 3) !== 0) return 0;
    let nbl: Address = u32[p + FREE_LIST];
    if (nbl === 0) nbl = this.grow(pool);
    if (nbl === 0) return 0;
    const total = Math.max(u32[p + CONTEXT_SIZE], contextSize + contextBackFill);
    let block = 0;
    if (total > u32[p + CONTEXT_SIZE]) {
      if (total > 0xffff) return 0;
      block = this.nonpaged.allocate(NET_BUFFER_LIST_CONTEXT.size + total, u32[p + (POOL.offset.Tag >>> 2)], "system");
      if (block === 0) return 0;
    }
    const w = nbl >>> 2;
    u32[p + FREE_LIST] = u32[w + STATE];
    this.pools.countOut(pool);
    for (let d = nbl >>> 3, end = d + DOUBLES; d < end; d++) f64[d] = 0;
    u32[w + POOL_HANDLE] = pool;
    u32[w + STATE] = NBL_LIVE;
    u32[w + CONTEXT_BLOCK] = block;
    u32[w + PROTOCOL_ID] = u32[p + POOL_PROTOCOL_ID];
    if (total !== 0)
      u32[w + CONTEXT] = this.prepareContext(block === 0 ? nbl + NET_BUFFER_LIST.size : block, total, contextSize);
    if (u32[p + HAS_NET_BUFFER] !== 0) {
      const nb = nbl + u32[p + NET_BUFFER_START];
      const dataSize = u32[p + DATA_SIZE];
      initializeNetBuffer(u32, f64, nb, pool, NB_STATE.preallocated, dataSize === 0 ? 0 : nb + EMBEDDED_MDL);
      if (dataSize !== 0) initializeEmbeddedMdl(u32, nb, nbl + u32[p + DATA_START], dataSize);
      u32[w + FIRST_NB] = nb;
    }
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
    const p = pool >>> 2;
    if (u32[p + HAS_NET_BUFFER] === 0 || u32[p + DATA_SIZE] !== 0) return 0;
    if (chain === 0 && (dataOffset !== 0 || dataLength !== 0)) return 0;
    const nbl = this.allocate(pool, contextSize, contextBackFill);
    if (nbl === 0) return 0;
    const nb = u32[(nbl >>> 2) + FIRST_NB] >>> 2;
    const offset = NET_BUFFER.offset;
    u32[nb + (offset.MdlChain >>> 2)] = chain;
    u32[nb + (offset.DataOffset >>> 2)] = dataOffset;
    u32[nb + (offset.DataLength >>> 2)] = dataLength;
    u32[nb + (offset.CurrentMdl >>> 2)] = this.chains.locate(chain, dataOffset);
    u32[nb + (offset.CurrentMdlOffset >>> 2)] = this.chains.locatedOffset;
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
    const p = u32[w + POOL_HANDLE] >>> 2;
    if (u32[p + SIGNATURE] !== POOL_SIGNATURE.netBufferList) return false;
    if (u32[w + CONTEXT_BLOCK] !== 0) this.nonpaged.free(u32[w + CONTEXT_BLOCK]);
    if (u32[p + HAS_NET_BUFFER] !== 0) u32[(nbl + u32[p + NET_BUFFER_START] + NB_STATE_OFFSET) >>> 2] = 0;
    u32[w + STATE] = u32[p + FREE_LIST];
    u32[p + FREE_LIST] = nbl;
    u32[p + LIVE]--;
    return true;
  }

  /** The NET_BUFFER that came with a list, whatever FirstNetBuffer says now; 0 when the pool has none. */
  preallocatedNetBuffer(nbl: Address): Address {
    const p = this.u32[(nbl >>> 2) + POOL_HANDLE] >>> 2;
    return this.u32[p + HAS_NET_BUFFER] === 0 ? 0 : nbl + this.u32[p + NET_BUFFER_START];
  }

  /** A context block whose last `used` bytes are in use: ContextData[Offset … Size). */
  private prepareContext(block: Address, total: number, used: number): Address {
    const offset = NET_BUFFER_LIST_CONTEXT.offset;
    this.u32[(block + offset.Next) >>> 2] = 0;
    this.memory.u16[(block + offset.Size) >>> 1] = total;
    this.memory.u16[(block + offset.Offset) >>> 1] = total - used;
    return block;
  }

  private grow(pool: Handle): Address {
    const u32 = this.u32;
    const p = pool >>> 2;
    const dataSize = u32[p + DATA_SIZE];
    const grown = this.pools.grow(pool, (slot, next) => {
      u32[(slot >>> 2) + STATE] = next;
      if (dataSize !== 0)
        prepareEmbeddedMdl(this.memory, slot + u32[p + NET_BUFFER_START], slot + u32[p + DATA_START], dataSize);
      return slot;
    });
    return grown ? u32[p + FREE_LIST] : 0;
  }
}
