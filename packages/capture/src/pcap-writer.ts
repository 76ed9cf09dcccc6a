import { CaptureError } from "./capture-error.js";
import type { InterfaceDescription } from "./capture-interface.js";
import type { CaptureWriterOptions } from "./capture-writer.js";
import { CaptureWriter } from "./capture-writer.js";
import { Clock } from "./clock.js";
import { LINK_TYPE_ETHERNET, linkTypeName } from "./link-type.js";
import type { ByteSink } from "./output-buffer.js";
import {
  PCAP_FCS_PRESENT,
  PCAP_FCS_SHIFT,
  PCAP_FILE_HEADER,
  PCAP_MAJOR,
  PCAP_MICROSECONDS,
  PCAP_MINOR,
  PCAP_NANOSECONDS,
  PCAP_RECORD_HEADER,
} from "./pcap-parser.js";
import { FULL_SNAP_LENGTH, MAX_FRAME_LENGTH } from "./record-parser.js";

/**
 * Writes a classic pcap, little endian; `PcapParser` has the layout. The header is written with the first frame: its
 * tick suits all interfaces added by then, its snap length is the longest of theirs.
 */
export class PcapWriter extends CaptureWriter {
  readonly format = "pcap";

  readonly #resolution: "microseconds" | "nanoseconds" | undefined;
  readonly #interfaces: InterfaceDescription[] = [];
  /** Set once the header is written. */
  #clock: Clock | undefined;

  constructor(sink: ByteSink, options: CaptureWriterOptions = {}) {
    super(sink, options);
    this.#resolution = options.resolution;
  }

  override writeBlock(): boolean {
    return false;
  }

  protected override acceptInterface(description: InterfaceDescription): void {
    const first = this.#interfaces[0];
    if (first !== undefined && first.linkType !== description.linkType) {
      throw new CaptureError(
        "LINK_TYPE",
        `A pcap file holds one link type only, and this capture has ${linkTypeName(first.linkType)} and ` +
          `${linkTypeName(description.linkType)}; write a pcapng file.`,
      );
    }
    const clock = CaptureWriter.clockOf(description);
    if (this.#clock !== undefined) {
      if (this.#resolution === undefined && this.#clock === Clock.microseconds && !clock.fitsMicroseconds) {
        throw new CaptureError(
          "PRECISION",
          "A pcap file begun in microseconds cannot take the finer time stamps of another interface; " +
            "write a pcapng file, or ask for nanoseconds.",
        );
      }
      this.converters[this.count] = CaptureWriter.converter(clock, this.#clock);
    }
    this.#interfaces.push(description);
  }

  protected override start(): void {
    if (this.#clock !== undefined) return;
    const clocks = this.#interfaces.map((description) => CaptureWriter.clockOf(description));
    const fine =
      this.#resolution === undefined
        ? !clocks.every((clock) => clock.fitsMicroseconds)
        : this.#resolution === "nanoseconds";
    const clock = fine ? Clock.nanoseconds : Clock.microseconds;
    const snapLength = this.#interfaces.reduce((most, each) => Math.max(most, each.snapLength ?? 0), FULL_SNAP_LENGTH);

    const at = this.out.take(PCAP_FILE_HEADER);
    const { view } = this.out;
    view.setUint32(at, fine ? PCAP_NANOSECONDS : PCAP_MICROSECONDS, true);
    view.setUint16(at + 4, PCAP_MAJOR, true);
    view.setUint16(at + 6, PCAP_MINOR, true);
    view.setUint32(at + 8, 0, true);
    view.setUint32(at + 12, 0, true);
    view.setUint32(at + 16, snapLength, true);
    view.setUint32(at + 20, this.#linkTypeWord(), true);
    this.#clock = clock;
    clocks.forEach((from, id) => {
      this.converters[id] = CaptureWriter.converter(from, clock);
    });
  }

  /** The link type, and the length of frame check sequences where all interfaces agree on it. */
  #linkTypeWord(): number {
    const first = this.#interfaces[0];
    const linkType = first?.linkType ?? LINK_TYPE_ETHERNET;
    const fcsLength = first?.fcsLength;
    if (fcsLength === undefined || !this.#interfaces.every((each) => each.fcsLength === fcsLength)) return linkType;
    return ((((fcsLength / 2) & 0xf) << PCAP_FCS_SHIFT) | PCAP_FCS_PRESENT | linkType) >>> 0;
  }

  protected override begin(
    interfaceId: number,
    stampHigh: number,
    stampLow: number,
    length: number,
    originalLength: number,
  ): number {
    const sane = interfaceId >>> 0 < this.count && length >= 0 && length <= MAX_FRAME_LENGTH;
    if (!sane) this.refuse(interfaceId, length);
    if (this.#clock === undefined) this.start();
    let seconds = stampHigh;
    let fraction = stampLow;
    const converter = this.converters[interfaceId];
    if (converter !== undefined) {
      if (!converter.convert(stampHigh, stampLow)) this.#refuseStamp(interfaceId, stampHigh, stampLow);
      seconds = converter.high;
      fraction = converter.low;
    }
    const at = this.out.take(PCAP_RECORD_HEADER + length);
    const { view } = this.out;
    view.setUint32(at, seconds, true);
    view.setUint32(at + 4, fraction, true);
    view.setUint32(at + 8, length, true);
    view.setUint32(at + 12, originalLength, true);
    return at + PCAP_RECORD_HEADER;
  }

  #refuseStamp(interfaceId: number, high: number, low: number): never {
    const seconds = CaptureWriter.clockOf(this.#interfaces[interfaceId]!).seconds(high, low);
    throw new CaptureError(
      "STAMP_RANGE",
      `A frame is stamped ${seconds} seconds after 1970; a pcap file holds 1970 to 2106, so write a pcapng file.`,
    );
  }
}
