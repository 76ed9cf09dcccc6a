import { ByteBuilder } from "./byte-builder.js";

type Option = readonly [code: number, value: Uint8Array];

/** Builds the blocks of a pcapng file, field by field, in one byte order. */
export class PcapngBlocks {
  readonly bigEndian: boolean;

  constructor(bigEndian = false) {
    this.bigEndian = bigEndian;
  }

  builder(): ByteBuilder {
    return new ByteBuilder(this.bigEndian);
  }

  block(type: number, body: Uint8Array, lengths: { first?: number; last?: number } = {}): Uint8Array {
    const padded = new ByteBuilder().bytes(body).pad().build();
    const total = padded.length + 12;
    return this.builder()
      .u32(type, lengths.first ?? total)
      .bytes(padded)
      .u32(lengths.last ?? total)
      .build();
  }

  /** A list of options with its end mark; nothing for no options. */
  options(...options: Option[]): Uint8Array {
    const list = this.builder();
    for (const [code, value] of options) list.u16(code, value.length).bytes(value).pad();
    return options.length === 0 ? list.build() : list.u16(0, 0).build();
  }

  section(options: Option[] = [], version: readonly [number, number] = [1, 0]): Uint8Array {
    const body = this.builder()
      .u32(0x1a2b3c4d)
      .u16(...version)
      .u64(-1n);
    return this.block(0x0a0d0d0a, body.bytes(this.options(...options)).build());
  }

  interface(linkType = 1, snapLength = 0, options: Option[] = []): Uint8Array {
    const body = this.builder().u16(linkType, 0).u32(snapLength);
    return this.block(1, body.bytes(this.options(...options)).build());
  }

  enhanced(
    id: number,
    stamp: bigint,
    data: Uint8Array,
    { originalLength = data.length, length = data.length, options = [] as Option[] } = {},
  ): Uint8Array {
    const body = this.builder()
      .u32(id, Number(stamp >> 32n), Number(stamp & 0xffffffffn), length, originalLength)
      .bytes(data)
      .pad();
    return this.block(6, body.bytes(this.options(...options)).build());
  }

  obsolete(id: number, drops: number, stamp: bigint, data: Uint8Array, options: Option[] = []): Uint8Array {
    const body = this.builder()
      .u16(id, drops)
      .u32(Number(stamp >> 32n), Number(stamp & 0xffffffffn), data.length, data.length)
      .bytes(data)
      .pad();
    return this.block(2, body.bytes(this.options(...options)).build());
  }

  simple(data: Uint8Array, originalLength: number = data.length): Uint8Array {
    return this.block(3, this.builder().u32(originalLength).bytes(data).build());
  }
}
