import type { CaptureInterface } from "./capture-interface.js";
import type { CaptureOptions } from "./capture-options.js";
import { CaptureReader } from "./capture-reader.js";

/** A captured frame as an object of its own, for programs that are not in a hurry. */
export interface CapturedPacket {
  /** Number of the frame in the capture, from 1. */
  readonly number: number;
  readonly interface: CaptureInterface;
  /** Whole seconds since 1970-01-01 00:00:00 UTC. */
  readonly seconds: number;
  /** Nanoseconds into that second. */
  readonly nanoseconds: number;
  /** The bytes captured; a copy, the caller's own. */
  readonly data: Uint8Array;
  /** Bytes the frame had on the wire. */
  readonly originalLength: number;
  readonly options: CaptureOptions;
}

/**
 * The frames of a capture, given whole or as chunks.
 *
 * ```ts
 * for (const packet of readCapture(bytes)) console.log(packet.seconds, packet.data.length);
 * ```
 *
 * @throws CaptureError as `CaptureReader.next` and `end` do, after all frames before the mistake.
 */
export function* readCapture(source: Uint8Array | Iterable<Uint8Array>): Generator<CapturedPacket, void, undefined> {
  const reader = new CaptureReader();
  const { record } = reader;
  for (const chunk of source instanceof Uint8Array ? [source] : source) {
    reader.push(chunk);
    while (reader.next()) {
      const data = new Uint8Array(record.length);
      record.copyTo(data, 0);
      yield {
        number: record.number,
        interface: record.interface,
        seconds: record.seconds,
        nanoseconds: record.nanoseconds,
        data,
        originalLength: record.originalLength,
        options: record.options(),
      };
    }
  }
  reader.end();
}
