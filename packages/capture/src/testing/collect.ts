import type { CaptureFormat } from "../capture-format.js";
import type { CaptureWriter, CaptureWriterOptions } from "../capture-writer.js";
import { createCaptureWriter } from "../create-capture-writer.js";
import { concat } from "./byte-builder.js";

/** A writer, and what it wrote so far. */
export function collect(
  format: CaptureFormat,
  options: CaptureWriterOptions = {},
): { writer: CaptureWriter; bytes: () => Uint8Array; chunks: Uint8Array[] } {
  const chunks: Uint8Array[] = [];
  const writer = createCaptureWriter(format, (chunk) => chunks.push(chunk.slice()), options);
  return { writer, bytes: () => concat(...chunks), chunks };
}
