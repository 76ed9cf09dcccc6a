import type { CaptureBlock } from "../capture-block.js";
import { CaptureError } from "../capture-error.js";
import { CaptureReader } from "../capture-reader.js";
import type { CaptureRecord } from "../capture-record.js";

/** What a record said, copied out. */
export interface ReadFrame {
  readonly number: number;
  readonly position: number;
  readonly data: Uint8Array;
  readonly originalLength: number;
  readonly interfaceId: number;
  readonly stamp: readonly [high: number, low: number];
  readonly time: readonly [seconds: number, nanoseconds: number];
}

export interface ReadResult {
  readonly reader: CaptureReader;
  readonly frames: ReadFrame[];
  readonly blocks: CaptureBlock[];
  /** What reading ended with, if it was an error of the package; any other is thrown. */
  readonly error: CaptureError | undefined;
}

/** Reads bytes in chunks of that size, each wiped as soon as the reader has given it back. */
export function readAll(bytes: Uint8Array, chunkSize = 1 << 20, each?: (record: CaptureRecord) => void): ReadResult {
  const blocks: CaptureBlock[] = [];
  const reader = new CaptureReader({ onBlock: (block) => blocks.push({ ...block, body: block.body.slice() }) });
  const { record } = reader;
  const frames: ReadFrame[] = [];
  let error: CaptureError | undefined;
  try {
    for (let at = 0; at < bytes.length; at += chunkSize) {
      const chunk = bytes.slice(at, at + chunkSize);
      reader.push(chunk);
      while (reader.next()) {
        each?.(record);
        const data = new Uint8Array(record.length);
        record.copyTo(data, 0);
        frames.push({
          number: record.number,
          position: record.position,
          data,
          originalLength: record.originalLength,
          interfaceId: record.interfaceId,
          stamp: [record.stampHigh, record.stampLow],
          time: [record.seconds, record.nanoseconds],
        });
      }
      chunk.fill(0xee);
    }
    reader.end();
  } catch (thrown) {
    if (!(thrown instanceof CaptureError)) throw thrown;
    error = thrown;
  }
  return { reader, frames, blocks, error };
}

/** The code, message, offset and frame number of an error, for comparison. */
export function faultOf(error: CaptureError | undefined): object | undefined {
  if (error === undefined) return undefined;
  const { code, message, offset, frame } = error;
  return { code, message, offset, frame };
}
