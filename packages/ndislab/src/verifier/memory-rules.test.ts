import { describe, expect, it } from "vitest";
import { hexAddress } from "../memory/address.js";
import { Lab, STACK, TAG } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

let block = 0;

/** A block of 100 bytes of the driver, freed at the end. */
const withBlock =
  (act: (lab: Lab) => void): Act =>
  (lab) => {
    block = onLine(lab, 10, () => lab.ddi.NdisAllocateMemoryWithTagPriority(0, 100, TAG, 0));
    act(lab);
    onLine(lab, 90, () => lab.ddi.NdisFreeMemoryWithTagPriority(0, block, TAG));
  };

const NOTHING = withBlock(() => {});

/** The functions that free memory. */
const FREES: Record<string, (lab: Lab, address: number) => void> = {
  NdisFreeMemory: (lab, address) => lab.ddi.NdisFreeMemory(address, 0, 0),
  NdisFreeMemoryWithTag: (lab, address) => lab.ddi.NdisFreeMemoryWithTag(address, TAG),
  NdisFreeMemoryWithTagPriority: (lab, address) => lab.ddi.NdisFreeMemoryWithTagPriority(0, address, TAG),
  ExFreePoolWithTag: (lab, address) => lab.ddi.ExFreePoolWithTag(address, TAG),
  ExFreePool: (lab, address) => lab.ddi.ExFreePool(address),
};

/** verifier-rules §13. */
describe.each(Object.entries(FREES))("%s", (name, free) => {
  it("MEM-DFREE", () => {
    const twice: Act = (lab) => {
      block = onLine(lab, 10, () => lab.ddi.ExAllocatePoolWithTag(0, 100, TAG));
      for (const line of [20, 21]) onLine(lab, line, () => free(lab, block));
    };
    const finding = planted("MEM-DFREE", twice, NOTHING);
    const object = { kind: "memory", address: block };
    expect(finding).toMatchObject({ severity: "bug", at: { line: 21 }, allocatedAt: { line: 10 }, object });
    expectTells(finding, name, hexAddress(block), "driver.c:20");
  });

  it("MEM-BADADDR", () => {
    const wrong = (address: () => number): Act => withBlock((lab) => onLine(lab, 20, () => free(lab, address())));
    const inside = planted(
      "MEM-BADADDR",
      wrong(() => block + 16),
      NOTHING,
    );
    expect(inside).toMatchObject({
      severity: "bug",
      at: { line: 20 },
      object: { kind: "memory", address: block + 16 },
    });
    expectTells(inside, name, hexAddress(block + 16), hexAddress(block), "100 bytes", "16");
    expectTells(
      planted(
        "MEM-BADADDR",
        wrong(() => STACK),
        NOTHING,
      ),
      hexAddress(STACK),
    );
    planted(
      "MEM-BADADDR",
      wrong(() => 0),
      NOTHING,
    );
  });

  it("MEM-OVERRUN", () => {
    const writing =
      (bytes: number[]): Act =>
      (lab) => {
        block = onLine(lab, 10, () => lab.ddi.ExAllocatePoolWithTag(0, 100, TAG));
        lab.machine.memory.u8.set(bytes, block + 98);
        onLine(lab, 20, () => free(lab, block));
      };
    const finding = planted("MEM-OVERRUN", writing([1, 2, 0xfd, 0xab, 0xcd]), writing([1, 2]));
    const object = { kind: "memory", address: block };
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, allocatedAt: { line: 10 }, object });
    expectTells(finding, hexAddress(block), "100 bytes", "offset 101", "ab cd fd");
  });
});

it("MEM-OVERRUN is said once, however often it is looked for", () => {
  const thorough =
    (over: boolean): Act =>
    (lab) => {
      const { verifier } = lab;
      block = onLine(lab, 10, () => lab.ddi.ExAllocatePoolWithTag(0, 100, TAG));
      if (over) lab.machine.memory.u8[block + 100] = 0;
      for (const line of [20, 21]) onLine(lab, line, () => verifier.callbackReturned("FilterSendNetBufferLists"));
      onLine(lab, 22, () => lab.ddi.ExFreePool(block));
    };
  const finding = planted("MEM-OVERRUN", thorough(true), thorough(false), { thorough: true });
  expect(finding).toMatchObject({ at: { line: 20 } });
  expectTells(finding, "FilterSendNetBufferLists", "offset 100");
  expect(planted("MEM-OVERRUN", thorough(true), thorough(false))).toMatchObject({ at: { line: 22 } });
});

it("MEM-OVERRUN is looked for again in a block that is used again", () => {
  const lab = new Lab();
  for (let round = 0; round < 2; round++) {
    const again = lab.ddi.ExAllocatePoolWithTag(0, 100, TAG);
    lab.machine.memory.u8[again + 100] = 0;
    lab.ddi.ExFreePool(again);
  }
  expect(lab.rules).toEqual(["MEM-OVERRUN", "MEM-OVERRUN"]);
});

it("MEM-LEAK", () => {
  const leaks: [(lab: Lab) => number, string][] = [
    [(lab) => lab.ddi.NdisAllocateMemoryWithTagPriority(0, 100, TAG, 0), "NdisFreeMemory"],
    [(lab) => lab.ddi.NdisAllocateMemoryWithTag(lab.out, 100, TAG) || lab.u32(lab.out), "NdisFreeMemory"],
    [(lab) => lab.ddi.ExAllocatePoolWithTag(0, 100, TAG), "ExFreePool"],
    [(lab) => lab.ddi.ExAllocatePoolZero(0, 100, TAG), "ExFreePool"],
    [(lab) => lab.ddi.ExAllocatePool2(64n, 100, TAG), "ExFreePool"],
  ];
  for (const [allocate, free] of leaks) {
    const leaking: Act = (lab) => {
      block = onLine(lab, 10, () => allocate(lab));
    };
    const finding = planted("MEM-LEAK", leaking, NOTHING);
    const object = { kind: "memory", address: block };
    expect(finding).toMatchObject({ severity: "error", at: { line: 10 }, allocatedAt: { line: 10 }, object });
    expectTells(finding, hexAddress(block), "100 bytes", "'Test'", free);
  }
});
