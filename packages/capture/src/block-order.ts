import type { CaptureBlock } from "./capture-block.js";
import { BlockType } from "./capture-block.js";
import { commonNumbers } from "./option-code.js";
import { OptionWalk, padded } from "./option-walk.js";

/** An option list's, or a name resolution list's, end mark. */
const END_MARK = 4;

/**
 * The body of a block as a little-endian section has it; undefined for blocks that may not or cannot be carried into
 * another capture. The result may be the block's own body.
 *
 * ```
 *   Name Resolution                Decryption Secrets           Custom
 *   0 records, as options          0 secrets type u32           0 enterprise number u32
 *     are: type u16, length u16,   4 secrets length u32         4 data and options, opaque
 *     value padded to 4            8 secrets, padded to 4
 *     end mark, then options         options
 * ```
 */
export function portableBody(block: CaptureBlock): Uint8Array | undefined {
  const { type, body } = block;
  if (type !== BlockType.NameResolution && type !== BlockType.DecryptionSecrets && type !== BlockType.Custom)
    return undefined;
  if (!block.section.bigEndian) return body;
  const result = new Uint8Array(body.length + 2 * END_MARK);
  if (type === BlockType.NameResolution) {
    const records = copyList(body, 0, result, 0);
    return result.subarray(0, copyList(body, records.read, result, records.written).written);
  }
  const numbers = type === BlockType.Custom ? 4 : 8;
  if (body.length < numbers) return undefined;
  result.set(body);
  for (let at = 0; at < numbers; at += 4) result.subarray(at, at + 4).reverse();
  if (type === BlockType.Custom) return result.subarray(0, body.length);
  const secretsEnd = numbers + padded(new DataView(result.buffer).getUint32(4, true));
  if (!(secretsEnd >= numbers && secretsEnd < body.length)) return result.subarray(0, body.length);
  return result.subarray(0, copyList(body, secretsEnd, result, secretsEnd).written);
}

/** Copies a big-endian list from source[from] on, and ends it with a mark if it has one or is not empty. */
function copyList(source: Uint8Array, from: number, target: Uint8Array, to: number): { read: number; written: number } {
  const walk = new OptionWalk(source, from, source.length, true);
  let written = to;
  while (walk.next()) written = walk.copyTo(target, written, commonNumbers);
  if (walk.position === from) return { read: from, written };
  target.fill(0, written, written + END_MARK);
  return { read: walk.position, written: written + END_MARK };
}
