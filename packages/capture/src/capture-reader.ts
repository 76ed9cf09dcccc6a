import { ByteWindow } from "./byte-window.js";
import type { CaptureBlock } from "./capture-block.js";
import { BlockType } from "./capture-block.js";
import { CaptureError } from "./capture-error.js";
import type { CaptureFormat } from "./capture-format.js";
import type { CaptureInterface, CaptureSection } from "./capture-interface.js";
import { CaptureRecord } from "./capture-record.js";
import { PCAP_FILE_HEADER, PCAP_MICROSECONDS, PCAP_NANOSECONDS, PcapParser } from "./pcap-parser.js";
import { PcapngParser } from "./pcapng-parser.js";
import type { ParserContext, RecordParser } from "./record-parser.js";

const MAGIC = 4;

export interface CaptureReaderOptions {
  /**
   * Called with each pcapng block that is neither a frame nor a section header nor an interface, in the order of the
   * file. Without it such blocks are passed over.
   */
  readonly onBlock?: (block: CaptureBlock) => void;
  /**
   * Where a record that spans two chunks is put together, by default an array of the reader's own. Give it, and the
   * chunks, from one ArrayBuffer to find all frames in that buffer; a record that does not fit is put together
   * elsewhere.
   */
  readonly scratch?: Uint8Array;
}

/**
 * Reads a capture, pcap or pcapng, from chunks of bytes of any size.
 *
 * ```ts
 * const reader = new CaptureReader();
 * for (const chunk of chunks) {
 *   reader.push(chunk);
 *   while (reader.next()) use(reader.record);
 * }
 * reader.end();
 * ```
 *
 * ```
 *                push()                 next() false
 *   hungry ────────────────▶ filled ────────────────────▶ hungry ── end() ──▶ fine, or an error
 *                           ▲      │
 *                           └──────┘ next() true: a frame
 * ```
 *
 * No object is made per frame. What came before a mistake in the file is delivered before `next()` throws; it throws
 * the same again when called again. Memory is bounded by the chunks given and the longest record, never by a length
 * that the file claims.
 */
export class CaptureReader {
  /** The frame that the last `next()` found; one object, filled anew each time. */
  readonly record: CaptureRecord = new CaptureRecord();

  readonly #window: ByteWindow;
  readonly #interfaces: CaptureInterface[] = [];
  readonly #sections: CaptureSection[] = [];
  readonly #context: ParserContext;
  #format: CaptureFormat | undefined;
  #parser: RecordParser | undefined;
  #drained = true;

  constructor(options: CaptureReaderOptions = {}) {
    this.#window = new ByteWindow(options.scratch);
    this.#context = {
      window: this.#window,
      record: this.record,
      interfaces: this.#interfaces,
      sections: this.#sections,
      onBlock: options.onBlock,
    };
  }

  /** Undefined until the first bytes were looked at by `next()`. */
  get format(): CaptureFormat | undefined {
    return this.#format;
  }

  /**
   * All interfaces met so far, through all sections. A pcap has one, known as soon as its header is. Grows as `next()`
   * is called.
   */
  get interfaces(): readonly CaptureInterface[] {
    return this.#interfaces;
  }

  /** All sections met so far; a pcap has one. */
  get sections(): readonly CaptureSection[] {
    return this.#sections;
  }

  /** Bytes consumed so far. */
  get position(): number {
    return this.#window.position;
  }

  /** Hands over more bytes. `chunk` is borrowed and must stay as it is until `next()` has returned false. */
  push(chunk: Uint8Array): void {
    this.#drained = false;
    this.#window.push(chunk);
  }

  /**
   * Goes to the next frame. False when it needs more bytes; all chunks are the caller's again then.
   *
   * @throws CaptureError `NOT_A_CAPTURE`, `UNSUPPORTED_VERSION`, `BAD_HEADER`, `BAD_LENGTH`, `BAD_BLOCK`.
   */
  next(): boolean {
    const parser = this.#parser ?? this.#detect();
    const found = parser?.next() ?? false;
    if (!found) this.#drained = true;
    return found;
  }

  /**
   * Says that there are no more bytes, after `next()` returned false.
   *
   * @throws CaptureError `EMPTY_FILE`, `NOT_A_CAPTURE`, or `TRUNCATED` when the bytes end inside a header, frame or
   * block.
   */
  end(): void {
    if (!this.#drained) {
      throw new CaptureError("INVALID_ARGUMENT", "A capture was ended before next() had returned false.");
    }
    const { position: offset, unread } = this.#window;
    if (this.#parser !== undefined && unread === 0) return;
    if (unread === 0) throw new CaptureError("EMPTY_FILE", "The file is empty.", { offset });
    if (this.#parser === undefined && unread < MAGIC) throw notACapture(offset);
    const missing = this.#window.wanted - unread;
    const lack = `at least ${missing === 1 ? "1 byte is" : `${missing} bytes are`} missing`;
    if (this.#parser === undefined) {
      throw new CaptureError("TRUNCATED", `The capture is cut off in its header: ${lack}.`, { offset });
    }
    if (!this.#parser.inFrame) {
      throw new CaptureError("TRUNCATED", `The capture is cut off in the block at byte ${offset}: ${lack}.`, {
        offset,
      });
    }
    const frame = this.record.number + 1;
    throw new CaptureError("TRUNCATED", `The capture is cut off in frame ${frame} at byte ${offset}: ${lack}.`, {
      offset,
      frame,
    });
  }

  /** Looks at the magic number and sets the parser, as soon as the bytes suffice. */
  #detect(): RecordParser | undefined {
    const window = this.#window;
    if (!window.need(MAGIC)) return undefined;
    const little = window.view.getUint32(window.at, true);
    const big = window.view.getUint32(window.at, false);
    if (little === BlockType.SectionHeader) {
      this.#format = "pcapng";
      this.#parser = new PcapngParser(this.#context);
    } else if (isPcapMagic(little) || isPcapMagic(big)) {
      if (!window.need(PCAP_FILE_HEADER)) return undefined;
      this.#parser = new PcapParser(this.#context, isPcapMagic(little));
      this.#format = "pcap";
    } else {
      throw unknownMagic(little, big, window.position);
    }
    return this.#parser;
  }
}

function isPcapMagic(magic: number): boolean {
  return magic === PCAP_MICROSECONDS || magic === PCAP_NANOSECONDS;
}

/** Variants of pcap whose records have other headers. */
const variants = new Set([0xa1b2cd34, 0xa1b234cd, 0xa1e2cb12, 0xa12b3c4d, 0x1c0001ab, 0x1c0001ac]);
const GZIP = 0x8b1f;
const ZSTANDARD = 0xfd2fb528;

function unknownMagic(little: number, big: number, offset: number): CaptureError {
  if (variants.has(little) || variants.has(big)) {
    return new CaptureError(
      "UNSUPPORTED_VERSION",
      `This is a variant of pcap (magic number ${hex(variants.has(big) ? big : little)}) that is not read; ` +
        "save it as pcap or pcapng first.",
      { offset },
    );
  }
  if ((little & 0xffff) === GZIP || little === ZSTANDARD) {
    return new CaptureError("NOT_A_CAPTURE", "The file is compressed; decompress it first.", { offset });
  }
  return notACapture(offset);
}

function notACapture(offset: number): CaptureError {
  return new CaptureError(
    "NOT_A_CAPTURE",
    "The file is neither pcap nor pcapng: it does not begin with their magic number.",
    {
      offset,
    },
  );
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
