import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Clock } from "../clock.js";
import { readCapture } from "../read-capture.js";
import { frame } from "../testing/byte-builder.js";
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
