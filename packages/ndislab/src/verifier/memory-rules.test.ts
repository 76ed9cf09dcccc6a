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

/** The functions that allocate `size` bytes with a tag; what frees all of them is ExFreePool. */
const ALLOCATIONS: Record<string, (lab: Lab, size: number, tag: number) => number> = {
  NdisAllocateMemoryWithTag: (lab, size, tag) =>
    lab.ddi.NdisAllocateMemoryWithTag(lab.out, size, tag) || lab.u32(lab.out),
  NdisAllocateMemoryWithTagPriority: (lab, size, tag) => lab.ddi.NdisAllocateMemoryWithTagPriority(0, size, tag, 0),
  ExAllocatePoolWithTag: (lab, size, tag) => lab.ddi.ExAllocatePoolWithTag(0, size, tag),
  ExAllocatePoolWithTagPriority: (lab, size, tag) => lab.ddi.ExAllocatePoolWithTagPriority(0, size, tag, 0),
  ExAllocatePoolWithQuotaTag: (lab, size, tag) => lab.ddi.ExAllocatePoolWithQuotaTag(8, size, tag),
  ExAllocatePoolUninitialized: (lab, size, tag) => lab.ddi.ExAllocatePoolUninitialized(0, size, tag),
  ExAllocatePoolZero: (lab, size, tag) => lab.ddi.ExAllocatePoolZero(0, size, tag),
  ExAllocatePoolPriorityUninitialized: (lab, size, tag) => lab.ddi.ExAllocatePoolPriorityUninitialized(0, size, tag, 0),
  ExAllocatePoolPriorityZero: (lab, size, tag) => lab.ddi.ExAllocatePoolPriorityZero(0, size, tag, 0),
  ExAllocatePool2: (lab, size, tag) => lab.ddi.ExAllocatePool2(64n, size, tag),
};

describe.each(Object.entries(ALLOCATIONS))("%s", (name, allocate) => {
  const act =
    (size: number, tag: number): Act =>
    (lab) => {
      const got = onLine(lab, 10, () => allocate(lab, size, tag));
      if (got !== 0) lab.ddi.ExFreePool(got);
    };

  it("MEM-ZERO and MEM-TAG", () => {
    const zero = planted("MEM-ZERO", act(0, TAG), act(1, TAG));
    expect(zero).toMatchObject({ severity: "error", at: { line: 10 } });
    expectTells(zero, name, "0 bytes");
    const untagged = planted("MEM-TAG", act(1, 0), act(1, TAG));
    expect(untagged).toMatchObject({ severity: "warn", at: { line: 10 } });
    expectTells(untagged, name);
  });
});

it.each(["NdisFreeMemoryWithTag", "NdisFreeMemoryWithTagPriority", "ExFreePoolWithTag"] as const)(
  "%s: MEM-WRONGTAG, and the block is freed all the same",
  (name) => {
    const act =
      (tag: number): Act =>
      (lab) => {
        const got = onLine(lab, 10, () => lab.ddi.NdisAllocateMemoryWithTagPriority(0, 8, TAG, 0));
        onLine(lab, 20, () =>
          name === "NdisFreeMemoryWithTagPriority" ? lab.ddi[name](0, got, tag) : lab.ddi[name](got, tag),
        );
        expect(lab.machine.nonpaged.find(got)?.live).toBe(false);
      };
    const finding = planted("MEM-WRONGTAG", act(TAG + 1), act(TAG));
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, allocatedAt: { line: 10 } });
    expectTells(finding, name, "'Test'", "'Uest'");
  },
);

describe("NdisAllocateMemory and NdisFreeMemory by MemoryFlags", () => {
  const CONTIGUOUS = 1;
  const NONCACHED = 2;
  const act =
    (given: number, freed: number, length = 100): Act =>
    (lab) => {
      onLine(lab, 10, () => lab.ddi.NdisAllocateMemory(lab.out, 100, given, lab.length));
      onLine(lab, 20, () => lab.ddi.NdisFreeMemory(lab.u32(lab.out), length, freed));
    };

  it("MEM-WRONGFLAGS", () => {
    for (const [given, freed] of [
      [0, CONTIGUOUS],
      [CONTIGUOUS, 0],
      [CONTIGUOUS, CONTIGUOUS | NONCACHED],
    ]) {
      const finding = planted("MEM-WRONGFLAGS", act(given, freed), act(given, given));
      expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, allocatedAt: { line: 10 } });
      expectTells(finding, `MemoryFlags ${given}`, `freed with ${freed}`);
    }
    expectTells(planted("MEM-WRONGFLAGS", act(NONCACHED, NONCACHED, 99), act(0, 0, 99)), "100 bytes", "length of 99");
    const others: Record<string, (lab: Lab, block: number) => void> = {
      NdisFreeMemoryWithTagPriority: (lab, block) => lab.ddi.NdisFreeMemoryWithTagPriority(0, block, 0),
      NdisFreeMemoryWithTag: (lab, block) => lab.ddi.NdisFreeMemoryWithTag(block, 0),
      ExFreePoolWithTag: (lab, block) => lab.ddi.ExFreePoolWithTag(block, 0),
      ExFreePool: (lab, block) => lab.ddi.ExFreePool(block),
    };
    for (const [name, free] of Object.entries(others)) {
      const lab = new Lab();
      lab.ddi.NdisAllocateMemory(lab.out, 100, NONCACHED, lab.length);
      free(lab, lab.u32(lab.out));
      expectTells(lab.onlyFinding("MEM-WRONGFLAGS"), name);
    }
  });

  it("MEM-IRQL", () => {
    for (const [flags, limit] of [
      [CONTIGUOUS, 0],
      [NONCACHED, 1],
      [0, 2],
    ])
      for (const level of [0, 1, 2]) {
        const lab = new Lab();
        lab.machine.irql.at(level, () => act(flags, flags)(lab));
        expect(lab.rules, `flags ${flags} at ${level}`).toEqual(level > limit ? ["MEM-IRQL", "MEM-IRQL"] : []);
      }
    const lab = new Lab();
    lab.machine.irql.at(3, () => lab.ddi.NdisAllocateMemory(lab.out, 100, CONTIGUOUS, lab.length));
    expectTells(lab.onlyFinding("MEM-IRQL"), "IRQL 3", "DISPATCH_LEVEL (2)"); // once
  });

  it("unknown flags fail", () => {
    const lab = new Lab();
    expect(lab.ddi.NdisAllocateMemory(lab.out, 100, 4, lab.length) >>> 0).toBe(0xc000_0001);
    expect([lab.u32(lab.out), lab.rules]).toEqual([0, []]);
  });
});

it("MEM-OVERLAP", () => {
  const act =
    (to: number): Act =>
    (lab) =>
      onLine(lab, 20, () => lab.ddi.NdisMoveMemory(STACK + 64 + to, STACK + 64, 16));
  for (const to of [1, -1, 15, -15])
    for (const apart of [16, -16, 0]) {
      const finding = planted("MEM-OVERLAP", act(to), act(apart));
      expect(finding).toMatchObject({ severity: "error", at: { line: 20 } });
      expectTells(finding, "16 bytes", hexAddress(STACK + 64), `${Math.abs(to)} bytes apart`, "RtlMoveMemory");
    }
});

it("MEM-IRQL of paged memory", () => {
  for (const allocate of [
    (lab: Lab) => lab.ddi.ExAllocatePoolWithTag(1, 8, TAG),
    (lab: Lab) => lab.ddi.ExAllocatePool2(0x100n, 8, TAG),
  ]) {
    const at =
      (level: number): Act =>
      (lab) =>
        lab.ddi.ExFreePool(lab.machine.irql.at(level, () => allocate(lab)));
    expectTells(planted("MEM-IRQL", at(2), at(1)), "paged", "APC_LEVEL (1)");
    const freedAt =
      (level: number): Act =>
      (lab) => {
        const got = allocate(lab);
        lab.machine.irql.at(level, () => lab.ddi.ExFreePool(got));
      };
    planted("MEM-IRQL", freedAt(2), freedAt(1));
  }
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
