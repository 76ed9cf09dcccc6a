import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Machine } from "../ddi/machine.js";
import { createDdi } from "../ddi/table.js";
import { SharedMemory } from "../memory/shared-memory.js";
import { Lab, TAG } from "../testing/lab.js";
import { onLine } from "../testing/planted.js";
import type { Finding } from "./finding.js";
import { guards } from "./guards.js";
import { RULES } from "./rule.js";
import { Verifier } from "./verifier.js";

const locate = (line: number) => ({ file: "driver.c", line, function: "f" });

describe("a finding", () => {
  it("has its place, the object's, and the severity of its rule", () => {
    const lab = new Lab({ locate });
    const block = onLine(lab, 10, () => lab.ddi.ExAllocatePoolWithTag(0, 8, TAG));
    onLine(lab, 20, () => lab.ddi.ExFreePool(block));
    onLine(lab, 30, () => lab.ddi.ExFreePool(block));
    expect(lab.verifier.findings).toEqual([
      {
        rule: "MEM-DFREE",
        severity: "bug",
        message: expect.stringContaining("driver.c:20"),
        at: { file: "driver.c", line: 30, function: "f" },
        allocatedAt: { file: "driver.c", line: 10, function: "f" },
        object: { kind: "memory", address: block },
        count: 1,
      },
    ]);
  });

  it("from TypeScript has no place, and says so where it names one", () => {
    const lab = new Lab({ locate });
    const block = lab.ddi.ExAllocatePoolWithTag(0, 8, TAG);
    for (let i = 0; i < 2; i++) lab.ddi.ExFreePool(block);
    expect(lab.verifier.findings).toMatchObject([
      { at: null, allocatedAt: null, message: expect.stringContaining("an unknown place") },
    ]);
  });

  it("is counted when the same call breaks the same rule on objects from the same place", () => {
    const lab = new Lab({ locate });
    const free = (line: number, block: number): void => onLine(lab, line, () => lab.ddi.ExFreePool(block));
    const allocate = (line: number): number => onLine(lab, line, () => lab.ddi.ExAllocatePoolWithTag(0, 8, TAG));
    for (let i = 0; i < 3; i++) {
      const block = allocate(10);
      free(20, block);
      free(30, block);
    }
    const other = allocate(11);
    free(20, other);
    free(30, other); // from another place
    free(31, other); // in another call
    expect(lab.verifier.findings.map(({ at, allocatedAt, count }) => [allocatedAt?.line, at?.line, count])).toEqual([
      [10, 30, 3],
      [11, 30, 1],
      [11, 31, 1],
    ]);
  });

  it("without a place is counted by its message", () => {
    const lab = new Lab();
    const [a, b] = [1, 2].map(() => lab.ddi.ExAllocatePoolWithTag(0, 8, TAG));
    for (const block of [a, b, b, a, a]) lab.ddi.ExFreePool(block);
    expect(lab.verifier.findings.map(({ object, count }) => [object?.address, count])).toEqual([
      [b, 1],
      [a, 2],
    ]);
  });

  it("is told once, when it is new", () => {
    const told: Finding[] = [];
    const machine = new Machine({ memorySize: 1 << 20 });
    const verifier = new Verifier(machine, { onFinding: (finding) => told.push(finding) });
    const ddi = verifier.wrap(createDdi(machine));
    for (let i = 0; i < 3; i++) ddi.ExFreePool(0x123_4560);
    expect(told).toEqual(verifier.findings);
    expect(told).toMatchObject([{ rule: "MEM-BADADDR", count: 3 }]);
  });
});

describe("the verifier", () => {
  it("is in front of one machine only, and absent where it is not asked for", () => {
    const lab = new Lab();
    lab.plain.ExFreePool(0x123_4560);
    expect(lab.rules).toEqual([]);
    const other = new Lab();
    lab.ddi.ExFreePool(0x123_4560);
    expect([lab.rules, other.rules]).toEqual([["MEM-BADADDR"], []]);
  });

  it("changes nothing of what a correct driver gets", () => {
    const [bare, verified] = (["plain", "ddi"] as const).map((face) => {
      const lab = new Lab();
      const ddi = lab[face];
      const pool = ddi.NdisAllocateNetBufferPool(0, lab.netBufferPoolParameters(64));
      const results: unknown[] = [pool];
      for (let i = 1; i <= 100; i++) {
        const nb = ddi.NdisAllocateNetBufferMdlAndData(pool);
        results.push(nb, ddi.NdisRetreatNetBufferDataStart(nb, i, 8, 0), ddi.NdisGetDataBuffer(nb, i, 0, 1, 0));
        ddi.NdisAdvanceNetBufferDataStart(nb, i, 1, 0);
        if (i % 3 === 0) ddi.NdisFreeNetBuffer(nb);
      }
      return { results, memory: lab.machine.memory.u8, findings: lab.rules };
    });
    expect([verified.results, verified.findings]).toEqual([bare.results, bare.findings]);
    expect(Buffer.compare(verified.memory, bare.memory)).toBe(0);
  });

  it("makes no finding for a driver that loses nothing, nor twice for what is lost", () => {
    const lab = new Lab();
    lab.verifier.finish();
    expect(lab.rules).toEqual([]);
    lab.ddi.ExAllocatePoolWithTag(0, 8, TAG);
    lab.verifier.finish();
    lab.onlyFinding("MEM-LEAK");
  });
});

/** Rules about the driver's own code and time, which only a loaded driver can break. */
const OF_LOADED_DRIVERS = ["TIME-WATCHDOG", "DRIVER-TRAP", "DRIVER-TIMEOUT"];

it("every rule has a planted mistake and a correct twin, or needs a loaded driver", () => {
  const folder = new URL(".", import.meta.url);
  const text = readdirSync(folder)
    .filter((name) => name.endsWith("-rules.test.ts"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"))
    .join("");
  const planted = Object.keys(RULES).filter((rule) => text.includes(`"${rule}`));
  expect(Object.keys(RULES).filter((rule) => !planted.includes(rule) && !OF_LOADED_DRIVERS.includes(rule))).toEqual([]);
});

it("guards stand before functions of the table only", () => {
  const lab = new Lab({ memorySize: 1 << 18 });
  expect(Object.keys(guards).filter((name) => !(name in lab.plain))).toEqual([]);
});

it("does not stand in front of a processor of a shared memory", () => {
  const { processors } = new SharedMemory({ processors: 1, memorySize: 1 << 20 });
  expect(() => new Verifier(new Machine({ processor: processors[0] }))).toThrow(
    "The verifier follows one processor: make the machine without a shared memory.",
  );
});
