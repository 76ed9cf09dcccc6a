import { describe, expect, it } from "vitest";
import { createDdi, type DdiName, ENTRIES } from "../ddi/table.js";
import { NDIS_STATUS } from "../layout/status.js";
import { Lab, TAG } from "../testing/lab.js";
import { allocates, FaultPlan, type Faults } from "./fault-plan.js";

/** A lab whose `ddi` is that of a driver with a plan; `plain` is the host's and is not counted. */
function setUp(faults: Faults) {
  const lab = new Lab({ memorySize: 1 << 20 });
  let line = 0;
  const plan = new FaultPlan(lab.machine, faults, () => ({ file: "driver.c", line: ++line, function: "f" }));
  const ddi = plan.wrap(createDdi(lab.machine));
  return { lab, plan, ddi };
}

describe("allocation N", () => {
  it("is the Nth call that needs memory, whether a slot is at hand or not", () => {
    const { lab, plan, ddi } = setUp({ allocation: [2, 4] });
    const block = lab.block(100);
    const made = Array.from({ length: 6 }, () => ddi.NdisAllocateMdl(0, block, 100));
    expect(made.map((mdl) => mdl !== 0)).toEqual([true, false, true, false, true, true]);
    expect(plan.report()).toEqual([
      { kind: "allocation", number: 2, happened: true, at: { file: "driver.c", line: 1, function: "f" } },
      { kind: "allocation", number: 4, happened: true, at: { file: "driver.c", line: 2, function: "f" } },
    ]);
  });

  it("counts calls of every kind together, each as its function fails", () => {
    for (let number = 1; number <= 6; number++) {
      const { lab, ddi } = setUp({ allocation: number });
      const block = lab.block(100);
      const pool = lab.netBufferPool(64);
      const chain = lab.chain([10]);
      const status = ddi.NdisAllocateMemoryWithTag(lab.out, 10, TAG);
      const results = [
        lab.u32(lab.out),
        ddi.IoAllocateMdl(block, 10, 0, 0, 0),
        ddi.NdisAllocateNetBufferMdlAndData(pool),
        ddi.NdisAllocateNetBufferPool(0, lab.netBufferPoolParameters()),
        ddi.ExAllocatePoolWithTag(0, 10, TAG),
      ];
      ddi.NdisAllocateBuffer(lab.status, lab.out, lab.bufferPool(3), block, 10);
      results.push(lab.u32(lab.out));
      expect(results.map((result) => result === 0)).toEqual(results.map((_, index) => index === number - 1));
      expect(status).toBe(number === 1 ? NDIS_STATUS.NDIS_STATUS_FAILURE : NDIS_STATUS.NDIS_STATUS_SUCCESS);
      expect(lab.u32(lab.status)).toBe(number === 6 ? NDIS_STATUS.NDIS_STATUS_FAILURE : 0);
      expect(chain).not.toBe(0);
    }
  });

  it("is none of a retreat that needs no memory, and one of a retreat that does", () => {
    const { lab, ddi } = setUp({ allocation: 1 });
    const nb = lab.netBuffer([100], 20, 10);
    expect(ddi.NdisRetreatNetBufferDataStart(nb, 20, 0, 0)).toBe(NDIS_STATUS.NDIS_STATUS_SUCCESS);
    expect(ddi.NdisRetreatNetBufferDataStart(nb, 1, 0, 0)).toBe(NDIS_STATUS.NDIS_STATUS_RESOURCES);
    expect(ddi.NdisRetreatNetBufferDataStart(nb, 1, 0, 0)).toBe(NDIS_STATUS.NDIS_STATUS_SUCCESS);
  });

  it("within a retreat, the driver's own handler is counted for itself", () => {
    const { lab, plan, ddi } = setUp({ allocation: 4 }); // memory, MDL, what the retreat notes; then this
    const nb = lab.netBuffer([100], 0, 10);
    let inside = 0;
    const handler = lab.machine.callbacks.register(() => {
      inside = ddi.NdisAllocateMemoryWithTagPriority(0, 10, TAG, 16);
      return inside === 0 ? 0 : ddi.NdisAllocateMdl(0, inside, 10);
    });
    expect(ddi.NdisRetreatNetBufferDataStart(nb, 10, 0, handler)).toBe(NDIS_STATUS.NDIS_STATUS_SUCCESS);
    expect(inside).not.toBe(0);
    expect(ddi.NdisAllocateMdl(0, inside, 1)).toBe(0);
    expect(plan.report()).toMatchObject([{ happened: true }]);
  });

  it("loses no slot: what was withheld is handed out again", () => {
    const { lab, ddi } = setUp({ allocation: 50 });
    const block = lab.block(100);
    const first = new Set<number>();
    for (let i = 0; i < 20; i++) {
      const pair = [ddi.NdisAllocateMdl(0, block, 10), ddi.NdisAllocateMdl(0, block, 10)];
      for (const mdl of pair) {
        first.add(mdl);
        ddi.NdisFreeMdl(mdl);
      }
    }
    expect(first.size).toBeLessThanOrEqual(2);
  });

  it("host calls are not counted, and get what they ask for", () => {
    const { lab, plan, ddi } = setUp({ allocation: 1 });
    for (let i = 0; i < 5; i++) expect(lab.chain([10])).not.toBe(0);
    expect(plan.report()).toMatchObject([{ happened: false, at: null }]);
    expect(ddi.NdisAllocateMdl(0, lab.block(10), 10)).toBe(0);
    expect(lab.chain([10])).not.toBe(0);
  });
});

describe("mapping N", () => {
  it("is the Nth mapping that has to be made", () => {
    const { lab, plan, ddi } = setUp({ mapping: [1, 3] });
    const mdls = [0, 1, 2].map(() => {
      const mdl = lab.plain.IoAllocateMdl(lab.block(10), 10, 0, 0, 0);
      lab.plain.MmProbeAndLockPages(mdl, 0, 0);
      return mdl;
    });
    const address = (mdl: number): boolean => ddi.MmGetSystemAddressForMdlSafe(mdl, 16) !== 0;
    expect([...mdls, ...mdls].map(address)).toEqual([false, true, false, true, true, true]);
    expect(plan.report().map(({ kind, number, happened }) => [kind, number, happened])).toEqual([
      ["mapping", 1, true],
      ["mapping", 3, true],
    ]);
  });
});

it.each([0, -1, 1.5, Number.NaN, 2 ** 60])("%d is not the number of a request", (number) => {
  expect(() => setUp({ allocation: number })).toThrow(/faults\.allocation is a whole number from 1 on/);
  expect(() => setUp({ mapping: [1, number] })).toThrow(/faults\.mapping/);
});

it("what allocates is known by its name", () => {
  const names = (Object.keys(ENTRIES) as DdiName[]).filter(allocates);
  for (const name of ["NdisAllocateMdl", "IoAllocateMdl", "ExAllocatePool2", "NdisCopyBuffer"] as const)
    expect(names).toContain(name);
  expect(names.filter((name) => /Free|SpinLock/.test(name))).toEqual([]);
  expect(names).not.toContain("NdisAllocateBufferPool");
});
