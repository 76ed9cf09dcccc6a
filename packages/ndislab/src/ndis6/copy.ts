import { NET_BUFFER } from "../layout/net-buffer.js";
import type { Mappings } from "../mdl/mappings.js";
import type { Address } from "../memory/address.js";
import { HELPER_NOT_MAPPED } from "../memory/helper.js";
import type { Memory } from "../memory/memory.js";
import { mapChain, NOT_MAPPED } from "./data-buffer.js";

const CURRENT = NET_BUFFER.offset.CurrentMdl >>> 2;
const CURRENT_OFFSET = NET_BUFFER.offset.CurrentMdlOffset >>> 2;
const DATA_LENGTH = NET_BUFFER.offset.DataLength >>> 2;

/**
 * NdisCopyFromNetBufferToNetBuffer: bytes from `sourceOffset` of the source's used data to `destinationOffset` behind
 * the destination's data start, until `length`, the source's data or the destination's MDLs end. Returns the bytes
 * copied; NOT_MAPPED, and nothing is copied, when an MDL with some of them cannot be mapped. No field of either
 * NET_BUFFER changes: the caller sets the destination's DataLength.
 */
export function copyNetBufferData(
  memory: Memory,
  mappings: Mappings,
  destination: Address,
  destinationOffset: number,
  length: number,
  source: Address,
  sourceOffset: number,
): number {
  const { u32, helper } = memory;
  const copied = helper.copyNetBuffer(destination, destinationOffset, length, source, sourceOffset);
  if (copied !== HELPER_NOT_MAPPED) return copied >>> 0;
  const s = source >>> 2;
  const d = destination >>> 2;
  const wanted = Math.max(0, Math.min(length, u32[s + DATA_LENGTH] - sourceOffset));
  const room = mapChain(memory, mappings, u32[d + CURRENT], u32[d + CURRENT_OFFSET] + destinationOffset, wanted);
  if (room === NOT_MAPPED) return NOT_MAPPED;
  const possible = mapChain(memory, mappings, u32[s + CURRENT], u32[s + CURRENT_OFFSET] + sourceOffset, room);
  if (possible === NOT_MAPPED) return NOT_MAPPED;
  return helper.copyNetBuffer(destination, destinationOffset, length, source, sourceOffset) >>> 0;
}
