import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fstatSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CaptureReader } from "../capture-reader.js";
import { concat, frame } from "../testing/byte-builder.js";
import { Disk } from "../testing/disk.js";
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

/** Frames that are whole in the start of a capture. */
function readFrames(start: Uint8Array): number {
  const reader = new CaptureReader();
  reader.push(start);
  while (reader.next());
  return reader.record.number;
}

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

/** The frames of a file, `then` called at each. */
async function goThrough(file: CaptureFile, then: () => void = () => undefined): Promise<Uint8Array[]> {
  const frames: Uint8Array[] = [];
  while (await file.more()) {
    do {
      const { bytes: where, offset, length } = file.record;
      frames.push(where.slice(offset, offset + length));
      then();
    } while (file.next());
  }
  return frames;
}

function expectSame(frames: readonly Uint8Array[], expected: readonly Uint8Array[]): void {
  expect(frames.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  expect(Buffer.compare(Buffer.concat(frames), Buffer.concat(expected))).toBe(0);
}

describe("a file that reads ahead", () => {
  const buffers = (size: number, count = 2): Uint8Array[] => Array.from({ length: count }, () => new Uint8Array(size));
  const lengths = Array.from({ length: 200 }, (_, number) => [60, 1514, 0, 9000][number % 4]!);
  const long = pcapBytes({}, ...lengths.map((length, number) => ({ data: frame(length, number) })));
  const expected = lengths.map((length, number) => frame(length, number));

  test.each([
    [1, 2],
    [100, 2],
    [2000, 2],
    [2000, 3],
    [1 << 16, 2],
    [1 << 20, 2],
  ])("gives the same frames, by chunks of %i bytes in %i buffers", async (size, count) => {
    using file = new CaptureFile(put("long.pcap", size < 100 ? bytes : long), { buffer: new Uint8Array(50) });
    expect(file.next()).toBe(true);
    const first = frame(60, size < 100 ? 60 : 0);
    expect(Buffer.compare(file.record.bytes.subarray(file.record.offset, file.record.offset + 60), first)).toBe(0);
    file.readAhead(buffers(size, count));
    const frames = await goThrough(file);
    expectSame(frames, size < 100 ? [1514, 0, 9000].map((length) => frame(length, length)) : expected.slice(1));
    expect([file.next(), await file.more(), await file.more()]).toEqual([false, false, false]);
  });

  test("has the next chunk on its way while one is gone through, and that stays as it is", async () => {
    using disk = new Disk();
    disk.holds = true;
    const both = buffers(20_000);
    using file = new CaptureFile(put("long.pcap", long));
    file.readAhead(both);
    disk.waiting.shift()!.go();
    let chunks = 0;
    while (await file.more()) {
      const current = both[chunks++ % 2]!;
      const before = current.slice();
      expect(file.buffer.buffer).toBe(current.buffer);
      expect(disk.waiting.length).toBe(1);
      disk.waiting.shift()!.go();
      await disk.idle();
      while (file.next());
      expect(Buffer.compare(current, before)).toBe(0);
    }
    expect(chunks).toBe(Math.ceil(long.length / 20_000));
  });

  test("takes what a short read gives", async () => {
    using disk = new Disk();
    disk.most = 777;
    using file = new CaptureFile(put("long.pcap", long));
    file.readAhead(buffers(2000));
    expectSame(await goThrough(file), expected);
  });

  test("says what the disk said, after the frames before it, as often as asked", async () => {
    using disk = new Disk();
    disk.good = 3;
    const path = put("long.pcap", long);
    using file = new CaptureFile(path);
    file.readAhead(buffers(20_000));
    let frames = 0;
    for (let time = 0; time < 2; time++)
      await expect(goThrough(file, () => frames++)).rejects.toMatchObject({
        code: "CANNOT_READ",
        message: `Cannot read ${path}: EIO: as the test says.`,
        cause: { code: "EIO" },
      });
    expect(frames).toBe(readFrames(long.subarray(0, 60_000)));
  });

  test("says that it is cut off, as often as asked", async () => {
    using file = new CaptureFile(put("cut.pcap", bytes.subarray(0, -1)));
    file.readAhead(buffers(500));
    let frames = 0;
    for (let time = 0; time < 2; time++)
      await expect(goThrough(file, () => frames++)).rejects.toThrow(
        "The capture is cut off in frame 4 at byte 1646: at least 1 byte is missing.",
      );
    expect(frames).toBe(3);
  });

  test("may be closed with a chunk on its way, and reads no other", async () => {
    using disk = new Disk();
    disk.holds = true;
    const file = new CaptureFile(put("long.pcap", long));
    file.readAhead(buffers(500));
    const more = file.more();
    file.close();
    disk.waiting.shift()!.go();
    expect(await more).toBe(false);
    expect([file.next(), await file.more(), disk.waiting.length]).toEqual([false, false, 0]);
  });

  test("reads by one buffer as before", () => {
    using file = new CaptureFile(put("long.pcap", long));
    const [buffer] = buffers(50_000) as [Uint8Array];
    file.readAhead([buffer]);
    let frames = 0;
    while (file.next()) frames++;
    expect(frames).toBe(200);
    expect(file.buffer).toBe(buffer);
  });

  test.skipIf(process.platform === "win32")("reads a pipe as before", async () => {
    const path = put("piped.pcap", long);
    const pipe = join(directory, "pipe-ahead");
    spawnSync("mkfifo", [pipe]);
    const writer = spawn("sh", ["-c", '(head -c 50 "$1"; sleep 0.1; tail -c +51 "$1") > "$2"', "sh", path, pipe]);
    const ended = once(writer, "exit");
    using disk = new Disk();
    disk.good = 0;
    using file = new CaptureFile(pipe);
    file.readAhead(buffers(1000));
    let frames = 0;
    while (file.next()) frames++;
    expect([frames, await file.more()]).toEqual([200, false]);
    expect(await ended).toEqual([0, null]);
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
