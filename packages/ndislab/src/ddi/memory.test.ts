import { beforeEach, describe, expect, it } from "vitest";
import { NDIS_STATUS } from "../layout/status.js";
import { Lab, POISON, TAG } from "../testing/lab.js";

let lab: Lab;

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
  lab.poison();
});

/** Each way to allocate `size` bytes. */
const ALLOCATORS: Record<string, (size: number) => number> = {
  NdisAllocateMemoryWithTag: (size) => {
    lab.setU32(lab.out, POISON);
    const status = lab.ddi.NdisAllocateMemoryWithTag(lab.out, size, TAG);
    expect(status).toBe(lab.u32(lab.out) === 0 ? NDIS_STATUS.NDIS_STATUS_FAILURE : NDIS_STATUS.NDIS_STATUS_SUCCESS);
    return lab.u32(lab.out);
  },
  NdisAllocateMemoryWithTagPriority: (size) => lab.ddi.NdisAllocateMemoryWithTagPriority(0, size, TAG, 16),
  ExAllocatePoolWithTag: (size) => lab.ddi.ExAllocatePoolWithTag(0, size, TAG),
  ExAllocatePoolZero: (size) => lab.ddi.ExAllocatePoolZero(0, size, TAG),
  ExAllocatePool2: (size) => lab.ddi.ExAllocatePool2(64n, size, TAG),
};

/** Each way to free a block. */
const FREES: Record<string, (address: number) => void> = {
  NdisFreeMemory: (address) => lab.ddi.NdisFreeMemory(address, 0, 0),
  NdisFreeMemoryWithTag: (address) => lab.ddi.NdisFreeMemoryWithTag(address, TAG),
  NdisFreeMemoryWithTagPriority: (address) => lab.ddi.NdisFreeMemoryWithTagPriority(0, address, TAG),
  ExFreePoolWithTag: (address) => lab.ddi.ExFreePoolWithTag(address, TAG),
  ExFreePool: (address) => lab.ddi.ExFreePool(address),
};

/** ndis5 §4. */
describe.each(Object.entries(ALLOCATORS))("%s", (_, allocate) => {
  it("gives a block of the driver's with its size and tag", () => {
    const block = allocate(100);
    expect(lab.machine.nonpaged.find(block)).toEqual({
      address: block,
      size: 100,
      tag: TAG,
      live: true,
      purpose: "driver",
    });
  });

  it("gives NULL when memory is short, and nothing is lost or found", () => {
    lab.machine.nonpaged.fault = () => true;
    expect(allocate(100)).toBe(0);
    lab.verifier.finish();
    expect(lab.rules).toEqual([]);
  });

  it.each(Object.keys(FREES))("is undone by %s", (free) => {
    const block = allocate(100);
    FREES[free](block);
    expect(lab.machine.nonpaged.liveBytes).toBe(new Lab({ memorySize: 1 << 18 }).machine.nonpaged.liveBytes);
    expect(lab.rules).toEqual([]);
  });
});

it("fresh memory is zero-filled only where the page says so", () => {
  const filled = (block: number): boolean => lab.machine.memory.bytes(block, 100).every((byte) => byte === 0);
  const zero = Object.entries(ALLOCATORS).map(([name, allocate]) => [name, filled(allocate(100))] as const);
  expect(zero.filter(([, isZero]) => isZero).map(([name]) => name)).toEqual(["ExAllocatePoolZero", "ExAllocatePool2"]);
  expect(filled(lab.ddi.ExAllocatePool2(64n | 2n, 100, TAG))).toBe(false); // POOL_FLAG_UNINITIALIZED
});
