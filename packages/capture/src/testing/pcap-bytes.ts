import { ByteBuilder, concat } from "./byte-builder.js";

export interface PcapHeader {
  readonly bigEndian?: boolean;
  readonly magic?: number;
  readonly major?: number;
  readonly minor?: number;
  readonly snapLength?: number;
  /** The whole word, frame check sequence included. */
  readonly linkType?: number;
}

export interface PcapRecord {
  readonly seconds?: number;
  readonly fraction?: number;
  readonly data: Uint8Array;
  readonly length?: number;
  readonly originalLength?: number;
}

/** A classic pcap file, field by field. */
export function pcapBytes(header: PcapHeader, ...records: PcapRecord[]): Uint8Array {
  const big = header.bigEndian ?? false;
  const head = new ByteBuilder(big)
    .u32(header.magic ?? 0xa1b2c3d4)
    .u16(header.major ?? 2, header.minor ?? 4)
    .u32(0, 0, header.snapLength ?? 262144, header.linkType ?? 1);
  const body = records.map(({ seconds = 0, fraction = 0, data, length = data.length, originalLength = data.length }) =>
    new ByteBuilder(big).u32(seconds, fraction, length, originalLength).bytes(data).build(),
  );
  return concat(head.build(), ...body);
}
