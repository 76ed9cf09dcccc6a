import { NET_BUFFER } from "../layout/net-buffer.js";
import { MDL_PREFIX, NB_STATE } from "../layout/pool.js";
import { buildMdl, MDL_STATE, mdlSize } from "../mdl/mdl.js";
import type { MdlChains } from "../mdl/mdl-chain.js";
import { type Address, alignUp, type Handle } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

const OFFSET = NET_BUFFER.offset;

/** Both words of NdisReserved as one number of 8 bytes: a state, and no retreat. */
const fresh = (state: number): number => new Float64Array(new Uint32Array([state, 0]).buffer)[0];
export const NB_FRESH = {
  bare: fresh(NB_STATE.bare),
  withData: fresh(NB_STATE.withData),
  preallocated: fresh(NB_STATE.preallocated),
} as const;

/** NdisReserved[0]: one of NB_STATE while alive, else the next free NET_BUFFER of the pool. */
export const NB_STATE_OFFSET = OFFSET.NdisReserved;

/** NdisReserved[1]: the newest NDISLAB_RETREAT record, 0 when no retreat is outstanding. */
export const NB_RETREATS_OFFSET = OFFSET.NdisReserved + 4;

const CURRENT = OFFSET.CurrentMdl >>> 2;
const CURRENT_OFFSET = OFFSET.CurrentMdlOffset >>> 2;
const DATA_LENGTH = OFFSET.DataLength >>> 2;
const CHAIN = OFFSET.MdlChain >>> 2;
const DATA_OFFSET = OFFSET.DataOffset >>> 2;
const CHECKSUM_AND_RESERVED = OFFSET.ChecksumBias >>> 2;
const POOL_HANDLE = OFFSET.NdisPoolHandle >>> 2;
/** In 8-byte steps: CurrentMdlOffset with DataLength, NdisReserved, then everything from ProtocolReserved to the end. */
const OFFSET_AND_LENGTH = OFFSET.CurrentMdlOffset >>> 3;
const STATE_AND_RETREATS = NB_STATE_OFFSET >>> 3;
const REST = OFFSET.ProtocolReserved >>> 3;

/**
 * Writes all 96 bytes of a NET_BUFFER, `state` one of NB_FRESH: empty data that starts at the start of `mdl`. Written
 * out, since this is on the path of every allocation: nine 8-byte stores and six of 4.
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
  f64[d + STATE_AND_RETREATS] = state;
  const rest = d + REST;
  f64[rest] = 0; // ProtocolReserved[6]
  f64[rest + 1] = 0;
  f64[rest + 2] = 0;
  f64[rest + 3] = 0; // MiniportReserved[4]
  f64[rest + 4] = 0;
  f64[rest + 5] = 0; // DataPhysicalAddress
  f64[rest + 6] = 0; // SharedMemoryInfo
}

/** Lets the data of a NET_BUFFER be `dataLength` bytes from `dataOffset` on of a chain. */
export function pointAtChain(
  u32: Uint32Array,
  chains: MdlChains,
  nb: Address,
  chain: Address,
  dataOffset: number,
  dataLength: number,
): void {
  const w = nb >>> 2;
  u32[w + CHAIN] = chain;
  u32[w + DATA_OFFSET] = dataOffset;
  u32[w + DATA_LENGTH] = dataLength;
  u32[w + CURRENT] = chains.locate(chain, dataOffset);
  u32[w + CURRENT_OFFSET] = chains.locatedOffset;
}

/** The MDL embedded behind a NET_BUFFER, in bytes from it. */
export const EMBEDDED_MDL = NET_BUFFER.size + MDL_PREFIX.size;

const MDL_DOUBLE = EMBEDDED_MDL >>> 3;

/**
 * The end of the room in front of the data has an image of the embedded MDL as an allocation is to find it: its
 * header of 28 bytes and the first page number.
 */
const IMAGE_SIZE = 32;

/** Writes the embedded MDL again, of a NET_BUFFER whose data starts `dataStart` bytes behind it: four 8-byte moves. */
export function initializeEmbeddedMdl(f64: Float64Array, nb: Address, dataStart: number): void {
  const to = (nb >>> 3) + MDL_DOUBLE;
  const from = (nb + dataStart - IMAGE_SIZE) >>> 3;
  f64[to] = f64[from];
  f64[to + 1] = f64[from + 1];
  f64[to + 2] = f64[from + 2];
  f64[to + 3] = f64[from + 3];
}

/** Writes prefix, MDL and the MDL's image behind a NET_BUFFER when its slot is made. */
export function prepareEmbeddedMdl(memory: Memory, nb: Address, data: Address, dataSize: number): void {
  const prefix = (nb + NET_BUFFER.size) >>> 2;
  const mdl = nb + EMBEDDED_MDL;
  memory.u32[prefix + (MDL_PREFIX.offset.Owner >>> 2)] = nb;
  memory.u32[prefix + (MDL_PREFIX.offset.State >>> 2)] = MDL_STATE.embedded;
  buildMdl(memory.u32, memory.f64, mdl, data, dataSize);
  memory.u8.copyWithin(data - IMAGE_SIZE, mdl, mdl + IMAGE_SIZE);
}

/** Bytes of NET_BUFFER, prefix, MDL and image in front of `dataSize` bytes of data, whatever page the data starts in. */
export const embeddedDataStart = (dataSize: number): number =>
  alignUp(EMBEDDED_MDL + mdlSize(0xfff, dataSize) + IMAGE_SIZE, 16);
