import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Clock } from "../clock.js";
import { readCapture } from "../read-capture.js";
import { frame } from "../testing/byte-builder.js";
import { Disk } from "../testing/disk.js";
import { CaptureFile } from "./capture-file.js";
import { CaptureOutputFile } from "./capture-output-file.js";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "capture-output-file-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

test("a file is copied to both formats, by name", () => {
  const first = join(directory, "first.pcap");
  {
    using output = new CaptureOutputFile(first);
    const id = output.writer.addInterface({ linkType: 1, clock: Clock.microseconds });
    for (let number = 0; number < 3000; number++) output.writer.writeFrame(id, number, 7, frame(number % 300, number));
    output.commit();
  }
  const paths = [first, join(directory, "second.pcapng"), join(directory, "third.cap")];
  for (const [from, to] of [
    [0, 1],
    [1, 2],
  ] as const) {
    using input = new CaptureFile(paths[from]!);
    using output = new CaptureOutputFile(paths[to]!);
    while (input.next()) output.writer.write(input.record);
    output.commit();
  }
  expect([...readCapture(readFileSync(paths[1]!))].length).toBe(3000);
  expect(readFileSync(paths[0]!).equals(readFileSync(paths[2]!))).toBe(true);
  expect(readdirSync(directory).length).toBe(3);
});

test("a capture may replace the one that it is read from", () => {
  const path = join(directory, "same.pcap");
  const write = () => {
    using output = new CaptureOutputFile(path);
    const id = output.writer.addInterface({ linkType: 1 });
    for (let number = 0; number < 10; number++) output.writer.writeFrame(id, number, 0, frame(100));
    output.commit();
  };
  write();
  using input = new CaptureFile(path, { buffer: new Uint8Array(64) });
  using output = new CaptureOutputFile(path);
  while (input.next()) if (input.record.number > 5) output.writer.write(input.record);
  output.commit();
  expect([...readCapture(readFileSync(path))].map(({ seconds }) => seconds)).toEqual([5, 6, 7, 8, 9]);
});

test("an output that is not committed leaves nothing", () => {
  const path = join(directory, "none.pcapng");
  {
    using output = new CaptureOutputFile(path);
    output.writer.addInterface({ linkType: 1 });
    output.writer.flush();
  }
  expect(existsSync(path)).toBe(false);
  expect(readdirSync(directory)).toEqual([]);
});

test("a name without a known extension is refused before anything is created, unless the format is given", () => {
  const path = join(directory, "capture.txt");
  expect(() => new CaptureOutputFile(path)).toThrow(expect.objectContaining({ code: "UNKNOWN_EXTENSION" }));
  expect(readdirSync(directory)).toEqual([]);
  using output = new CaptureOutputFile(path, { format: "pcapng" });
  output.commit();
  expect(readFileSync(path).readUInt32LE(0)).toBe(0x0a0d0d0a);
});

describe("an output that writes behind", () => {
  const lengths = Array.from({ length: 500 }, (_, number) => [60, 1514, 0, 590][number % 4]!);
  const buffers = (count: number): Uint8Array[] => Array.from({ length: count }, () => new Uint8Array(5000));
  const copyTo = (output: CaptureOutputFile, lengthOf = (length: number) => length): void => {
    const id = output.writer.addInterface({ linkType: 1 });
    for (const [number, length] of lengths.entries())
      output.writer.writeFrame(id, number, 0, frame(lengthOf(length), number));
  };

  /** What is written the other way. */
  const expected = (name: string, lengthOf?: (length: number) => number): Buffer => {
    const path = join(directory, `expected-${name}`);
    using output = new CaptureOutputFile(path);
    copyTo(output, lengthOf);
    output.commit();
    const bytes = readFileSync(path);
    rmSync(path);
    return bytes;
  };

  test.each([
    ["a.pcap", 1],
    ["a.pcap", 2],
    ["a.pcapng", 3],
  ])("has the same bytes: %s, %i buffers", async (name, count) => {
    const path = join(directory, name);
    using output = new CaptureOutputFile(path);
    output.writeBehind(buffers(count));
    const id = output.writer.addInterface({ linkType: 1 });
    for (const [number, length] of lengths.entries()) {
      output.writer.writeFrame(id, number, 0, frame(length, number));
      if (number % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await output.settle();
    output.commit();
    expect(readFileSync(path).equals(expected(name))).toBe(true);
  });

  test("has its buffers in turn, and writes the last itself when the others are on their way", async () => {
    using disk = new Disk();
    disk.holds = true;
    const [one, two, three] = buffers(3) as [Uint8Array, Uint8Array, Uint8Array];
    const path = join(directory, "a.pcap");
    using output = new CaptureOutputFile(path);
    const { writer } = output;
    output.writeBehind([one, two, three]);
    expect(writer.buffer).toBe(one);
    const id = writer.addInterface({ linkType: 1 });
    for (const [number, length] of lengths.entries()) {
      const before = [one, two, three].map((bytes) => bytes.slice());
      writer.writeFrame(id, number, 0, frame(length, number));
      for (const [at, bytes] of [one, two, three].entries())
        if (bytes !== writer.buffer) expect(Buffer.compare(bytes, before[at]!)).toBe(0);
      if (number !== 300) continue;
      expect(writer.buffer).toBe(two);
      expect(disk.waiting.length).toBe(2);
      disk.waiting.shift()!.go();
      await disk.idle();
    }
    expect(writer.buffer).toBe(one);
    expect(disk.waiting.length).toBe(2);
    for (const { go } of disk.waiting.splice(0)) go();
    await output.settle();
    output.commit();
    expect(disk.waiting).toEqual([]);
    expect(readFileSync(path).equals(expected("a.pcap"))).toBe(true);
  });

  test("takes frames longer than its buffers", async () => {
    const path = join(directory, "a.pcap");
    const lengthOf = (length: number): number => (length === 590 ? 6000 : length);
    using output = new CaptureOutputFile(path);
    output.writeBehind(buffers(3));
    copyTo(output, lengthOf);
    await output.settle();
    output.commit();
    expect(readFileSync(path).equals(expected("a.pcap", lengthOf))).toBe(true);
  });

  test("says at the end what could not be written, and leaves nothing", async () => {
    using disk = new Disk();
    disk.good = 0;
    disk.code = "ENOSPC";
    const path = join(directory, "a.pcap");
    using output = new CaptureOutputFile(path);
    output.writeBehind(buffers(300));
    copyTo(output);
    await expect(output.settle()).rejects.toThrow(`Cannot write ${path}: no space left on the device.`);
    expect(() => output.commit()).toThrow(`Cannot write ${path}: no space left on the device.`);
    expect(readdirSync(directory)).toEqual([]);
  });

  test("leaves nothing when it is aborted with bytes on their way", async () => {
    using disk = new Disk();
    disk.holds = true;
    {
      using output = new CaptureOutputFile(join(directory, "a.pcap"));
      output.writeBehind(buffers(3));
      copyTo(output);
      expect(disk.waiting.length).toBe(2);
    }
    expect(readdirSync(directory)).toEqual([]);
    for (const { go } of disk.waiting.splice(0)) go();
    await disk.idle();
    expect(readdirSync(directory)).toEqual([]);
  });

  test.skipIf(process.platform === "win32")("writes straight what is no file on a disk", () => {
    using disk = new Disk();
    disk.good = 0;
    using output = new CaptureOutputFile("/dev/null", { format: "pcap" });
    const [one, two] = buffers(2) as [Uint8Array, Uint8Array];
    output.writeBehind([one, two]);
    copyTo(output);
    expect(output.writer.buffer).toBe(one);
    output.commit();
  });
});
