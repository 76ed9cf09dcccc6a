import { describe, expect, test } from "vitest";
import { BlockType } from "./capture-block.js";
import { OptionCode } from "./option-code.js";
import { ByteBuilder, concat, frame } from "./testing/byte-builder.js";
import { PcapngBlocks } from "./testing/pcapng-bytes.js";
import { faultOf, readAll } from "./testing/read-all.js";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const STAMP = 0x00054321_fedcba98n;

describe.each([false, true])("pcapng, big endian %s", (bigEndian) => {
  const ng = new PcapngBlocks(bigEndian);
  const number = (): ByteBuilder => new ByteBuilder(bigEndian);
  const start = concat(ng.section(), ng.interface());

  test("an Enhanced Packet Block gives every field", () => {
    const bytes = concat(
      start,
      ng.enhanced(0, STAMP, frame(5), { originalLength: 1500 }),
      ng.enhanced(0, 1n, frame(4, 2)),
    );
    const { reader, frames, error } = readAll(bytes);
    expect(error).toBeUndefined();
    expect(reader.format).toBe("pcapng");
    expect(reader.sections).toMatchObject([{ id: 0, bigEndian }]);
    expect(frames).toEqual([
      {
        number: 1,
        position: 48,
        data: frame(5),
        originalLength: 1500,
        interfaceId: 0,
        stamp: [0x00054321, 0xfedcba98],
        time: [Number(STAMP / 1_000_000n), Number(STAMP % 1_000_000n) * 1000],
      },
      {
        number: 2,
        position: 88,
        data: frame(4, 2),
        originalLength: 4,
        interfaceId: 0,
        stamp: [0, 1],
        time: [0, 1000],
      },
    ]);
  });

  test("a Packet Block is read like it", () => {
    const flags = number().u32(1).build();
    const bytes = concat(
      ng.section(),
      ng.interface(),
      ng.interface(),
      ng.obsolete(1, 0xffff, STAMP, frame(7), [[OptionCode.epb_flags, flags]]),
    );
    const found: unknown[] = [];
    const { frames } = readAll(bytes, 1 << 20, (record) => found.push(record.options().get(OptionCode.epb_flags)));
    expect(frames).toMatchObject([{ data: frame(7), originalLength: 7, interfaceId: 1, stamp: [0x54321, 0xfedcba98] }]);
    expect(found).toEqual([Uint8Array.of(1, 0, 0, 0)]);
  });

  test("a Simple Packet Block is of interface 0, cut at its snap length, without a stamp", () => {
    const bytes = concat(
      ng.section(),
      ng.interface(1, 6),
      ng.interface(1, 0),
      ng.simple(frame(6), 60),
      ng.simple(frame(3)),
    );
    const { frames, error } = readAll(bytes);
    expect(error).toBeUndefined();
    expect(frames).toMatchObject([
      { data: frame(6), originalLength: 60, interfaceId: 0, stamp: [0, 0] },
      { data: frame(3), originalLength: 3 },
    ]);
    const unlimited = readAll(concat(start, ng.simple(frame(9))));
    expect(unlimited.frames).toMatchObject([{ data: frame(9), originalLength: 9 }]);
  });

  test("options of a frame are read, also after one without", () => {
    const bytes = concat(
      start,
      ng.enhanced(0, 0n, frame(3), {
        options: [
          [OptionCode.epb_flags, number().u32(2).build()],
          [OptionCode.opt_comment, text("one")],
          [OptionCode.opt_comment, text("two")],
        ],
      }),
      ng.enhanced(0, 0n, frame(3)),
    );
    const comments: string[][] = [];
    const flags: unknown[] = [];
    readAll(bytes, 1 << 20, (record) => {
      comments.push(record.options().comments);
      flags.push(record.options().get(OptionCode.epb_flags));
    });
    expect(comments).toEqual([["one", "two"], []]);
    expect(flags).toEqual([Uint8Array.of(2, 0, 0, 0), undefined]);
  });

  test("an interface has its link type, snap length, options and clock", () => {
    const bytes = concat(
      ng.section(),
      ng.interface(105, 65535, [
        [OptionCode.if_name, text("wlan0")],
        [OptionCode.if_tsresol, Uint8Array.of(9)],
        [OptionCode.if_tsoffset, number().u64(-3600n).build()],
      ]),
      ng.interface(65535, 0, [[OptionCode.if_tsresol, Uint8Array.of(0x8a)]]),
      ng.interface(),
      ng.enhanced(0, 5_000_000_001n, frame(1)),
      ng.enhanced(1, 1536n, frame(1)),
      ng.enhanced(2, 1_500_000n, frame(1)),
    );
    const { reader, frames } = readAll(bytes);
    expect(reader.interfaces).toMatchObject([
      { id: 0, linkType: 105, snapLength: 65535, clock: { kind: "counter", resolution: 9, offset: -3600 } },
      { id: 1, linkType: 65535, snapLength: 0, clock: { kind: "counter", resolution: 0x8a, offset: 0 } },
      { id: 2, linkType: 1, snapLength: 0, clock: { kind: "counter", resolution: 6, offset: 0 } },
    ]);
    expect(reader.interfaces[0]!.options.text(OptionCode.if_name)).toBe("wlan0");
    expect(frames.map(({ time }) => time)).toEqual([
      [-3595, 1],
      [1, 500_000_000],
      [1, 500_000_000],
    ]);
  });

  test("the options of a section are read", () => {
    const { reader } = readAll(ng.section([[OptionCode.shb_userappl, text("dumpcap")]]));
    expect(reader.sections[0]!.options.text(OptionCode.shb_userappl)).toBe("dumpcap");
  });

  test("other blocks are handed out in order with the body as it is", () => {
    const names = number().u16(1, 9).u8(127, 0, 0, 1).text("home\0").pad().u16(0, 0).build();
    const bytes = concat(start, ng.block(4, names), ng.enhanced(0, 0n, frame(2)), ng.block(0x80000001, frame(8)));
    const { reader, frames, blocks } = readAll(bytes);
    expect(frames.length).toBe(1);
    expect(blocks).toEqual([
      { type: BlockType.NameResolution, body: names, section: reader.sections[0], position: 48 },
      { type: 0x80000001, body: frame(8), section: reader.sections[0], position: 48 + 12 + 20 + 36 },
    ]);
  });

  test("a frame of more than 64 KiB is read", () => {
    const { frames } = readAll(concat(start, ng.enhanced(0, 0n, frame(300_001))));
    expect(frames.map(({ data }) => Buffer.compare(data, frame(300_001)))).toEqual([0]);
  });

  test("minor version 2 is read as 0", () => {
    const bytes = concat(ng.section([], [1, 2]), ng.interface(), ng.simple(frame(1)));
    expect(readAll(bytes).frames.length).toBe(1);
  });

  describe("refused", () => {
    const good = ng.enhanced(0, 0n, frame(4));
    const at = start.length + good.length;
    const fault = (...blocks: Uint8Array[]) => {
      const { frames, error } = readAll(concat(start, good, ...blocks));
      expect(frames.length).toBe(1);
      return faultOf(error);
    };
    const block = (code: string, what: string) => ({
      code,
      message: `The block at byte ${at} ${what}.`,
      offset: at,
      frame: undefined,
    });
    const second = (code: string, what: string) => ({
      code,
      message: `Frame 2 at byte ${at} ${what}.`,
      offset: at,
      frame: 2,
    });

    test.each([0, 4, 8, 11, 13, 37])("a total length of %i", (first) => {
      expect(fault(ng.block(6, frame(24), { first }))).toEqual(
        block("BAD_LENGTH", `claims to be ${first} bytes long, not a multiple of 4 from 12 on`),
      );
    });

    test("a total length beyond every block", () => {
      expect(fault(ng.block(6, frame(24), { first: 0xfffffffc }))).toEqual(
        block("BAD_LENGTH", "claims to be 4294967292 bytes long, more than the 33554432 that are read"),
      );
    });

    test("two total lengths that differ", () => {
      expect(fault(ng.block(6, frame(24), { last: 40 }))).toEqual(
        block("BAD_BLOCK", "claims to be 36 bytes long at its start but 40 at its end"),
      );
    });

    test.each([
      [6, 16, 32],
      [2, 16, 32],
      [3, 0, 16],
      [1, 4, 20],
    ])("a block of type %i with a body of %i bytes", (type, body, least) => {
      expect(fault(ng.block(type, frame(body)))).toEqual(
        block("BAD_BLOCK", `is ${body + 12} bytes long, but a block of its type has at least ${least}`),
      );
    });

    test.each([5, 262144, 0xffffffff])("a captured length of %i in a block with room for 4", (length) => {
      expect(fault(ng.enhanced(0, 0n, frame(4), { length }))).toEqual(
        second("BAD_LENGTH", `claims ${length} captured bytes in a block of 36 bytes`),
      );
    });

    test("a Simple Packet Block shorter than its frame", () => {
      expect(fault(ng.simple(frame(4), 5))).toEqual(
        second("BAD_LENGTH", "claims 5 captured bytes in a block of 20 bytes"),
      );
    });

    test("an interface that was not described", () => {
      expect(fault(ng.enhanced(1, 0n, frame(4)))).toEqual(
        second("BAD_BLOCK", "names interface 1, but its section has described 1 so far"),
      );
      expect(fault(ng.enhanced(0xffffffff, 0n, frame(4)))).toMatchObject({ code: "BAD_BLOCK" });
      expect(fault(ng.section(), ng.simple(frame(1)))).toMatchObject({
        code: "BAD_BLOCK",
        message: expect.stringContaining("names interface 0, but its section has described 0 so far"),
      });
    });

    test("a section of another version", () => {
      expect(fault(ng.section([], [2, 0]))).toEqual(
        block("UNSUPPORTED_VERSION", "begins a section of pcapng version 2.0; only version 1.0 is read"),
      );
      expect(fault(ng.section([], [1, 1]))).toMatchObject({ code: "UNSUPPORTED_VERSION" });
    });

    test("a section header without its magic, or too short", () => {
      expect(fault(ng.block(0x0a0d0d0a, number().u32(0x1a2b3c4e).u16(1, 0).u64(-1n).build()))).toEqual(
        block("BAD_BLOCK", "is a section header without a byte order magic"),
      );
      expect(fault(ng.block(0x0a0d0d0a, number().u32(0x1a2b3c4d).u16(1, 0).build()))).toEqual(
        block("BAD_BLOCK", "is 20 bytes long, but a block of its type has at least 28"),
      );
    });

    test.each([
      ["time resolution", "if_tsresol", OptionCode.if_tsresol, 2, 1],
      ["time offset", "if_tsoffset", OptionCode.if_tsoffset, 4, 8],
    ])("a %s of a wrong size", (name, option, code, length, expected) => {
      expect(fault(ng.interface(1, 0, [[code, frame(length)]]))).toEqual(
        block("BAD_BLOCK", `has a ${name} (${option}) of ${length} bytes instead of ${expected}`),
      );
    });

    test("a time offset beyond any date", () => {
      const value = number()
        .u64(-(2n ** 60n))
        .build();
      expect(fault(ng.interface(1, 0, [[OptionCode.if_tsoffset, value]]))).toEqual(
        block("BAD_BLOCK", "has a time offset (if_tsoffset) beyond any date"),
      );
    });

    test("an option of an interface or a section that runs beyond the block", () => {
      const option = number().u16(2, 5).text("eth0").build();
      const link = number().u16(1, 0).u32(0).bytes(option).build();
      const section = number().u32(0x1a2b3c4d).u16(1, 0).u64(-1n).bytes(option).build();
      for (const bytes of [ng.block(1, link), ng.block(0x0a0d0d0a, section)]) {
        expect(fault(bytes)).toEqual(block("BAD_BLOCK", "has an option that runs beyond its end"));
      }
    });

    test("a file that ends in a frame", () => {
      expect(fault(good.subarray(0, 11))).toEqual({
        code: "TRUNCATED",
        message: `The capture is cut off in frame 2 at byte ${at}: at least 1 byte is missing.`,
        offset: at,
        frame: 2,
      });
      expect(fault(good.subarray(0, 20))).toMatchObject({ code: "TRUNCATED", frame: 2 });
    });

    test("a file that ends in another block", () => {
      expect(fault(ng.interface().subarray(0, 13))).toEqual({
        code: "TRUNCATED",
        message: `The capture is cut off in the block at byte ${at}: at least 7 bytes are missing.`,
        offset: at,
        frame: undefined,
      });
      expect(fault(good.subarray(0, 3))).toMatchObject({ code: "TRUNCATED", frame: undefined });
    });
  });

  test("an option of a frame that runs beyond the block ends the list only", () => {
    const option = number().u16(1, 2).text("ok").pad().u16(1, 5).text("cut").pad().build();
    const body = number().u32(0, 0, 0, 4, 4).bytes(frame(4)).bytes(option).build();
    const comments: string[][] = [];
    const { frames, error } = readAll(concat(start, ng.block(6, body)), 1 << 20, (record) =>
      comments.push(record.options().comments),
    );
    expect([frames.length, error, comments]).toEqual([1, undefined, [["ok"]]]);
  });
});

test("sections count their interfaces anew and may differ in byte order", () => {
  const little = new PcapngBlocks(false);
  const big = new PcapngBlocks(true);
  const bytes = concat(
    little.section(),
    little.interface(1),
    little.interface(101),
    little.enhanced(1, 1n, frame(1, 1)),
    big.section([[OptionCode.opt_comment, text("second")]]),
    big.interface(113),
    big.enhanced(0, 2n, frame(2, 2)),
    little.section(),
    little.interface(105),
    little.simple(frame(3, 3)),
  );
  const { reader, frames, error } = readAll(bytes);
  expect(error).toBeUndefined();
  expect(reader.sections.map(({ id, bigEndian }) => [id, bigEndian])).toEqual([
    [0, false],
    [1, true],
    [2, false],
  ]);
  expect(reader.interfaces.map(({ id, linkType, section }) => [id, linkType, section.id])).toEqual([
    [0, 1, 0],
    [1, 101, 0],
    [2, 113, 1],
    [3, 105, 2],
  ]);
  expect(frames.map(({ interfaceId, data }) => [interfaceId, data])).toEqual([
    [1, frame(1, 1)],
    [2, frame(2, 2)],
    [3, frame(3, 3)],
  ]);
});
