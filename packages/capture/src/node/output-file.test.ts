import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Disk } from "../testing/disk.js";
import { OutputFile } from "./output-file.js";

let directory = "";
let path = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "output-file-"));
  path = join(directory, "out.bin");
});
afterEach(() => rmSync(directory, { recursive: true }));

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const windows = process.platform === "win32";

test("a file appears under its name when it is committed, and nothing is left beside it", () => {
  const file = new OutputFile(path);
  file.write(bytes(1, 2));
  file.write(bytes(3));
  expect(existsSync(path)).toBe(false);
  expect(readdirSync(directory).length).toBe(1);
  file.commit();
  expect([...readFileSync(path)]).toEqual([1, 2, 3]);
  expect(readdirSync(directory)).toEqual(["out.bin"]);
  file.commit();
  file.abort();
  expect(existsSync(path)).toBe(true);
});

test("an aborted file leaves what was there", () => {
  writeFileSync(path, "old");
  const file = new OutputFile(path);
  file.write(bytes(1));
  file.abort();
  file.abort();
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(directory)).toEqual(["out.bin"]);
  expect(() => file.write(bytes(1))).toThrow(`${path} was committed or aborted; nothing can be added to it.`);
  file.commit();
  expect(readFileSync(path, "utf8")).toBe("old");
});

test("a file that goes out of scope is aborted, unless it was committed", () => {
  {
    using file = new OutputFile(path);
    file.write(bytes(1));
  }
  expect(readdirSync(directory)).toEqual([]);
  {
    using file = new OutputFile(path);
    file.commit();
  }
  expect(readFileSync(path).length).toBe(0);
});

test("two files of one name do not meet before the end", () => {
  using first = new OutputFile(path);
  using second = new OutputFile(path);
  first.write(bytes(1));
  second.write(bytes(2));
  second.commit();
  first.commit();
  expect([...readFileSync(path)]).toEqual([1]);
  expect(readdirSync(directory)).toEqual(["out.bin"]);
});

test.skipIf(windows)("the mode of a file that is replaced is kept", () => {
  writeFileSync(path, "old");
  chmodSync(path, 0o640);
  const file = new OutputFile(path);
  file.commit();
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

test.skipIf(windows)("a symbolic link stays and its target is replaced", () => {
  mkdirSync(join(directory, "real"));
  const real = join(directory, "real", "file.bin");
  writeFileSync(real, "old");
  symlinkSync(real, path);
  const file = new OutputFile(path);
  file.write(bytes(7));
  file.commit();
  expect(lstatSync(path).isSymbolicLink()).toBe(true);
  expect([...readFileSync(real)]).toEqual([7]);
  expect(readdirSync(join(directory, "real"))).toEqual(["file.bin"]);
});

describe.skipIf(windows)("what is no regular file is written to straight", () => {
  test("/dev/null", () => {
    const file = new OutputFile("/dev/null");
    file.write(bytes(1, 2, 3));
    file.commit();
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    expect(readdirSync("/dev").filter((name) => name.startsWith(".null"))).toEqual([]);
  });

  test("a named pipe", async () => {
    expect(spawnSync("mkfifo", [path]).status).toBe(0);
    const reader = spawn("sh", ["-c", 'wc -c < "$1"', "sh", path]);
    const counted = once(reader.stdout, "data");
    const file = new OutputFile(path);
    file.write(new Uint8Array(200_000));
    file.commit();
    expect(String(await counted).trim()).toBe("200000");
    expect(statSync(path).isFIFO()).toBe(true);
    expect(readdirSync(directory)).toEqual(["out.bin"]);
  });
});

describe("refused", () => {
  test("a directory that is not there", () => {
    const missing = join(directory, "no", "out.bin");
    expect(() => new OutputFile(missing)).toThrow(
      expect.objectContaining({
        code: "CANNOT_WRITE",
        message: `Cannot write ${missing}: no such file or directory.`,
      }),
    );
  });

  test("a directory", () => {
    expect(() => new OutputFile(directory)).toThrow(expect.objectContaining({ code: "CANNOT_WRITE" }));
  });

  test.skipIf(windows)("a full device", () => {
    if (!existsSync("/dev/full")) return;
    const file = new OutputFile("/dev/full");
    expect(() => file.write(bytes(1))).toThrow("Cannot write /dev/full: no space left on the device.");
    expect(() => file.write(bytes(1))).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });

  test("a target that became a directory, leaving nothing beside it", () => {
    const file = new OutputFile(path);
    mkdirSync(path);
    writeFileSync(join(path, "x"), "");
    expect(() => file.commit()).toThrow(expect.objectContaining({ code: "CANNOT_WRITE" }));
    expect(readdirSync(directory)).toEqual(["out.bin"]);
  });
});

describe("written behind", () => {
  const done: number[] = [];
  beforeEach(() => {
    done.length = 0;
  });
  const behind = (file: OutputFile, count: number, value: number): void =>
    file.writeBehind(new Uint8Array(count).fill(value), () => done.push(value));

  test("bytes come in the order of the calls, whatever comes back first, and whoever writes them", async () => {
    using disk = new Disk();
    disk.holds = true;
    disk.most = 700;
    const file = new OutputFile(path);
    behind(file, 1000, 1);
    file.write(bytes(2, 2));
    behind(file, 2000, 3);
    expect(done).toEqual([]);
    disk.holds = false;
    disk.waiting.pop()!.go();
    await expect.poll(() => done).toEqual([3]);
    expect(() => file.commit()).toThrow(`${path} is still being written to.`);
    disk.waiting.pop()!.go();
    await file.settle();
    expect(done).toEqual([3, 1]);
    file.commit();
    const expected = [...new Array(1000).fill(1), 2, 2, ...new Array(2000).fill(3)];
    expect([...readFileSync(path)]).toEqual(expected);
    expect(readdirSync(directory)).toEqual(["out.bin"]);
  });

  test.each(["ENOSPC", "EIO"])("an error, %s, is told by the next call and by each after it", async (code) => {
    using disk = new Disk();
    disk.code = code;
    disk.good = 1;
    writeFileSync(path, "old");
    const file = new OutputFile(path);
    behind(file, 10, 1);
    behind(file, 10, 2);
    behind(file, 10, 3);
    const reason = code === "ENOSPC" ? "no space left on the device" : "EIO: as the test says";
    const refused = expect.objectContaining({ code: "CANNOT_WRITE", message: `Cannot write ${path}: ${reason}.` });
    await expect(file.settle()).rejects.toEqual(refused);
    expect(done.sort()).toEqual([1, 2, 3]);
    await expect(file.settle()).rejects.toEqual(refused);
    expect(() => file.write(bytes(1))).toThrow(refused);
    expect(() => behind(file, 1, 1)).toThrow(refused);
    expect(() => file.commit()).toThrow(refused);
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(directory)).toEqual(["out.bin"]);
  });

  test("an aborted file is gone at once, and what was on its way comes back", async () => {
    using disk = new Disk();
    disk.holds = true;
    disk.most = 3;
    const file = new OutputFile(path);
    behind(file, 10, 1);
    file.abort();
    expect(readdirSync(directory)).toEqual([]);
    disk.waiting.pop()!.go();
    await expect.poll(() => done).toEqual([1]);
    await file.settle();
    expect([disk.waiting.length, readdirSync(directory)]).toEqual([0, []]);
    expect(() => behind(file, 1, 1)).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });

  test("what is no regular file says that it cannot be", () => {
    using regular = new OutputFile(path);
    expect(regular.isStraight).toBe(false);
    if (windows) return;
    using straight = new OutputFile("/dev/null");
    expect(straight.isStraight).toBe(true);
  });
});
