import { NDIS_STATUS } from "../layout/status.js";
import { mdlByteCount, mdlNext, mdlVirtualAddress } from "../mdl/mdl.js";
import type { MdlChains } from "../mdl/mdl-chain.js";
import type { MdlPools } from "../mdl/mdl-pools.js";
import type { Address, Handle } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

/**
 * NdisCopyBuffer: new descriptors of `pool` over bytes `[offset, offset + length)` of the chain at `source`; no data
 * moves. A range that crosses descriptors yields a chain, each element freed on its own. At `*buffer` the first one
 * and NDIS_STATUS_SUCCESS, or NULL and NDIS_STATUS_FAILURE for no bytes, a range beyond the source, or a full pool;
 * then nothing stays allocated.
 */
export function copyBuffer(
  memory: Memory,
  mdls: MdlPools,
  chains: MdlChains,
  status: Address,
  buffer: Address,
  pool: Handle,
  source: Address,
  offset: number,
  length: number,
): void {
  const u32 = memory.u32;
  u32[buffer >>> 2] = 0;
  u32[status >>> 2] = NDIS_STATUS.NDIS_STATUS_FAILURE;
  if (length === 0 || offset + length > chains.byteLength(source)) return;
  let mdl = chains.locate(source, offset);
  let inMdl = chains.locatedOffset;
  let first: Address = 0;
  let last: Address = 0;
  for (let rest = length; rest > 0; mdl = mdlNext(memory, mdl), inMdl = 0) {
    const piece = Math.min(rest, mdlByteCount(memory, mdl) - inMdl);
    if (piece === 0) continue;
    const copy = mdls.allocate(pool, mdlVirtualAddress(memory, mdl) + inMdl, piece);
    if (copy === 0) {
      for (let next: Address; first !== 0; first = next) {
        next = mdlNext(memory, first);
        mdls.free(first);
      }
      return;
    }
    if (first === 0) first = copy;
    else u32[last >>> 2] = copy;
    last = copy;
    rest -= piece;
  }
  u32[buffer >>> 2] = first;
  u32[status >>> 2] = NDIS_STATUS.NDIS_STATUS_SUCCESS;
}
