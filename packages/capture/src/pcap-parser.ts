import { CaptureError } from "./capture-error.js";
import type { CaptureInterface, CaptureSection } from "./capture-interface.js";
import { CaptureOptions } from "./capture-options.js";
import { Clock } from "./clock.js";
import type { ParserContext, RecordParser } from "./record-parser.js";
import { FULL_SNAP_LENGTH, MAX_FRAME_LENGTH } from "./record-parser.js";

export const PCAP_FILE_HEADER = 24;
export const PCAP_RECORD_HEADER = 16;
export const PCAP_MICROSECONDS = 0xa1b2c3d4;
export const PCAP_NANOSECONDS = 0xa1b23c4d;
export const PCAP_MAJOR = 2;
export const PCAP_MINOR = 4;
/** In the link type word: bytes of frame check sequence / 2 from bit 28 on, said to be there by bit 26. */
export const PCAP_FCS_SHIFT = 28;
export const PCAP_FCS_PRESENT = 0x04000000;

const RESERVED_BITS = 0x0bff0000;

/**
 * Reads a classic pcap. All fields have the byte order of the machine that wrote the file; the magic number tells
 * which. Reserved fields are not looked at.
 *
 * ```
 *    0 +---------------------------------------------+
 *      | magic  a1b2c3d4 microseconds,               |   file header
 *      |        a1b23c4d nanoseconds                 |
 *    4 +----------------------+----------------------+
 *      | major version = 2    | minor version = 4    |
 *    8 +----------------------+----------------------+
 *      | reserved                                    |
 *   16 +---------------------------------------------+
 *      | snap length                                 |
 *   20 +-----+-+-+------------+----------------------+
 *      | FCS |R|P| reserved   | link type            |   FCS: its length / 2, known if P
 *   24 +-----+-+-+------------+----------------------+
 *
 *    0 +---------------------------------------------+
 *      | seconds since 1970                          |   each record, nowhere aligned
 *    4 +---------------------------------------------+
 *      | micro- or nanoseconds                       |
 *    8 +---------------------------------------------+
 *      | captured length n                           |
 *   12 +---------------------------------------------+
 *      | original length                             |
 *   16 +---------------------------------------------+
 *      | n bytes of the frame                        |
 *      +---------------------------------------------+
 * ```
 *
 * See draft-ietf-opsawg-pcap, "File Header" and "Packet Record".
 */
export class PcapParser implements RecordParser {
  readonly #context: ParserContext;
  readonly #littleEndian: boolean;
  /** Longest captured length that is believed: the snap length where that is unusually large. */
  readonly #longest: number;

  /**
   * Consumes the file header, which must be whole in the window.
   *
   * @throws CaptureError `UNSUPPORTED_VERSION` or `BAD_HEADER`; nothing is consumed then.
   */
  constructor(context: ParserContext, littleEndian: boolean) {
    this.#context = context;
    this.#littleEndian = littleEndian;
    const { window, record } = context;
    const { view, at } = window;
    const major = view.getUint16(at + 4, littleEndian);
    const minor = view.getUint16(at + 6, littleEndian);
    if (major !== PCAP_MAJOR || minor !== PCAP_MINOR) {
      throw new CaptureError(
        "UNSUPPORTED_VERSION",
        `This is a pcap file of version ${major}.${minor}; only version ${PCAP_MAJOR}.${PCAP_MINOR} is read.`,
        { offset: window.position + 4 },
      );
    }
    const word = view.getUint32(at + 20, littleEndian);
    if ((word & RESERVED_BITS) !== 0) {
      throw new CaptureError(
        "BAD_HEADER",
        `The link type field of the pcap header is 0x${word.toString(16)}, which sets bits that must be zero.`,
        { offset: window.position + 20 },
      );
    }
    const section: CaptureSection = { id: 0, bigEndian: !littleEndian, options: CaptureOptions.none };
    const link: CaptureInterface = {
      id: 0,
      linkType: word & 0xffff,
      snapLength: view.getUint32(at + 16, littleEndian),
      clock: view.getUint32(at, littleEndian) === PCAP_NANOSECONDS ? Clock.nanoseconds : Clock.microseconds,
      fcsLength: (word & PCAP_FCS_PRESENT) === 0 ? undefined : (word >>> PCAP_FCS_SHIFT) * 2,
      options: CaptureOptions.none,
      section,
    };
    this.#longest = Math.min(Math.max(link.snapLength, FULL_SNAP_LENGTH), MAX_FRAME_LENGTH);
    context.sections.push(section);
    context.interfaces.push(link);
    record.interface = link;
    window.at = at + PCAP_FILE_HEADER;
  }

  get inFrame(): boolean {
    return true;
  }

  next(): boolean {
    const { window, record } = this.#context;
    if (window.end - window.at < PCAP_RECORD_HEADER && !window.need(PCAP_RECORD_HEADER)) return false;
    const length = window.view.getUint32(window.at + 8, this.#littleEndian);
    if (length > this.#longest) this.#refuse(length);
    const whole = PCAP_RECORD_HEADER + length;
    if (window.end - window.at < whole && !window.need(whole)) return false;
    const { at, view } = window;
    record.number++;
    record.position = window.origin + at;
    // Most frames lie where the one before did, and to note an object anew takes 7 ns.
    if (record.bytes !== window.bytes) record.bytes = window.bytes;
    record.offset = at + PCAP_RECORD_HEADER;
    record.length = length;
    record.originalLength = view.getUint32(at + 12, this.#littleEndian);
    record.stampHigh = view.getUint32(at, this.#littleEndian);
    record.stampLow = view.getUint32(at + 4, this.#littleEndian);
    window.at = at + whole;
    return true;
  }

  #refuse(length: number): never {
    const frame = this.#context.record.number + 1;
    const offset = this.#context.window.position;
    throw new CaptureError(
      "BAD_LENGTH",
      `Frame ${frame} at byte ${offset} claims ${length} captured bytes, more than the ${this.#longest} possible here.`,
      { offset, frame },
    );
  }
}
