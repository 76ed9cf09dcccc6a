import { describe, expect, it } from "vitest";
import { NDIS_STATUS } from "../layout/status.js";
import { chainAddresses, mdlsOf } from "../testing/chain-model.js";
import { Lab } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { Random } from "../testing/random.js";

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_FAILURE: FAILURE } = NDIS_STATUS;

function setUp(descriptors: number, sizes: number[]) {
  const lab = new Lab({ memorySize: 1 << 20 });
  return { lab, pool: lab.bufferPool(descriptors), source: lab.chain(sizes) };
}

/** NdisCopyBuffer: the copy, with the status left in `lab.status`. */
function copy(lab: Lab, pool: number, source: number, offset: number, length: number): number {
  lab.plain.NdisCopyBuffer(lab.status, lab.out, pool, source, offset, length);
  return lab.u32(lab.out);
}

/** F5-05 of ndis5 §2.1. */
describe("NdisCopyBuffer", () => {
  it("describes the same bytes again and moves none", () => {
    const { lab, pool, source } = setUp(4, [100]);
    const before = new MemorySnapshot(lab.machine.memory);
    const result = copy(lab, pool, source, 10, 50);
    expect(lab.u32(lab.status)).toBe(SUCCESS);
    expect(chainAddresses(lab.machine, result)).toEqual(chainAddresses(lab.machine, source).slice(10, 60));
    const block = lab.machine.nonpaged.find(chainAddresses(lab.machine, source)[0]);
    expect(before.changed().filter((at) => at >= (block?.address ?? 0) && at < (block?.address ?? 0) + 100)).toEqual(
      [],
    );
  });

  it("yields a chain for a range that crosses descriptors, one for each that has bytes of it", () => {
    const { lab, pool, source } = setUp(8, [10, 0, 20, 30]);
    for (const [offset, length, count] of [
      [0, 60, 3],
      [9, 2, 2],
      [10, 20, 1],
      [5, 26, 3],
      [29, 2, 2],
      [59, 1, 1],
    ]) {
      const result = copy(lab, pool, source, offset, length);
      const parts = mdlsOf(lab.machine, result);
      expect(parts).toHaveLength(count);
      expect(lab.machine.pools.live(pool)).toBe(count);
      expect(chainAddresses(lab.machine, result)).toEqual(
        chainAddresses(lab.machine, source).slice(offset, offset + length),
      );
      for (const part of parts) lab.plain.NdisFreeBuffer(part);
      expect(lab.machine.pools.live(pool)).toBe(0);
    }
  });

  it("fails for no bytes and for a range beyond the source", () => {
    const { lab, pool, source } = setUp(8, [10, 20]);
    for (const [offset, length] of [
      [0, 0],
      [30, 0],
      [0, 31],
      [30, 1],
      [29, 2],
      [0xffff_ffff, 2],
      [1, 0xffff_ffff],
    ]) {
      expect(copy(lab, pool, source, offset, length)).toBe(0);
      expect(lab.u32(lab.status)).toBe(FAILURE);
    }
    expect(copy(lab, pool, 0, 0, 1)).toBe(0);
    expect(lab.machine.pools.live(pool)).toBe(0);
  });

  it("leaves nothing behind when the pool runs out on the way", () => {
    const { lab, pool, source } = setUp(2, [10, 20, 30]);
    expect(copy(lab, pool, source, 0, 60)).toBe(0);
    expect(lab.u32(lab.status)).toBe(FAILURE);
    expect(lab.machine.pools.live(pool)).toBe(0);
    expect(copy(lab, pool, source, 0, 30)).not.toBe(0);
  });

  it("agrees with a plain array of all bytes", () => {
    const random = new Random(5);
    for (let round = 0; round < 200; round++) {
      const { lab, pool, source } = setUp(
        20,
        Array.from({ length: random.between(1, 6) }, () => random.below(30)),
      );
      const all = chainAddresses(lab.machine, source);
      const offset = random.below(all.length + 3);
      const length = random.below(all.length + 3);
      const result = copy(lab, pool, source, offset, length);
      const inside = length > 0 && offset + length <= all.length;
      expect(lab.u32(lab.status)).toBe(inside ? SUCCESS : FAILURE);
      expect(chainAddresses(lab.machine, result)).toEqual(inside ? all.slice(offset, offset + length) : []);
    }
  });
});
