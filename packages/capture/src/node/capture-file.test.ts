import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fstatSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { concat, frame } from "../testing/byte-builder.js";
import { pcapBytes } from "../testing/pcap-bytes.js";
import { PcapngBlocks } from "../testing/pcapng-bytes.js";
import { CaptureFile } from "./capture-file.js";

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "capture-file-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const put = (name: string, bytes: Uint8Array): string => {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
};

const bytes = pcapBytes({}, ...[60, 1514, 0, 9000].map((length) => ({ data: frame(length, length) })));

describe("a file", () => {
  test.each([1, 100, 2000, 1 << 20])("is read by chunks of %i bytes", (size) => {
    using file = new CaptureFile(put("a.pcap", bytes), { buffer: new Uint8Array(size) });
    const found: number[] = [];
    while (file.next()) {
      const data = new Uint8Array(file.record.length);
      file.record.copyTo(data, 0);
      expect(Buffer.compare(data, frame(data.length, data.length))).toBe(0);
      found.push(data.length);
    }
    expect(found).toEqual([60, 1514, 0, 9000]);
    expect(file.interfaces[0]!.linkType).toBe(1);
    expect([file.next(), file.next()]).toEqual([false, false]);
  });

  test("has all frames in one ArrayBuffer if its buffers are", () => {
    const arena = new ArrayBuffer(20_000);
    const buffer = new Uint8Array(arena, 0, 3000);
    const scratch = new Uint8Array(arena, 3000);
    using file = new CaptureFile(put("a.pcap", bytes), { buffer, scratch });
    let frames = 0;
    while (file.next()) {
      expect(file.record.bytes.buffer).toBe(arena);
      frames++;
    }
    expect(frames).toBe(4);
  });

  test("is read to another buffer from the next chunk on", () => {
    using file = new CaptureFile(put("a.pcap", bytes), { buffer: new Uint8Array(100) });
    const next = new Uint8Array(20_000);
    expect([file.next(), file.record.length]).toEqual([true, 60]);
    file.buffer = next;
    expect([file.buffer === next, Buffer.compare(file.record.bytes.subarray(40), frame(60, 60))]).toEqual([true, 0]);
    const found: number[] = [];
    while (file.next()) {
      const { bytes: where, offset, length } = file.record;
      expect(Buffer.compare(where.subarray(offset, offset + length), frame(length, length))).toBe(0);
      found.push(length);
    }
    expect(found).toEqual([1514, 0, 9000]);
    expect(file.record.bytes.buffer).toBe(next.buffer);
  });

  test("hands its blocks on", () => {
    const ng = new PcapngBlocks();
    const types: number[] = [];
    using file = new CaptureFile(put("a.pcapng", concat(ng.section(), ng.block(4, frame(4)))), {
      onBlock: ({ type }) => types.push(type),
    });
    expect(file.next()).toBe(false);
    expect(types).toEqual([4]);
  });

  test("may be closed at any time and more than once", () => {
    const file = new CaptureFile(put("a.pcap", bytes), { buffer: new Uint8Array(100) });
    expect(file.next()).toBe(true);
    file.close();
    file.close();
    expect(file.next()).toBe(false);
  });
});

describe("refused", () => {
  const failure = (path: string): unknown => {
    try {
      using file = new CaptureFile(path);
      while (file.next());
      return undefined;
    } catch (error) {
      return error;
    }
  };

  test("a file that is not there", () => {
    const path = join(directory, "missing.pcap");
    expect(failure(path)).toMatchObject({
      name: "CaptureError",
      code: "CANNOT_READ",
      message: `Cannot read ${path}: no such file or directory.`,
      cause: { code: "ENOENT" },
    });
  });

  test("a directory", () => {
    expect(failure(directory)).toMatchObject({ code: "CANNOT_READ" });
  });

  test("an empty file", () => {
    expect(failure(put("empty.pcap", new Uint8Array(0)))).toMatchObject({
      code: "EMPTY_FILE",
      message: "The file is empty.",
    });
  });

  test("a file that is cut off, as often as it is read", () => {
    using file = new CaptureFile(put("cut.pcap", bytes.subarray(0, -1)));
    for (let frames = 0; frames < 3; frames++) expect(file.next()).toBe(true);
    for (let time = 0; time < 2; time++) {
      expect(() => file.next()).toThrow("The capture is cut off in frame 4 at byte 1646: at least 1 byte is missing.");
    }
  });
});

test.skipIf(process.platform === "win32")("a slow pipe is read to its end", async () => {
  const path = put("piped.pcap", bytes);
  const pipe = join(directory, "pipe");
  spawnSync("mkfifo", [pipe]);
  const writer = spawn("sh", ["-c", '(head -c 50 "$1"; sleep 0.2; tail -c +51 "$1") > "$2"', "sh", path, pipe]);
  const ended = once(writer, "exit");
  using file = new CaptureFile(pipe);
  const lengths: number[] = [];
  while (file.next()) lengths.push(file.record.length);
  expect(lengths).toEqual([60, 1514, 0, 9000]);
  expect(await ended).toEqual([0, null]);
});

test("standard input is not closed", () => {
  const file = new CaptureFile("-");
  file.close();
  expect(() => fstatSync(0)).not.toThrow();
});
