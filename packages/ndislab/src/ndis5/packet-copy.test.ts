import { describe, expect, it } from "vitest";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { MappingFault } from "../mdl/mappings.js";
import { writeFields } from "../memory/fields.js";
import { bytesAt, chainAddresses, mdlsOf } from "../testing/chain-model.js";
import { Lab, POISON } from "../testing/lab.js";
import { LAYOUTS } from "../testing/layouts.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { Random } from "../testing/random.js";

/** Two packets over chains of these lengths; of each the address of every byte. */
function setUp(to: readonly number[], from: readonly number[]) {
  const lab = new Lab({ memorySize: 1 << 20 });
  const pool = lab.packetPool(2);
  const [destination, source] = [to, from].map((sizes) => {
    const packet = lab.packet(pool);
    const chain = lab.chain(sizes);
    if (chain !== 0) lab.plain.NdisChainBufferAtBack(packet, chain);
    return { packet, chain, addresses: chainAddresses(lab.machine, chain) };
  });
  for (const at of destination.addresses) lab.machine.memory.u8[at] = 0;
  return { lab, destination, source };
}

const NAMES = ["NdisCopyFromPacketToPacket", "NdisCopyFromPacketToPacketSafe"] as const;

/** Copies, and compares with what a plain array of bytes would have. */
function expectCopied(
  { lab, destination, source }: ReturnType<typeof setUp>,
  name: (typeof NAMES)[number],
  [destinationOffset, length, sourceOffset]: readonly [number, number, number],
): void {
  const expected = bytesAt(lab.machine, destination.addresses);
  const bytes = Math.max(
    0,
    Math.min(length, source.addresses.length - sourceOffset, destination.addresses.length - destinationOffset),
  );
  const moved = bytesAt(lab.machine, source.addresses.slice(sourceOffset, sourceOffset + bytes));
  expected.splice(destinationOffset, bytes, ...moved);
  lab.setU32(lab.out, POISON);
  lab.plain[name](destination.packet, destinationOffset, length, source.packet, sourceOffset, lab.out, 16);
  expect(lab.u32(lab.out)).toBe(bytes);
  expect(bytesAt(lab.machine, destination.addresses)).toEqual(expected);
}

/** F5-43 and F5-44. */
describe.each(NAMES)("%s", (name) => {
  const small = LAYOUTS.filter(({ sizes }) => sizes.reduce((sum, size) => sum + size, 0) <= 300);

  it.each(small.flatMap((to) => small.map((from) => [from.name, to.name, from.sizes, to.sizes] as const)))(
    "from %s to %s",
    (_from, _to, from, to) => {
      for (const range of [
        [0, 1000, 0],
        [7, 50, 3],
        [0, 40, 60],
        [63, 1, 63],
      ] as const)
        expectCopied(setUp(to, from), name, range);
    },
  );

  it("known mistake: a chain copy that forgets to move on inside a descriptor", () => {
    expectCopied(setUp([3, 3, 3, 3, 3], [15]), name, [0, 15, 0]);
    expectCopied(setUp([15], [3, 3, 3, 3, 3]), name, [0, 15, 0]);
    expectCopied(setUp([4, 4, 4, 4], [5, 5, 5]), name, [1, 15, 0]);
  });

  it("agrees with a plain array of bytes", () => {
    const random = new Random(43);
    const sizes = (): number[] => Array.from({ length: random.below(6) }, () => random.below(12));
    for (let round = 0; round < 300; round++)
      expectCopied(setUp(sizes(), sizes()), name, [random.below(40), random.below(60), random.below(40)]);
  });

  it("copies nothing from or to an offset at the end or beyond, not even of 32 bits", () => {
    for (const [destinationOffset, sourceOffset] of [
      [10, 0],
      [0, 10],
      [0xffff_ffff, 0],
      [0, 0xffff_ffff],
    ] as const)
      expectCopied(setUp([10], [10]), name, [destinationOffset, 5, sourceOffset]);
    expectCopied(setUp([10], [10]), name, [2, 0xffff_ffff, 1]);
  });

  it("changes data and the count of it, and nothing else", () => {
    const { lab, destination, source } = setUp([4, 4], [8]);
    const before = new MemorySnapshot(lab.machine.memory);
    lab.plain[name](destination.packet, 0, 8, source.packet, 0, lab.out, 16);
    before.expectChangesOnlyIn(
      [lab.out, lab.out + 4],
      ...destination.addresses.map((address) => [address, address + 1] as const),
    );
  });
});

/** Makes the second descriptor of a chain one whose pages are locked and not mapped. */
function unmapSecond(lab: Lab, chain: number): number {
  const second = mdlsOf(lab.machine, chain)[1];
  writeFields(lab.machine.memory, MDL, second, { MdlFlags: MDL_FLAGS.MDL_PAGES_LOCKED, MappedSystemVa: 0 });
  return second;
}

describe("a descriptor that has to be mapped", () => {
  it("is mapped by the copy", () => {
    for (const name of NAMES) {
      const packets = setUp([8, 8], [8, 8]);
      unmapSecond(packets.lab, packets.source.chain);
      unmapSecond(packets.lab, packets.destination.chain);
      expectCopied(packets, name, [0, 16, 0]);
    }
  });

  it("known mistake: Safe built on unsafe", () => {
    for (const side of ["source", "destination"] as const) {
      const packets = setUp([8, 8], [8, 8]);
      const { lab, destination, source } = packets;
      unmapSecond(lab, packets[side].chain);
      lab.machine.mappings.fault = () => true;
      const before = new MemorySnapshot(lab.machine.memory);
      lab.plain.NdisCopyFromPacketToPacketSafe(destination.packet, 0, 16, source.packet, 0, lab.out, 16);
      expect(lab.u32(lab.out)).toBe(0);
      before.expectChangesOnlyIn([lab.out, lab.out + 4]);
      expect(() => lab.plain.NdisCopyFromPacketToPacket(destination.packet, 0, 16, source.packet, 0, lab.out)).toThrow(
        MappingFault,
      );
      // What is not touched need not be mapped.
      expectCopied(packets, "NdisCopyFromPacketToPacketSafe", [0, 8, 0]);
    }
  });
});
