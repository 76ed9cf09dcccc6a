import { describe, expect, test } from "vitest";
import { CaptureError } from "./capture-error.js";
import { CaptureOptions } from "./capture-options.js";
import { commonNumbers, interfaceNumbers, OptionCode, packetNumbers } from "./option-code.js";
import { ByteBuilder } from "./testing/byte-builder.js";
import { PcapngBlocks } from "./testing/pcapng-bytes.js";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe("a list from a program", () => {
  const list = CaptureOptions.of([1, "hé"], [4, Uint8Array.of(1, 2, 3, 4)], [1, ""]);

  test("is padded and without an end mark", () => {
    expect([...list.bytes]).toEqual([1, 0, 3, 0, 0x68, 0xc3, 0xa9, 0, 4, 0, 4, 0, 1, 2, 3, 4, 1, 0, 0, 0]);
  });

  test("gives its options in order, and by code", () => {
    expect([...list].map(({ code, value }) => [code, [...value]])).toEqual([
      [1, [0x68, 0xc3, 0xa9]],
      [4, [1, 2, 3, 4]],
      [1, []],
    ]);
    expect(list.text(1)).toBe("hé");
    expect(list.comments).toEqual(["hé", ""]);
    expect(list.get(5)).toBeUndefined();
    expect(list.text(5)).toBeUndefined();
  });

  test("takes values of 65535 bytes and no longer ones, and codes from 1 to 65535", () => {
    expect(CaptureOptions.of([1, new Uint8Array(65535)]).get(1)).toHaveLength(65535);
    for (const [code, value] of [
      [1, new Uint8Array(65536)],
      [0, ""],
      [65536, ""],
      [1.5, ""],
    ] as const) {
      expect(() => CaptureOptions.of([code, value])).toThrow(CaptureError);
    }
  });
});

test("texts end at a zero byte and may be no UTF-8", () => {
  const list = CaptureOptions.of([1, Uint8Array.of(0x61, 0, 0x62)], [2, Uint8Array.of(0x61, 0xff)]);
  expect(list.text(1)).toBe("a");
  expect(list.text(2)).toBe("a\ufffd");
});

describe.each([false, true])("a list in a file, big endian %s", (bigEndian) => {
  const blocks = new PcapngBlocks(bigEndian);
  const number = (): ByteBuilder => new ByteBuilder(bigEndian);
  const little = (): ByteBuilder => new ByteBuilder();

  test("has its numbers turned to little endian", () => {
    const bytes = blocks.options(
      [OptionCode.epb_flags, number().u32(0x80000001).build()],
      [OptionCode.epb_dropcount, number().u64(3n).build()],
      [OptionCode.epb_verdict, number().u8(2).u64(2n).build()],
      [OptionCode.epb_processid_threadid, number().u32(1234, 5).build()],
      [OptionCode.epb_hash, Uint8Array.of(2, 0xec, 0x1d, 0x87, 0x97)],
      [OptionCode.opt_custom_bytes, number().u32(32473).u8(1, 2, 3, 4, 5).build()],
      [OptionCode.opt_comment, text("kept")],
    );
    const list = CaptureOptions.decode(bytes, 0, bytes.length, bigEndian, packetNumbers);
    expect([...list].map(({ code, value }) => [code, value])).toEqual([
      [2, little().u32(0x80000001).build()],
      [4, little().u64(3n).build()],
      [7, little().u8(2).u64(2n).build()],
      [8, little().u32(1234, 5).build()],
      [3, Uint8Array.of(2, 0xec, 0x1d, 0x87, 0x97)],
      [2989, little().u32(32473).u8(1, 2, 3, 4, 5).build()],
      [1, text("kept")],
    ]);
    expect(list.malformed).toBe(false);
  });

  test("has the numbers of an interface turned", () => {
    const bytes = blocks.options(
      [OptionCode.if_speed, number().u64(10_000_000_000n).build()],
      [OptionCode.if_IPv4addr, Uint8Array.of(192, 168, 1, 1, 255, 255, 255, 0)],
      [OptionCode.if_tsresol, Uint8Array.of(9)],
    );
    const list = CaptureOptions.decode(bytes, 0, bytes.length, bigEndian, interfaceNumbers);
    expect(list.get(OptionCode.if_speed)).toEqual(little().u64(10_000_000_000n).build());
    expect(list.get(OptionCode.if_IPv4addr)).toEqual(Uint8Array.of(192, 168, 1, 1, 255, 255, 255, 0));
    expect(list.get(OptionCode.if_tsresol)).toEqual(Uint8Array.of(9));
  });

  test("may lack the end mark, or go on behind it", () => {
    const marked = blocks.options([1, text("one")]);
    const open = marked.subarray(0, marked.length - 4);
    const more = Uint8Array.from([...marked, ...marked]);
    for (const bytes of [marked, open, more]) {
      const list = CaptureOptions.decode(bytes, 0, bytes.length, bigEndian, commonNumbers);
      expect(list.comments).toEqual(["one"]);
      expect(list.malformed).toBe(false);
    }
  });

  test("ends before an option that runs beyond it", () => {
    const bytes = number().u16(1, 2).text("ok").pad().u16(1, 5).text("cut").pad().build();
    const list = CaptureOptions.decode(bytes, 0, bytes.length, bigEndian, commonNumbers);
    expect(list.comments).toEqual(["ok"]);
    expect(list.malformed).toBe(true);
  });

  test("may have numbers too short to be turned", () => {
    const bytes = blocks.options(
      [OptionCode.epb_flags, Uint8Array.of(1, 2)],
      [OptionCode.epb_verdict, Uint8Array.of()],
    );
    const list = CaptureOptions.decode(bytes, 0, bytes.length, bigEndian, packetNumbers);
    expect(list.get(OptionCode.epb_flags)).toEqual(Uint8Array.of(1, 2));
  });
});
