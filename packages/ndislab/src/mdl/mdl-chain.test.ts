import { describe, expect, it } from "vitest";
import { chainAddresses, mdlsOf } from "../testing/chain-model.js";
import { Lab } from "../testing/lab.js";
import { Random } from "../testing/random.js";

/** `locate` as [index of the MDL in the chain, offset in it]. */
function locate(lab: Lab, chain: number, offset: number): [number, number] {
  const { chains } = lab.machine;
  return [mdlsOf(lab.machine, chain).indexOf(chains.locate(chain, offset)), chains.locatedOffset];
}

/** `locate` of ndis6 §1. */
describe("locate", () => {
  it.each([
    [[10], 0, [0, 0]],
    [[10], 9, [0, 9]],
    [[10], 10, [0, 10]], // the end of the last MDL
    [[10], 11, [0, 11]], // beyond it
    [[10, 20, 30], 9, [0, 9]],
    [[10, 20, 30], 10, [1, 0]], // a boundary belongs to the next MDL
    [[10, 20, 30], 29, [1, 19]],
    [[10, 20, 30], 30, [2, 0]],
    [[10, 20, 30], 59, [2, 29]],
    [[10, 20, 30], 60, [2, 30]],
    [[10, 20, 30], 61, [2, 31]],
    [[0, 10], 0, [1, 0]], // MDLs without bytes are passed over
    [[0, 0, 10], 0, [2, 0]],
    [[10, 0, 20], 10, [2, 0]],
    [[10, 0, 0, 20], 9, [0, 9]],
    [[10, 0], 10, [1, 0]], // unless there is no other
    [[10, 0], 9, [0, 9]],
    [[10, 0, 0], 12, [2, 2]],
    [[0], 0, [0, 0]],
    [[0], 3, [0, 3]],
  ] as [number[], number, [number, number]][])("in %j at %i", (sizes, offset, expected) => {
    const lab = new Lab();
    expect(locate(lab, lab.chain(sizes), offset)).toEqual(expected);
  });

  it("in no chain is nowhere, with the offset unchanged", () => {
    const { chains } = new Lab().machine;
    expect([chains.locate(0, 5), chains.locatedOffset]).toEqual([0, 5]);
  });

  it("finds the byte that a plain array of all bytes has at that index", () => {
    const random = new Random(2);
    for (let round = 0; round < 300; round++) {
      const lab = new Lab({ memorySize: 1 << 18 });
      const chain = lab.chain(
        Array.from({ length: random.between(1, 6) }, () => random.pick([0, 0, 1, 2, 7, 30, 5000])),
      );
      const addresses = chainAddresses(lab.machine, chain);
      const mdls = mdlsOf(lab.machine, chain);
      for (let i = 0; i < 30 && addresses.length > 0; i++) {
        const offset = random.below(addresses.length);
        const [index, inMdl] = locate(lab, chain, offset);
        expect(lab.u32(mdls[index] + 12) + inMdl).toBe(addresses[offset]);
        expect(inMdl).toBeLessThan(lab.u32(mdls[index] + 20));
      }
      const [index, inMdl] = locate(lab, chain, addresses.length);
      expect([index, inMdl]).toEqual([mdls.length - 1, lab.u32(mdls[mdls.length - 1] + 20)]);
      expect(lab.machine.chains.byteLength(chain)).toBe(addresses.length);
    }
  });
});

describe("a chain", () => {
  it("has a length and a last MDL", () => {
    const lab = new Lab();
    const { chains } = lab.machine;
    const chain = lab.chain([10, 0, 20]);
    expect(chains.byteLength(chain)).toBe(30);
    expect(chains.last(chain)).toBe(mdlsOf(lab.machine, chain)[2]);
    expect([chains.byteLength(0), chains.last(0)]).toEqual([0, 0]);
  });

  it("may be longer than 32 bits can say", () => {
    const lab = new Lab();
    const chain = lab.chain([10, 20]);
    for (const mdl of mdlsOf(lab.machine, chain)) lab.setU32(mdl + 20, 0xffff_ffff);
    expect(lab.machine.chains.byteLength(chain)).toBe(2 * 0xffff_ffff);
    expect(locate(lab, chain, 0xffff_ffff + 5)).toEqual([1, 5]);
  });
});
