import { beforeEach, describe, expect, it } from "vitest";
import { NDIS_STATUS } from "../layout/status.js";
import { poolTag } from "../memory/tag.js";
import { Lab, POISON, STACK, TAG } from "../testing/lab.js";

let lab: Lab;

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
  lab.poison();
});

/** Each way to allocate `size` bytes. */
const ALLOCATORS: Record<string, (size: number) => number> = {
  NdisAllocateMemory: (size) => {
    lab.setU32(lab.out, POISON);
    const status = lab.ddi.NdisAllocateMemory(lab.out, size, 0, lab.length);
    expect(status).toBe(lab.u32(lab.out) === 0 ? NDIS_STATUS.NDIS_STATUS_FAILURE : NDIS_STATUS.NDIS_STATUS_SUCCESS);
    return lab.u32(lab.out);
  },
  NdisAllocateMemoryWithTag: (size) => {
    lab.setU32(lab.out, POISON);
    const status = lab.ddi.NdisAllocateMemoryWithTag(lab.out, size, TAG);
    expect(status).toBe(lab.u32(lab.out) === 0 ? NDIS_STATUS.NDIS_STATUS_FAILURE : NDIS_STATUS.NDIS_STATUS_SUCCESS);
    return lab.u32(lab.out);
  },
  NdisAllocateMemoryWithTagPriority: (size) => lab.ddi.NdisAllocateMemoryWithTagPriority(0, size, TAG, 16),
  ExAllocatePool: (size) => lab.ddi.ExAllocatePool(0, size),
  ExAllocatePoolWithTag: (size) => lab.ddi.ExAllocatePoolWithTag(0, size, TAG),
  ExAllocatePoolWithTagPriority: (size) => lab.ddi.ExAllocatePoolWithTagPriority(0, size, TAG, 16),
  ExAllocatePoolWithQuotaTag: (size) => lab.ddi.ExAllocatePoolWithQuotaTag(8, size, TAG),
  ExAllocatePoolUninitialized: (size) => lab.ddi.ExAllocatePoolUninitialized(0, size, TAG),
  ExAllocatePoolPriorityUninitialized: (size) => lab.ddi.ExAllocatePoolPriorityUninitialized(0, size, TAG, 16),
  ExAllocatePoolPriorityZero: (size) => lab.ddi.ExAllocatePoolPriorityZero(0, size, TAG, 16),
  ExAllocatePoolZero: (size) => lab.ddi.ExAllocatePoolZero(0, size, TAG),
  ExAllocatePool2: (size) => lab.ddi.ExAllocatePool2(64n, size, TAG),
};

/** The tag of what these give, which have no parameter for one. */
const OWN_TAGS: Record<string, string> = { NdisAllocateMemory: "NDam", ExAllocatePool: " kdD" };

/** Each way to free a block. */
const FREES: Record<string, (address: number, tag: number) => void> = {
  NdisFreeMemory: (address) => lab.ddi.NdisFreeMemory(address, 0, 0),
  NdisFreeMemoryWithTag: (address, tag) => lab.ddi.NdisFreeMemoryWithTag(address, tag),
  NdisFreeMemoryWithTagPriority: (address, tag) => lab.ddi.NdisFreeMemoryWithTagPriority(0, address, tag),
  ExFreePoolWithTag: (address, tag) => lab.ddi.ExFreePoolWithTag(address, tag),
  ExFreePool: (address) => lab.ddi.ExFreePool(address),
};

/** ndis5 §4. */
describe.each(Object.entries(ALLOCATORS))("%s", (name, allocate) => {
  const tag = name in OWN_TAGS ? poolTag(OWN_TAGS[name]) : TAG;

  it("gives a block of the driver's with its size and tag", () => {
    const block = allocate(100);
    expect(lab.machine.nonpaged.find(block)).toEqual({
      address: block,
      size: 100,
      tag,
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
    FREES[free](block, tag);
    expect(lab.machine.nonpaged.liveBytes).toBe(new Lab({ memorySize: 1 << 18 }).machine.nonpaged.liveBytes);
    expect(lab.rules).toEqual([]);
  });
});

it("fresh memory is zero-filled only where the page says so", () => {
  const filled = (block: number): boolean => lab.machine.memory.bytes(block, 100).every((byte) => byte === 0);
  const zero = Object.entries(ALLOCATORS).map(([name, allocate]) => [name, filled(allocate(200))] as const);
  expect(zero.filter(([, isZero]) => isZero).map(([name]) => name)).toEqual([
    "ExAllocatePoolPriorityZero",
    "ExAllocatePoolZero",
    "ExAllocatePool2",
  ]);
  expect(filled(lab.ddi.ExAllocatePool2(64n | 2n, 200, TAG))).toBe(false); // POOL_FLAG_UNINITIALIZED
});

it("ExAllocatePoolWithQuotaTag raises when memory is short, unless it is asked not to", () => {
  lab.machine.nonpaged.fault = () => true;
  expect(() => lab.ddi.ExAllocatePoolWithQuotaTag(0, 100, TAG)).toThrow("STATUS_INSUFFICIENT_RESOURCES");
});

/** ndis5 §4, F5-51 to F5-56. */
describe("bytes", () => {
  const A = STACK + 64;
  const bytes = (): number[] => [...lab.machine.memory.bytes(A, 8)];

  it("are cleared, filled, copied and compared, and no others", () => {
    const { ddi } = lab;
    lab.machine.memory.u8.set([1, 2, 3, 4, 5, 6, 7, 8], A);
    ddi.NdisZeroMemory(A + 1, 2);
    expect(bytes()).toEqual([1, 0, 0, 4, 5, 6, 7, 8]);
    ddi.NdisFillMemory(A + 3, 2, 0x1ff);
    expect(bytes()).toEqual([1, 0, 0, 0xff, 0xff, 6, 7, 8]);
    ddi.NdisMoveMemory(A, A + 5, 3);
    expect(bytes()).toEqual([6, 7, 8, 0xff, 0xff, 6, 7, 8]);
    expect([
      ddi.NdisEqualMemory(A, A + 5, 3),
      ddi.NdisEqualMemory(A, A + 5, 0),
      ddi.NdisEqualMemory(A, A + 4, 4),
    ]).toEqual([1, 1, 0]);
    expect(ddi.NdisEqualMemory(A, A + 5, 4)).toBe(0); // a difference in the last byte counts
  });

  it("of mapped memory are cleared and copied likewise", () => {
    for (const copy of ["NdisMoveMappedMemory", "NdisMoveToMappedMemory", "NdisMoveFromMappedMemory"] as const) {
      lab.machine.memory.u8.set([1, 2, 3, 4, 5, 6, 7, 8], A);
      lab.ddi[copy](A + 6, A, 2);
      expect(bytes()).toEqual([1, 2, 3, 4, 5, 6, 1, 2]);
    }
    lab.ddi.NdisZeroMappedMemory(A + 6, 2);
    expect(bytes()).toEqual([1, 2, 3, 4, 5, 6, 0, 0]);
  });

  it("make a ULONG at any address, the lowest first", () => {
    lab.machine.memory.u8.set([1, 2, 3, 4, 5, 6, 7, 8], A);
    lab.ddi.NdisStoreUlong(A + 1, 0xdead_beef);
    expect(bytes()).toEqual([1, 0xef, 0xbe, 0xad, 0xde, 6, 7, 8]);
    lab.ddi.NdisRetrieveUlong(A + 3, A + 1);
    expect(bytes()).toEqual([1, 0xef, 0xbe, 0xef, 0xbe, 0xad, 0xde, 8]);
  });

  it("are added up as 32 and 64 bits", () => {
    const { ddi } = lab;
    lab.setU32(A, 0x7fff_ffff);
    expect([ddi.NdisInterlockedIncrement(A), ddi.NdisInterlockedDecrement(A)]).toEqual([-0x8000_0000, 0x7fff_ffff]);
    lab.setU32(A, 0);
    expect(ddi.NdisInterlockedDecrement(A)).toBe(-1);
    for (const add of ["NdisInterlockedAddLargeStatistic", "ExInterlockedAddLargeStatistic"] as const) {
      lab.setU32(A, 0xffff_fff0);
      lab.setU32(A + 4, 7);
      ddi[add](A, 0xf);
      expect([lab.u32(A), lab.u32(A + 4)]).toEqual([0xffff_ffff, 7]);
      ddi[add](A, 0xffff_ffff);
      expect([lab.u32(A), lab.u32(A + 4)]).toEqual([0xffff_fffe, 8]);
    }
  });
});

it("the IRQL is raised and lowered by each of its names", () => {
  const { ddi, machine } = lab;
  ddi.KeRaiseIrql(5, STACK);
  expect([ddi.KeGetCurrentIrql(), ddi.NDIS_CURRENT_IRQL(), machine.memory.u8[STACK]]).toEqual([5, 5, 0]);
  ddi.KeLowerIrql(1);
  expect([ddi.KeRaiseIrqlToDpcLevel(), machine.irql.current]).toEqual([1, 2]);
  ddi.KfLowerIrql(0);
  expect([ddi.KfRaiseIrql(2), machine.irql.current]).toEqual([0, 2]);
  ddi.NDIS_LOWER_IRQL(1, 1); // nothing to do, it says
  expect(machine.irql.current).toBe(2);
  ddi.NDIS_LOWER_IRQL(1, 2);
  ddi.NDIS_RAISE_IRQL_TO_DISPATCH(STACK);
  expect([machine.irql.current, machine.memory.u8[STACK]]).toEqual([2, 1]);
});
