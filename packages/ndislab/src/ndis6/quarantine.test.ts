import { describe, expect, it } from "vitest";
import { NET_BUFFER_LIST_POOL_PARAMETERS, POOL_PARAMETER_REVISIONS } from "../layout/object-header.js";
import { writeFields } from "../memory/fields.js";
import { Lab } from "../testing/lab.js";
import { expectSoundNetBuffer } from "../testing/sound-net-buffer.js";

/** A pool with NET_BUFFER_LIST_POOL_FLAG_VERIFY in parameters of a revision. */
function poolToVerify(lab: Lab, revision: number): number {
  const parameters = lab.netBufferListPoolParameters({ fAllocateNetBuffer: true, DataSize: 100, ContextSize: 16 });
  writeFields(lab.machine.memory, NET_BUFFER_LIST_POOL_PARAMETERS, parameters, {
    "Header.Revision": revision,
    "Header.Size": NET_BUFFER_LIST_POOL_PARAMETERS.size,
    Flags: POOL_PARAMETER_REVISIONS.NET_BUFFER_LIST_POOL_FLAG_VERIFY,
  });
  return lab.ddi.NdisAllocateNetBufferListPool(0, parameters);
}

/** ndis6 §3.1. */
describe("a pool to be verified", () => {
  it("does not use a list again before 64 others were freed", () => {
    const lab = new Lab();
    const pool = poolToVerify(lab, 2);
    const recent: number[] = [];
    for (let i = 0; i < 300; i++) {
      const nbl = lab.ddi.NdisAllocateNetBufferList(pool, 8, 0);
      expect(recent.slice(-64)).not.toContain(nbl);
      lab.ddi.NdisFreeNetBufferList(nbl);
      recent.push(nbl);
    }
    expect(new Set(recent).size).toBeLessThan(130);
    expect(lab.machine.pools.live(pool)).toBe(0);
    lab.ddi.NdisFreeNetBufferListPool(pool);
    lab.verifier.finish();
    expect(lab.rules).toEqual([]);
  });

  it("makes freed lists useless: every pointer leads out of the memory", () => {
    const lab = new Lab();
    const nbl = lab.ddi.NdisAllocateNetBufferList(poolToVerify(lab, 2), 8, 0);
    const nb = lab.ddi.NET_BUFFER_LIST_FIRST_NB(nbl);
    const mdl = lab.ddi.NET_BUFFER_FIRST_MDL(nb);
    lab.ddi.NdisFreeNetBufferList(nbl);
    for (const address of [lab.u32(nbl), lab.u32(nbl + 4), lab.u32(nbl + 8), lab.u32(nb + 16), lab.u32(mdl + 12)])
      expect(address).toBe(0xfefe_fefe);
    lab.ddi.NdisGetPoolFromNetBufferList(nbl);
    lab.onlyFinding("NBL-NOTPOOL");
  });

  it("gives whole lists again: MDL, page numbers and prefix included", () => {
    const lab = new Lab();
    const pool = poolToVerify(lab, 2);
    const first = lab.ddi.NdisAllocateNetBufferList(pool, 8, 0);
    const words = lab.machine.memory.u32.slice(first >>> 2, (first >>> 2) + 100);
    lab.ddi.NdisFreeNetBufferList(first);
    let nbl = 0;
    for (let i = 0; nbl !== first; i++) {
      expect(i).toBeLessThan(300);
      nbl = lab.ddi.NdisAllocateNetBufferList(pool, 8, 0);
      if (nbl !== first) lab.ddi.NdisFreeNetBufferList(nbl);
    }
    expectSoundNetBuffer(lab.machine, lab.ddi.NET_BUFFER_LIST_FIRST_NB(nbl));
    const context = 192 >>> 2;
    const after = lab.machine.memory.u32.slice(first >>> 2, (first >>> 2) + 100);
    for (let w = 0; w < after.length; w++)
      if (w < context + 2 || (w >= context + 6 && w < context + 6 + 34)) expect([w, after[w]]).toEqual([w, words[w]]);
  });
});

it("a pool whose parameters are of revision 1 is not verified, whatever lies in the place of Flags", () => {
  const lab = new Lab();
  const pool = poolToVerify(lab, 1);
  const nbl = lab.ddi.NdisAllocateNetBufferList(pool, 0, 0);
  lab.ddi.NdisFreeNetBufferList(nbl);
  expect(lab.ddi.NdisAllocateNetBufferList(pool, 0, 0)).toBe(nbl);
});
