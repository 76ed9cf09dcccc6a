import { CaptureError } from "./capture-error.js";
import type { CaptureInterface } from "./capture-interface.js";
import { CaptureOptions } from "./capture-options.js";
import { Clock } from "./clock.js";
import { packetNumbers } from "./option-code.js";

/**
 * One captured frame. A reader has one record and fills it anew with each `next()`; `bytes` is borrowed and its content
 * holds until the next call of `next()` or `push()`.
 */
export class CaptureRecord {
  /** Number of the frame in the capture, from 1; 0 before the first. */
  number = 0;
  /** Bytes from the start of the input to the record's header. */
  position = 0;
  /** The frame is bytes[offset] to bytes[offset + length - 1]. */
  bytes: Uint8Array = new Uint8Array(0);
  offset = 0;
  /** Bytes captured. */
  length = 0;
  /** Bytes the frame had on the wire. Some real files have it below `length`. */
  originalLength = 0;
  /**
   * The two words of the time stamp, each 0 to 2^32 - 1, as the file has them; `interface.clock` says what they mean.
   */
  stampHigh = 0;
  stampLow = 0;
  interface: CaptureInterface = noInterface;
  /** The frame's options, as the file has them: bytes[optionsOffset] on, in the byte order of the section. */
  optionsOffset = 0;
  optionsLength = 0;

  /** Index of the interface in `CaptureReader.interfaces`. */
  get interfaceId(): number {
    return this.interface.id;
  }

  /** Whole seconds since 1970-01-01 00:00:00 UTC. A Simple Packet Block has no stamp; its words are 0. */
  get seconds(): number {
    return this.interface.clock.seconds(this.stampHigh, this.stampLow);
  }

  /** Nanoseconds into that second, 0 to 999,999,999, rounded down. */
  get nanoseconds(): number {
    return this.interface.clock.nanoseconds(this.stampHigh, this.stampLow);
  }

  /**
   * Copies the frame to target[at] on and returns its length. Makes a short-lived view; where that matters, copy from
   * `bytes` by other means.
   *
   * @throws CaptureError `INVALID_ARGUMENT` when the target ends before the frame does; nothing is copied then.
   */
  copyTo(target: Uint8Array, at: number): number {
    const { offset, length } = this;
    if (!(at >= 0 && at + length <= target.length)) {
      throw new CaptureError(
        "INVALID_ARGUMENT",
        `A frame of ${length} bytes does not fit at ${at} into an array of ${target.length} bytes.`,
      );
    }
    target.set(this.bytes.subarray(offset, offset + length), at);
    return length;
  }

  /** The frame's options, copied out: the caller's own. An option that runs beyond the block ends the list. */
  options(): CaptureOptions {
    if (this.optionsLength === 0) return CaptureOptions.none;
    const end = this.optionsOffset + this.optionsLength;
    const { bigEndian } = this.interface.section;
    return CaptureOptions.decode(this.bytes, this.optionsOffset, end, bigEndian, packetNumbers);
  }
}

const noInterface: CaptureInterface = {
  id: 0,
  linkType: 0,
  snapLength: 0,
  clock: Clock.microseconds,
  fcsLength: undefined,
  options: CaptureOptions.none,
  section: { id: 0, bigEndian: false, options: CaptureOptions.none },
};
