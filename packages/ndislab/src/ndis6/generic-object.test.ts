import { expect, it } from "vitest";
import { NDIS_GENERIC_OBJECT } from "../layout/generic-object.js";
import { Lab, TAG } from "../testing/lab.js";

/** ndis6 F6-07, F6-08. */

it("has its header, the driver object, and the caller's bytes behind it, all of them 0", () => {
  const lab = new Lab();
  lab.poison();
  const object = lab.ddi.NdisAllocateGenericObject(0x1234, TAG, 24);
  expect([lab.u32(object), lab.u32(object + 4), lab.u32(object + 8), lab.u32(object + 12)]).toEqual([
    0x0010_0102, // type 2, revision 1, 16 bytes
    0,
    0,
    0x1234,
  ]);
  expect(lab.machine.memory.u8.subarray(object + 16, object + 40).every((byte) => byte === 0)).toBe(true);
  expect(lab.machine.nonpaged.find(object)).toMatchObject({ size: NDIS_GENERIC_OBJECT.size + 24, tag: TAG });
  lab.ddi.NdisFreeGenericObject(object);
  expect(lab.machine.nonpaged.find(object)?.live).toBe(false);
  lab.verifier.finish();
  expect(lab.rules).toEqual([]);
});

it("is a handle that pools are allocated with", () => {
  const lab = new Lab();
  const object = lab.ddi.NdisAllocateGenericObject(0, TAG, 0);
  const pool = lab.ddi.NdisAllocateNetBufferListPool(object, lab.netBufferListPoolParameters());
  expect(pool).not.toBe(0);
  lab.ddi.NdisFreeNetBufferListPool(pool);
  lab.ddi.NdisFreeGenericObject(object);
  lab.verifier.finish();
  expect(lab.rules).toEqual([]);
});

it("is NULL when memory is short, and freeing what is none does nothing", () => {
  const lab = new Lab();
  const blocks = lab.machine.nonpaged.liveBlocks;
  lab.machine.nonpaged.fault = () => true;
  expect(lab.plain.NdisAllocateGenericObject(0, TAG, 0)).toBe(0);
  for (const wrong of [0, 0x20000, lab.status]) lab.plain.NdisFreeGenericObject(wrong);
  expect(lab.machine.nonpaged.liveBlocks).toBe(blocks);
});
