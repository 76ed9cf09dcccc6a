import { describe, expect, it } from "vitest";
import { NBL_FLAGS, NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { IRQL } from "../layout/spin-lock.js";
import { hexAddress } from "../memory/address.js";
import { mdlsOf } from "../testing/chain-model.js";
import { Lab } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

const SHARE = NBL_FLAGS.NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS;

let nbl = 0;
let nb = 0;
let netBufferPool = 0;

/** A driver's list with a NET_BUFFER over 100 bytes, of which 60 are used; all gone at the end. */
const withList =
  (act: (lab: Lab) => unknown): Act =>
  (lab) => {
    const lists = lab.netBufferListPool();
    netBufferPool = lab.netBufferPool();
    nb = lab.ddi.NdisAllocateNetBuffer(netBufferPool, lab.chain([30, 70]), 20, 60);
    nbl = onLine(lab, 11, () => lab.ddi.NdisAllocateNetBufferList(lists, 0, 0));
    lab.ddi.NET_BUFFER_LIST_FIRST_NB.set(nbl, nb);
    act(lab);
    lab.ddi.NET_BUFFER_LIST_FIRST_NB.set(nbl, 0);
    onLine(lab, 80, () => lab.ddi.NdisFreeNetBufferList(nbl));
    lab.ddi.NdisFreeNetBuffer(nb);
    lab.ddi.NdisFreeNetBufferPool(netBufferPool);
    lab.ddi.NdisFreeNetBufferListPool(lists);
  };

const cloned = (lab: Lab, flags = 0): number =>
  onLine(lab, 20, () => lab.ddi.NdisAllocateCloneNetBufferList(nbl, 0, 0, flags));
const fragmented = (lab: Lab, delta = 0): number =>
  onLine(lab, 20, () => lab.ddi.NdisAllocateFragmentNetBufferList(nbl, 0, 0, 0, 25, delta, 0, 0));
const reassembled = (lab: Lab, delta = 0): number =>
  onLine(lab, 20, () => lab.ddi.NdisAllocateReassembledNetBufferList(nbl, 0, 0, delta, 0, 0));

/** Each kind of derived list: how it is made, freed, and freed with a delta of 8. */
const KINDS = {
  NdisFreeCloneNetBufferList: {
    make: cloned,
    free: (lab: Lab, list: number) => lab.ddi.NdisFreeCloneNetBufferList(list, 0),
  },
  NdisFreeFragmentNetBufferList: {
    make: fragmented,
    free: (lab: Lab, list: number) => lab.ddi.NdisFreeFragmentNetBufferList(list, 0, 0),
  },
  NdisFreeReassembledNetBufferList: {
    make: reassembled,
    free: (lab: Lab, list: number) => lab.ddi.NdisFreeReassembledNetBufferList(list, 0, 0),
  },
} as const;
type FreeFunction = keyof typeof KINDS;
const FREE_FUNCTIONS = Object.keys(KINDS) as FreeFunction[];

const life = (kind: FreeFunction): Act =>
  withList((lab) => {
    const list = KINDS[kind].make(lab);
    onLine(lab, 30, () => KINDS[kind].free(lab, list));
  });

describe("NBL-WRONGFREE", () => {
  it.each(
    FREE_FUNCTIONS.flatMap((kind) =>
      FREE_FUNCTIONS.filter((other) => other !== kind).map((other) => [kind, other] as const),
    ),
  )("what %s frees is freed by %s", (kind, other) => {
    const mistake = withList((lab) => {
      const list = KINDS[kind].make(lab);
      onLine(lab, 30, () => KINDS[other].free(lab, list));
      expect(lab.machine.derivedMdls.live).toBe(0);
    });
    const finding = planted("NBL-WRONGFREE", mistake, life(kind));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 30 }, allocatedAt: { line: 20 } });
    expectTells(finding, other, kind, hexAddress(finding.object?.address ?? 0));
  });

  it.each(FREE_FUNCTIONS)("what %s frees is freed by NdisFreeNetBufferList", (kind) => {
    const mistake = withList((lab) => {
      const list = KINDS[kind].make(lab);
      onLine(lab, 30, () => lab.ddi.NdisFreeNetBufferList(list));
      expect(lab.machine.derivedMdls.live).toBe(0);
    });
    const finding = planted("NBL-WRONGFREE", mistake, life(kind));
    expect(finding).toMatchObject({ at: { line: 30 }, allocatedAt: { line: 20 } });
    expectTells(finding, "NdisFreeNetBufferList:", kind);
  });

  it.each(FREE_FUNCTIONS)("%s frees a list that is derived from none", (kind) => {
    const act =
      (right: boolean): Act =>
      (lab) => {
        const lists = lab.netBufferListPool();
        const list = onLine(lab, 20, () => lab.ddi.NdisAllocateNetBufferList(lists, 0, 0));
        onLine(lab, 30, () => (right ? lab.ddi.NdisFreeNetBufferList(list) : KINDS[kind].free(lab, list)));
        lab.ddi.NdisFreeNetBufferListPool(lists);
      };
    expectTells(planted("NBL-WRONGFREE", act(false), act(true)), kind, "NdisFreeNetBufferList.");
  });
});

describe("NBL-FREEFLAGS", () => {
  it.each([
    [0, SHARE],
    [SHARE, 0],
    [SHARE, SHARE | NBL_FLAGS.NDIS_CLONE_FLAGS_RESERVED],
  ])("made with %i, freed with %i", (made, freed) => {
    const act = (flags: number): Act =>
      withList((lab) => {
        const list = cloned(lab, made);
        onLine(lab, 30, () => lab.ddi.NdisFreeCloneNetBufferList(list, flags));
        expect(lab.machine.derivedMdls.live).toBe(0);
      });
    const finding = planted("NBL-FREEFLAGS", act(freed), act(made));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 30 }, allocatedAt: { line: 20 } });
    expectTells(finding, `0x${made.toString(16)}`, `0x${freed.toString(16)}`);
  });
});

it("flags that no flag is, passed twice, are one mistake: API-RESFLAGS", () => {
  const act = (flags: number): Act => withList((lab) => lab.ddi.NdisFreeCloneNetBufferList(cloned(lab, flags), flags));
  for (const flags of [4, 0x8000_0000]) planted("API-RESFLAGS", act(flags), act(NBL_FLAGS.NDIS_CLONE_FLAGS_RESERVED));
});

describe("NBL-FREEDELTA", () => {
  it.each(["NdisFreeFragmentNetBufferList", "NdisFreeReassembledNetBufferList"] as const)("%s", (ddi) => {
    const act = (delta: number): Act =>
      withList((lab) => {
        const { liveBlocks } = lab.machine.nonpaged;
        const list = ddi.includes("Fragment") ? fragmented(lab, 14) : reassembled(lab, 14);
        onLine(lab, 30, () => lab.ddi[ddi](list, delta, 0));
        expect(lab.machine.nonpaged.liveBlocks).toBeLessThanOrEqual(liveBlocks + 4); // what pools have grown by
      });
    for (const delta of [0, 13, 15, 1000]) {
      const finding = planted("NBL-FREEDELTA", act(delta), act(14));
      expect(finding).toMatchObject({ severity: "error", at: { line: 30 }, allocatedAt: { line: 20 } });
      expectTells(finding, ddi, "DataOffsetDelta 14", `${delta}`);
    }
  });
});

describe("API-RESFLAGS", () => {
  const flagged = (call: (lab: Lab, flags: number) => void, flags: number): Act => withList((lab) => call(lab, flags));
  it.each<readonly [string, (lab: Lab, flags: number) => void]>([
    [
      "NdisAllocateCloneNetBufferList",
      (lab, flags) => {
        const list = onLine(lab, 30, () => lab.ddi.NdisAllocateCloneNetBufferList(nbl, 0, 0, flags));
        lab.ddi.NdisFreeCloneNetBufferList(list, flags);
      },
    ],
    [
      "NdisAllocateFragmentNetBufferList",
      (lab, flags) => {
        const list = onLine(lab, 30, () => lab.ddi.NdisAllocateFragmentNetBufferList(nbl, 0, 0, 0, 25, 0, 0, flags));
        lab.ddi.NdisFreeFragmentNetBufferList(list, 0, 0);
      },
    ],
    [
      "NdisFreeFragmentNetBufferList",
      (lab, flags) => {
        const list = fragmented(lab);
        onLine(lab, 30, () => lab.ddi.NdisFreeFragmentNetBufferList(list, 0, flags));
      },
    ],
    [
      "NdisAllocateReassembledNetBufferList",
      (lab, flags) => {
        const list = onLine(lab, 30, () => lab.ddi.NdisAllocateReassembledNetBufferList(nbl, 0, 0, 0, 0, flags));
        lab.ddi.NdisFreeReassembledNetBufferList(list, 0, 0);
      },
    ],
    [
      "NdisFreeReassembledNetBufferList",
      (lab, flags) => {
        const list = reassembled(lab);
        onLine(lab, 30, () => lab.ddi.NdisFreeReassembledNetBufferList(list, 0, flags));
      },
    ],
  ])("%s", (ddi, call) => {
    const finding = planted("API-RESFLAGS", flagged(call, 4), flagged(call, 0));
    expect(finding).toMatchObject({ severity: "error", at: { line: 30 } });
    expectTells(finding, ddi, "0x4");
  });
});

describe("NBL-CHILD", () => {
  const act =
    (
      first: "child" | "parent",
      make = cloned,
      free: (lab: Lab, list: number) => void = KINDS.NdisFreeCloneNetBufferList.free,
    ): Act =>
    (lab) => {
      const lists = lab.netBufferListPool({ fAllocateNetBuffer: true });
      const parent = onLine(lab, 11, () =>
        lab.ddi.NdisAllocateNetBufferAndNetBufferList(lists, 0, 0, lab.chain([100]), 0, 100),
      );
      nbl = parent;
      const child = make(lab);
      if (first === "child") free(lab, child);
      onLine(lab, 30, () => lab.ddi.NdisFreeNetBufferList(parent));
      if (first === "parent") free(lab, child);
      lab.ddi.NdisFreeNetBufferListPool(lists);
    };

  it.each(FREE_FUNCTIONS)("a list is freed while what %s frees is alive", (kind) => {
    const { make, free } = KINDS[kind];
    const finding = planted("NBL-CHILD", act("parent", make, free), act("child", make, free));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 30 }, allocatedAt: { line: 20 } });
    expectTells(finding, "NdisFreeNetBufferList:", "driver.c:20", kind);
  });

  it("a clone is freed while a clone of it is alive", () => {
    const clones = (order: readonly [number, number]): Act =>
      withList((lab) => {
        const first = cloned(lab);
        const second = onLine(lab, 21, () => lab.ddi.NdisAllocateCloneNetBufferList(first, 0, 0, SHARE));
        const free = [
          () => onLine(lab, 30, () => lab.ddi.NdisFreeCloneNetBufferList(first, 0)),
          () => lab.ddi.NdisFreeCloneNetBufferList(second, SHARE),
        ];
        free[order[0]]();
        free[order[1]]();
      });
    expect(planted("NBL-CHILD", clones([0, 1]), clones([1, 0]))).toMatchObject({
      at: { line: 30 },
      allocatedAt: { line: 21 },
    });
  });

  it("tells of many children once", () => {
    const many =
      (early: boolean): Act =>
      (lab) => {
        const lists = lab.netBufferListPool({ fAllocateNetBuffer: true });
        nbl = lab.ddi.NdisAllocateNetBufferAndNetBufferList(lists, 0, 0, lab.chain([100]), 0, 100);
        const children = Array.from({ length: 12 }, () => cloned(lab));
        const free = (): void => {
          for (const child of children) lab.ddi.NdisFreeCloneNetBufferList(child, 0);
        };
        if (!early) free();
        onLine(lab, 30, () => lab.ddi.NdisFreeNetBufferList(nbl));
        if (early) free();
        lab.ddi.NdisFreeNetBufferListPool(lists);
      };
    expectTells(planted("NBL-CHILD", many(true), many(false)), "12 lists", ", …");
  });
});

it("NBL-REFNEG", () => {
  const counted = (count: number): Act =>
    withList((lab) => lab.setU32(nbl + NET_BUFFER_LIST.offset.ChildRefCount, count));
  const finding = planted("NBL-REFNEG", counted(-1), counted(1));
  expect(finding).toMatchObject({ severity: "warn", at: { line: 80 }, allocatedAt: { line: 11 } });
  expectTells(finding, "NdisFreeNetBufferList", "-1");
});

describe("derived lists and the other rules", () => {
  /** A list of another driver's, which outlives this one. */
  const ofAnother =
    (act: (lab: Lab) => unknown): Act =>
    (lab) => {
      const { netBufferLists } = lab.machine;
      const pool = netBufferLists.create({ tag: 1, allocateNetBuffer: true, system: true });
      nbl = netBufferLists.allocateWithChain(pool, 0, 0, lab.chain([100]), 0, 100);
      act(lab);
    };

  it.each(FREE_FUNCTIONS)("NBL-LEAK names %s", (kind) => {
    const { make, free } = KINDS[kind];
    const finding = planted(
      "NBL-LEAK",
      ofAnother((lab) => make(lab)),
      ofAnother((lab) => free(lab, make(lab))),
    );
    expectTells(finding, kind);
    expect(finding).toMatchObject({ at: { line: 20 } });
  });

  it("a clone that leaks when its original is freed is one mistake: NBL-CHILD", () => {
    planted(
      "NBL-CHILD",
      withList((lab) => cloned(lab)),
      life("NdisFreeCloneNetBufferList"),
    );
  });

  it.each(FREE_FUNCTIONS)("NBL-DFREE by %s", (kind) => {
    const twice = withList((lab) => {
      const list = KINDS[kind].make(lab);
      onLine(lab, 30, () => KINDS[kind].free(lab, list));
      onLine(lab, 31, () => KINDS[kind].free(lab, list));
    });
    const finding = planted("NBL-DFREE", twice, life(kind));
    expect(finding).toMatchObject({ at: { line: 31 }, allocatedAt: { line: 20 } });
    expectTells(finding, kind, "driver.c:30");
  });

  it.each(FREE_FUNCTIONS)("NBL-NOTPOOL by %s for what is no list", (kind) => {
    planted(
      "NBL-NOTPOOL",
      withList((lab) => KINDS[kind].free(lab, lab.block(256))),
      life(kind),
    );
  });

  it("NB-FOREIGNMDL for a retreat of a clone that was never undone", () => {
    const act = (undo: boolean): Act =>
      withList((lab) => {
        const list = cloned(lab);
        const copy = lab.ddi.NET_BUFFER_LIST_FIRST_NB(list);
        lab.ddi.NdisRetreatNetBufferDataStart(copy, 14, 0, 0);
        if (undo) lab.ddi.NdisAdvanceNetBufferDataStart(copy, 14, 1, 0);
        onLine(lab, 30, () => lab.ddi.NdisFreeCloneNetBufferList(list, 0));
      });
    const finding = planted("NB-FOREIGNMDL", act(false), act(true));
    expect(finding).toMatchObject({ at: { line: 30 } });
    expectTells(finding, "NdisFreeCloneNetBufferList", "14 bytes");
  });

  it("NB-FOREIGNMDL for a retreat of a fragment, beside the one it was made with", () => {
    const act = (undo: boolean): Act =>
      withList((lab) => {
        const list = fragmented(lab, 14);
        const piece = lab.ddi.NET_BUFFER_LIST_FIRST_NB(list);
        lab.ddi.NdisRetreatNetBufferDataStart(piece, 8, 0, 0);
        if (undo) lab.ddi.NdisAdvanceNetBufferDataStart(piece, 8, 1, 0);
        onLine(lab, 30, () => lab.ddi.NdisFreeFragmentNetBufferList(list, 14, 0));
      });
    expectTells(planted("NB-FOREIGNMDL", act(false), act(true)), "NdisFreeFragmentNetBufferList", "8 bytes");
  });

  it.each(FREE_FUNCTIONS)("NBL-NBLEFT by %s for a NET_BUFFER of the driver's, which stays", (kind) => {
    const act = (left: boolean, behind: boolean): Act =>
      withList((lab) => {
        const list = KINDS[kind].make(lab);
        const first = lab.ddi.NET_BUFFER_LIST_FIRST_NB(list);
        const own = onLine(lab, 25, () => lab.ddi.NdisAllocateNetBuffer(netBufferPool, lab.chain([10]), 0, 10));
        const put = (next: number, after: number): void => {
          lab.ddi.NET_BUFFER_NEXT_NB.set(behind ? first : own, after);
          if (behind) lab.ddi.NET_BUFFER_NEXT_NB.set(first, next);
          else lab.ddi.NET_BUFFER_LIST_FIRST_NB.set(list, next);
        };
        const rest = lab.ddi.NET_BUFFER_NEXT_NB(first);
        if (behind) lab.ddi.NET_BUFFER_NEXT_NB.set(own, rest);
        put(own, behind ? rest : first);
        if (!left) put(behind ? rest : first, behind ? rest : 0);
        onLine(lab, 30, () => KINDS[kind].free(lab, list));
        expect(lab.machine.derivedMdls.live).toBe(0);
        lab.ddi.NdisFreeNetBuffer(own);
      });
    for (const behind of [false, true]) {
      const finding = planted("NBL-NBLEFT", act(true, behind), act(false, behind));
      expect(finding).toMatchObject({ severity: "error", at: { line: 30 }, allocatedAt: { line: 25 } });
      expectTells(finding, kind);
    }
  });

  it("MDL-NOTALONE for an MDL that NDIS made for a clone", () => {
    const act = (free: boolean): Act =>
      withList((lab) => {
        const list = cloned(lab);
        const copy = lab.ddi.NET_BUFFER_LIST_FIRST_NB(list);
        if (free)
          onLine(lab, 30, () => lab.ddi.NdisFreeMdl(mdlsOf(lab.machine, lab.ddi.NET_BUFFER_FIRST_MDL(copy))[0]));
        lab.ddi.NdisFreeCloneNetBufferList(list, 0);
      });
    expectTells(planted("MDL-NOTALONE", act(true), act(false)), "NdisFreeMdl", "derived list");
  });

  it("NB-NOTPOOL for a NET_BUFFER that goes with its clone", () => {
    const act = (free: boolean): Act =>
      withList((lab) => {
        const list = onLine(lab, 20, () => lab.ddi.NdisAllocateCloneNetBufferList(nbl, 0, netBufferPool, 0));
        if (free) onLine(lab, 30, () => lab.ddi.NdisFreeNetBuffer(lab.ddi.NET_BUFFER_LIST_FIRST_NB(list)));
        lab.ddi.NdisFreeCloneNetBufferList(list, 0);
      });
    expect(planted("NB-NOTPOOL", act(true), act(false))).toMatchObject({ at: { line: 30 } });
  });

  it("POOL-OUTSTANDING for a pool of NET_BUFFERs that a clone still has", () => {
    const act =
      (early: boolean): Act =>
      (lab) => {
        const lists = lab.netBufferListPool({ fAllocateNetBuffer: true });
        const pool = lab.netBufferPool();
        nbl = lab.ddi.NdisAllocateNetBufferAndNetBufferList(lists, 0, 0, lab.chain([100]), 0, 100);
        const list = onLine(lab, 20, () => lab.ddi.NdisAllocateCloneNetBufferList(nbl, 0, pool, 0));
        if (early) onLine(lab, 30, () => lab.ddi.NdisFreeNetBufferPool(pool));
        lab.ddi.NdisFreeCloneNetBufferList(list, 0);
        if (!early) lab.ddi.NdisFreeNetBufferPool(pool);
        lab.ddi.NdisFreeNetBufferList(nbl);
        lab.ddi.NdisFreeNetBufferListPool(lists);
      };
    const finding = planted("POOL-OUTSTANDING", act(true), act(false));
    expect(finding).toMatchObject({ at: { line: 30 }, allocatedAt: { line: 20 } });
    expectTells(finding, "NdisFreeCloneNetBufferList");
  });

  it.each<readonly [string, string, (lab: Lab) => number]>([
    [
      "POOL-TYPE",
      "a list's pool that is none",
      (lab) => lab.ddi.NdisAllocateCloneNetBufferList(nbl, netBufferPool, 0, 0),
    ],
    [
      "POOL-HANDLE",
      "a pool of NET_BUFFERs that is none",
      (lab) => lab.ddi.NdisAllocateCloneNetBufferList(nbl, 0, 0x1234, 0),
    ],
    [
      "NB-DATAPOOL",
      "a pool of NET_BUFFERs with data",
      (lab) => {
        const pool = lab.netBufferPool(64);
        const list = lab.ddi.NdisAllocateFragmentNetBufferList(nbl, 0, pool, 0, 25, 0, 0, 0);
        lab.ddi.NdisFreeNetBufferPool(pool);
        return list;
      },
    ],
    [
      "NBL-WRONGPOOL",
      "a pool of lists alone to reassemble from",
      (lab) => {
        const pool = lab.netBufferListPool();
        const list = lab.ddi.NdisAllocateReassembledNetBufferList(nbl, pool, 0, 0, 0, 0);
        lab.ddi.NdisFreeNetBufferListPool(pool);
        return list;
      },
    ],
    [
      "NB-CURMDL",
      "an original that is not sound",
      (lab) => {
        lab.ddi.NET_BUFFER_CURRENT_MDL_OFFSET.set(nb, 19);
        const list = cloned(lab);
        lab.ddi.NET_BUFFER_CURRENT_MDL_OFFSET.set(nb, 20);
        return list;
      },
    ],
  ])("%s for %s: then there is no list", (rule, _, call) => {
    planted(
      rule as "POOL-TYPE",
      withList((lab) => expect(call(lab)).toBe(0)),
      life("NdisFreeCloneNetBufferList"),
    );
  });

  it("LIST-CYCLE for an original that never ends", () => {
    const act = (close: boolean): Act =>
      withList((lab) => {
        if (close) lab.setU32(nb, nb);
        KINDS.NdisFreeCloneNetBufferList.free(lab, cloned(lab));
      });
    expect(planted("LIST-CYCLE", act(true), act(false))).toMatchObject({ at: { line: 20 } });
  });

  it.each(FREE_FUNCTIONS)("NB-IRQL by %s", (kind) => {
    const act = (level: number): Act =>
      withList((lab) => {
        const list = KINDS[kind].make(lab);
        lab.machine.irql.current = level;
        onLine(lab, 30, () => KINDS[kind].free(lab, list));
        lab.machine.irql.current = 0;
      });
    expectTells(planted("NB-IRQL", act(IRQL.DISPATCH_LEVEL + 1), act(IRQL.DISPATCH_LEVEL)), kind);
  });

  it("a clone that uses memory of an earlier one starts with a clean account", () => {
    const lab = new Lab();
    withList(() => {
      for (let round = 0; round < 3; round++) {
        const list = cloned(lab);
        const copy = lab.ddi.NET_BUFFER_LIST_FIRST_NB(list);
        lab.ddi.NdisAdvanceNetBufferDataStart(copy, 5, 0, 0);
        expect(lab.verifier.ledger.value(copy)).toBe(-5);
        lab.ddi.NdisFreeCloneNetBufferList(list, 0);
      }
    })(lab);
    expect(lab.rules).toEqual([]);
  });
});
