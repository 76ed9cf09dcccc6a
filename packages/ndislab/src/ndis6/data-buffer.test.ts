import { describe, expect, it } from "vitest";
import { MDL } from "../layout/mdl.js";
import { mdlsOf, usedAddresses, usedBytes } from "../testing/chain-model.js";
import { Lab } from "../testing/lab.js";
import { LAYOUTS } from "../testing/layouts.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { unmap } from "../testing/unmapped.js";

function setUp(sizes: readonly number[], dataOffset: number, dataLength: number) {
  const lab = new Lab();
  const nb = lab.netBuffer(sizes, dataOffset, dataLength);
  const storage = lab.block(Math.max(16, dataLength));
  const data = usedAddresses(lab.machine, nb)[0];
  const get = (bytesNeeded: number, alignMultiple = 1, alignOffset = 0, to = storage): number =>
    lab.plain.NdisGetDataBuffer(nb, bytesNeeded, to, alignMultiple, alignOffset);
  return { lab, nb, storage, data, get };
}

/** The rows of the table of ndis6 §9, in its order. */
describe("NdisGetDataBuffer", () => {
  it("is NULL for more bytes than there are", () => {
    const { get } = setUp([100], 20, 50);
    expect([get(51), get(80), get(0xffff_ffff), get(-1)]).toEqual([0, 0, 0, 0]);
    expect(get(50)).not.toBe(0);
  });

  it("is NULL for no bytes", () => {
    expect(setUp([100], 0, 100).get(0)).toBe(0);
    expect(setUp([100], 100, 0).get(0)).toBe(0);
  });

  it.each([
    [0, 0],
    [3, 0],
    [12, 0],
    [4, 4],
    [4, 5],
    [1, 1],
    [0xffff_ffff, 0],
  ])("is NULL for a multiple of %i with an offset of %i", (alignMultiple, alignOffset) => {
    const { lab, nb, storage, get } = setUp([100], 0, 100);
    const before = new MemorySnapshot(lab.machine.memory);
    expect(get(10, alignMultiple, alignOffset, storage)).toBe(0);
    before.expectChangesOnlyIn();
    expect(lab.plain.NET_BUFFER_DATA_LENGTH(nb)).toBe(100);
  });

  it("shows the data in place, without a copy, when one MDL has it aligned as asked", () => {
    const { lab, data, get } = setUp([100, 100], 20, 150);
    const before = new MemorySnapshot(lab.machine.memory);
    expect(get(80)).toBe(data); // all of what the first MDL has
    expect(get(1, 1, 0, 0)).toBe(data);
    for (const multiple of [2, 4, 8, 4096, 0x8000_0000]) expect(get(80, multiple, data % multiple)).toBe(data);
    before.expectChangesOnlyIn();
  });

  it("copies when more than one MDL has it", () => {
    const { lab, nb, storage, get } = setUp([100, 100], 20, 150);
    const before = new MemorySnapshot(lab.machine.memory);
    expect(get(81)).toBe(storage);
    expect([...lab.machine.memory.bytes(storage, 81)]).toEqual(usedBytes(lab.machine, nb).slice(0, 81));
    before.expectChangesOnlyIn([storage, storage + 81]);
    expect(get(81, 1, 0, 0)).toBe(0);
  });

  it("copies when the address is not aligned as asked, and never looks at the storage's alignment", () => {
    const { lab, nb, storage, data, get } = setUp([100], 20, 50);
    const wrong = (data + 1) % 8;
    expect(get(30, 8, wrong, storage + 3)).toBe(storage + 3);
    expect([...lab.machine.memory.bytes(storage + 3, 30)]).toEqual(usedBytes(lab.machine, nb).slice(0, 30));
    expect(get(30, 8, wrong, 0)).toBe(0);
  });

  it("goes by the system address, in place and copied, where a driver moved that", () => {
    const { lab, nb, get, storage } = setUp([100, 100], 20, 150);
    const mapped = lab.plain.NET_BUFFER_FIRST_MDL(nb) + MDL.offset.MappedSystemVa;
    lab.setU32(mapped, lab.u32(mapped) + 3);
    const inPlace = get(70);
    expect(inPlace).not.toBe(storage);
    expect(get(81)).toBe(storage);
    const { u8 } = lab.machine.memory;
    expect(u8.slice(storage, storage + 70)).toEqual(u8.slice(inPlace, inPlace + 70));
  });

  it("takes two MDLs over neighbouring memory for two", () => {
    const { lab, nb, get } = setUp([16], 0, 16);
    const block = lab.block(100);
    const [first, second] = [0, 50].map((offset) => lab.plain.NdisAllocateMdl(0, block + offset, 50));
    lab.setU32(first, second);
    lab.plain.NET_BUFFER_FIRST_MDL.set(nb, first);
    lab.plain.NET_BUFFER_DATA_LENGTH.set(nb, 100);
    lab.plain.NdisAdjustNetBufferCurrentMdl(nb);
    expect(get(51, 1, 0, 0)).toBe(0);
    expect(get(50, 1, 0, 0)).toBe(block);
  });

  it("takes the data from the next MDL when a driver put the start on the end of one", () => {
    const { lab, nb, storage, get } = setUp([40, 60], 40, 60);
    lab.plain.NET_BUFFER_CURRENT_MDL.set(nb, lab.plain.NET_BUFFER_FIRST_MDL(nb));
    lab.plain.NET_BUFFER_CURRENT_MDL_OFFSET.set(nb, 40); // the other form of the boundary: I4
    const shown = get(60);
    expect([...lab.machine.memory.bytes(shown, 60)]).toEqual(usedBytes(lab.machine, nb));
    expect(shown === storage || shown === usedAddresses(lab.machine, nb)[0]).toBe(true);
  });

  it.each(LAYOUTS)("shows the same bytes of every layout: $name", ({ sizes, dataOffset, dataLength }) => {
    const { lab, nb, storage, get } = setUp(sizes, dataOffset, dataLength);
    const used = usedBytes(lab.machine, nb);
    for (const length of [1, 2, 14, dataLength - 1, dataLength].filter((n) => n > 0 && n <= dataLength)) {
      const shown = get(length);
      expect([...lab.machine.memory.bytes(shown, length)]).toEqual(used.slice(0, length));
      expect(lab.machine.dataBuffers.read(nb, length, storage)).toBe(length);
      expect([...lab.machine.memory.bytes(storage, length)]).toEqual(used.slice(0, length));
    }
    expect(lab.machine.dataBuffers.read(nb, dataLength + 5, storage)).toBe(dataLength);
  });
});

describe("a mapping that fails", () => {
  it("is NULL, be the data contiguous or there a storage; only an MDL with some of the bytes matters", () => {
    const { lab, nb, storage, data, get } = setUp([40, 60, 50], 20, 130);
    const mdls = mdlsOf(lab.machine, lab.plain.NET_BUFFER_FIRST_MDL(nb));
    const bytes = usedBytes(lab.machine, nb);
    unmap(lab, mdls[2]);
    lab.machine.mappings.fault = () => true;
    expect([get(20), get(80)]).toEqual([data, storage]);
    expect(get(81)).toBe(0);
    lab.machine.mappings.fault = () => false;
    expect(get(81)).toBe(storage);
    expect([...lab.machine.memory.bytes(storage, 81)]).toEqual(bytes.slice(0, 81));

    unmap(lab, mdls[0]);
    lab.machine.mappings.fault = () => true;
    expect([get(1), get(80), get(1, 1, 0, 0)]).toEqual([0, 0, 0]);
    lab.machine.mappings.fault = () => false;
    expect(get(1)).toBe(data);
    lab.machine.mappings.fault = () => true;
    expect(get(1)).toBe(data); // mapped by now
  });

  it("does not touch what the host reads", () => {
    const { lab, nb, storage } = setUp([40, 60], 20, 80);
    const bytes = usedBytes(lab.machine, nb);
    for (const mdl of mdlsOf(lab.machine, lab.plain.NET_BUFFER_FIRST_MDL(nb))) unmap(lab, mdl);
    expect(lab.machine.dataBuffers.read(nb, 80, storage)).toBe(80);
    expect([...lab.machine.memory.bytes(storage, 80)]).toEqual(bytes);
  });
});

it("data that starts on the end of an MDL is shown in place by the next one that has bytes", () => {
  const { lab, nb, data, get } = setUp([40, 0, 60], 40, 60);
  lab.plain.NET_BUFFER_CURRENT_MDL.set(nb, lab.plain.NET_BUFFER_FIRST_MDL(nb));
  lab.plain.NET_BUFFER_CURRENT_MDL_OFFSET.set(nb, 40);
  expect(get(60, 1, 0, 0)).toBe(data);
});

/** F6-28 of ndis6 §9. */
describe("NdisQueryNetBufferPhysicalCount", () => {
  const count = ({ lab, nb }: ReturnType<typeof setUp>): number => lab.plain.NdisQueryNetBufferPhysicalCount(nb);

  it("is the pages of the MDLs that have used data: all pages of each, and none of others", () => {
    expect(count(setUp([100], 0, 100))).toBe(1);
    expect(count(setUp([100], 99, 1))).toBe(1);
    expect(count(setUp([100, 100, 100], 0, 300))).toBe(3);
    expect(count(setUp([100, 100, 100], 100, 100))).toBe(1);
    expect(count(setUp([100, 100, 100], 99, 102))).toBe(3);
    expect(count(setUp([100, 0, 100], 0, 200))).toBe(2); // the empty one has no data
    expect(count(setUp([8192, 10], 0, 8192))).toBe(2); // page-aligned: large blocks start on a page
    expect(count(setUp([8193, 10], 0, 1))).toBe(3);
  });

  it("is 0 without data", () => {
    expect(count(setUp([100], 50, 0))).toBe(0);
    expect(count(setUp([], 0, 0))).toBe(0);
  });

  it("takes both forms of a boundary for the same", () => {
    const made = setUp([40, 60], 40, 60);
    made.lab.plain.NET_BUFFER_CURRENT_MDL.set(made.nb, made.lab.plain.NET_BUFFER_FIRST_MDL(made.nb));
    made.lab.plain.NET_BUFFER_CURRENT_MDL_OFFSET.set(made.nb, 40);
    expect(count(made)).toBe(1);
  });
});
