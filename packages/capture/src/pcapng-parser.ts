import { BlockType } from "./capture-block.js";
import type { CaptureErrorCode } from "./capture-error.js";
import { CaptureError } from "./capture-error.js";
import type { CaptureSection } from "./capture-interface.js";
import { CaptureOptions } from "./capture-options.js";
import { Clock } from "./clock.js";
import { commonNumbers, interfaceNumbers, OptionCode } from "./option-code.js";
import { padded } from "./option-walk.js";
import type { ParserContext, RecordParser } from "./record-parser.js";
import { MAX_FRAME_LENGTH } from "./record-parser.js";

export const PCAPNG_BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** Type and length before the body, length behind it. */
export const PCAPNG_BLOCK_OVERHEAD = 12;
/** Bytes of an Enhanced Packet Block without frame and options; the frame begins 4 bytes earlier. */
export const PCAPNG_PACKET_OVERHEAD = 32;

/** The longest block that is read: the longest frame and as much again for its options. */
const MAX_BLOCK_LENGTH = 2 * MAX_FRAME_LENGTH;
const BIG_ENDIAN_MAGIC = 0x4d3c2b1a;
const DEFAULT_RESOLUTION = 6;
const SMALLEST_SECTION_HEADER = 28;
const SMALLEST_INTERFACE = 20;
const SMALLEST_SIMPLE_PACKET = 16;

/**
 * Reads a pcapng file: blocks, each with its length on both ends.
 *
 * ```
 *    0 +----------------------------+
 *      | block type                 |
 *    4 +----------------------------+
 *      | total length, multiple of 4|
 *    8 +----------------------------+
 *      | body                       |
 *      +----------------------------+
 *      | total length, once more    |
 *      +----------------------------+
 *
 *   Section Header      Interface          Enhanced Packet      Packet (obsolete)   Simple Packet
 *    8 byte order       8 link type u16     8 interface u32      8 interface u16     8 original length
 *      magic 1a2b3c4d  10 reserved u16     12 stamp, high       10 drops u16        12 frame, padded to 4
 *   12 major u16 = 1   12 snap length      16 stamp, low        12 stamp, high
 *   14 minor u16 = 0   16 options          20 captured length   16 stamp, low
 *   16 section length                      24 original length   20 captured length
 *      i64                                 28 frame, padded     24 original length
 *   24 options                                to 4; options     28 frame, padded; options
 * ```
 *
 * A section header sets the byte order of all that follows, and interfaces are counted anew from 0. Frames of a Simple
 * Packet Block are of interface 0 and cut at its snap length. Other blocks are handed to `onBlock`, or passed over.
 *
 * See draft-ietf-opsawg-pcapng, "Block Definition" and, for the obsolete block, its appendix.
 */
export class PcapngParser implements RecordParser {
  readonly #context: ParserContext;
  #littleEndian = true;
  #section: CaptureSection | undefined;
  /** Index in context.interfaces of interface 0 of this section. */
  #firstInterface = 0;

  constructor(context: ParserContext) {
    this.#context = context;
  }

  get inFrame(): boolean {
    const { window } = this.#context;
    const type = window.end - window.at >= 4 ? window.view.getUint32(window.at, this.#littleEndian) : 0;
    return type === BlockType.EnhancedPacket || type === BlockType.SimplePacket || type === BlockType.Packet;
  }

  next(): boolean {
    const { window } = this.#context;
    for (;;) {
      if (window.end - window.at < PCAPNG_BLOCK_OVERHEAD && !window.need(PCAPNG_BLOCK_OVERHEAD)) return false;
      const type = window.view.getUint32(window.at, this.#littleEndian);
      if (type === BlockType.SectionHeader) this.#readByteOrder();
      const total = window.view.getUint32(window.at + 4, this.#littleEndian);
      if (total < PCAPNG_BLOCK_OVERHEAD || total % 4 !== 0 || total > MAX_BLOCK_LENGTH) this.#refuseTotal(total);
      if (window.end - window.at < total && !window.need(total)) return false;
      if (window.view.getUint32(window.at + total - 4, this.#littleEndian) !== total) this.#refuseTrailer(total);
      const isFrame = this.#take(type, total);
      window.at += total;
      if (isFrame) return true;
    }
  }

  /** Takes in a whole block; true when it was a frame. */
  #take(type: number, total: number): boolean {
    const { view, at } = this.#context.window;
    switch (type) {
      case BlockType.EnhancedPacket:
        if (total < PCAPNG_PACKET_OVERHEAD) this.#refuseShort(total, PCAPNG_PACKET_OVERHEAD);
        return this.#packet(total, view.getUint32(at + 8, this.#littleEndian));
      case BlockType.Packet:
        if (total < PCAPNG_PACKET_OVERHEAD) this.#refuseShort(total, PCAPNG_PACKET_OVERHEAD);
        return this.#packet(total, view.getUint16(at + 8, this.#littleEndian));
      case BlockType.SimplePacket:
        return this.#simplePacket(total);
      case BlockType.SectionHeader:
        this.#sectionHeader(total);
        return false;
      case BlockType.InterfaceDescription:
        this.#interfaceDescription(total);
        return false;
      default:
        this.#otherBlock(type, total);
        return false;
    }
  }

  /** An Enhanced Packet Block, or the obsolete one, which differs in the width of the interface number only. */
  #packet(total: number, interfaceNumber: number): boolean {
    const { window, record } = this.#context;
    const { view, at } = window;
    this.#interface(interfaceNumber);
    const length = view.getUint32(at + 20, this.#littleEndian);
    if (length > total - PCAPNG_PACKET_OVERHEAD || length > MAX_FRAME_LENGTH) this.#refuseLength(length, total);
    record.number++;
    record.position = window.origin + at;
    record.bytes = window.bytes;
    record.offset = at + 28;
    record.length = length;
    record.originalLength = view.getUint32(at + 24, this.#littleEndian);
    record.stampHigh = view.getUint32(at + 12, this.#littleEndian);
    record.stampLow = view.getUint32(at + 16, this.#littleEndian);
    record.optionsOffset = at + 28 + padded(length);
    record.optionsLength = total - PCAPNG_PACKET_OVERHEAD - padded(length);
    return true;
  }

  /** A Simple Packet Block. */
  #simplePacket(total: number): boolean {
    const { window, record } = this.#context;
    if (total < SMALLEST_SIMPLE_PACKET) this.#refuseShort(total, SMALLEST_SIMPLE_PACKET);
    this.#interface(0);
    const originalLength = window.view.getUint32(window.at + 8, this.#littleEndian);
    const limit = record.interface.snapLength === 0 ? originalLength : record.interface.snapLength;
    const length = Math.min(originalLength, limit);
    if (length > total - SMALLEST_SIMPLE_PACKET || length > MAX_FRAME_LENGTH) this.#refuseLength(length, total);
    record.number++;
    record.position = window.origin + window.at;
    record.bytes = window.bytes;
    record.offset = window.at + 12;
    record.length = length;
    record.originalLength = originalLength;
    record.stampHigh = 0;
    record.stampLow = 0;
    record.optionsOffset = 0;
    record.optionsLength = 0;
    return true;
  }

  /** Sets the record's interface to that of this number in this section. */
  #interface(number: number): void {
    const { interfaces, record } = this.#context;
    const index = this.#firstInterface + number;
    if (index < interfaces.length) {
      record.interface = interfaces[index]!;
      return;
    }
    const known = interfaces.length - this.#firstInterface;
    this.#refuse("BAD_BLOCK", `names interface ${number}, but its section has described ${known} so far`, true);
  }

  #readByteOrder(): void {
    const { window } = this.#context;
    const magic = window.view.getUint32(window.at + 8, true);
    if (magic !== PCAPNG_BYTE_ORDER_MAGIC && magic !== BIG_ENDIAN_MAGIC) {
      this.#refuse("BAD_BLOCK", "is a section header without a byte order magic");
    }
    this.#littleEndian = magic === PCAPNG_BYTE_ORDER_MAGIC;
  }

  #sectionHeader(total: number): void {
    const { window, sections, interfaces } = this.#context;
    const { view, at } = window;
    if (total < SMALLEST_SECTION_HEADER) this.#refuseShort(total, SMALLEST_SECTION_HEADER);
    const major = view.getUint16(at + 12, this.#littleEndian);
    const minor = view.getUint16(at + 14, this.#littleEndian);
    // Some writers said 1.2; the draft has readers take that for 1.0.
    if (major !== 1 || (minor !== 0 && minor !== 2)) {
      this.#refuse(
        "UNSUPPORTED_VERSION",
        `begins a section of pcapng version ${major}.${minor}; only version 1.0 is read`,
      );
    }
    const options = CaptureOptions.decode(window.bytes, at + 24, at + total - 4, !this.#littleEndian, commonNumbers);
    if (options.malformed) this.#refuse("BAD_BLOCK", "has an option that runs beyond its end");
    this.#section = { id: sections.length, bigEndian: !this.#littleEndian, options };
    this.#firstInterface = interfaces.length;
    sections.push(this.#section);
  }

  #interfaceDescription(total: number): void {
    const { window, interfaces } = this.#context;
    const { view, at } = window;
    if (total < SMALLEST_INTERFACE) this.#refuseShort(total, SMALLEST_INTERFACE);
    const options = CaptureOptions.decode(window.bytes, at + 16, at + total - 4, !this.#littleEndian, interfaceNumbers);
    if (options.malformed) this.#refuse("BAD_BLOCK", "has an option that runs beyond its end");
    interfaces.push({
      id: interfaces.length,
      linkType: view.getUint16(at + 8, this.#littleEndian),
      snapLength: view.getUint32(at + 12, this.#littleEndian),
      clock: this.#clock(options),
      fcsLength: undefined,
      options,
      section: this.#section!,
    });
  }

  #clock(options: CaptureOptions): Clock {
    const resolution = options.get(OptionCode.if_tsresol);
    const offset = options.get(OptionCode.if_tsoffset);
    if (resolution !== undefined && resolution.length !== 1) {
      this.#refuse("BAD_BLOCK", `has a time resolution (if_tsresol) of ${resolution.length} bytes instead of 1`);
    }
    if (offset !== undefined && offset.length !== 8) {
      this.#refuse("BAD_BLOCK", `has a time offset (if_tsoffset) of ${offset.length} bytes instead of 8`);
    }
    const seconds =
      offset === undefined ? 0 : Number(new DataView(offset.buffer, offset.byteOffset).getBigInt64(0, true));
    if (!Number.isSafeInteger(seconds)) {
      this.#refuse("BAD_BLOCK", "has a time offset (if_tsoffset) beyond any date");
    }
    return Clock.counter(resolution?.[0] ?? DEFAULT_RESOLUTION, seconds);
  }

  #otherBlock(type: number, total: number): void {
    const { window, onBlock } = this.#context;
    if (onBlock === undefined) return;
    const body = window.bytes.subarray(window.at + 8, window.at + total - 4);
    onBlock({ type, body, section: this.#section!, position: window.position });
  }

  #refuseTotal(total: number): never {
    const rule =
      total > MAX_BLOCK_LENGTH ? `more than the ${MAX_BLOCK_LENGTH} that are read` : "not a multiple of 4 from 12 on";
    this.#refuse("BAD_LENGTH", `claims to be ${total} bytes long, ${rule}`);
  }

  #refuseTrailer(total: number): never {
    const { window } = this.#context;
    const trailer = window.view.getUint32(window.at + total - 4, this.#littleEndian);
    this.#refuse("BAD_BLOCK", `claims to be ${total} bytes long at its start but ${trailer} at its end`);
  }

  #refuseShort(total: number, least: number): never {
    this.#refuse("BAD_BLOCK", `is ${total} bytes long, but a block of its type has at least ${least}`);
  }

  #refuseLength(length: number, total: number): never {
    this.#refuse("BAD_LENGTH", `claims ${length} captured bytes in a block of ${total} bytes`, true);
  }

  /** Throws about the block at hand, or about the frame that it should hold. */
  #refuse(code: CaptureErrorCode, what: string, isFrame = false): never {
    const offset = this.#context.window.position;
    const frame = this.#context.record.number + 1;
    if (isFrame) throw new CaptureError(code, `Frame ${frame} at byte ${offset} ${what}.`, { offset, frame });
    throw new CaptureError(code, `The block at byte ${offset} ${what}.`, { offset });
  }
}
