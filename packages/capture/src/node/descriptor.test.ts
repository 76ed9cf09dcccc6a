import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Disk } from "../testing/disk.js";
import { Descriptor } from "./descriptor.js";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "descriptor-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const open = (name: string): Descriptor => new Descriptor(openSync(join(directory, name), "w+"));

function isOpen({ number }: Descriptor): boolean {
  try {
    fstatSync(number);
    return true;
  } catch {
    return false;
  }
}

test("it is closed at once when nothing is on its way", async () => {
  const descriptor = open("a");
  expect([descriptor.isFile, descriptor.busy, descriptor.closed]).toEqual([true, false, false]);
  await descriptor.idle();
  descriptor.close();
  expect([isOpen(descriptor), descriptor.closed]).toEqual([false, true]);
  // The number is another file's now, and closing again leaves that open.
  const other = open("b");
  expect(other.number).toBe(descriptor.number);
  descriptor.close();
  expect(isOpen(other)).toBe(true);
  other.close();
});

test("its number is no other file's until the last that was on its way is back", async () => {
  using disk = new Disk();
  disk.holds = true;
  const descriptor = open("a");
  const back: string[] = [];
  descriptor.write(new Uint8Array(100).fill(7), 0, () => back.push("written"));
  const reading = descriptor.read(new Uint8Array(10));
  descriptor.close();
  disk.waiting.pop()!.go();
  expect(await reading).toBe(0);
  expect([isOpen(descriptor), descriptor.busy, back]).toEqual([true, true, []]);
  const other = open("b");
  expect(other.number).not.toBe(descriptor.number);
  disk.waiting.pop()!.go();
  await descriptor.idle();
  expect([descriptor.busy, back]).toEqual([false, ["written"]]);
  await expect.poll(() => isOpen(descriptor)).toBe(false);
  other.close();
  expect([...readFileSync(join(directory, "a"))]).toEqual(new Array(100).fill(7));
  expect(readFileSync(join(directory, "b")).length).toBe(0);
});

test("a write that is not whole goes on, unless it was closed meanwhile", async () => {
  using disk = new Disk();
  disk.most = 30;
  const descriptor = open("a");
  descriptor.write(new Uint8Array(100).fill(1), 5, (error) => expect(error).toBe(null));
  await descriptor.idle();
  expect([...readFileSync(join(directory, "a"))]).toEqual([0, 0, 0, 0, 0, ...new Array(100).fill(1)]);
  descriptor.write(new Uint8Array(100).fill(2), 105, (error) => expect(error).toBe(null));
  descriptor.close();
  await descriptor.idle();
  expect(readFileSync(join(directory, "a")).length).toBe(135);
});

test("standard output stays open", async () => {
  const descriptor = new Descriptor(1);
  descriptor.close();
  expect(isOpen(descriptor)).toBe(true);
});

test("what cannot be read or written says why", async () => {
  const number = openSync(join(directory, "a"), "w");
  const descriptor = new Descriptor(number);
  expect(await descriptor.read(new Uint8Array(5))).toMatchObject({ code: "EBADF" });
  closeSync(number);
  const error = new Promise((resolve) => descriptor.write(new Uint8Array(5), 0, resolve));
  expect(await error).toMatchObject({ code: "EBADF" });
});
