import { describe, expect, it } from "vitest";
import { NDIS_SPIN_LOCK } from "../layout/spin-lock.js";
import { hexAddress } from "../memory/address.js";
import { Lab } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

let locks: number[] = [];

/** Two initialised locks. */
function setUp(lab: Lab): void {
  locks = [1, 2].map(() => lab.block(NDIS_SPIN_LOCK.size));
  for (const lock of locks) lab.ddi.NdisAllocateSpinLock(lock);
}

/** verifier-rules §2. */
describe("SPIN-HELD", () => {
  /** Calls that give a descriptor, with the severity of C5. */
  const calls: [string, string, (lab: Lab, pool: number, buffer: number) => number][] = [
    ["NdisAllocateBuffer", "warn", (lab, pool) => lab.buffer(pool, lab.block(8), 8)],
    [
      "NdisCopyBuffer",
      "warn",
      (lab, pool, buffer) => {
        lab.ddi.NdisCopyBuffer(lab.status, lab.out, pool, buffer, 0, 4);
        return lab.u32(lab.out);
      },
    ],
  ];

  it.each(calls)("%s: %s", (name, severity, call) => {
    const act =
      (held: boolean): Act =>
      (lab) => {
        setUp(lab);
        const pool = lab.bufferPool(4);
        const buffer = lab.buffer(pool, lab.block(8), 8);
        if (held) onLine(lab, 30, () => lab.ddi.NdisAcquireSpinLock(locks[0]));
        const more = lab.machine.irql.at(2, () => onLine(lab, 31, () => call(lab, pool, buffer))); // DISPATCH_LEVEL alone is fine
        if (held) lab.ddi.NdisReleaseSpinLock(locks[0]);
        for (const descriptor of [buffer, more]) lab.ddi.NdisFreeBuffer(descriptor);
        lab.ddi.NdisFreeBufferPool(pool);
      };
    const finding = planted("SPIN-HELD", act(true), act(false));
    expect(finding).toMatchObject({
      severity,
      at: { line: 31 },
      object: { kind: "NDIS_SPIN_LOCK", address: locks[0] },
    });
    expectTells(finding, name, hexAddress(locks[0]), "driver.c:30", "DISPATCH_LEVEL");
  });

  it.each([
    ["NdisAllocateBufferPool", "error"],
    ["NdisFreeBuffer", "warn"],
    ["NdisFreeBufferPool", "warn"],
  ])("%s: %s", (name, severity) => {
    const act =
      (held: boolean): Act =>
      (lab) => {
        setUp(lab);
        const underLock = <T>(here: string, call: () => T): T => {
          if (held && here === name) lab.ddi.NdisAcquireSpinLock(locks[0]);
          const result = call();
          if (held && here === name) lab.ddi.NdisReleaseSpinLock(locks[0]);
          return result;
        };
        const pool = underLock("NdisAllocateBufferPool", () => lab.bufferPool(4));
        const buffer = lab.buffer(pool, lab.block(8), 8);
        underLock("NdisFreeBuffer", () => lab.ddi.NdisFreeBuffer(buffer));
        underLock("NdisFreeBufferPool", () => lab.ddi.NdisFreeBufferPool(pool));
      };
    expect(planted("SPIN-HELD", act(true), act(false))).toMatchObject({ severity });
  });

  it("names all locks, the newest first", () => {
    const act =
      (held: boolean): Act =>
      (lab) => {
        setUp(lab);
        if (held) for (const [i, lock] of locks.entries()) onLine(lab, 30 + i, () => lab.ddi.NdisAcquireSpinLock(lock));
        const pool = lab.bufferPool(4);
        if (held) for (const lock of [...locks].reverse()) lab.ddi.NdisReleaseSpinLock(lock);
        lab.ddi.NdisFreeBuffer(lab.buffer(pool, lab.block(8), 8));
        lab.ddi.NdisFreeBufferPool(pool);
      };
    const finding = planted("SPIN-HELD", act(true), act(false));
    expectTells(finding, hexAddress(locks[1]), "driver.c:31", hexAddress(locks[0]), "driver.c:30");
  });
});

it("SPIN-RECUR", () => {
  for (const [acquire, release] of [
    ["NdisAcquireSpinLock", "NdisReleaseSpinLock"],
    ["NdisDprAcquireSpinLock", "NdisDprReleaseSpinLock"],
  ] as const) {
    const finding = planted(
      "SPIN-RECUR",
      (lab) => {
        setUp(lab);
        onLine(lab, 30, () => lab.ddi[acquire](locks[0]));
        onLine(lab, 31, () => lab.ddi[acquire](locks[0]));
      },
      (lab) => {
        setUp(lab);
        for (let i = 0; i < 2; i++) {
          lab.ddi[acquire](locks[0]);
          lab.ddi[release](locks[0]);
        }
      },
    );
    expect(finding).toMatchObject({
      severity: "bug",
      at: { line: 31 },
      object: { kind: "NDIS_SPIN_LOCK", address: locks[0] },
    });
    expectTells(finding, acquire, hexAddress(locks[0]), "driver.c:30", "spin for ever");
  }
});

it("SPIN-UNHELD", () => {
  for (const release of ["NdisReleaseSpinLock", "NdisDprReleaseSpinLock"] as const) {
    const act =
      (which: number): Act =>
      (lab) => {
        setUp(lab);
        lab.ddi.NdisAcquireSpinLock(locks[0]);
        if (which !== 0) lab.ddi[release](locks[which]);
        expect(lab.machine.irql.current).toBe(2);
        lab.ddi.NdisReleaseSpinLock(locks[0]);
      };
    const finding = planted("SPIN-UNHELD", act(1), act(0));
    expect(finding).toMatchObject({ severity: "bug", object: { kind: "NDIS_SPIN_LOCK", address: locks[1] } });
    expectTells(finding, release, hexAddress(locks[1]));
  }
});

it("SPIN-EXIT", () => {
  const act =
    (released: boolean): Act =>
    (lab) => {
      setUp(lab);
      onLine(lab, 30, () => lab.ddi.NdisAcquireSpinLock(locks[0]));
      if (released) lab.ddi.NdisReleaseSpinLock(locks[0]);
      lab.verifier.callbackReturned("FilterSendNetBufferLists");
      lab.verifier.callbackReturned("FilterReturnNetBufferLists"); // said once
    };
  const finding = planted("SPIN-EXIT", act(false), act(true));
  expect(finding).toMatchObject({
    severity: "bug",
    at: { line: 30 },
    object: { kind: "NDIS_SPIN_LOCK", address: locks[0] },
  });
  expectTells(finding, "FilterSendNetBufferLists", hexAddress(locks[0]), "driver.c:30");
});

it("SPIN-EXIT of two locks is two findings", () => {
  const lab = new Lab();
  setUp(lab);
  for (const lock of locks) lab.ddi.NdisAcquireSpinLock(lock);
  lab.verifier.callbackReturned("FilterPause");
  expect(lab.verifier.findings.map(({ rule, object }) => [rule, object?.address])).toEqual([
    ["SPIN-EXIT", locks[1]],
    ["SPIN-EXIT", locks[0]],
  ]);
});
