import { beforeEach, describe, expect, it } from "vitest";
import { MDL } from "../layout/mdl.js";
import { Lab } from "../testing/lab.js";
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
