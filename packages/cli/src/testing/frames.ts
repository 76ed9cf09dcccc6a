import { writeFileSync } from "node:fs";
import { createCaptureWriter, formatForFileName, LINK_TYPE_ETHERNET } from "@ndislab/capture";

/** An Ethernet frame of `length` bytes with a pattern that `seed` decides. */
export function frame(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + seed * 17) & 0xff;
  return bytes;
}

/** Writes a capture with these frames, a millisecond apart. */
export function writeFrames(path: string, frames: readonly Uint8Array[], linkType: number = LINK_TYPE_ETHERNET): void {
  const chunks: Uint8Array[] = [];
  const writer = createCaptureWriter(formatForFileName(path), (chunk) => chunks.push(chunk.slice()));
  const id = writer.addInterface({ linkType });
  for (const [i, bytes] of frames.entries()) writer.writeFrame(id, 1_700_000_000, i * 1_000_000, bytes);
  writer.close();
  writeFileSync(path, Buffer.concat(chunks));
}
