import { describe, expect, it } from "vitest";
import { hexAddress } from "../memory/address.js";
import { Lab, TAG } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

let head = 0;
let lock = 0;

/** An empty ring and its lock, and blocks of the driver to put on it. */
function setUp(lab: Lab): (line: number) => number {
  head = lab.block(8);
  lock = lab.block(8);
  lab.ddi.NdisInitializeListHead(head);
  lab.ddi.NdisAllocateSpinLock(lock);
  return (line) => onLine(lab, line, () => lab.ddi.ExAllocatePoolWithTag(0, 32, TAG));
}

/** Calls that touch an entry of a ring that has one. */
const TOUCHES: Record<string, (lab: Lab, fresh: number) => void> = {
  ExInterlockedInsertHeadList: (lab, fresh) => lab.ddi.ExInterlockedInsertHeadList(head, fresh, lock),
  ExInterlockedInsertTailList: (lab, fresh) => lab.ddi.ExInterlockedInsertTailList(head, fresh, lock),
  ExInterlockedRemoveHeadList: (lab) => lab.ddi.ExInterlockedRemoveHeadList(head, lock),
  NdisInterlockedInsertHeadList: (lab, fresh) => lab.ddi.NdisInterlockedInsertHeadList(head, fresh, lock),
  NdisInterlockedInsertTailList: (lab, fresh) => lab.ddi.NdisInterlockedInsertTailList(head, fresh, lock),
  NdisInterlockedRemoveHeadList: (lab) => lab.ddi.NdisInterlockedRemoveHeadList(head, lock),
};

describe.each(Object.entries(TOUCHES))("%s", (name, touch) => {
  it("MEM-UAF of an entry that was freed on its list", () => {
    const act =
      (early: boolean): Act =>
      (lab) => {
        const allocate = setUp(lab);
        const [entry, fresh] = [allocate(10), allocate(11)];
        lab.ddi.NdisInterlockedInsertTailList(head, entry, lock);
        if (early) onLine(lab, 20, () => lab.ddi.ExFreePool(entry));
        onLine(lab, 21, () => touch(lab, fresh));
        if (!early) lab.ddi.ExFreePool(entry);
        lab.ddi.ExFreePool(fresh);
      };
    const finding = planted("MEM-UAF", act(true), act(false));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 21 }, allocatedAt: { line: 10 } });
    expectTells(finding, name, "driver.c:20");
  });

  it("SPIN-UNINIT and SPIN-RECUR of its lock", () => {
    const lab = new Lab();
    setUp(lab);
    lab.ddi.NdisFreeSpinLock(lock);
    touch(lab, lab.block(8));
    lab.ddi.NdisInitializeListHead(head);
    expect(lab.takeRules()).toEqual(["SPIN-UNINIT"]);
    lab.ddi.NdisAcquireSpinLock(lock);
    expect(() => touch(lab, lab.block(8))).toThrow("spin lock");
    expectTells(lab.onlyFinding("SPIN-RECUR"), name, hexAddress(lock));
  });

  it("leaves lock and IRQL as they were", () => {
    const lab = new Lab();
    setUp(lab);
    lab.machine.irql.at(1, () => {
      touch(lab, lab.block(8));
      expect(lab.machine.irql.current).toBe(1);
    });
    expect([lab.machine.locks.held(lock), lab.rules]).toEqual([false, []]);
  });
});

it("MEM-UAF of the entry that is inserted, and of an entry that a lookaside list has back", () => {
  const lab = new Lab();
  const allocate = setUp(lab);
  const block = allocate(1);
  lab.ddi.ExFreePool(block);
  expect(lab.ddi.ExInterlockedInsertTailList(head, block + 8, lock)).toBe(0);
  expect(lab.takeRules()).toEqual(["MEM-UAF"]);
  expect(lab.u32(head)).toBe(head); // nothing was done
  const list = lab.block(128);
  lab.ddi.ExInitializeNPagedLookasideList(list, 0, 0, 0, 32, TAG, 0);
  const entry = lab.ddi.ExAllocateFromNPagedLookasideList(list);
  lab.ddi.ExInterlockedInsertTailList(head, entry, lock);
  lab.ddi.ExFreeToNPagedLookasideList(list, entry);
  lab.ddi.ExInterlockedInsertTailList(head, lab.block(8), lock);
  expect(lab.rules).toEqual(["MEM-UAF"]);
});

it("MEM-UAF of a singly linked list", () => {
  const lab = new Lab();
  const allocate = setUp(lab);
  lab.setU32(head, 0);
  const [a, b] = [allocate(1), allocate(2)];
  expect(lab.ddi.ExInterlockedPushEntryList(head, a, lock)).toBe(0);
  expect(lab.ddi.ExInterlockedPushEntryList(head, b, lock)).toBe(a);
  expect([lab.ddi.ExInterlockedPopEntryList(head, lock), lab.rules]).toEqual([b, []]);
  lab.ddi.ExFreePool(a);
  expect(lab.ddi.ExInterlockedPopEntryList(head, lock)).toBe(0);
  lab.onlyFinding("MEM-UAF");
});
