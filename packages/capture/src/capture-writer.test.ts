import { describe, expect, test } from "vitest";
import type { CaptureFormat } from "./capture-format.js";
import { Clock } from "./clock.js";
import { createCaptureWriter } from "./create-capture-writer.js";
import { concat, frame } from "./testing/byte-builder.js";
import { collect } from "./testing/collect.js";
import { pcapBytes } from "./testing/pcap-bytes.js";
import { readAll } from "./testing/read-all.js";

const refused = expect.objectContaining({ code: "INVALID_ARGUMENT" });

describe.each<CaptureFormat>(["pcap", "pcapng"])("%s", (format) => {
  const setUp = (buffer = new Uint8Array(256)) => {
    const collected = collect(format, { buffer });
    const id = collected.writer.addInterface({ linkType: 1, clock: Clock.microseconds });
    return { ...collected, id };
  };

  test("a frame may be put into the buffer by the caller", () => {
    const reserved = setUp();
    const written = setUp();
    for (const length of [0, 5, 100, 120, 1000, 3]) {
      const at = reserved.writer.reserve(reserved.id, 1, 2, length, 1500);
      reserved.writer.buffer.set(frame(length), at);
      written.writer.writeFrame(written.id, 1, 2, frame(length), 0, length, 1500);
    }
    reserved.writer.close();
    written.writer.close();
    expect(reserved.bytes()).toEqual(written.bytes());
    expect(readAll(reserved.bytes()).frames.map(({ data }) => data)).toEqual(
      [0, 5, 100, 120, 1000, 3].map((n) => frame(n)),
    );
  });

  test("the buffer may be another one from any frame on", () => {
    const { writer, bytes, id } = setUp();
    for (const number of [1, 2, 3, 4]) {
      writer.writeFrame(id, 0, 0, frame(20, number));
      if (number === 2) writer.buffer = new Uint8Array(64);
    }
    expect(writer.buffer.length).toBe(64);
    writer.close();
    expect(readAll(bytes()).frames.map(({ data }) => data)).toEqual([1, 2, 3, 4].map((number) => frame(20, number)));
    writer.buffer = new Uint8Array(256);
    expect(() => writer.writeFrame(id, 0, 0, frame(20))).toThrow(refused);
  });

  test("a frame may be part of an array", () => {
    const { writer, bytes, id } = setUp();
    const array = concat(frame(10, 9), frame(20), frame(10, 8));
    writer.writeFrame(id, 0, 0, array, 10, 20);
    writer.writeFrame(id, 0, 0, array, 30);
    writer.close();
    expect(readAll(bytes()).frames).toMatchObject([
      { data: frame(20), originalLength: 20 },
      { data: frame(10, 8), originalLength: 10 },
    ]);
  });

  test("chunks are handed over when the buffer is full, and only then", () => {
    const { writer, chunks, id } = setUp(new Uint8Array(256));
    for (let number = 0; number < 40; number++) writer.writeFrame(id, 0, number, frame(30));
    writer.close();
    for (const chunk of chunks.slice(0, -1)) expect(chunk.length).toBeGreaterThan(256 - 100);
    for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(256);
    expect(readAll(concat(...chunks)).frames.length).toBe(40);
  });

  test("the buffer is the caller's until a frame does not fit", () => {
    const arena = new Uint8Array(1024);
    const buffer = arena.subarray(100, 400);
    const { writer, id } = setUp(buffer);
    expect(writer.buffer).toBe(buffer);
    const at = writer.reserve(id, 0, 0, 10, 10);
    writer.buffer.fill(0x55, at, at + 10);
    expect(arena.subarray(100 + at, 110 + at)).toEqual(new Uint8Array(10).fill(0x55));
    writer.reserve(id, 0, 0, 1000, 1000);
    expect(writer.buffer).not.toBe(buffer);
    expect(writer.buffer.length).toBeGreaterThanOrEqual(1016);
  });

  test("a sink that sets another buffer may keep its chunk", () => {
    const kept: Uint8Array[] = [];
    const writer = createCaptureWriter(
      format,
      (chunk) => {
        kept.push(chunk);
        writer.buffer = new Uint8Array(200);
      },
      { buffer: new Uint8Array(256) },
    );
    const id = writer.addInterface({ linkType: 1 });
    const lengths = [30, 100, 60, 500, 0, 40, 40, 90];
    for (const length of lengths) writer.writeFrame(id, 0, 0, frame(length, length));
    writer.close();
    expect(kept.length).toBeGreaterThan(4);
    const { frames, error } = readAll(concat(...kept));
    expect(error).toBeUndefined();
    expect(frames.map(({ data }) => data)).toEqual(lengths.map((length) => frame(length, length)));
  });

  test("flush hands over the header too", () => {
    const { writer, chunks, id } = setUp();
    writer.flush();
    expect(readAll(concat(...chunks))).toMatchObject({ frames: [], error: undefined });
    writer.flush();
    writer.writeFrame(id, 0, 0, frame(2));
    writer.flush();
    expect(readAll(concat(...chunks)).frames.length).toBe(1);
    expect(chunks.length).toBe(2);
  });

  test("the same interface has the same number", () => {
    const { writer, id } = setUp();
    const link = { linkType: 1, clock: Clock.microseconds };
    const second = writer.addInterface(link);
    expect([id, second, writer.addInterface(link), writer.addInterface({ ...link })]).toEqual([0, 1, 1, 2]);
  });

  test("nothing follows the end", () => {
    const { writer, bytes, id } = setUp();
    writer.writeFrame(id, 0, 0, frame(2));
    writer.close();
    const { length } = bytes();
    expect(() => writer.writeFrame(id, 0, 0, frame(2))).toThrow("The capture was closed; nothing can be added to it.");
    expect(() => writer.reserve(id, 0, 0, 0, 0)).toThrow(refused);
    writer.close();
    writer.flush();
    expect(bytes().length).toBe(length);
  });

  test("wrong use is refused and leaves the capture as it was", () => {
    const { writer, bytes, id } = setUp();
    for (const linkType of [-1, 65536, 1.5, Number.NaN])
      expect(() => writer.addInterface({ linkType })).toThrow(refused);
    for (const other of [1, -1, 2 ** 32 - 1]) expect(() => writer.writeFrame(other, 0, 0, frame(1))).toThrow(refused);
    for (const length of [-1, Number.NaN, 16 * 1024 * 1024 + 1]) {
      expect(() => writer.reserve(id, 0, 0, length, 0)).toThrow(refused);
    }
    for (const [offset, length] of [
      [0, 11],
      [11, 0],
      [-1, 5],
      [5, -1],
      [Number.NaN, 1],
    ] as const) {
      expect(() => writer.writeFrame(id, 0, 0, frame(10), offset, length)).toThrow(refused);
    }
    writer.writeFrame(id, 0, 0, frame(1));
    writer.close();
    expect(readAll(bytes())).toMatchObject({ frames: [{ data: frame(1) }], error: undefined });
  });

  test("what the sink throws goes through", () => {
    const broken = createCaptureWriter(format, () => {
      throw new Error("disk full");
    });
    expect(() => broken.close()).toThrow("disk full");
  });
});

test("the messages name what was wrong", () => {
  const { writer } = collect("pcap");
  expect(() => writer.writeFrame(0, 0, 0, frame(1))).toThrow(
    "A frame was to be written with interface 0, but 0 were added.",
  );
  const id = writer.addInterface({ linkType: 1 });
  expect(() => writer.reserve(id, 0, 0, 1e9, 0)).toThrow(
    "A frame was to be written with 1000000000 bytes; frames have 0 to 16777216.",
  );
  expect(() => writer.writeFrame(id, 0, 0, frame(10), 4, 7)).toThrow(
    "A frame of 7 bytes at 4 was to be written from an array of 10 bytes.",
  );
  expect(() => writer.addInterface({ linkType: 70000 })).toThrow(
    "70000 is not a link type; link types are 0 to 65535.",
  );
});

test("a record of a reader is written as it is", () => {
  const source = pcapBytes(
    { linkType: 0x24000001 },
    { seconds: 3, fraction: 0xffffffff, data: frame(60), originalLength: 20 },
    { seconds: 4, fraction: 5, data: frame(0), originalLength: 1 },
  );
  const { writer, bytes } = collect("pcap");
  readAll(source, 10, (record) => writer.write(record));
  writer.close();
  expect(bytes()).toEqual(source);
});
