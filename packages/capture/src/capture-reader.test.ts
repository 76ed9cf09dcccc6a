import { describe, expect, test } from "vitest";
import { CaptureError } from "./capture-error.js";
import { CaptureReader } from "./capture-reader.js";
import { ByteBuilder, concat, frame } from "./testing/byte-builder.js";
import { pcapBytes } from "./testing/pcap-bytes.js";
import { PcapngBlocks } from "./testing/pcapng-bytes.js";
import { faultOf, readAll } from "./testing/read-all.js";

const ng = new PcapngBlocks();
const pcap = pcapBytes({}, { data: frame(60, 1) }, { data: frame(1, 2) }, { data: frame(0) }, { data: frame(300, 3) });
const pcapng = concat(
  ng.section(),
  ng.interface(),
  ng.enhanced(0, 7n, frame(61, 1), { options: [[1, frame(9)]] }),
  ng.block(4, frame(8)),
  ng.simple(frame(2, 2)),
  ng.enhanced(0, 9n, frame(300, 3)),
);

describe.each([
  ["pcap", pcap],
  ["pcapng", pcapng],
])("%s in chunks", (_, bytes) => {
  const { frames: expected, blocks } = readAll(bytes);

  test.each([1, 2, 3, 7, 16, 17, 64, 100, 333])("of %i bytes reads the same", (size) => {
    const result = readAll(bytes, size);
    expect(result.error).toBeUndefined();
    expect(result.frames).toEqual(expected);
    expect(result.blocks).toEqual(blocks);
    expect(result.reader.position).toBe(bytes.length);
  });

  test("all pushed before the first frame is asked for reads the same", () => {
    const reader = new CaptureReader();
    for (let at = 0; at < bytes.length; at += 50) reader.push(bytes.subarray(at, at + 50));
    const found: Uint8Array[] = [];
    while (reader.next()) {
      const data = new Uint8Array(reader.record.length);
      reader.record.copyTo(data, 0);
      found.push(data);
    }
    reader.end();
    expect(found).toEqual(expected.map(({ data }) => data));
  });

  test("a frame within a chunk is the chunk's own memory", () => {
    const reader = new CaptureReader();
    reader.push(bytes);
    expect(reader.next()).toBe(true);
    expect(reader.record.bytes).toBe(bytes);
  });

  test("a frame across chunks is in the scratch given", () => {
    const scratch = new Uint8Array(400);
    const reader = new CaptureReader({ scratch });
    reader.push(bytes.subarray(0, bytes.length - 10));
    while (reader.next());
    reader.push(bytes.subarray(bytes.length - 10));
    expect(reader.next()).toBe(true);
    expect(reader.record.bytes).toBe(scratch);
    expect(reader.record.length).toBe(300);
  });
});

describe("a record", () => {
  test("is one object, filled anew", () => {
    const reader = new CaptureReader();
    const { record } = reader;
    expect([record.number, record.length]).toEqual([0, 0]);
    reader.push(pcap);
    reader.next();
    reader.next();
    expect(reader.record).toBe(record);
    expect([record.number, record.length, record.interfaceId]).toEqual([2, 1, 0]);
  });

  test("copies its bytes to where they are wanted", () => {
    const reader = new CaptureReader();
    reader.push(pcap);
    reader.next();
    const target = new Uint8Array(64).fill(0xaa);
    expect(reader.record.copyTo(target, 2)).toBe(60);
    expect(target).toEqual(concat(Uint8Array.of(0xaa, 0xaa), frame(60, 1), Uint8Array.of(0xaa, 0xaa)));
    for (const at of [5, -1, Number.NaN]) {
      expect(() => reader.record.copyTo(target, at)).toThrow(CaptureError);
    }
  });
});

describe("what is no capture", () => {
  const notACapture = "The file is neither pcap nor pcapng: it does not begin with their magic number.";
  const variant = (magic: string) =>
    `This is a variant of pcap (magic number ${magic}) that is not read; save it as pcap or pcapng first.`;

  test("an empty file", () => {
    const expected = { code: "EMPTY_FILE", message: "The file is empty.", offset: 0, frame: undefined };
    expect(faultOf(readAll(new Uint8Array(0)).error)).toEqual(expected);
    const reader = new CaptureReader();
    reader.push(new Uint8Array(0));
    expect(reader.next()).toBe(false);
    expect(() => reader.end()).toThrow("The file is empty.");
  });

  test.each([
    ["one byte", [0xd4], "NOT_A_CAPTURE", notACapture],
    ["three bytes", [0xd4, 0xc3, 0xb2], "NOT_A_CAPTURE", notACapture],
    ["a text", [...new TextEncoder().encode("hello, world")], "NOT_A_CAPTURE", notACapture],
    ["zeros", Array(100).fill(0), "NOT_A_CAPTURE", notACapture],
    ["gzip", [0x1f, 0x8b, 8, 0], "NOT_A_CAPTURE", "The file is compressed; decompress it first."],
    ["Zstandard", [0x28, 0xb5, 0x2f, 0xfd], "NOT_A_CAPTURE", "The file is compressed; decompress it first."],
    ["modified pcap", [0x34, 0xcd, 0xb2, 0xa1], "UNSUPPORTED_VERSION", variant("0xa1b2cd34")],
    ["modified pcap, big endian", [0xa1, 0xb2, 0xcd, 0x34], "UNSUPPORTED_VERSION", variant("0xa1b2cd34")],
    ["IXIA", [0xac, 0x01, 0x00, 0x1c], "UNSUPPORTED_VERSION", variant("0x1c0001ac")],
  ])("%s", (_, bytes, code, message) => {
    for (const size of [1, 100]) {
      expect(faultOf(readAll(Uint8Array.from(bytes), size).error)).toEqual({
        code,
        message,
        offset: 0,
        frame: undefined,
      });
    }
  });
});

describe("errors", () => {
  test("are thrown again when next is called again", () => {
    const reader = new CaptureReader();
    reader.push(pcapBytes({}, { data: frame(1) }, { data: frame(1), length: 0xffffffff }));
    expect(reader.next()).toBe(true);
    for (let time = 0; time < 3; time++) expect(() => reader.next()).toThrow("Frame 2 at byte 41 claims 4294967295");
    expect(reader.record.number).toBe(1);
  });

  test("end before the bytes were read is a mistake of the program", () => {
    const reader = new CaptureReader();
    reader.push(pcap);
    expect(() => reader.end()).toThrow("A capture was ended before next() had returned false.");
    while (reader.next());
    expect(() => reader.end()).not.toThrow();
  });

  test("a length that lies allocates nothing", () => {
    const header = new ByteBuilder().u32(0, 0, 16 * 1024 * 1024, 60).build();
    const reader = new CaptureReader({ scratch: new Uint8Array(16) });
    reader.push(concat(pcapBytes({ snapLength: 0xffffffff }), header));
    expect(reader.next()).toBe(false);
    const heap = process.memoryUsage().arrayBuffers;
    for (let pushed = 0; pushed < 1000; pushed++) {
      reader.push(Uint8Array.of(pushed));
      expect(reader.next()).toBe(false);
    }
    expect(process.memoryUsage().arrayBuffers - heap).toBeLessThan(1024 * 1024);
    expect(() => reader.end()).toThrow(
      "The capture is cut off in frame 1 at byte 24: at least 16776216 bytes are missing.",
    );
  });
});
