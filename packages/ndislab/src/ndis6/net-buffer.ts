import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { MDL_PREFIX } from "../layout/pool.js";
import { buildMdl, MDL_STATE, mdlSize } from "../mdl/mdl.js";
import { type Address, alignUp, type Handle } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

const OFFSET = NET_BUFFER.offset;

/** NdisReserved[0] of a NET_BUFFER. Odd, so that none can be taken for the link of a free one. */
export const NB_STATE = {
  /** From NdisAllocateNetBuffer. */
  bare: 0x4e42_0001,
  /** From NdisAllocateNetBufferMdlAndData. */
  withData: 0x4e42_0003,
  /** Came with a NET_BUFFER_LIST and goes with it. */
  preallocated: 0x4e42_0005,
} as const;

/** NdisReserved[0]: one of NB_STATE while alive, else the next free NET_BUFFER of the pool. */
export const NB_STATE_OFFSET = OFFSET.NdisReserved;

/** NdisReserved[1]: the newest NDISLAB_RETREAT record, 0 when no retreat is outstanding. */
export const NB_RETREATS_OFFSET = OFFSET.NdisReserved + 4;

const CURRENT = OFFSET.CurrentMdl >>> 2;
const CHAIN = OFFSET.MdlChain >>> 2;
const DATA_OFFSET = OFFSET.DataOffset >>> 2;
const CHECKSUM_AND_RESERVED = OFFSET.ChecksumBias >>> 2;
const POOL_HANDLE = OFFSET.NdisPoolHandle >>> 2;
const STATE = NB_STATE_OFFSET >>> 2;
const RETREATS = NB_RETREATS_OFFSET >>> 2;
/** In 8-byte steps: CurrentMdlOffset with DataLength, then everything from ProtocolReserved to the end. */
const OFFSET_AND_LENGTH = OFFSET.CurrentMdlOffset >>> 3;
const REST = OFFSET.ProtocolReserved >>> 3;

/**
 * Writes all 96 bytes of a NET_BUFFER: empty data that starts at the start of `mdl`. Written out, since this is on
 * the path of every allocation: eight 8-byte stores and eight of 4.
 */
export function initializeNetBuffer(
  u32: Uint32Array,
  f64: Float64Array,
  nb: Address,
  pool: Handle,
  state: number,
  mdl: Address,
): void {
  const w = nb >>> 2;
  const d = nb >>> 3;
  u32[w] = 0;
  u32[w + CURRENT] = mdl;
  f64[d + OFFSET_AND_LENGTH] = 0;
  u32[w + CHAIN] = mdl;
  u32[w + DATA_OFFSET] = 0;
  u32[w + CHECKSUM_AND_RESERVED] = 0;
  u32[w + POOL_HANDLE] = pool;
  u32[w + STATE] = state;
  u32[w + RETREATS] = 0;
  f64[d + REST] = 0; // ProtocolReserved[6]
  f64[d + REST + 1] = 0;
  f64[d + REST + 2] = 0;
  f64[d + REST + 3] = 0; // MiniportReserved[4]
  f64[d + REST + 4] = 0;
  f64[d + REST + 5] = 0; // DataPhysicalAddress
  f64[d + REST + 6] = 0; // SharedMemoryInfo
}

/** The MDL embedded behind a NET_BUFFER, in bytes from it. */
export const EMBEDDED_MDL = NET_BUFFER.size + MDL_PREFIX.size;

const M = EMBEDDED_MDL >>> 2;
const M_SIZE = M + (MDL.offset.Size >>> 2);
const M_PROCESS = M + (MDL.offset.Process >>> 2);
const M_MAPPED = M + (MDL.offset.MappedSystemVa >>> 2);
const M_START = M + (MDL.offset.StartVa >>> 2);
const M_COUNT = M + (MDL.offset.ByteCount >>> 2);
const M_BYTE_OFFSET = M + (MDL.offset.ByteOffset >>> 2);
/** A module constant: an import would be looked up at each use. */
const MDL_SIZE = MDL.size;
const NONPAGED = MDL_FLAGS.MDL_SOURCE_IS_NONPAGED_POOL << 16;

/** Writes the header of the embedded MDL again; its page numbers were written once, when the slot was made. */
export function initializeEmbeddedMdl(u32: Uint32Array, nb: Address, data: Address, dataSize: number): void {
  const w = nb >>> 2;
  const byteOffset = data & 0xfff;
  u32[w + M] = 0;
  u32[w + M_SIZE] = ((MDL_SIZE + (((byteOffset + dataSize + 0xfff) >>> 12) << 2)) & 0xffff) | NONPAGED;
  u32[w + M_PROCESS] = 0;
  u32[w + M_MAPPED] = data;
  u32[w + M_START] = data - byteOffset;
  u32[w + M_COUNT] = dataSize;
  u32[w + M_BYTE_OFFSET] = byteOffset;
}

/** Writes prefix and MDL behind a NET_BUFFER when its slot is made. */
export function prepareEmbeddedMdl(memory: Memory, nb: Address, data: Address, dataSize: number): void {
  const prefix = (nb + NET_BUFFER.size) >>> 2;
  memory.u32[prefix + (MDL_PREFIX.offset.Owner >>> 2)] = nb;
  memory.u32[prefix + (MDL_PREFIX.offset.State >>> 2)] = MDL_STATE.embedded;
  buildMdl(memory, nb + EMBEDDED_MDL, data, dataSize);
}

/** Bytes of NET_BUFFER, prefix and MDL in front of `dataSize` bytes of data, whatever page the data starts in. */
export const embeddedDataStart = (dataSize: number): number => alignUp(EMBEDDED_MDL + mdlSize(0xfff, dataSize), 16);
