import { describe, expect, it } from "vitest";
import { MDL } from "../layout/mdl.js";
import { readField } from "../memory/fields.js";
import { Memory } from "../memory/memory.js";
import { memberValues } from "../testing/member-values.js";
import {
  buildMdl,
  mdlAddress,
  mdlBlockSize,
  mdlByteCount,
  mdlByteOffset,
  mdlNext,
  mdlSize,
  mdlSpanPages,
  spanPages,
} from "./mdl.js";

const MDL_AT = 0x2000;

/** ndis5 §1.1 and §1.6. */
describe("pages", () => {
  it("are those that the bytes touch", () => {
    const table = [
      [0, 0, 0],
      [0, 1, 1],
      [0, 4096, 1],
      [0, 4097, 2],
      [1, 4096, 2],
      [4095, 1, 1],
      [4095, 2, 2],
      [0x1234_5fff, 4098, 3],
      [0xfff, 0xffff_f001, 0x10_0000],
      [0, 0xffff_ffff, 0x10_0000],
    ];
    for (const [address, length, pages] of table)
      expect(spanPages(address, length), `${address}, ${length}`).toBe(pages);
  });

  it("make the size of an MDL: at least one, also for no bytes", () => {
    expect([0, 1, 4096, 4097].map((length) => mdlSize(0, length))).toEqual([32, 32, 32, 36]);
    expect(mdlBlockSize(1)).toBe(40);
    expect(mdlBlockSize(2) % 8).toBe(0);
  });
});

describe("an MDL", () => {
  it.each([
    [0x20_0000, 100],
    [0x20_0fff, 2],
    [0x20_0123, 0],
    [0x20_0800, 2048],
    [0x20_0800, 2049],
    [0x20_0800, 70_000],
  ])("over %i + %i bytes has every member", (address, length) => {
    const memory = new Memory(1 << 20);
    memory.u8.fill(0xaa, MDL_AT, MDL_AT + 200);
    buildMdl(memory.u32, memory.f64, MDL_AT, address, length);
    const pages = Math.max(1, spanPages(address, length));
    expect(memberValues(memory, MDL, MDL_AT)).toEqual({
      Next: 0,
      Size: 28 + 4 * pages,
      MdlFlags: 4,
      Process: 0,
      MappedSystemVa: address,
      StartVa: address & -4096,
      ByteCount: length,
      ByteOffset: address & 0xfff,
    });
    for (let page = 0; page < pages; page++)
      expect(memory.u32[((MDL_AT + 28) >>> 2) + page]).toBe((address >>> 12) + page);
    expect(memory.u32[((MDL_AT + 28) >>> 2) + pages]).toBe(0xaaaa_aaaa);
    expect([mdlNext, mdlAddress, mdlByteCount, mdlByteOffset].map((read) => read(memory, MDL_AT))).toEqual([
      0,
      address,
      length,
      address & 0xfff,
    ]);
    expect(mdlSpanPages(memory, MDL_AT)).toBe(pages);
    expect(mdlSpanPages(memory, 0)).toBe(0);
  });

  it("of more than 64 MiB keeps its flags: Size has 16 bits and wraps", () => {
    const memory = new Memory(1 << 20);
    buildMdl(memory.u32, memory.f64, MDL_AT, 0x100_0000, 100 << 20);
    expect(readField(memory, MDL, MDL_AT, "MdlFlags")).toBe(4);
    expect(readField(memory, MDL, MDL_AT, "Size")).toBe((28 + 4 * 25_600) & 0xffff);
  });
});
