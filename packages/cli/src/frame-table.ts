import {
  CaptureError,
  type CaptureInterface,
  type CaptureOptions,
  type CaptureRecord,
  type CaptureWriter,
} from "@ndislab/capture";

/**
 * What the capture says of the frames that are inside the driver, by the number of the list that carries each: time
 * stamp, interface, length on the wire. Columns, so that a frame on its way makes no garbage.
 */
export class FrameTable {
  private readonly stampHigh: Uint32Array;
  private readonly stampLow: Uint32Array;
  private readonly lengths: Uint32Array;
  private readonly originalLengths: Uint32Array;
  private readonly interfaceIds: Uint32Array;
  /** Options of the few frames that have some. */
  private readonly options = new Map<number, CaptureOptions>();
  private readonly interfaces: CaptureInterface[] = [];
  private last = 0;
  /** Why a frame could not be written; nothing is written after that. */
  failure: CaptureError | undefined;

  /** @param numbers one more than the largest list number */
  constructor(numbers: number) {
    this.stampHigh = new Uint32Array(numbers);
    this.stampLow = new Uint32Array(numbers);
    this.lengths = new Uint32Array(numbers);
    this.originalLengths = new Uint32Array(numbers);
    this.interfaceIds = new Uint32Array(numbers);
  }

  /** Notes the frame that list `number` carries from now on. */
  set(number: number, record: CaptureRecord): void {
    this.stampHigh[number] = record.stampHigh;
    this.stampLow[number] = record.stampLow;
    this.lengths[number] = record.length;
    this.originalLengths[number] = record.originalLength;
    const link = record.interface;
    this.interfaceIds[number] = link.id;
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
    const from = number < 0 ? this.last : number;
    const whole = number < 0 || length !== this.lengths[from];
    const id = writer.addInterface(this.interfaces[this.interfaceIds[from]!]!);
    const originalLength = whole ? length : this.originalLengths[from]!;
    writer.writeFrame(
      id,
      this.stampHigh[from]!,
      this.stampLow[from]!,
      bytes,
      offset,
      length,
      originalLength,
      whole ? undefined : this.options.get(from),
    );
  }
}
