/**
 * What went wrong, for programs.
 *
 * Reading: `EMPTY_FILE` no bytes at all; `NOT_A_CAPTURE` no known magic number; `UNSUPPORTED_VERSION` a capture of a
 * version or variant that is not read; `TRUNCATED` the bytes end inside a frame, block or header; `BAD_HEADER` the file
 * header contradicts the format; `BAD_LENGTH` a length that cannot be true; `BAD_BLOCK` a pcapng block that contradicts
 * the format; `CANNOT_READ` the system refused to open or read the file.
 *
 * Writing: `LINK_TYPE` a second link type in a classic pcap; `STAMP_RANGE` a time that a classic pcap cannot hold;
 * `PRECISION` a finer clock joined a pcap already begun in microseconds; `UNKNOWN_EXTENSION` a file name that names no
 * format; `CANNOT_WRITE` the system refused to create or write the file.
 *
 * Both: `INVALID_ARGUMENT` wrong use of this package.
 */
export type CaptureErrorCode =
  | "EMPTY_FILE"
  | "NOT_A_CAPTURE"
  | "UNSUPPORTED_VERSION"
  | "TRUNCATED"
  | "BAD_HEADER"
  | "BAD_LENGTH"
  | "BAD_BLOCK"
  | "CANNOT_READ"
  | "LINK_TYPE"
  | "STAMP_RANGE"
  | "PRECISION"
  | "UNKNOWN_EXTENSION"
  | "CANNOT_WRITE"
  | "INVALID_ARGUMENT";

/** Where in the input an error was found. */
export interface CaptureErrorPlace {
  /** Bytes from the start of the input to the header of what is wrong. */
  readonly offset?: number;
  /** Number of the frame, counted from 1. */
  readonly frame?: number;
  /** The error of the system that this one reports. */
  readonly cause?: unknown;
}

/**
 * The one error this package throws. `message` is a sentence for the person who named the file; `code` is for programs.
 */
export class CaptureError extends Error {
  override readonly name = "CaptureError";
  readonly code: CaptureErrorCode;
  /** Bytes from the start of the input to the header of what is wrong; undefined where no input is concerned. */
  readonly offset: number | undefined;
  /** Number of the frame, counted from 1; undefined where no single frame is concerned. */
  readonly frame: number | undefined;

  constructor(code: CaptureErrorCode, message: string, place: CaptureErrorPlace = {}) {
    super(message, place.cause === undefined ? undefined : { cause: place.cause });
    this.code = code;
    this.offset = place.offset;
    this.frame = place.frame;
  }
}
