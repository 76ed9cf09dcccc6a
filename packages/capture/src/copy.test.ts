import { describe, expect, test } from "vitest";
import type { CaptureFormat } from "./capture-format.js";
import { CaptureReader } from "./capture-reader.js";
import { OptionCode } from "./option-code.js";
import { ByteBuilder, concat, frame } from "./testing/byte-builder.js";
import { collect } from "./testing/collect.js";
import type { PcapHeader } from "./testing/pcap-bytes.js";
import { pcapBytes } from "./testing/pcap-bytes.js";
import { PcapngBlocks } from "./testing/pcapng-bytes.js";
import { readAll } from "./testing/read-all.js";

/** Copies a capture record by record, with its blocks. */
function copy(bytes: Uint8Array, format: CaptureFormat): Uint8Array {
  const out = collect(format, { buffer: new Uint8Array(200) });
  const reader = new CaptureReader({ onBlock: (block) => out.writer.writeBlock(block) });
  for (let at = 0; at < bytes.length; at += 77) {
    reader.push(bytes.slice(at, at + 77));
    while (reader.next()) out.writer.write(reader.record);
  }
  reader.end();
  out.writer.close();
  return out.bytes();
}

/** What has to survive: the frame, both lengths, the time. */
const essence = (bytes: Uint8Array) => {
  const { frames, error } = readAll(bytes);
  expect(error).toBeUndefined();
  return frames.map(({ number, data, originalLength, time }) => ({ number, data, originalLength, time }));
};

const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
const classic = (header: PcapHeader) =>
  pcapBytes(
    header,
    { seconds: 0, fraction: 0, data: frame(60) },
    { seconds: 1_700_000_000, fraction: 999_999, data: frame(1514, 2), originalLength: 9000 },
    { seconds: 0xffffffff, fraction: 1, data: frame(0), originalLength: 0 },
    { seconds: 5, fraction: 123_456, data: frame(61, 3), originalLength: 20 },
    { seconds: 6, fraction: 7, data: frame(80_156, 4) },
  );

describe.each([false, true])("a pcap, big endian %s", (bigEndian) => {
  test.each([MICROSECONDS, NANOSECONDS])("of magic %i", (magic) => {
    const source = classic({ bigEndian, magic });
    const little = classic({ magic });
    expect(Buffer.compare(copy(source, "pcap"), little)).toBe(0);
    const ng = copy(source, "pcapng");
    expect(essence(ng)).toEqual(essence(source));
    expect(Buffer.compare(copy(ng, "pcap"), little)).toBe(0);
    expect(Buffer.compare(copy(ng, "pcapng"), ng)).toBe(0);
  });
});

describe.each([false, true])("a pcapng, big endian %s", (bigEndian) => {
  const ng = new PcapngBlocks(bigEndian);
  const number = (): ByteBuilder => new ByteBuilder(bigEndian);
  const resolution = (value: number) => [OptionCode.if_tsresol, Uint8Array.of(value)] as const;
  const offset = (seconds: bigint) => [OptionCode.if_tsoffset, number().u64(seconds).build()] as const;

  test("of nanoseconds becomes a pcap of nanoseconds", () => {
    const source = concat(
      ng.section(),
      ng.interface(1, 0, [resolution(9)]),
      ng.enhanced(0, 1_700_000_000_123_456_789n, frame(60), { originalLength: 70 }),
      ng.enhanced(0, 1n, frame(3)),
    );
    expect(copy(source, "pcap")).toEqual(
      pcapBytes(
        { magic: NANOSECONDS },
        { seconds: 1_700_000_000, fraction: 123_456_789, data: frame(60), originalLength: 70 },
        { seconds: 0, fraction: 1, data: frame(3) },
      ),
    );
  });

  test("with time offsets keeps the time", () => {
    const source = concat(
      ng.section(),
      ng.interface(1, 0, [offset(1_700_000_000n)]),
      ng.interface(1, 0, [offset(-10n), resolution(3)]),
      ng.enhanced(0, 1_000_001n, frame(1)),
      ng.enhanced(1, 12_345n, frame(2)),
    );
    expect(copy(source, "pcap")).toEqual(
      pcapBytes(
        {},
        { seconds: 1_700_000_001, fraction: 1, data: frame(1) },
        { seconds: 2, fraction: 345_000, data: frame(2) },
      ),
    );
    expect(essence(copy(source, "pcapng"))).toEqual(essence(source));
  });

  test.each([0, 1, 3, 6, 7, 9, 12, 0x80, 0x8a, 0x94, 0xa0])(
    "of resolution %i keeps each stamp word in pcapng",
    (value) => {
      const source = concat(
        ng.section(),
        ng.interface(1, 0, [resolution(value), offset(77n)]),
        ng.enhanced(0, 0x12345678_9abcdef0n, frame(1)),
        ng.enhanced(0, 0xffffffff_ffffffffn, frame(1)),
      );
      const stamps = readAll(copy(source, "pcapng")).frames.map(({ stamp, time }) => [stamp, time]);
      expect(stamps).toEqual(readAll(source).frames.map(({ stamp, time }) => [stamp, time]));
      expect(stamps.map(([words]) => words)).toEqual([
        [0x12345678, 0x9abcdef0],
        [0xffffffff, 0xffffffff],
      ]);
    },
  );

  test("keeps options and portable blocks", () => {
    const blocks = (b: PcapngBlocks) => {
      const n = (): ByteBuilder => new ByteBuilder(b.bigEndian);
      return concat(
        b.section([[OptionCode.shb_userappl, frame(5)]]),
        b.block(4, n().u16(1, 6).u8(10, 0, 0, 1, 0x61, 0).pad().u16(0, 0).build()),
        b.interface(1, 0, [
          [OptionCode.if_name, frame(4)],
          [OptionCode.if_speed, n().u64(1_000_000_000n).build()],
        ]),
        b.enhanced(0, 1n, frame(5), {
          options: [
            [OptionCode.opt_comment, frame(7)],
            [OptionCode.epb_flags, n().u32(0x80000002).build()],
            [OptionCode.opt_custom_bytes, n().u32(32473).u8(1, 2, 3).build()],
          ],
        }),
        b.enhanced(0, 2n, frame(6)),
      );
    };
    expect(copy(blocks(ng), "pcapng")).toEqual(blocks(new PcapngBlocks()));
  });

  test("drops blocks and options that may not be copied", () => {
    const kept = [[OptionCode.opt_comment, frame(3)]] as [number, Uint8Array][];
    const source = concat(
      ng.section(),
      ng.interface(),
      ng.block(0x40000bad, number().u32(1).build()),
      ng.block(5, number().u32(0, 0, 0).build()),
      ng.enhanced(0, 1n, frame(5), {
        options: [[OptionCode.opt_custom_bytes_private, number().u32(1).build()], ...kept],
      }),
    );
    const little = new PcapngBlocks();
    expect(copy(source, "pcapng")).toEqual(
      concat(little.section(), little.interface(), little.enhanced(0, 1n, frame(5), { options: kept })),
    );
  });

  test("of Simple and obsolete Packet Blocks becomes one of Enhanced ones", () => {
    const flags = [[OptionCode.epb_flags, number().u32(1).build()]] as [number, Uint8Array][];
    const source = concat(
      ng.section(),
      ng.interface(1, 0),
      ng.simple(frame(5)),
      ng.obsolete(0, 3, 99n, frame(6), flags),
    );
    const little = new PcapngBlocks();
    expect(copy(source, "pcapng")).toEqual(
      concat(
        little.section(),
        little.interface(1, 0),
        little.enhanced(0, 0n, frame(5)),
        little.enhanced(0, 99n, frame(6), { options: [[OptionCode.epb_flags, Uint8Array.of(1, 0, 0, 0)]] }),
      ),
    );
  });

  test("of several sections becomes one, with all interfaces that have frames", () => {
    const other = new PcapngBlocks(!bigEndian);
    const source = concat(
      ng.section(),
      ng.interface(1),
      ng.interface(101),
      ng.enhanced(1, 1n, frame(1)),
      other.section(),
      other.interface(113),
      other.enhanced(0, 2n, frame(2)),
      other.simple(frame(3)),
    );
    const little = new PcapngBlocks();
    expect(copy(source, "pcapng")).toEqual(
      concat(
        little.section(),
        little.interface(101),
        little.enhanced(0, 1n, frame(1)),
        little.interface(113),
        little.enhanced(1, 2n, frame(2)),
        little.enhanced(1, 0n, frame(3)),
      ),
    );
    expect(() => copy(source, "pcap")).toThrow("A pcap file holds one link type only");
  });
});
