import type { CaptureFormat } from "./capture-format.js";
import type { CaptureWriter, CaptureWriterOptions } from "./capture-writer.js";
import type { ByteSink } from "./output-buffer.js";
import { PcapWriter } from "./pcap-writer.js";
import { PcapngWriter } from "./pcapng-writer.js";

/** A writer of that format, which hands its bytes to `sink` in big chunks; `close()` hands over the last. */
export function createCaptureWriter(
  format: CaptureFormat,
  sink: ByteSink,
  options: CaptureWriterOptions = {},
): CaptureWriter {
  return format === "pcap" ? new PcapWriter(sink, options) : new PcapngWriter(sink, options);
}
