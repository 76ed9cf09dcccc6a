import { describe, expect, it } from "vitest";
import { LARGE_INTEGER, NET_BUFFER, NET_BUFFER_LIST_POOL_PARAMETERS } from "../layout/modules.js";
import { alignUp, hexAddress } from "./address.js";
import { readField, writeFields } from "./fields.js";
import { IMAGE_BASE, Memory } from "./memory.js";
import { poolTag, tagText } from "./tag.js";

describe("Memory", () => {
  it("is a whole number of 64 KiB pages, up to 2 GiB", () => {
    expect(new Memory(1).byteLength).toBe(65_536);
    expect(new Memory(65_537).byteLength).toBe(131_072);
    for (const size of [0, -1, Number.NaN, 2 ** 31 + 1]) expect(() => new Memory(size)).toThrow(RangeError);
  });

  it("never grows, so that its views stay", () => {
    const memory = new Memory(65_536);
    expect(() => (memory.wasm as unknown as { grow(pages: number): void }).grow(1)).toThrow();
    expect(memory.u8.buffer).toBe(memory.wasm.buffer);
  });

  it("moves bytes by the helper, onto themselves too", () => {
    const { u8, helper } = new Memory(65_536);
    for (let i = 0; i < 100; i++) u8[0x2000 + i] = i;
    helper.copyBytes(0x3001, 0x2003, 50);
    expect([...u8.subarray(0x3000, 0x3034)]).toEqual([0, ...Array.from({ length: 50 }, (_, i) => i + 3), 0]);
    helper.copyBytes(0x2010, 0x2000, 40);
    expect([...u8.subarray(0x2010, 0x2038)]).toEqual(Array.from({ length: 40 }, (_, i) => i));
  });

  it("contains ranges above the NULL page only", () => {
    const memory = new Memory(65_536);
    expect(memory.contains(0x1000, 65_536 - 0x1000)).toBe(true);
    for (const [address, length] of [
      [0, 1],
      [0xfff, 1],
      [0x1000, 65_536],
      [65_535, 2],
      [0x1000, -1],
      [0xffff_ffff, 1],
    ])
      expect(memory.contains(address, length)).toBe(false);
  });

  it("reads and writes a word at any address", () => {
    const memory = new Memory(65_536);
    for (let at = IMAGE_BASE - 64; at < IMAGE_BASE - 56; at++) {
      memory.writeUlong(at, 0xfedc_ba98);
      expect(memory.readUlong(at)).toBe(0xfedc_ba98);
      expect([...memory.bytes(at, 4)]).toEqual([0x98, 0xba, 0xdc, 0xfe]);
    }
    expect(memory.readUlong(memory.byteLength)).toBe(0);
  });

  it("reads C and UTF-16 strings", () => {
    const memory = new Memory(65_536);
    memory.u8.set([...Buffer.from("gr\xfcn\0x", "latin1")], 0x2000);
    expect(memory.cString(0x2000)).toBe("gr\xfcn");
    expect(memory.cString(0x2000, 2)).toBe("gr");
    memory.u8.set(Buffer.from("größe", "utf16le"), 0x3001);
    expect(memory.wideString(0x3001, 10)).toBe("größe");
    expect(memory.wideString(0x3001, 9)).toBe("größ");
    memory.u8.fill(0x41, 65_530);
    expect(memory.cString(65_530)).toBe("AAAAAA");
  });
});

describe("addresses", () => {
  it("are rounded up and printed in eight digits", () => {
    expect([0, 1, 8, 9].map((value) => alignUp(value, 8))).toEqual([0, 8, 8, 16]);
    expect([0, 0x1234, -1].map(hexAddress)).toEqual(["0x00000000", "0x00001234", "0xffffffff"]);
  });
});

describe("fields", () => {
  it("of 1, 2, 4 and 8 bytes are written by name, and only the named ones", () => {
    const memory = new Memory(65_536);
    memory.u8.fill(0xee, 0x2000, 0x2040);
    writeFields(memory, NET_BUFFER_LIST_POOL_PARAMETERS, 0x2000, {
      ProtocolId: 2,
      ContextSize: 0x1234,
      DataSize: 0x89ab_cdef,
      PoolTag: undefined,
    });
    expect(readField(memory, NET_BUFFER_LIST_POOL_PARAMETERS, 0x2000, "ProtocolId")).toBe(2);
    expect(readField(memory, NET_BUFFER_LIST_POOL_PARAMETERS, 0x2000, "ContextSize")).toBe(0x1234);
    expect(readField(memory, NET_BUFFER_LIST_POOL_PARAMETERS, 0x2000, "DataSize")).toBe(0x89ab_cdef);
    expect(readField(memory, NET_BUFFER_LIST_POOL_PARAMETERS, 0x2000, "fAllocateNetBuffer")).toBe(0xee);
    expect(readField(memory, NET_BUFFER_LIST_POOL_PARAMETERS, 0x2000, "PoolTag")).toBe(0xeeee_eeee);
    writeFields(memory, LARGE_INTEGER, 0x2020, { QuadPart: -2 });
    expect([memory.u32[0x2020 >>> 2], memory.u32[0x2024 >>> 2]]).toEqual([0xffff_fffe, 0xffff_ffff]);
    writeFields(memory, LARGE_INTEGER, 0x2020, { QuadPart: 0x1_0000_0002 });
    expect([memory.u32[0x2020 >>> 2], memory.u32[0x2024 >>> 2]]).toEqual([2, 1]);
  });

  it("that a structure does not have are an error of the caller", () => {
    const memory = new Memory(65_536);
    expect(() => readField(memory, NET_BUFFER, 0x2000, "Nonsense" as "Next")).toThrow(
      "NET_BUFFER has no member Nonsense",
    );
  });
});

describe("tags", () => {
  it("are C's multi-character constants: 'NDam' lies in memory as maDN (ndis5 §4)", () => {
    expect(poolTag("NDam")).toBe(0x4e44_616d);
    expect(tagText(poolTag("NDam"))).toBe("maDN");
    expect(poolTag("\xff\xff\xff\xff")).toBe(0xffff_ffff);
  });

  it("have four characters, and dots for what cannot be printed", () => {
    expect(() => poolTag("abc")).toThrow(RangeError);
    expect(tagText(0)).toBe("....");
    expect(tagText(0x7f20_7e1f)).toBe(".~ .");
  });
});
