import {
  CaptureError,
  type CaptureInterface,
  type CaptureOptions,
  type CaptureRecord,
  type CaptureWriter,
} from "@ndislab/capture";
import { type Address, columnBytes, type Memory } from "ndislab";

/** A row, in numbers: what is kept of one frame. A power of two. */
const ROW = 8;
const STAMP_HIGH = 0;
const STAMP_LOW = 1;
const LENGTH = 2;
const ORIGINAL_LENGTH = 3;
const INTERFACE_ID = 4;

/** Where `bytes` lie in a memory; 0 for an array of another. */
export function addressIn(memory: Memory, bytes: Uint8Array): Address {
  return bytes.buffer === memory.u8.buffer ? bytes.byteOffset : 0;
}

/**
 * What the capture says of the frames that are inside the driver, by the number of the list that carries each: time
 * stamp, interface, length on the wire. Plain numbers, so that a frame on its way makes no garbage.
 */
export class FrameTable {
  private readonly rows: Uint32Array;
  /** Options of the few frames that have some. */
  private readonly options = new Map<number, CaptureOptions>();
  private readonly interfaces: CaptureInterface[] = [];
  /** The output's numbers of these interfaces, from the first frame on that comes out. */
  private readonly outputIds: number[] = [];
  private last = 0;
  /** The writer's buffer, and where it lies in the memory; 0 when it does not. */
  private room: Uint8Array | undefined;
  private roomAt: Address = 0;
  /** Why a frame could not be written; nothing is written after that. */
  failure: CaptureError | undefined;

  /**
   * @param numbers one more than the largest list number
   * @param memory that frames come out of; where the writer's buffer lies in it too, they are copied in there
   */
  constructor(
    numbers: number,
    private readonly memory: Memory,
  ) {
    this.rows = new Uint32Array(columnBytes(numbers * ROW * 4));
  }

  /** Notes the frame that list `number` carries from now on. */
  set(number: number, record: CaptureRecord): void {
    const { rows } = this;
    const at = number * ROW;
    const link = record.interface;
    rows[at + STAMP_HIGH] = record.stampHigh;
    rows[at + STAMP_LOW] = record.stampLow;
    rows[at + LENGTH] = record.length;
    rows[at + ORIGINAL_LENGTH] = record.originalLength;
    rows[at + INTERFACE_ID] = link.id;
    this.interfaces[link.id] = link;
    if (record.optionsLength > 0) this.options.set(number, record.options());
    else if (this.options.size > 0) this.options.delete(number);
    this.last = number;
  }

  /**
   * Writes a frame that came out. One that the driver made itself (number -1) has the time of the frame that went in
   * last; one whose length the driver changed was that long on the wire.
   */
  write(writer: CaptureWriter, number: number, bytes: Uint8Array, offset: number, length: number): void {
    if (this.failure !== undefined) return;
    try {
      this.writeFrame(writer, number, bytes, offset, length);
    } catch (error) {
      // Not through the driver's frames: they would take it for a fault of the driver.
      if (!(error instanceof CaptureError)) throw error;
      this.failure = error;
    }
  }

  private writeFrame(writer: CaptureWriter, number: number, bytes: Uint8Array, offset: number, length: number): void {
    const { rows } = this;
    const from = number < 0 ? this.last : number;
    const at = from * ROW;
    const whole = number < 0 || length !== rows[at + LENGTH];
    const link = rows[at + INTERFACE_ID]!;
    const id = this.outputIds[link] ?? this.addInterface(writer, link);
    const high = rows[at + STAMP_HIGH]!;
    const low = rows[at + STAMP_LOW]!;
    const originalLength = whole ? length : rows[at + ORIGINAL_LENGTH]!;
    const options = whole || this.options.size === 0 ? undefined : this.options.get(from);
    if (options === undefined) {
      const to = writer.reserve(id, high, low, length, originalLength);
      const { buffer } = writer;
      if (buffer !== this.room) this.enter(buffer);
      if (this.roomAt !== 0) this.memory.helper.copyBytes(this.roomAt + to, offset, length);
      else buffer.set(bytes.subarray(offset, offset + length), to);
    } else writer.writeFrame(id, high, low, bytes, offset, length, originalLength, options);
  }

  /** Notes the writer's buffer: V8 calls a function for its byteOffset, 5 ns a frame. */
  private enter(room: Uint8Array): void {
    this.room = room;
    this.roomAt = addressIn(this.memory, room);
  }

  private addInterface(writer: CaptureWriter, link: number): number {
    const id = writer.addInterface(this.interfaces[link]!);
    this.outputIds[link] = id;
    return id;
  }
}
