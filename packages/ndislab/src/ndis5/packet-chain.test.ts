import { beforeEach, describe, expect, it } from "vitest";
import { NDIS_PACKET_PRIVATE } from "../layout/packet.js";
import { readField, writeFields } from "../memory/fields.js";
import { mdlsOf } from "../testing/chain-model.js";
import { Lab } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";

let lab: Lab;
let packet: number;

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
  packet = lab.block(64);
  lab.machine.memory.u8.fill(0, packet, packet + 64);
});

const member = (name: "Head" | "Tail" | "ValidCounts"): number =>
  readField(lab.machine.memory, NDIS_PACKET_PRIVATE, packet, name);
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
