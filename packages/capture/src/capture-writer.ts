import type { CaptureBlock } from "./capture-block.js";
import { CaptureError } from "./capture-error.js";
import type { CaptureFormat } from "./capture-format.js";
import type { InterfaceDescription } from "./capture-interface.js";
import { CaptureOptions } from "./capture-options.js";
import type { CaptureRecord } from "./capture-record.js";
import { Clock, StampConverter } from "./clock.js";
import type { ByteSink } from "./output-buffer.js";
import { OutputBuffer } from "./output-buffer.js";
import { MAX_FRAME_LENGTH } from "./record-parser.js";

const NOTHING = new Uint8Array(0);
const DEFAULT_BUFFER = 256 * 1024;

export interface CaptureWriterOptions {
  /**
   * pcap only: the tick of the stamps. By default microseconds if that loses nothing of the interfaces added before the
   * first frame, else nanoseconds. Microseconds asked for here cut off what is finer.
   */
  readonly resolution?: "microseconds" | "nanoseconds";
  /**
   * pcapng only: options of the section header. By default those of the section of the first interface or block
   * written.
   */
  readonly sectionOptions?: CaptureOptions;
  /**
   * The output buffer, by default 256 KiB of the writer's own. Give it from a WebAssembly memory to have code in there
   * fill in what `reserve` cuts out. A frame that does not fit has the writer replace it by a bigger one.
   */
  readonly buffer?: Uint8Array;
}

/**
 * Writes a capture as a stream. Made by `createCaptureWriter`.
 *
 * Frames are given in one of three ways: `write` takes a reader's record as it is; `writeFrame` takes bytes; `reserve`
 * returns where in `buffer` the caller shall put the bytes itself. `reserve` makes no object per frame; the other two
 * make one short-lived view, which costs more than the rest: code that shares a WebAssembly memory with the chunks and
 * the buffer copies in there.
 */
export abstract class CaptureWriter {
  abstract readonly format: CaptureFormat;

  protected readonly out: OutputBuffer;
  /** By interface: how given stamps become written ones; undefined where they are written as given. */
  protected readonly converters: (StampConverter | undefined)[] = [];
  /** Interfaces added so far. */
  protected count = 0;

  readonly #ids = new Map<InterfaceDescription, number>();
  #lastInterface: InterfaceDescription | undefined;
  #lastId = 0;

  protected constructor(sink: ByteSink, options: CaptureWriterOptions) {
    this.out = new OutputBuffer(sink, options.buffer ?? new Uint8Array(DEFAULT_BUFFER));
  }

  /** The output buffer that `reserve` cuts from; read it after each `reserve`, which may replace it. */
  get buffer(): Uint8Array {
    return this.out.bytes;
  }

  /** Takes another buffer in its place; what the old one holds goes to the sink. */
  set buffer(buffer: Uint8Array) {
    this.out.replace(buffer);
  }

  /**
   * Adds an interface and returns its number in this capture. The same object added again has the same number. The
   * description is kept and must not change.
   *
   * @throws CaptureError `LINK_TYPE` for a second link type in a pcap; `PRECISION` for a clock finer than microseconds
   * in a pcap that was begun in microseconds; `INVALID_ARGUMENT` for a link type that is not 0 to 65535. Nothing is
   * added then.
   */
  addInterface(description: InterfaceDescription): number {
    const known = this.#ids.get(description);
    if (known !== undefined) return known;
    const { linkType } = description;
    if (!(Number.isInteger(linkType) && linkType >= 0 && linkType <= 0xffff)) {
      throw new CaptureError("INVALID_ARGUMENT", `${linkType} is not a link type; link types are 0 to 65535.`);
    }
    this.acceptInterface(description);
    this.#ids.set(description, this.count);
    return this.count++;
  }

  /**
   * Writes a frame as a reader found it: bytes, both lengths, stamp; in pcapng also the frame's options and what its
   * interface says. The interface is added if it was not. The record is not kept.
   *
   * @throws what `addInterface` and `reserve` throw.
   */
  write(record: CaptureRecord): void {
    const link = record.interface;
    if (link !== this.#lastInterface) {
      this.#lastId = this.addInterface(link);
      this.#lastInterface = link;
    }
    const { bytes, length, optionsOffset, optionsLength } = record;
    const at = this.begin(
      this.#lastId,
      record.stampHigh,
      record.stampLow,
      length,
      record.originalLength,
      bytes,
      optionsOffset,
      optionsLength,
      link.section.bigEndian,
    );
    this.out.copyIn(bytes, record.offset, length, at);
  }

  /**
   * Writes bytes[offset] to bytes[offset + length - 1] as a frame. The bytes are copied and not kept.
   *
   * @param stampHigh, stampLow the stamp in words of the interface's clock; by default seconds and nanoseconds
   * @param originalLength bytes the frame had on the wire
   * @param options of the frame, such as comments; a pcap has no room for them and leaves them out
   * @throws CaptureError `INVALID_ARGUMENT` when the bytes are not in the array, and what `reserve` throws.
   */
  writeFrame(
    interfaceId: number,
    stampHigh: number,
    stampLow: number,
    bytes: Uint8Array,
    offset = 0,
    length: number = bytes.length - offset,
    originalLength: number = length,
    options: CaptureOptions = CaptureOptions.none,
  ): void {
    if (!(offset >= 0 && length >= 0 && offset + length <= bytes.length)) {
      throw new CaptureError(
        "INVALID_ARGUMENT",
        `A frame of ${length} bytes at ${offset} was to be written from an array of ${bytes.length} bytes.`,
      );
    }
    const list = options.bytes;
    const at = this.begin(interfaceId, stampHigh, stampLow, length, originalLength, list, 0, list.length, false);
    this.out.copyIn(bytes, offset, length, at);
  }

  /**
   * Writes all of a frame but its bytes, and returns the index in `buffer` from which on the caller puts them, `length`
   * of them, before the next call of this writer.
   *
   * @throws CaptureError `INVALID_ARGUMENT` for an interface that was not added, a length beyond `MAX_FRAME_LENGTH` or
   * a closed writer; `STAMP_RANGE` for a time that a pcap cannot hold. The frame is not written then and the capture is
   * as before.
   */
  reserve(interfaceId: number, stampHigh: number, stampLow: number, length: number, originalLength: number): number {
    return this.begin(interfaceId, stampHigh, stampLow, length, originalLength, NOTHING, 0, 0, false);
  }

  /**
   * Copies a block that `CaptureReaderOptions.onBlock` was given, and says whether it did. pcapng takes name
   * resolution, decryption secrets and custom blocks that may be copied. It leaves out interface statistics, which
   * count the frames of another file, and blocks it does not know, which may refer to what is not there. pcap takes
   * none.
   */
  abstract writeBlock(block: CaptureBlock): boolean;

  /** Hands everything written so far to the sink, the file header too. */
  flush(): void {
    this.start();
    this.out.flush();
  }

  /**
   * Flushes and ends the capture. A capture without frames is a header. Closing again does nothing; the sink is not
   * closed.
   */
  close(): void {
    if (this.out.closed) return;
    this.start();
    this.out.close();
  }

  /** Takes note of interface number `count`, or throws; sets its converter. */
  protected abstract acceptInterface(description: InterfaceDescription): void;

  /** Writes the file header, once. */
  protected abstract start(): void;

  /** As `reserve`, with the frame's options, which are copied. */
  protected abstract begin(
    interfaceId: number,
    stampHigh: number,
    stampLow: number,
    length: number,
    originalLength: number,
    options: Uint8Array,
    optionsOffset: number,
    optionsLength: number,
    optionsBigEndian: boolean,
  ): number;

  /** What converts stamps of `from` into stamps of `to`. */
  protected static converter(from: Clock, to: Clock): StampConverter | undefined {
    return from.equals(to) ? undefined : new StampConverter(from, to);
  }

  protected static clockOf(description: InterfaceDescription): Clock {
    return description.clock ?? Clock.nanoseconds;
  }

  protected refuse(interfaceId: number, length: number): never {
    const what =
      interfaceId >>> 0 >= this.count
        ? `interface ${interfaceId}, but ${this.count} were added`
        : `${length} bytes; frames have 0 to ${MAX_FRAME_LENGTH}`;
    throw new CaptureError("INVALID_ARGUMENT", `A frame was to be written with ${what}.`);
  }
}
