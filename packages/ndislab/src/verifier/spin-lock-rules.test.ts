import { describe, expect, it } from "vitest";
import { NDIS_SPIN_LOCK } from "../layout/spin-lock.js";
import { hexAddress } from "../memory/address.js";
import { Lab, STACK } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

let locks: number[] = [];

/** Two initialised locks. */
function setUp(lab: Lab, irql = 0): void {
  lab.machine.irql.current = irql;
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
        for (const descriptor of [more, buffer]) lab.ddi.NdisFreeBuffer(descriptor); // a copy before what it is of
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
    ["NdisQueryBuffer", "warn"],
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
        underLock("NdisQueryBuffer", () => lab.ddi.NdisQueryBuffer(buffer, 0, lab.length));
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
  for (const [acquire, release, irql] of [
    ["NdisAcquireSpinLock", "NdisReleaseSpinLock", 0],
    ["NdisDprAcquireSpinLock", "NdisDprReleaseSpinLock", 2],
  ] as const) {
    const finding = planted(
      "SPIN-RECUR",
      (lab) => {
        setUp(lab, irql);
        onLine(lab, 30, () => lab.ddi[acquire](locks[0]));
        onLine(lab, 31, () => lab.ddi[acquire](locks[0]));
      },
      (lab) => {
        setUp(lab, irql);
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

it("SPIN-EXIT leaves the locks free, and those that were held before the callback as they are", () => {
  const lab = new Lab();
  setUp(lab);
  lab.ddi.NdisAcquireSpinLock(locks[0]);
  const held = lab.verifier.locks.count;
  lab.ddi.NdisDprAcquireSpinLock(locks[1]);
  lab.verifier.callbackReturned("FilterReturnNetBufferLists", held);
  expect(lab.onlyFinding("SPIN-EXIT").object).toEqual({ kind: "NDIS_SPIN_LOCK", address: locks[1] });
  expect(locks.map((lock) => lab.machine.locks.held(lock))).toEqual([true, false]);
  lab.ddi.NdisDprAcquireSpinLock(locks[1]);
  lab.ddi.NdisDprReleaseSpinLock(locks[1]);
  lab.ddi.NdisReleaseSpinLock(locks[0]);
  expect([lab.rules, lab.machine.irql.current]).toEqual([["SPIN-EXIT"], 0]);
});

/** Each way to take a lock with the one release that fits it; the IRQL of before, where a release is told it, is 0. */
const PAIRS: [string, (lab: Lab, lock: number) => void, (lab: Lab, lock: number) => void, 0 | 2][] = [
  ["NdisAcquireSpinLock", (l, x) => l.ddi.NdisAcquireSpinLock(x), (l, x) => l.ddi.NdisReleaseSpinLock(x), 0],
  ["NdisDprAcquireSpinLock", (l, x) => l.ddi.NdisDprAcquireSpinLock(x), (l, x) => l.ddi.NdisDprReleaseSpinLock(x), 2],
  [
    "KeAcquireSpinLockRaiseToDpc",
    (l, x) => l.ddi.KeAcquireSpinLockRaiseToDpc(x),
    (l, x) => l.ddi.KeReleaseSpinLock(x, 0),
    0,
  ],
  ["KfAcquireSpinLock", (l, x) => l.ddi.KfAcquireSpinLock(x), (l, x) => l.ddi.KeReleaseSpinLock(x, 0), 0],
  ["KeAcquireSpinLock", (l, x) => l.ddi.KeAcquireSpinLock(x, l.out), (l, x) => l.ddi.KeReleaseSpinLock(x, 0), 0],
  [
    "KeAcquireSpinLockAtDpcLevel",
    (l, x) => l.ddi.KeAcquireSpinLockAtDpcLevel(x),
    (l, x) => l.ddi.KeReleaseSpinLockFromDpcLevel(x),
    2,
  ],
  [
    "KeTryToAcquireSpinLockAtDpcLevel",
    (l, x) => l.ddi.KeTryToAcquireSpinLockAtDpcLevel(x),
    (l, x) => l.ddi.KeReleaseSpinLockFromDpcLevel(x),
    2,
  ],
  [
    "KeAcquireInStackQueuedSpinLock",
    (l, x) => l.ddi.KeAcquireInStackQueuedSpinLock(x, STACK + 32),
    (l) => l.ddi.KeReleaseInStackQueuedSpinLock(STACK + 32),
    0,
  ],
  [
    "KeAcquireInStackQueuedSpinLockAtDpcLevel",
    (l, x) => l.ddi.KeAcquireInStackQueuedSpinLockAtDpcLevel(x, STACK + 32),
    (l) => l.ddi.KeReleaseInStackQueuedSpinLockFromDpcLevel(STACK + 32),
    2,
  ],
  [
    "ExAcquireSpinLockExclusive",
    (l, x) => l.ddi.ExAcquireSpinLockExclusive(x),
    (l, x) => l.ddi.ExReleaseSpinLockExclusive(x, 0),
    0,
  ],
  [
    "ExAcquireSpinLockShared",
    (l, x) => l.ddi.ExAcquireSpinLockShared(x),
    (l, x) => l.ddi.ExReleaseSpinLockShared(x, 0),
    0,
  ],
  [
    "ExAcquireSpinLockExclusiveAtDpcLevel",
    (l, x) => l.ddi.ExAcquireSpinLockExclusiveAtDpcLevel(x),
    (l, x) => l.ddi.ExReleaseSpinLockExclusiveFromDpcLevel(x),
    2,
  ],
  [
    "ExAcquireSpinLockSharedAtDpcLevel",
    (l, x) => l.ddi.ExAcquireSpinLockSharedAtDpcLevel(x),
    (l, x) => l.ddi.ExReleaseSpinLockSharedFromDpcLevel(x),
    2,
  ],
];

/** One word for the lock, made what the way to take it needs. */
function lockFor(lab: Lab, acquire: string): number {
  lab.machine.irql.current = 0;
  const lock = lab.block(NDIS_SPIN_LOCK.size);
  if (acquire.startsWith("Ndis")) lab.ddi.NdisAllocateSpinLock(lock);
  else if (acquire.startsWith("Ke") || acquire.startsWith("Kf")) lab.ddi.KeInitializeSpinLock(lock);
  else lab.setU32(lock, 0);
  return lock;
}

describe.each(PAIRS)("%s", (name, acquire, release, irql) => {
  it("and its release take, free and put the IRQL back, and nothing is found", () => {
    const lab = new Lab();
    const lock = lockFor(lab, name);
    for (let round = 0; round < 2; round++) {
      lab.machine.irql.current = irql;
      acquire(lab, lock);
      expect([lab.u32(lock) !== 0, lab.machine.irql.current]).toEqual([true, 2]);
      release(lab, lock);
      expect([lab.u32(lock), lab.machine.irql.current]).toEqual([0, irql]);
    }
    expect([lab.rules, lab.verifier.locks.count]).toEqual([[], 0]);
  });

  it("SPIN-MIX with every other release, which then releases as it was taken", () => {
    const wrong = PAIRS.filter(([other, , , level]) => other !== name && level !== irql && !other.includes("InStack"));
    for (const [other, , otherRelease] of wrong) {
      const lab = new Lab();
      const lock = lockFor(lab, name);
      lab.machine.irql.current = irql;
      acquire(lab, lock);
      otherRelease(lab, lock);
      // The page of KeTryToAcquireSpinLockAtDpcLevel names KeReleaseSpinLock.
      if (name.startsWith("KeTryTo") && /^K[ef]Acquire/.test(other)) expect(lab.rules, other).toEqual([]);
      else {
        const finding = lab.onlyFinding("SPIN-MIX");
        expect(finding).toMatchObject({ severity: "bug", object: { address: lock } });
        expect([lab.u32(lock), lab.machine.irql.current, lab.verifier.locks.count]).toEqual([0, irql, 0]);
      }
    }
  });

  it("SPIN-RECUR", () => {
    const act =
      (times: number): Act =>
      (lab) => {
        const lock = lockFor(lab, name);
        lab.machine.irql.current = irql;
        for (let i = 0; i < times; i++) onLine(lab, 30 + i, () => acquire(lab, lock));
        release(lab, lock);
      };
    if (name.includes("TryTo")) return;
    expectTells(planted("SPIN-RECUR", act(2), act(1)), name, "driver.c:30");
  });

  it("SPIN-UNHELD", () => {
    const act =
      (times: number): Act =>
      (lab) => {
        const lock = lockFor(lab, name);
        lab.machine.irql.current = irql;
        acquire(lab, lock);
        for (let i = 0; i < times; i++) {
          release(lab, lock);
          lab.machine.irql.current = 2;
        }
      };
    planted("SPIN-UNHELD", act(2), act(1));
  });
});

it("SPIN-MIX", () => {
  const act =
    (mixed: boolean): Act =>
    (lab) => {
      setUp(lab);
      onLine(lab, 30, () => lab.ddi.NdisAcquireSpinLock(locks[0]));
      onLine(lab, 31, () => (mixed ? lab.ddi.NdisDprReleaseSpinLock(locks[0]) : lab.ddi.NdisReleaseSpinLock(locks[0])));
      expect(lab.machine.irql.current).toBe(0);
    };
  const finding = planted("SPIN-MIX", act(true), act(false));
  expect(finding).toMatchObject({ severity: "bug", at: { line: 31 } });
  expectTells(finding, "NdisDprReleaseSpinLock", hexAddress(locks[0]), "driver.c:30", "Call NdisReleaseSpinLock");
});

describe("SPIN-ORDER", () => {
  const act =
    (order: readonly number[]): Act =>
    (lab) => {
      setUp(lab);
      for (const [i, lock] of locks.entries()) onLine(lab, 30 + i, () => lab.ddi.NdisAcquireSpinLock(lock));
      for (const [i, which] of order.entries()) {
        onLine(lab, 40 + i, () => lab.ddi.NdisReleaseSpinLock(locks[which]));
        expect(lab.machine.irql.current).toBe(i === 0 ? 2 : 0); // kept up until the last lock is gone
      }
    };

  it("of NDIS locks", () => {
    const again =
      (order: readonly number[]): Act =>
      (lab) => {
        act(order)(lab);
        lab.machine.irql.at(2, () => {
          lab.ddi.NdisAcquireSpinLock(locks[0]);
          lab.ddi.NdisReleaseSpinLock(locks[0]);
          expect(lab.machine.irql.current).toBe(2); // nothing is due any more
        });
      };
    const finding = planted("SPIN-ORDER", again([0, 1]), again([1, 0]));
    expect(finding).toMatchObject({ severity: "error", at: { line: 40 } });
    expectTells(finding, hexAddress(locks[0]), hexAddress(locks[1]), "driver.c:31", "PASSIVE_LEVEL");
  });

  it("of kernel locks only when the IRQL that is passed is too low: hand over hand is fine", () => {
    const lab = new Lab();
    const [a, b] = [1, 2].map(() => lockFor(lab, "Ke"));
    for (const level of [2, 0]) {
      const first = lab.ddi.KeAcquireSpinLockRaiseToDpc(a);
      const second = lab.ddi.KeAcquireSpinLockRaiseToDpc(b);
      lab.ddi.KeReleaseSpinLock(a, level);
      lab.ddi.KeReleaseSpinLock(b, level === 2 ? first : second);
      expect(lab.takeRules()).toEqual(level === 2 ? [] : ["SPIN-ORDER"]);
      expect(lab.machine.irql.current).toBe(0);
    }
  });

  it("does not hold for the forms that leave the IRQL alone", () => {
    const lab = new Lab();
    setUp(lab, 2);
    for (const lock of locks) lab.ddi.NdisDprAcquireSpinLock(lock);
    for (const lock of locks) lab.ddi.NdisDprReleaseSpinLock(lock);
    expect(lab.rules).toEqual([]);
  });
});

it("SPIN-DPR-IRQL", () => {
  const act =
    (irql: number): Act =>
    (lab) => {
      setUp(lab, irql);
      onLine(lab, 30, () => lab.ddi.NdisDprAcquireSpinLock(locks[0]));
      lab.machine.irql.current = 2;
      lab.ddi.NdisDprReleaseSpinLock(locks[0]);
    };
  const finding = planted("SPIN-DPR-IRQL", act(0), act(2));
  expect(finding).toMatchObject({ severity: "bug", at: { line: 30 } });
  expectTells(finding, "PASSIVE_LEVEL (0)", "DISPATCH_LEVEL (2)", "Call NdisAcquireSpinLock");
  expect(planted("SPIN-DPR-IRQL", act(3), act(2)).message).toContain("IRQL 3");
});

describe("SPIN-UNINIT", () => {
  const use = (lab: Lab): void => {
    lab.ddi.NdisAcquireSpinLock(locks[0]);
    lab.ddi.NdisReleaseSpinLock(locks[0]);
  };

  it("of a lock never initialised, once", () => {
    const act =
      (initialized: boolean): Act =>
      (lab) => {
        locks = [lab.block(NDIS_SPIN_LOCK.size)];
        if (initialized) lab.ddi.NdisAllocateSpinLock(locks[0]);
        onLine(lab, 30, () => use(lab));
        onLine(lab, 31, () => use(lab));
      };
    const finding = planted("SPIN-UNINIT", act(false), act(true));
    expect(finding).toMatchObject({ severity: "error", at: { line: 30 } });
    expectTells(finding, hexAddress(locks[0]), "never initialised", "NdisAllocateSpinLock");
  });

  it("of a freed one; to allocate it again is fine", () => {
    const act =
      (again: boolean): Act =>
      (lab) => {
        setUp(lab);
        onLine(lab, 29, () => lab.ddi.NdisFreeSpinLock(locks[0]));
        if (again) lab.ddi.NdisAllocateSpinLock(locks[0]);
        onLine(lab, 30, () => use(lab));
      };
    expectTells(planted("SPIN-UNINIT", act(false), act(true)), "freed at driver.c:29");
  });

  it("of one that was overwritten, which would hang", () => {
    const act =
      (value: number): Act =>
      (lab) => {
        setUp(lab);
        lab.setU32(locks[0], value);
        use(lab);
      };
    expectTells(planted("SPIN-UNINIT", act(0xdead_beef), act(0)), "0xdeadbeef", "overwritten");
  });

  it("of a lock whose memory was freed and given out again", () => {
    const lab = new Lab();
    const block = (): number => {
      const address = lab.ddi.ExAllocatePoolWithTag(0, 64, 1);
      lab.machine.memory.u8.fill(0, address, address + 64);
      return address;
    };
    locks = [block()];
    lab.ddi.NdisAllocateSpinLock(locks[0]);
    lab.ddi.ExFreePool(locks[0]);
    expect(block()).toBe(locks[0]);
    use(lab);
    expect(lab.takeRules()).toEqual(["SPIN-UNINIT"]);
    lab.ddi.ExFreePool(locks[0]);
    use(lab);
    expectTells(lab.onlyFinding("SPIN-UNINIT"), "memory that was freed");
  });
});

it("SPIN-REINIT", () => {
  const act =
    (freed: boolean): Act =>
    (lab) => {
      setUp(lab);
      if (freed) lab.ddi.NdisFreeSpinLock(locks[0]);
      onLine(lab, 30, () => lab.ddi.NdisAllocateSpinLock(locks[0]));
    };
  const finding = planted("SPIN-REINIT", act(false), act(true));
  expect(finding).toMatchObject({ severity: "error", at: { line: 30 } });
  expectTells(finding, hexAddress(locks[0]), "NdisFreeSpinLock");
});

it("SPIN-REINIT of a held lock leaves it held; KeInitializeSpinLock may come again otherwise", () => {
  const lab = new Lab();
  const lock = lockFor(lab, "Ke");
  lab.ddi.KeInitializeSpinLock(lock);
  expect(lab.rules).toEqual([]);
  lab.ddi.KeAcquireSpinLockRaiseToDpc(lock);
  lab.ddi.KeInitializeSpinLock(lock);
  expect(lab.takeRules()).toEqual(["SPIN-REINIT"]);
  lab.ddi.KeReleaseSpinLock(lock, 0);
  expect(lab.rules).toEqual([]);
});

it("SPIN-REINIT is not said of a block that is used again", () => {
  const lab = new Lab();
  for (let round = 0; round < 2; round++) {
    const block = lab.ddi.ExAllocatePoolWithTag(0, 64, 1);
    lab.ddi.NdisAllocateSpinLock(block + 8);
    lab.ddi.ExFreePool(block);
  }
  expect(lab.rules).toEqual([]);
});

describe("SPIN-FREEHELD", () => {
  it("of a lock", () => {
    const act =
      (held: boolean): Act =>
      (lab) => {
        setUp(lab);
        onLine(lab, 30, () => lab.ddi.NdisAcquireSpinLock(locks[0]));
        if (!held) lab.ddi.NdisReleaseSpinLock(locks[0]);
        onLine(lab, 31, () => lab.ddi.NdisFreeSpinLock(locks[0]));
        if (held) lab.ddi.NdisReleaseSpinLock(locks[0]);
      };
    const finding = planted("SPIN-FREEHELD", act(true), act(false));
    expect(finding).toMatchObject({ severity: "error", at: { line: 31 } });
    expectTells(finding, hexAddress(locks[0]), "driver.c:30");
  });

  it("of the memory around one", () => {
    const act =
      (inside: boolean): Act =>
      (lab) => {
        setUp(lab);
        const block = lab.ddi.ExAllocatePoolWithTag(0, 64, 1);
        const lock = inside ? block + 56 : locks[0];
        if (inside) lab.ddi.NdisAllocateSpinLock(lock);
        lab.ddi.NdisAcquireSpinLock(lock);
        lab.ddi.ExFreePool(block);
        lab.ddi.NdisReleaseSpinLock(lock);
      };
    planted("SPIN-FREEHELD", act(true), act(false));
  });
});
