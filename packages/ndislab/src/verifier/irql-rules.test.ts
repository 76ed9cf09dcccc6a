import { expect, it } from "vitest";
import { ENTRIES } from "../ddi/table.js";
import { NDIS_SPIN_LOCK } from "../layout/spin-lock.js";
import { Lab, TAG } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";
import type { RuleId } from "./rule.js";

/** An NDIS above that takes everything. */
function withModel(lab: Lab): void {
  lab.machine.model = new Proxy(lab.machine.model, { get: () => () => 0 });
}

/** What is needed for one call, and the call. */
const CALLS: [RuleId, (lab: Lab) => () => unknown][] = [
  [
    "NB-IRQL",
    (lab) => {
      const nb = lab.plain.NdisAllocateNetBuffer(
        lab.plain.NdisAllocateNetBufferPool(0, lab.netBufferPoolParameters()),
        0,
        0,
        0,
      );
      return () => lab.ddi.NdisGetPoolFromNetBuffer(nb);
    },
  ],
  [
    "BUF-IRQL",
    (lab) => {
      const mdl = lab.chain([1]);
      return () => lab.ddi.NdisQueryBuffer(mdl, lab.out, lab.length);
    },
  ],
  [
    "MEM-IRQL",
    (lab) => {
      const block = lab.ddi.ExAllocatePoolWithTag(0, 10, TAG);
      return () => lab.ddi.ExFreePool(block);
    },
  ],
  [
    "SR-IRQL",
    (lab) => {
      withModel(lab);
      return () => lab.ddi.NdisFSendNetBufferLists(1, 0, 0, 0);
    },
  ],
];

/** verifier-rules §1: each message tells the IRQL seen, the limit, and the remedy. */
it.each(CALLS)("%s", (rule, prepare) => {
  const act =
    (irql: number): Act =>
    (lab) => {
      const call = prepare(lab);
      lab.machine.irql.at(irql, () => onLine(lab, 12, call));
    };
  const finding = planted(rule, act(3), act(2));
  expect(finding).toMatchObject({ severity: "bug", at: { file: "driver.c", line: 12 } });
  expectTells(finding, "IRQL 3", "DISPATCH_LEVEL (2)", "DPC");
});

it("every function with a limit is held to it, at the limit and above", () => {
  for (const [name, { irql, irqlRule, c }] of Object.entries(ENTRIES)) {
    if (irql === undefined || irqlRule === undefined || irql > 2 || c === undefined) continue;
    const lab = new Lab({ memorySize: 1 << 18 });
    withModel(lab);
    const limited = lab.verifier.wrap(
      new Proxy({} as typeof lab.plain, { get: () => (_: number) => 0 }),
    ) as unknown as Record<string, (a: number) => unknown>;
    const call = (level: number): string[] => {
      lab.machine.irql.at(level, () => {
        try {
          limited[name](0);
        } catch {
          // the arguments make no sense: only the check in front of the call counts here
        }
      });
      return lab.takeRules().filter((rule) => rule === irqlRule);
    };
    expect(call(irql), name).toEqual([]);
    expect(call(irql + 1), name).toEqual([irqlRule]);
  }
});

it("SPIN-IRQL-ACQ", () => {
  const act =
    (irql: number): Act =>
    (lab) => {
      const lock = lab.block(NDIS_SPIN_LOCK.size);
      lab.ddi.NdisAllocateSpinLock(lock);
      lab.machine.irql.current = irql;
      lab.ddi.NdisAcquireSpinLock(lock);
      lab.machine.irql.current = 2;
      lab.ddi.NdisReleaseSpinLock(lock);
    };
  const finding = planted("SPIN-IRQL-ACQ", act(3), act(2));
  expectTells(finding, "NdisAcquireSpinLock", "IRQL 3");
  expect(finding.severity).toBe("bug");
});

it("SPIN-IRQL-REL", () => {
  for (const [level, name] of [
    [0, "PASSIVE_LEVEL (0)"],
    [1, "APC_LEVEL (1)"],
    [3, "IRQL 3"],
  ] as const) {
    const act =
      (irql: number): Act =>
      (lab) => {
        const lock = lab.block(NDIS_SPIN_LOCK.size);
        lab.ddi.NdisAllocateSpinLock(lock);
        lab.ddi.NdisAcquireSpinLock(lock);
        lab.machine.irql.current = irql;
        lab.ddi.NdisReleaseSpinLock(lock);
        expect(lab.machine.locks.held(lock)).toBe(false);
      };
    const finding = planted("SPIN-IRQL-REL", act(level), act(2));
    expectTells(finding, "NdisReleaseSpinLock", name);
    expect(finding.severity).toBe("bug");
  }
});

it("SR-IRQL of what is for PASSIVE_LEVEL alone advises a work item, since a DPC runs above it", () => {
  const act =
    (irql: number): Act =>
    (lab) => {
      withModel(lab);
      lab.machine.irql.at(irql, () => onLine(lab, 12, () => lab.ddi.NdisFRestartComplete(1, 0)));
    };
  expectTells(planted("SR-IRQL", act(2), act(0)), "DISPATCH_LEVEL (2)", "PASSIVE_LEVEL (0)", "work item");
});
