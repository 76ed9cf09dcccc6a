import { expect, it } from "vitest";
import { hexAddress } from "../memory/address.js";
import { Lab, TAG } from "../testing/lab.js";
import { expectTells } from "../testing/planted.js";

/** Memory of the driver's that somebody else has now: what the driver once did with it says nothing of the new owner. */

it("a list of another driver where the driver's own list was", () => {
  const lab = new Lab();
  const parameters = { fAllocateNetBuffer: true, DataSize: 2048 };
  const pool = lab.netBufferListPool(parameters);
  const own = lab.ddi.NdisAllocateNetBufferList(pool, 0, 0);
  lab.ddi.NdisFreeNetBufferList(own);
  lab.ddi.NdisFreeNetBufferListPool(pool);
  const { netBufferLists } = lab.machine;
  const theirs = netBufferLists.create({ tag: TAG, allocateNetBuffer: true, dataSize: 2048, system: true });
  expect(netBufferLists.allocate(theirs, 0, 0)).toBe(own);
  expect(lab.ddi.NdisGetPoolFromNetBufferList(own)).toBe(theirs);
  lab.ddi.NdisAdjustNetBufferCurrentMdl(lab.ddi.NET_BUFFER_LIST_FIRST_NB(own));
  expect(lab.rules).toEqual([]);
  lab.machine.model = { ...lab.machine.model, returnFromFilter: (_, lists) => void netBufferLists.free(lists) };
  lab.ddi.NdisFReturnNetBufferLists(1, own, 0);
  expect(lab.rules).toEqual([]);
  lab.ddi.NdisFReturnNetBufferLists(1, own, 0);
  expect(lab.onlyFinding("NBL-DCOMPLETE").object?.address).toBe(own);
});

it("a NET_BUFFER of another driver where the driver's own NET_BUFFER was", () => {
  const lab = new Lab();
  const pool = lab.netBufferPool(2048);
  const own = lab.ddi.NdisAllocateNetBufferMdlAndData(pool);
  lab.ddi.NdisFreeNetBuffer(own);
  lab.ddi.NdisFreeNetBufferPool(pool);
  const { netBuffers } = lab.machine;
  const theirs = netBuffers.create(TAG, 2048, true);
  expect(netBuffers.allocateMdlAndData(theirs)).toBe(own);
  expect(lab.ddi.NdisGetPoolFromNetBuffer(own)).toBe(theirs);
  expect(lab.rules).toEqual([]);
});

it("the MDL of a retreat where the driver's own MDL was", () => {
  for (const length of [100, 100_000]) {
    const lab = new Lab();
    const nb = lab.netBuffer([100], 0, 100);
    const own = lab.ddi.NdisAllocateMdl(0, lab.block(length), length);
    lab.ddi.NdisFreeMdl(own);
    lab.ddi.NdisRetreatNetBufferDataStart(nb, length, 0, 0);
    const mdl = lab.ddi.NET_BUFFER_FIRST_MDL(nb);
    if (length === 100) expect(mdl).toBe(own);
    lab.ddi.NdisFreeMdl(mdl);
    expectTells(lab.onlyFinding("MDL-NOTALONE"), hexAddress(mdl), "NdisAdvanceNetBufferDataStart");
  }
});

it("an MDL that was freed twice is still called that", () => {
  for (const length of [100, 100_000]) {
    const lab = new Lab();
    const own = lab.ddi.NdisAllocateMdl(0, lab.block(length), length);
    for (let i = 0; i < 2; i++) lab.ddi.NdisFreeMdl(own);
    lab.onlyFinding("MDL-DFREE");
  }
});
