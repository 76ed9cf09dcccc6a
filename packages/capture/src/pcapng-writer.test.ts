import { describe, expect, test } from "vitest";
import { BlockType } from "./capture-block.js";
import { CaptureOptions } from "./capture-options.js";
import { Clock } from "./clock.js";
import { OptionCode } from "./option-code.js";
import { ByteBuilder, concat, frame } from "./testing/byte-builder.js";
import { collect } from "./testing/collect.js";
import { PcapngBlocks } from "./testing/pcapng-bytes.js";

const ng = new PcapngBlocks();
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const TSRESOL_9 = [OptionCode.if_tsresol, Uint8Array.of(9)] as const;

describe("the section", () => {
  test("alone is a capture", () => {
    const { writer, bytes } = collect("pcapng");
    writer.close();
    expect(bytes()).toEqual(ng.section());
    expect(writer.format).toBe("pcapng");
  });

  test("has the options given, but for those that are not to be copied", () => {
    const { writer, bytes } = collect("pcapng", {
      sectionOptions: CaptureOptions.of(
        [OptionCode.opt_custom_string_private, "no"],
        [OptionCode.shb_userappl, "ndislab"],
        [OptionCode.opt_custom_bytes_private, "no"],
      ),
    });
    writer.close();
    expect(bytes()).toEqual(ng.section([[OptionCode.shb_userappl, text("ndislab")]]));
  });

  test("has by default those of the section of the first interface", () => {
    const { writer, bytes } = collect("pcapng");
    const section = { id: 0, bigEndian: false, options: CaptureOptions.of([OptionCode.shb_os, "NT"]) };
    writer.addInterface({ linkType: 1, clock: Clock.counter(6), section });
    writer.close();
    expect(bytes()).toEqual(concat(ng.section([[OptionCode.shb_os, text("NT")]]), ng.interface()));
  });
});

describe("an interface", () => {
  const written = (description: { clock?: Clock; snapLength?: number; options?: CaptureOptions }) => {
    const { writer, bytes } = collect("pcapng");
    expect(writer.addInterface({ linkType: 105, ...description })).toBe(0);
    writer.close();
    return bytes().subarray(ng.section().length);
  };

  test("has by default nanoseconds and no snap length", () => {
    expect(written({})).toEqual(ng.interface(105, 0, [TSRESOL_9]));
  });

  test("of microseconds needs no options", () => {
    expect(written({ clock: Clock.microseconds })).toEqual(ng.interface(105, 0));
    expect(written({ clock: Clock.counter(6) })).toEqual(ng.interface(105, 0));
  });

  test("has the resolution and offset of its clock instead of those among its options", () => {
    const options = CaptureOptions.of(
      [OptionCode.if_name, "eth0"],
      [OptionCode.if_tsresol, Uint8Array.of(3)],
      [OptionCode.if_tsoffset, new Uint8Array(8).fill(1)],
      [OptionCode.if_description, "first"],
    );
    expect(written({ clock: Clock.counter(0x8a, -2), options })).toEqual(
      ng.interface(105, 0, [
        [OptionCode.if_tsresol, Uint8Array.of(0x8a)],
        [OptionCode.if_tsoffset, new ByteBuilder().u64(-2n).build()],
        [OptionCode.if_name, text("eth0")],
        [OptionCode.if_description, text("first")],
      ]),
    );
  });

  test.each([
    [0, 0],
    [96, 262144],
    [524288, 524288],
  ])("of snap length %i has %i", (snapLength, expected) => {
    expect(written({ clock: Clock.microseconds, snapLength })).toEqual(ng.interface(105, expected));
  });
});

describe("a frame", () => {
  const start = concat(ng.section(), ng.interface());
  const setUp = () => {
    const collected = collect("pcapng");
    const id = collected.writer.addInterface({ linkType: 1, clock: Clock.counter(6) });
    return { ...collected, id };
  };

  test.each([0, 1, 2, 3, 4, 5, 1514, 70_001])("of %i bytes is padded with zeros", (length) => {
    const { writer, bytes, id } = setUp();
    writer.buffer.fill(0xaa, 100);
    writer.writeFrame(id, 0x12345678, 0xfedcba98, frame(length), 0, length, length + 7);
    writer.close();
    const expected = ng.enhanced(0, 0x12345678_fedcba98n, frame(length), { originalLength: length + 7 });
    expect(Buffer.compare(bytes(), concat(start, expected))).toBe(0);
  });

  test("has its options", () => {
    const { writer, bytes, id } = setUp();
    const options = CaptureOptions.of(
      [OptionCode.opt_comment, "hello"],
      [OptionCode.opt_custom_bytes_private, "no"],
      [OptionCode.epb_flags, Uint8Array.of(1, 0, 0, 0)],
    );
    writer.writeFrame(id, 0, 1, frame(3), 0, 3, 3, options);
    writer.writeFrame(id, 0, 2, frame(3), 0, 3, 3, CaptureOptions.of([OptionCode.opt_custom_string_private, "no"]));
    writer.close();
    const kept = [
      [OptionCode.opt_comment, text("hello")],
      [OptionCode.epb_flags, Uint8Array.of(1, 0, 0, 0)],
    ] as [number, Uint8Array][];
    expect(bytes()).toEqual(
      concat(start, ng.enhanced(0, 1n, frame(3), { options: kept }), ng.enhanced(0, 2n, frame(3))),
    );
  });

  test("of seconds and nanoseconds has their count", () => {
    const { writer, bytes } = collect("pcapng");
    const id = writer.addInterface({ linkType: 1 });
    writer.writeFrame(id, 1_700_000_000, 123_456_789, frame(4));
    writer.close();
    expect(bytes()).toEqual(
      concat(ng.section(), ng.interface(1, 0, [TSRESOL_9]), ng.enhanced(0, 1_700_000_000_123_456_789n, frame(4))),
    );
  });

  test("of any link type may follow one of another", () => {
    const { writer, bytes, id } = setUp();
    const other = writer.addInterface({ linkType: 101, clock: Clock.counter(6) });
    writer.writeFrame(other, 0, 1, frame(1));
    writer.writeFrame(id, 0, 2, frame(2));
    writer.close();
    expect(bytes()).toEqual(
      concat(start, ng.interface(101), ng.enhanced(1, 1n, frame(1)), ng.enhanced(0, 2n, frame(2))),
    );
  });
});

describe.each([false, true])("a block of a section, big endian %s", (bigEndian) => {
  const source = new PcapngBlocks(bigEndian);
  const section = { id: 0, bigEndian, options: CaptureOptions.none };
  const written = (type: number, body: Uint8Array) => {
    const { writer, bytes } = collect("pcapng");
    const done = writer.writeBlock({ type, body, section, position: 0 });
    writer.close();
    return [done, bytes().subarray(ng.section().length)];
  };
  const names = (blocks: PcapngBlocks) =>
    blocks
      .builder()
      .u16(1, 9)
      .u8(127, 0, 0, 1)
      .text("home\0")
      .pad()
      .u16(2, 18)
      .u8(...Array(15).fill(0), 1)
      .text("h\0")
      .pad()
      .u16(0, 0)
      .bytes(blocks.options([OptionCode.opt_comment, text("names")]))
      .build();
  const secrets = (blocks: PcapngBlocks) =>
    blocks
      .builder()
      .u32(0x544c534b, 5)
      .text("CLIEN")
      .pad()
      .bytes(blocks.options([OptionCode.opt_comment, text("keys")]))
      .build();

  test("name resolution is copied", () => {
    expect(written(BlockType.NameResolution, names(source))).toEqual([true, ng.block(4, names(ng))]);
  });

  test("decryption secrets are copied", () => {
    expect(written(BlockType.DecryptionSecrets, secrets(source))).toEqual([true, ng.block(10, secrets(ng))]);
  });

  test("a custom block is copied, its data as they are", () => {
    const custom = (blocks: PcapngBlocks) => blocks.builder().u32(32473).bytes(frame(8)).build();
    expect(written(BlockType.Custom, custom(source))).toEqual([true, ng.block(0xbad, custom(ng))]);
  });

  test.each([BlockType.InterfaceStatistics, BlockType.CustomPrivate, 9, 0x80000001])("type %i is left out", (type) => {
    expect(written(type, frame(16))).toEqual([false, new Uint8Array(0)]);
  });

  test("cut short does no harm", () => {
    for (const type of [BlockType.NameResolution, BlockType.DecryptionSecrets, BlockType.Custom]) {
      for (const body of [names(source), secrets(source)]) {
        for (let length = 0; length < body.length; length += 4) {
          const [done, bytes] = written(type, body.subarray(0, length)) as [boolean, Uint8Array];
          expect(bytes.length % 4).toBe(0);
          expect(bytes.length).toBeLessThanOrEqual(done ? length + 12 + 8 : 0);
        }
      }
    }
  });
});
