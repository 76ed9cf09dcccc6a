import { beforeEach, describe, expect, it } from "vitest";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { MappingFault } from "../mdl/mappings.js";
import { writeFields } from "../memory/fields.js";
import { Lab, POISON } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";

let lab: Lab;
let block: number;
let buffer: number;

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
  block = lab.block(10_000);
  buffer = lab.buffer(lab.bufferPool(8), block + 3, 5000);
});

/** F5-06 to F5-08 and F5-11 of ndis5 §2. */
describe("a buffer descriptor", () => {
  it("tells address and length, the address only when it is asked for", () => {
    for (const query of [lab.ddi.NdisQueryBuffer, lab.ddi.NdisQueryBufferSafe]) {
      query(buffer, lab.out, lab.length, 16);
      expect([lab.u32(lab.out), lab.u32(lab.length)]).toEqual([block + 3, 5000]);
      const before = new MemorySnapshot(lab.machine.memory);
      lab.setU32(lab.length, 0);
      query(buffer, 0, lab.length, 16);
      expect(lab.u32(lab.length)).toBe(5000);
      before.expectChangesOnlyIn();
    }
  });

  it("changes ByteCount and nothing else when its length is adjusted", () => {
    const before = new MemorySnapshot(lab.machine.memory);
    lab.ddi.NdisAdjustBufferLength(buffer, 77);
    lab.ddi.NdisQueryBuffer(buffer, 0, lab.length);
    expect(lab.u32(lab.length)).toBe(77);
    const { ByteCount } = MDL.offset;
    before.expectChangesOnlyIn([buffer + ByteCount, buffer + ByteCount + 4], [lab.length, lab.length + 4]);
  });

  it("of no bytes is accepted and touches one page", () => {
    const empty = lab.buffer(lab.bufferPool(1), block, 0);
    expect(lab.ddi.NDIS_BUFFER_TO_SPAN_PAGES(empty)).toBe(1);
    expect(lab.ddi.NDIS_BUFFER_TO_SPAN_PAGES(0)).toBe(0);
    lab.onlyFinding("BUF-ZEROLEN");
  });

  it("is freed alone: Next is not followed", () => {
    const pool = lab.bufferPool(2);
    const [a, b] = [lab.buffer(pool, block, 10), lab.buffer(pool, block, 20)];
    lab.setU32(a, b);
    lab.ddi.NdisFreeBuffer(a);
    expect(lab.machine.pools.live(pool)).toBe(1);
    lab.ddi.NdisQueryBuffer(b, lab.out, lab.length);
    expect([lab.u32(lab.out), lab.u32(lab.length)]).toEqual([block, 20]);
  });
});

/** F5-09 to F5-16. */
describe("what a descriptor tells", () => {
  it("is its offset in the page, its length, its pages and its address", () => {
    const { ddi } = lab;
    const offset = (block + 3) & 0xfff;
    ddi.NdisQueryBufferOffset(buffer, lab.out, lab.length);
    expect([lab.u32(lab.out), lab.u32(lab.length)]).toEqual([offset, 5000]);
    const pages = Math.ceil((offset + 5000) / 4096);
    ddi.NdisGetBufferPhysicalArraySize(buffer, lab.out);
    expect([lab.u32(lab.out), ddi.NDIS_BUFFER_TO_SPAN_PAGES(buffer)]).toEqual([pages, pages]);
    expect(ddi.NdisBufferLength(buffer)).toBe(5000);
    expect([ddi.NdisBufferVirtualAddress(buffer), ddi.NdisBufferVirtualAddressSafe(buffer, 16)]).toEqual([
      block + 3,
      block + 3,
    ]);
  });

  it("is the descriptor behind it, which may be assigned", () => {
    const other = lab.buffer(lab.bufferPool(1), block, 10);
    lab.setU32(lab.out, POISON);
    lab.ddi.NdisGetNextBuffer(buffer, lab.out);
    expect(lab.u32(lab.out)).toBe(0);
    lab.ddi.NDIS_BUFFER_LINKAGE.set(buffer, other);
    lab.ddi.NdisGetNextBuffer(buffer, lab.out);
    expect([lab.u32(lab.out), lab.ddi.NDIS_BUFFER_LINKAGE(buffer)]).toEqual([other, other]);
  });
});

/** F5-07, F5-08 and F5-15 to F5-18 where a mapping has to be made. */
describe("a descriptor that is not mapped yet", () => {
  let packet: number;

  beforeEach(() => {
    packet = lab.packet();
    lab.plain.NdisChainBufferAtBack(packet, buffer);
    writeFields(lab.machine.memory, MDL, buffer, { MdlFlags: MDL_FLAGS.MDL_PAGES_LOCKED, MappedSystemVa: 0 });
  });

  const ask = (safe: boolean): number[] => {
    const { plain } = lab;
    const [first, address, length, total] = [0, 4, 8, 12].map((at) => lab.block(16) + at);
    if (safe) plain.NdisGetFirstBufferFromPacketSafe(packet, first, address, length, total, 16);
    else plain.NdisGetFirstBufferFromPacket(packet, first, address, length, total);
    return [first, address, length, total].map((at) => lab.u32(at));
  };

  it("is mapped by whoever asks for its address", () => {
    expect(ask(true)).toEqual([buffer, block + 3, 5000, 5000]);
    expect(lab.plain.NdisBufferVirtualAddress(buffer)).toBe(block + 3);
  });

  it("has no address for the Safe functions when that fails, and all the rest", () => {
    lab.machine.mappings.fault = () => true;
    expect(ask(true)).toEqual([buffer, 0, 5000, 5000]);
    expect(lab.plain.NdisBufferVirtualAddressSafe(buffer, 16)).toBe(0);
    lab.plain.NdisQueryBufferSafe(buffer, lab.out, lab.length, 16);
    expect([lab.u32(lab.out), lab.u32(lab.length)]).toEqual([0, 5000]);
  });

  it("stops the machine in the others, but not where the address is not asked for", () => {
    lab.machine.mappings.fault = () => true;
    for (const unsafe of [
      () => ask(false),
      () => lab.plain.NdisBufferVirtualAddress(buffer),
      () => lab.plain.NdisQueryBuffer(buffer, lab.out, lab.length),
    ])
      expect(unsafe).toThrow(MappingFault);
    lab.plain.NdisQueryBuffer(buffer, 0, lab.length);
    expect(lab.u32(lab.length)).toBe(5000);
  });
});
