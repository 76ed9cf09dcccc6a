import { NET_BUFFER } from "../layout/net-buffer.js";
import { mdlAddress, mdlByteCount, mdlNext } from "../mdl/mdl.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

const CURRENT = NET_BUFFER.offset.CurrentMdl >>> 2;
const CURRENT_OFFSET = NET_BUFFER.offset.CurrentMdlOffset >>> 2;
const DATA_LENGTH = NET_BUFFER.offset.DataLength >>> 2;

/**
 * NdisCopyFromNetBufferToNetBuffer: bytes from `sourceOffset` of the source's used data to `destinationOffset` behind
 * the destination's data start, until `length`, the source's data or the destination's MDLs end. Returns the bytes
 * copied. No field of either changes: the caller sets the destination's DataLength.
 */
export function copyNetBufferData(
  memory: Memory,
  destination: Address,
  destinationOffset: number,
  length: number,
  source: Address,
  sourceOffset: number,
): number {
  const { u8, u32 } = memory;
  const s = source >>> 2;
  const d = destination >>> 2;
  let rest = Math.min(length, u32[s + DATA_LENGTH] - sourceOffset);
  let from: Address = u32[s + CURRENT];
  let fromOffset = u32[s + CURRENT_OFFSET] + sourceOffset;
  let to: Address = u32[d + CURRENT];
  let toOffset = u32[d + CURRENT_OFFSET] + destinationOffset;
  let copied = 0;
  while (rest > 0 && from !== 0 && to !== 0) {
    const available = mdlByteCount(memory, from) - fromOffset;
    const room = mdlByteCount(memory, to) - toOffset;
    if (available <= 0) {
      fromOffset = -available;
      from = mdlNext(memory, from);
    } else if (room <= 0) {
      toOffset = -room;
      to = mdlNext(memory, to);
    } else {
      const piece = Math.min(rest, available, room);
      const at = mdlAddress(memory, from) + fromOffset;
      u8.copyWithin(mdlAddress(memory, to) + toOffset, at, at + piece);
      fromOffset += piece;
      toOffset += piece;
      copied += piece;
      rest -= piece;
    }
  }
  return copied;
}
