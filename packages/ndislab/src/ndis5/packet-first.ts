import { mdlByteCount } from "../mdl/mdl.js";
import type { MdlChains } from "../mdl/mdl-chain.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

/**
 * NdisGetFirstBufferFromPacket: the first descriptor of the chain at `head` with its length, and the bytes of the whole
 * chain, counted now; NULL and zeros for an empty one. `address` is what the caller has mapped the first descriptor
 * to, NULL where it could not.
 */
export function tellFirstBuffer(
  memory: Memory,
  chains: MdlChains,
  head: Address,
  address: Address,
  first: Address,
  firstAddress: Address,
  firstLength: Address,
  totalLength: Address,
): void {
  const { u32 } = memory;
  u32[first >>> 2] = head;
  u32[firstAddress >>> 2] = address;
  u32[firstLength >>> 2] = head === 0 ? 0 : mdlByteCount(memory, head);
  u32[totalLength >>> 2] = chains.byteLength(head);
}
