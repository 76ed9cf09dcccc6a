import { describe, expect, test } from "vitest";
import { Clock } from "./clock.js";
import { concat, frame } from "./testing/byte-builder.js";
import { pcapBytes } from "./testing/pcap-bytes.js";
import { faultOf, readAll } from "./testing/read-all.js";

const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;

describe.each([false, true])("pcap, big endian %s", (bigEndian) => {
  test.each([
    [MICROSECONDS, Clock.microseconds, 999_999_000],
    [NANOSECONDS, Clock.nanoseconds, 999_999],
  ])("of magic %i gives every field", (magic, clock, nanoseconds) => {
    const bytes = pcapBytes(
      { bigEndian, magic, snapLength: 65535, linkType: 113 },
      { seconds: 0xfffffffe, fraction: 999_999, data: frame(5, 1), originalLength: 0xffffffff },
      { seconds: 1, fraction: 0, data: frame(0), originalLength: 60 },
      { seconds: 2, fraction: 3, data: frame(7, 3) },
    );
    const { reader, frames, error } = readAll(bytes);
    expect(error).toBeUndefined();
    expect(reader.format).toBe("pcap");
    expect(reader.sections).toMatchObject([{ id: 0, bigEndian }]);
    expect(reader.interfaces).toMatchObject([{ id: 0, linkType: 113, snapLength: 65535, fcsLength: undefined }]);
    expect(reader.interfaces[0]!.clock).toBe(clock);
    expect(frames).toEqual([
      {
        number: 1,
        position: 24,
        data: frame(5, 1),
        originalLength: 0xffffffff,
        interfaceId: 0,
        stamp: [0xfffffffe, 999_999],
        time: [0xfffffffe, nanoseconds],
      },
      {
        number: 2,
        position: 45,
        data: frame(0),
        originalLength: 60,
        interfaceId: 0,
        stamp: [1, 0],
        time: [1, 0],
      },
      {
        number: 3,
        position: 61,
        data: frame(7, 3),
        originalLength: 7,
        interfaceId: 0,
        stamp: [2, 3],
        time: [2, magic === MICROSECONDS ? 3000 : 3],
      },
    ]);
  });

  test("a header without frames is a capture", () => {
    const { reader, frames, error } = readAll(pcapBytes({ bigEndian, linkType: 1 }));
    expect([frames.length, error]).toEqual([0, undefined]);
    expect(reader.interfaces[0]!.linkType).toBe(1);
  });

  test("the length of frame check sequences is in the link type word", () => {
    expect(readAll(pcapBytes({ bigEndian, linkType: 0x24000001 })).reader.interfaces[0]).toMatchObject({
      linkType: 1,
      fcsLength: 4,
    });
    // Without the bit that says so the length means nothing.
    expect(readAll(pcapBytes({ bigEndian, linkType: 0x30000001 })).reader.interfaces[0]).toMatchObject({
      linkType: 1,
      fcsLength: undefined,
    });
  });
});

test("a captured length above the original one is taken as it is", () => {
  const { frames } = readAll(pcapBytes({}, { data: frame(60), originalLength: 20 }));
  expect(frames[0]).toMatchObject({ data: frame(60), originalLength: 20 });
});

test("frames may be longer than 64 KiB and than their snap length", () => {
  const { frames, error } = readAll(pcapBytes({ snapLength: 96 }, { data: frame(262144) }, { data: frame(1) }));
  expect(error).toBeUndefined();
  expect(frames.map(({ data }) => data.length)).toEqual([262144, 1]);
  expect(Buffer.compare(frames[0]!.data, frame(262144))).toBe(0);
});

test("a larger snap length allows longer frames, up to 16 MiB", () => {
  const length = 16 * 1024 * 1024;
  const long = pcapBytes({ snapLength: 0xffffffff }, { data: frame(3), length });
  expect(faultOf(readAll(long).error)).toMatchObject({ code: "TRUNCATED" });
  const tooLong = pcapBytes({ snapLength: 0xffffffff }, { data: frame(3), length: length + 1 });
  expect(faultOf(readAll(tooLong).error)).toMatchObject({ code: "BAD_LENGTH" });
});

describe("refused", () => {
  const good = { data: frame(10) };

  test.each([262145, 0x7fffffff, 0xffffffff])("a captured length of %i, after what was before it", (length) => {
    const { frames, error } = readAll(pcapBytes({}, good, { data: frame(10), length }));
    expect(frames.length).toBe(1);
    expect(faultOf(error)).toEqual({
      code: "BAD_LENGTH",
      message: `Frame 2 at byte 50 claims ${length} captured bytes, more than the 262144 possible here.`,
      offset: 50,
      frame: 2,
    });
  });

  test("another version", () => {
    expect(faultOf(readAll(pcapBytes({ major: 2, minor: 3 })).error)).toEqual({
      code: "UNSUPPORTED_VERSION",
      message: "This is a pcap file of version 2.3; only version 2.4 is read.",
      offset: 4,
      frame: undefined,
    });
  });

  test("reserved bits beside the link type", () => {
    expect(faultOf(readAll(pcapBytes({ linkType: 0x00010001 })).error)).toEqual({
      code: "BAD_HEADER",
      message: "The link type field of the pcap header is 0x10001, which sets bits that must be zero.",
      offset: 20,
      frame: undefined,
    });
  });

  const whole = pcapBytes({}, good, good);

  test.each(Array.from({ length: 26 }, (_, cut) => cut + 1))("a file with its last %i bytes cut off", (cut) => {
    const { frames, error } = readAll(whole.subarray(0, whole.length - cut));
    if (cut === 26) {
      expect([frames.length, error]).toEqual([1, undefined]);
      return;
    }
    const missing = cut > 10 ? cut - 10 : cut;
    const what = missing === 1 ? "1 byte is" : `${missing} bytes are`;
    expect(frames.length).toBe(1);
    expect(faultOf(error)).toEqual({
      code: "TRUNCATED",
      message: `The capture is cut off in frame 2 at byte 50: at least ${what} missing.`,
      offset: 50,
      frame: 2,
    });
  });

  test.each([4, 12, 23])("a header of %i bytes", (length) => {
    expect(faultOf(readAll(whole.subarray(0, length)).error)).toEqual({
      code: "TRUNCATED",
      message: `The capture is cut off in its header: at least ${length === 23 ? "1 byte is" : `${24 - length} bytes are`} missing.`,
      offset: 0,
      frame: undefined,
    });
  });

  test("bytes behind the last frame that are no record", () => {
    const { frames, error } = readAll(concat(pcapBytes({}, good), new Uint8Array(3)));
    expect([frames.length, error?.code]).toEqual([1, "TRUNCATED"]);
  });
});
