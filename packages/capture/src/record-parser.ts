import type { ByteWindow } from "./byte-window.js";
import type { CaptureBlock } from "./capture-block.js";
import type { CaptureInterface, CaptureSection } from "./capture-interface.js";
import type { CaptureRecord } from "./capture-record.js";

/** What a parser works on; owned by the `CaptureReader`. */
export interface ParserContext {
  readonly window: ByteWindow;
  readonly record: CaptureRecord;
  readonly interfaces: CaptureInterface[];
  readonly sections: CaptureSection[];
  readonly onBlock: ((block: CaptureBlock) => void) | undefined;
}

/** Finds the frames of one family of capture files in a window. */
export interface RecordParser {
  /**
   * Goes to the next frame and fills the record. False when the window ends before the frame does; nothing is consumed
   * then but whole blocks without a frame.
   */
  next(): boolean;
  /** Whether the bytes left in the window are the beginning of a frame; if not, of another block. */
  readonly inFrame: boolean;
}

/** Longest frame that is read or written, in bytes. A captured length beyond it cannot be true. */
export const MAX_FRAME_LENGTH = 16 * 1024 * 1024;
/** The snap length by which capture programs say that they keep all of every frame, in bytes. */
export const FULL_SNAP_LENGTH = 256 * 1024;
