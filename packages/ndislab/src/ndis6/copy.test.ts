import { describe, expect, it } from "vitest";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NDIS_STATUS } from "../layout/status.js";
import { bytesAt, chainAddresses, mdlsOf, usedAddresses } from "../testing/chain-model.js";
import { Lab } from "../testing/lab.js";
import { LAYOUTS } from "../testing/layouts.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { Random } from "../testing/random.js";
import { unmap } from "../testing/unmapped.js";

/** Where bytes behind the data start of `nb` can go: the chain from DataOffset to its end. */
const space = (lab: Lab, nb: number): number[] =>
  chainAddresses(lab.machine, lab.plain.NET_BUFFER_FIRST_MDL(nb)).slice(lab.plain.NET_BUFFER_DATA_OFFSET(nb));

function copy(lab: Lab, to: number, toOffset: number, length: number, from: number, fromOffset: number): number {
  expect(lab.plain.NdisCopyFromNetBufferToNetBuffer(to, toOffset, length, from, fromOffset, lab.out)).toBe(0);
  return lab.u32(lab.out);
}

/** Copies, and compares with what plain arrays say: the count, every byte, and that nothing else changed. */
function expectCopy(lab: Lab, to: number, toOffset: number, length: number, from: number, fromOffset: number): void {
  const source = usedAddresses(lab.machine, from).slice(fromOffset);
  const target = space(lab, to).slice(toOffset);
  const count = Math.min(length, source.length, target.length);
  const expected = bytesAt(lab.machine, source.slice(0, count));
  const before = new MemorySnapshot(lab.machine.memory);
  expect(copy(lab, to, toOffset, length, from, fromOffset)).toBe(count);
  expect(bytesAt(lab.machine, target.slice(0, count))).toEqual(expected);
  const allowed = new Set(target.slice(0, count));
  expect(before.changed().filter((at) => !allowed.has(at) && (at < lab.out || at >= lab.out + 4))).toEqual([]);
}

/** F6-27 of ndis6 §9. */
describe("NdisCopyFromNetBufferToNetBuffer", () => {
  it("stops at the length, at the end of the source's data, and at the end of the destination's MDLs", () => {
    const lab = new Lab({ memorySize: 1 << 18 });
    const from = lab.netBuffer([200], 20, 100);
    const to = lab.netBuffer([30, 50], 10, 0);
    expect(copy(lab, to, 0, 10, from, 0)).toBe(10);
    expect(copy(lab, to, 0, 1000, from, 60)).toBe(40);
    expect(copy(lab, to, 0, 1000, from, 0)).toBe(70);
    expect(copy(lab, to, 65, 1000, from, 0)).toBe(5);
    expect(copy(lab, to, 0, 0, from, 0)).toBe(0);
  });

  it("copies nothing from or to an offset past the end", () => {
    const lab = new Lab({ memorySize: 1 << 18 });
    const from = lab.netBuffer([200], 20, 100);
    const to = lab.netBuffer([30, 50], 10, 0);
    for (const [toOffset, fromOffset] of [
      [0, 100],
      [0, 101],
      [0, 0xffff_ffff],
      [70, 0],
      [71, 0],
      [0xffff_ffff, 0],
    ])
      expectCopy(lab, to, toOffset, 50, from, fromOffset);
  });

  it("leaves every field of both as it was: the caller sets the length", () => {
    const lab = new Lab({ memorySize: 1 << 18 });
    const from = lab.netBuffer([10, 90], 5, 90);
    const to = lab.netBuffer([10, 90], 5, 1);
    const fields = (nb: number): number[] => [...lab.machine.memory.bytes(nb, NET_BUFFER.size)];
    const before = [fields(from), fields(to)];
    copy(lab, to, 3, 80, from, 2);
    expect([fields(from), fields(to)]).toEqual(before);
  });

  it("copies to and from a NET_BUFFER without a chain: nothing", () => {
    const lab = new Lab({ memorySize: 1 << 18 });
    const empty = lab.plain.NdisAllocateNetBuffer(lab.netBufferPool(), 0, 0, 0);
    const full = lab.netBuffer([100], 0, 100);
    expect([copy(lab, empty, 0, 10, full, 0), copy(lab, full, 0, 10, empty, 0)]).toEqual([0, 0]);
  });

  it("copies every layout to every layout", () => {
    for (const source of LAYOUTS)
      for (const target of LAYOUTS) {
        const lab = new Lab({ memorySize: 1 << 19 });
        const from = lab.netBuffer(source.sizes, source.dataOffset, source.dataLength);
        expectCopy(lab, lab.netBuffer(target.sizes, target.dataOffset, target.dataLength), 0, 0xffff_ffff, from, 0);
      }
  });

  it("agrees with plain arrays for chains cut at different places", () => {
    const random = new Random(9);
    const netBuffer = (lab: Lab): number => {
      const sizes = Array.from({ length: random.between(1, 6) }, () => random.pick([0, 1, 3, 16, 50]));
      const total = sizes.reduce((a, b) => a + b);
      const dataOffset = random.between(0, total);
      return lab.netBuffer(sizes, dataOffset, random.between(0, total - dataOffset));
    };
    for (let round = 0; round < 400; round++) {
      const lab = new Lab({ memorySize: 1 << 18 });
      const [from, to] = [netBuffer(lab), netBuffer(lab)];
      expectCopy(lab, to, random.below(20), random.below(150), from, random.below(20));
    }
  });
});

it("a mapping that fails, of the source or of the destination, is RESOURCES, and nothing is copied", () => {
  const lab = new Lab({ memorySize: 1 << 18 });
  const from = lab.netBuffer([40, 60], 10, 80);
  const to = lab.netBuffer([50, 50, 10], 5, 0);
  const call = (length: number): number => lab.plain.NdisCopyFromNetBufferToNetBuffer(to, 0, length, from, 0, lab.out);
  for (const [nb, index, enough] of [
    [from, 0, 0],
    [from, 1, 30],
    [to, 0, 0],
    [to, 1, 45],
  ]) {
    const mdl = mdlsOf(lab.machine, lab.plain.NET_BUFFER_FIRST_MDL(nb))[index];
    unmap(lab, mdl);
    lab.machine.mappings.fault = () => true;
    const before = new MemorySnapshot(lab.machine.memory);
    expect(call(enough + 1)).toBe(NDIS_STATUS.NDIS_STATUS_RESOURCES);
    expect(lab.u32(lab.out)).toBe(0);
    before.expectChangesOnlyIn([lab.out, lab.out + 4]);
    expect(call(enough)).toBe(NDIS_STATUS.NDIS_STATUS_SUCCESS); // no byte of the MDL is needed
    expect(lab.u32(lab.out)).toBe(enough);
    lab.machine.mappings.fault = () => false;
    expect(call(80)).toBe(NDIS_STATUS.NDIS_STATUS_SUCCESS);
    expect(lab.u32(lab.out)).toBe(80);
  }
});

it("maps no MDL of the source whose bytes the destination has no room for", () => {
  const lab = new Lab({ memorySize: 1 << 18 });
  const from = lab.netBuffer([30, 30], 0, 60);
  unmap(lab, mdlsOf(lab.machine, lab.plain.NET_BUFFER_FIRST_MDL(from))[1]);
  lab.machine.mappings.fault = () => true;
  expect(copy(lab, lab.netBuffer([30], 0, 0), 0, 60, from, 0)).toBe(30);
  const larger = lab.netBuffer([31], 0, 0);
  expect(lab.plain.NdisCopyFromNetBufferToNetBuffer(larger, 0, 60, from, 0, lab.out)).toBe(
    NDIS_STATUS.NDIS_STATUS_RESOURCES,
  );
});
