import { portableBody } from "./block-order.js";
import type { CaptureBlock } from "./capture-block.js";
import { BlockType } from "./capture-block.js";
import type { InterfaceDescription } from "./capture-interface.js";
import { CaptureOptions } from "./capture-options.js";
import type { CaptureWriterOptions } from "./capture-writer.js";
import { CaptureWriter } from "./capture-writer.js";
import { Clock } from "./clock.js";
import type { NumberTable } from "./option-code.js";
import { commonNumbers, interfaceNumbers, OptionCode, packetNumbers } from "./option-code.js";
import { OptionWalk, padded, putOption } from "./option-walk.js";
import type { ByteSink } from "./output-buffer.js";
import { PCAPNG_BLOCK_OVERHEAD, PCAPNG_BYTE_ORDER_MAGIC, PCAPNG_PACKET_OVERHEAD } from "./pcapng-parser.js";
import { FULL_SNAP_LENGTH, MAX_FRAME_LENGTH } from "./record-parser.js";

const END_MARK = 4;
const DEFAULT_RESOLUTION = 6;

/** Options that are written anew, or that their owner does not want copied. */
const leftOut: ReadonlySet<number> = new Set([
  OptionCode.opt_custom_string_private,
  OptionCode.opt_custom_bytes_private,
]);
const leftOutOfInterfaces: ReadonlySet<number> = new Set([...leftOut, OptionCode.if_tsresol, OptionCode.if_tsoffset]);

/**
 * Writes a pcapng file: one little-endian section of unknown length, an Interface Description Block when an interface
 * is added, an Enhanced Packet Block for each frame; `PcapngParser` has the layouts. A clock of seconds and fractions
 * is written as a counter of the same tick, any other as it is.
 */
export class PcapngWriter extends CaptureWriter {
  readonly format = "pcapng";

  #sectionOptions: CaptureOptions | undefined;
  #started = false;

  constructor(sink: ByteSink, options: CaptureWriterOptions = {}) {
    super(sink, options);
    this.#sectionOptions = options.sectionOptions;
  }

  override writeBlock(block: CaptureBlock): boolean {
    const body = portableBody(block);
    if (body === undefined) return false;
    this.#sectionOptions ??= block.section.options;
    this.start();
    const total = PCAPNG_BLOCK_OVERHEAD + padded(body.length);
    const at = this.out.take(total);
    this.out.bytes.fill(0, at + 8 + body.length, at + total);
    this.out.bytes.set(body, at + 8);
    this.#frameBlock(block.type, at, at + total - 4);
    return true;
  }

  protected override start(): void {
    if (this.#started) return;
    const options = (this.#sectionOptions ?? CaptureOptions.none).bytes;
    const at = this.out.take(28 + options.length + END_MARK);
    const { view } = this.out;
    view.setUint32(at + 8, PCAPNG_BYTE_ORDER_MAGIC, true);
    view.setUint16(at + 12, 1, true);
    view.setUint16(at + 14, 0, true);
    view.setInt32(at + 16, -1, true);
    view.setInt32(at + 20, -1, true);
    const end = this.#putOptions(at + 24, at + 24, options, 0, options.length, false, commonNumbers, leftOut);
    this.#frameBlock(BlockType.SectionHeader, at, end);
    this.#started = true;
  }

  protected override acceptInterface(description: InterfaceDescription): void {
    this.#sectionOptions ??= description.section?.options;
    this.start();
    const given = CaptureWriter.clockOf(description);
    const clock = given.kind === "split" ? Clock.counter(given.resolution) : given;
    const options = (description.options ?? CaptureOptions.none).bytes;
    const at = this.out.take(20 + 8 + 12 + options.length + END_MARK);
    const { view, bytes } = this.out;
    view.setUint16(at + 8, description.linkType, true);
    view.setUint16(at + 10, 0, true);
    const snapLength = description.snapLength ?? 0;
    view.setUint32(at + 12, snapLength === 0 ? 0 : Math.max(snapLength, FULL_SNAP_LENGTH), true);
    let position = at + 16;
    if (clock.resolution !== DEFAULT_RESOLUTION) {
      position = putOption(bytes, position, OptionCode.if_tsresol, Uint8Array.of(clock.resolution)) + 4;
    }
    if (clock.offset !== 0) {
      const value = new Uint8Array(8);
      new DataView(value.buffer).setBigInt64(0, BigInt(clock.offset), true);
      position = putOption(bytes, position, OptionCode.if_tsoffset, value) + 8;
    }
    const end = this.#putOptions(
      at + 16,
      position,
      options,
      0,
      options.length,
      false,
      interfaceNumbers,
      leftOutOfInterfaces,
    );
    this.#frameBlock(BlockType.InterfaceDescription, at, end);
    this.converters[this.count] = CaptureWriter.converter(given, clock);
  }

  protected override begin(
    interfaceId: number,
    stampHigh: number,
    stampLow: number,
    length: number,
    originalLength: number,
    options: Uint8Array,
    optionsOffset: number,
    optionsLength: number,
    optionsBigEndian: boolean,
  ): number {
    const sane = interfaceId >>> 0 < this.count && length >= 0 && length <= MAX_FRAME_LENGTH;
    if (!sane) this.refuse(interfaceId, length);
    let high = stampHigh;
    let low = stampLow;
    const converter = this.converters[interfaceId];
    if (converter?.convert(stampHigh, stampLow) === true) {
      high = converter.high;
      low = converter.low;
    }
    const body = padded(length);
    const room = PCAPNG_PACKET_OVERHEAD + body + (optionsLength === 0 ? 0 : optionsLength + END_MARK);
    const at = this.out.take(room);
    const { view } = this.out;
    view.setUint32(at + 8, interfaceId, true);
    view.setUint32(at + 12, high, true);
    view.setUint32(at + 16, low, true);
    view.setUint32(at + 20, length, true);
    view.setUint32(at + 24, originalLength, true);
    let end = at + 28 + body;
    // The caller puts the frame here next; what it leaves of the last word is padding.
    if (length !== 0) view.setUint32(end - 4, 0);
    if (optionsLength !== 0) {
      const optionsEnd = optionsOffset + optionsLength;
      end = this.#putOptions(end, end, options, optionsOffset, optionsEnd, optionsBigEndian, packetNumbers, leftOut);
    }
    this.#frameBlock(BlockType.EnhancedPacket, at, end);
    return at + 28;
  }

  /**
   * Writes the type and the two lengths of the block from `at` on whose body ends at `end`, and gives back what it did
   * not use.
   */
  #frameBlock(type: number, at: number, end: number): void {
    const { view } = this.out;
    const total = end + 4 - at;
    view.setUint32(at, type, true);
    view.setUint32(at + 4, total, true);
    view.setUint32(end, total, true);
    this.out.fill = end + 4;
  }

  /**
   * Copies a list of options to `position` on and ends the list that began at `start`; returns the position behind it.
   * What the list leaves out, and what runs beyond the end of its block, is not copied.
   */
  #putOptions(
    start: number,
    position: number,
    source: Uint8Array,
    from: number,
    to: number,
    bigEndian: boolean,
    numbers: NumberTable,
    omitted: ReadonlySet<number>,
  ): number {
    const { bytes } = this.out;
    let at = position;
    if (from !== to) {
      const walk = new OptionWalk(source, from, to, bigEndian);
      while (walk.next()) if (!omitted.has(walk.code)) at = walk.copyTo(bytes, at, numbers);
    }
    if (at === start) return at;
    bytes.fill(0, at, at + END_MARK);
    return at + END_MARK;
  }
}
