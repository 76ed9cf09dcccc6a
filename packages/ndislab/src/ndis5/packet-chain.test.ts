import { beforeEach, describe, expect, it } from "vitest";
import { MDL } from "../layout/mdl.js";
import { NDIS_PACKET_PRIVATE } from "../layout/packet.js";
import { readField, writeFields } from "../memory/fields.js";
import { mdlsOf } from "../testing/chain-model.js";
import { Lab, POISON } from "../testing/lab.js";
import { LAYOUTS } from "../testing/layouts.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";

let lab: Lab;
let packet: number;

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
  packet = lab.packet();
});

const member = (name: keyof typeof NDIS_PACKET_PRIVATE.offset): number =>
  readField(lab.machine.memory, NDIS_PACKET_PRIVATE, packet, name);
const counts = (): number[] => [member("PhysicalCount"), member("Count"), member("TotalLength")];
const state = (): number[][] => [mdlsOf(lab.machine, member("Head")), [member("Tail")]];

/** F5-19 and F5-20 of ndis5 §2.3. */
describe.each(["NdisChainBufferAtFront", "NdisChainBufferAtBack"] as const)("%s", (name) => {
  it("makes the chain of an empty packet, all of it", () => {
    const chain = lab.chain([1, 2, 3]);
    const mdls = mdlsOf(lab.machine, chain);
    lab.plain[name](packet, chain);
    expect(state()).toEqual([mdls, [mdls[2]]]);
  });

  it("adds whole chains", () => {
    const [first, second] = [lab.chain([1, 2]), lab.chain([3, 4])].map((chain) => mdlsOf(lab.machine, chain));
    lab.plain[name](packet, first[0]);
    lab.plain[name](packet, second[0]);
    const all = name === "NdisChainBufferAtFront" ? [...second, ...first] : [...first, ...second];
    expect(state()).toEqual([all, [all[3]]]);
  });

  it("makes the cached counts stale and touches nothing else of the packet", () => {
    writeFields(lab.machine.memory, NDIS_PACKET_PRIVATE, packet, {
      ValidCounts: 1,
      Count: 9,
      TotalLength: 99,
      PhysicalCount: 3,
    });
    const chain = lab.chain([1]);
    const before = new MemorySnapshot(lab.machine.memory);
    lab.plain[name](packet, chain);
    expect(member("ValidCounts")).toBe(0);
    const { Head, ValidCounts } = NDIS_PACKET_PRIVATE.offset;
    before.expectChangesOnlyIn(
      [packet + Head, packet + Head + 8],
      [packet + ValidCounts, packet + ValidCounts + 1],
      [chain, chain + 4],
    );
  });
});

it("both ends together keep the order", () => {
  const [a, b, c] = [1, 2, 3].map((size) => lab.chain([size]));
  lab.plain.NdisChainBufferAtBack(packet, b);
  lab.plain.NdisChainBufferAtFront(packet, a);
  lab.plain.NdisChainBufferAtBack(packet, c);
  expect(state()).toEqual([[a, b, c], [c]]);
});

/** The packet with a chain of these lengths. */
function chained(sizes: readonly number[]): number[] {
  const chain = lab.chain(sizes);
  if (chain !== 0) lab.plain.NdisChainBufferAtBack(packet, chain);
  return mdlsOf(lab.machine, chain);
}

/** F5-21 and F5-22. */
describe("unchaining", () => {
  function take(name: "NdisUnchainBufferAtFront" | "NdisUnchainBufferAtBack"): number {
    lab.setU32(lab.out, POISON);
    writeFields(lab.machine.memory, NDIS_PACKET_PRIVATE, packet, { ValidCounts: 1 });
    lab.plain[name](packet, lab.out);
    expect(member("ValidCounts")).toBe(0);
    const buffer = lab.u32(lab.out);
    if (buffer !== 0) expect(lab.u32(buffer)).toBe(0);
    return buffer;
  }

  it("takes from the front one by one, until nothing is left and both ends are NULL", () => {
    const mdls = chained([1, 2, 3]);
    for (const [i, mdl] of mdls.entries()) {
      expect(state()).toEqual([mdls.slice(i), [mdls[2]]]);
      expect(take("NdisUnchainBufferAtFront")).toBe(mdl);
    }
    expect(state()).toEqual([[], [0]]);
    expect(take("NdisUnchainBufferAtFront")).toBe(0);
  });

  it("takes from the back one by one, until nothing is left and both ends are NULL", () => {
    const mdls = chained([1, 2, 3]);
    for (let left = 3; left > 0; left--) {
      expect(state()).toEqual([mdls.slice(0, left), [mdls[left - 1]]]);
      expect(take("NdisUnchainBufferAtBack")).toBe(mdls[left - 1]);
    }
    expect(state()).toEqual([[], [0]]);
    expect(take("NdisUnchainBufferAtBack")).toBe(0);
  });

  it("finds nothing in a reinitialised packet, whose Tail still stands there", () => {
    const mdls = chained([1, 2]);
    lab.plain.NdisReinitializePacket(packet);
    expect([member("Head"), member("Tail")]).toEqual([0, mdls[1]]);
    expect([take("NdisUnchainBufferAtBack"), take("NdisUnchainBufferAtFront")]).toEqual([0, 0]);
    lab.plain.NdisChainBufferAtBack(packet, mdls[0]);
    expect(state()).toEqual([mdls, [mdls[1]]]);
  });
});

/** F5-23 and F5-40. */
describe("two stores", () => {
  it("NdisRecalculatePacketCounts finds Tail again and counts nothing", () => {
    const mdls = chained([1, 2, 3]);
    lab.plain.NDIS_PACKET_LAST_NDIS_BUFFER.set(packet, mdls[0]);
    lab.plain.NDIS_PACKET_VALID_COUNTS.set(packet, 1);
    const before = counts();
    lab.plain.NdisRecalculatePacketCounts(packet);
    expect([member("Tail"), member("ValidCounts"), counts()]).toEqual([mdls[2], 0, before]);
  });

  it("NdisRecalculatePacketCounts leaves the Tail of an empty packet as it is", () => {
    lab.plain.NDIS_PACKET_LAST_NDIS_BUFFER.set(packet, 0x1234_5678);
    lab.plain.NdisRecalculatePacketCounts(packet);
    expect([member("Tail"), member("ValidCounts")]).toEqual([0x1234_5678, 0]);
  });

  it("NdisReinitializePacket forgets the head and touches nothing else of the packet", () => {
    const { memory } = lab.machine;
    memory.u8.fill(0xcc, packet, packet + lab.plain.NdisPacketSize(16));
    const before = new MemorySnapshot(memory);
    lab.plain.NdisReinitializePacket(packet);
    expect([member("Head"), member("ValidCounts")]).toEqual([0, 0]);
    const { Head, ValidCounts } = NDIS_PACKET_PRIVATE.offset;
    before.expectChangesOnlyIn([packet + Head, packet + Head + 4], [packet + ValidCounts, packet + ValidCounts + 1]);
  });
});

it("the three members that a driver edits by hand can be read and assigned", () => {
  for (const [name, field, value] of [
    ["NDIS_PACKET_FIRST_NDIS_BUFFER", "Head", 0x1234_5678],
    ["NDIS_PACKET_LAST_NDIS_BUFFER", "Tail", 0x8765_4321],
    ["NDIS_PACKET_VALID_COUNTS", "ValidCounts", 0],
  ] as const) {
    lab.plain[name].set(packet, value);
    expect([lab.plain[name](packet), member(field)]).toEqual([value, value]);
  }
});

/** F5-41, F5-42, F5-17 and F5-18, over every layout. */
describe.each(LAYOUTS)("$name", ({ sizes }) => {
  const total = sizes.reduce((sum, size) => sum + size, 0);

  it("is counted: pages, descriptors and bytes", () => {
    const mdls = chained(sizes);
    const pages = mdls.map((mdl) => lab.plain.NDIS_BUFFER_TO_SPAN_PAGES(mdl)).reduce((sum, count) => sum + count, 0);
    const out = [0, 4, 8, 12].map((offset) => lab.block(16) + offset);
    lab.plain.NdisQueryPacket(packet, out[0], out[1], out[2], out[3]);
    expect(out.map((address) => lab.u32(address))).toEqual([pages, sizes.length, mdls[0], total]);
    expect([member("ValidCounts"), ...counts()]).toEqual([1, pages, sizes.length, total]);
    lab.plain.NDIS_PACKET_VALID_COUNTS.set(packet, 0);
    lab.plain.NdisQueryPacketLength(packet, out[0]);
    expect([lab.u32(out[0]), member("ValidCounts")]).toEqual([total, 1]);
  });

  it("tells its first descriptor and all its bytes, whatever is cached", () => {
    const mdls = chained(sizes);
    writeFields(lab.machine.memory, NDIS_PACKET_PRIVATE, packet, { TotalLength: 7, ValidCounts: 1 });
    const out = [0, 4, 8, 12].map((offset) => lab.block(16) + offset);
    const first = readField(lab.machine.memory, MDL, mdls[0], "MappedSystemVa");
    for (const query of [lab.plain.NdisGetFirstBufferFromPacket, lab.plain.NdisGetFirstBufferFromPacketSafe]) {
      for (const address of out) lab.setU32(address, POISON);
      query(packet, out[0], out[1], out[2], out[3], 16);
      expect(out.map((address) => lab.u32(address))).toEqual([mdls[0], first, sizes[0], total]);
    }
  });
});

describe("queries", () => {
  it("of an empty packet give NULL and zeros", () => {
    const out = [0, 4, 8, 12].map((offset) => lab.block(16) + offset);
    for (const query of [
      lab.plain.NdisGetFirstBufferFromPacket,
      lab.plain.NdisGetFirstBufferFromPacketSafe,
      lab.plain.NdisQueryPacket,
    ]) {
      for (const address of out) lab.setU32(address, POISON);
      query(packet, out[0], out[1], out[2], out[3], 16);
      expect(out.map((address) => lab.u32(address))).toEqual([0, 0, 0, 0]);
    }
  });

  it("answer from the cache while it is called valid, and count when it is not", () => {
    const mdls = chained([10, 20, 30]);
    lab.plain.NdisQueryPacketLength(packet, lab.length);
    lab.plain.NdisAdjustBufferLength(mdls[0], 4);
    lab.plain.NdisQueryPacketLength(packet, lab.length);
    expect(lab.u32(lab.length)).toBe(60);
    lab.plain.NDIS_PACKET_VALID_COUNTS.set(packet, 0);
    lab.plain.NdisQueryPacketLength(packet, lab.length);
    expect(lab.u32(lab.length)).toBe(54);
  });

  it("known mistake: trimming from the last MDL only", () => {
    const mdls = chained([10, 20, 30]);
    for (const [i, length, total] of [
      [0, 1, 51],
      [1, 2, 33],
      [2, 3, 6],
    ]) {
      lab.plain.NdisAdjustBufferLength(mdls[i], length);
      lab.plain.NdisRecalculatePacketCounts(packet);
      lab.plain.NdisQueryPacketLength(packet, lab.length);
      expect(lab.u32(lab.length)).toBe(total);
    }
  });

  it("known mistake: a count kept from the previous descriptor at a boundary", () => {
    const block = lab.block(3 * 4096);
    const page = (block + 4095) & -4096;
    const ranges = [
      [page, 4096, 1],
      [page + 4095, 2, 2],
      [page + 4096, 0, 1],
      [page + 1, 4096, 2],
      [page + 1, 1, 1],
    ];
    let pages = 0;
    for (const [address, length, span] of ranges) {
      lab.plain.NdisChainBufferAtBack(packet, lab.plain.NdisAllocateMdl(0, address, length));
      lab.plain.NdisQueryPacket(packet, lab.out, 0, 0, 0);
      pages += span;
      expect(lab.u32(lab.out)).toBe(pages);
    }
  });

  it("count only for a count, and write only where a pointer is given", () => {
    const [first] = chained([5]);
    const before = new MemorySnapshot(lab.machine.memory);
    lab.plain.NdisQueryPacket(packet, 0, 0, lab.out, 0);
    expect([lab.u32(lab.out), member("ValidCounts")]).toEqual([first, 0]);
    before.expectChangesOnlyIn([lab.out, lab.out + 4]);
    lab.plain.NdisQueryPacket(packet, 0, 0, 0, lab.length);
    expect([lab.u32(lab.length), member("ValidCounts")]).toEqual([5, 1]);
  });
});
