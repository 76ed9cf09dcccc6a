import { describe, expect, it } from "vitest";
import { MOST_KEPT } from "../kernel/lookaside.js";
import { LOOKASIDE_LIST_EX, NPAGED_LOOKASIDE_LIST } from "../layout/lookaside.js";
import { hexAddress } from "../memory/address.js";
import { Lab, TAG } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

const SIZE = 40;

/** The two makes of list by the functions that NDIS drivers and others call. */
const MAKES = {
  NPAGED_LOOKASIDE_LIST: {
    bytes: NPAGED_LOOKASIDE_LIST.size,
    initialize: (lab: Lab, list: number, allocate = 0, free = 0, size = SIZE) =>
      lab.ddi.NdisInitializeNPagedLookasideList(list, allocate, free, 0, size, TAG, 0),
    allocate: (lab: Lab, list: number) => lab.ddi.NdisAllocateFromNPagedLookasideList(list),
    free: (lab: Lab, list: number, entry: number) => lab.ddi.NdisFreeToNPagedLookasideList(list, entry),
    remove: (lab: Lab, list: number) => lab.ddi.NdisDeleteNPagedLookasideList(list),
  },
  LOOKASIDE_LIST_EX: {
    bytes: LOOKASIDE_LIST_EX.size,
    initialize: (lab: Lab, list: number, allocate = 0, free = 0, size = SIZE) =>
      lab.ddi.ExInitializeLookasideListEx(list, allocate, free, 512, 0, size, TAG, 0),
    allocate: (lab: Lab, list: number) => lab.ddi.ExAllocateFromLookasideListEx(list),
    free: (lab: Lab, list: number, entry: number) => lab.ddi.ExFreeToLookasideListEx(list, entry),
    remove: (lab: Lab, list: number) => lab.ddi.ExDeleteLookasideListEx(list),
  },
};

/** The driver's own functions: they allocate and free by the pool, as most do. */
function functions(lab: Lab): [number, number] {
  return [
    lab.machine.callbacks.register((type, size, tag) => lab.ddi.ExAllocatePoolWithTag(type, size, tag)),
    lab.machine.callbacks.register((entry) => {
      lab.ddi.ExFreePoolWithTag(entry, TAG);
      return 0;
    }),
  ];
}

describe.each(Object.entries(MAKES))("%s", (kind, make) => {
  let list = 0;
  const withList =
    (act: (lab: Lab) => void, own = false): Act =>
    (lab) => {
      list = lab.block(make.bytes);
      onLine(lab, 10, () => make.initialize(lab, list, ...(own ? functions(lab) : [])));
      act(lab);
      onLine(lab, 90, () => make.remove(lab, list));
    };
  const NOTHING = withList(() => {});

  it.each([false, true])("hands out, takes back and keeps entries, with functions of the driver: %s", (own) => {
    const lab = new Lab();
    const before = lab.machine.nonpaged.liveBytes;
    withList((lab) => {
      for (let round = 0; round < 3; round++) {
        const entries = Array.from({ length: MOST_KEPT + 2 }, () => make.allocate(lab, list));
        expect(new Set(entries).size).toBe(entries.length);
        for (const entry of entries) {
          lab.machine.memory.u8.fill(0xee, entry, entry + SIZE);
          make.free(lab, list, entry);
        }
      }
    }, own)(lab);
    lab.verifier.finish();
    expect(lab.rules).toEqual([]);
    expect(lab.machine.nonpaged.liveBytes - before).toBe(make.bytes); // the list itself
  });

  it("LOOK-UNINIT", () => {
    const never: Act = (lab) => {
      list = lab.block(make.bytes);
      onLine(lab, 20, () => expect(make.allocate(lab, list)).toBe(0));
      make.remove(lab, list);
    };
    const finding = planted("LOOK-UNINIT", never, NOTHING);
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, object: { kind, address: list } });
    expectTells(finding, hexAddress(list), "never initialised");
    const deleted: Act = (lab) => {
      NOTHING(lab);
      onLine(lab, 91, () => make.remove(lab, list));
    };
    expectTells(planted("LOOK-UNINIT", deleted, NOTHING), "deleted at driver.c:90");
  });

  it("LOOK-REINIT keeps the list as it is", () => {
    const act = (again: boolean): Act =>
      withList((lab) => {
        const entry = make.allocate(lab, list);
        if (again) onLine(lab, 20, () => make.initialize(lab, list));
        make.free(lab, list, entry);
      });
    const finding = planted("LOOK-REINIT", act(true), act(false));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 } });
    expectTells(finding, hexAddress(list), "driver.c:10");
  });

  it("LOOK-PAIR, and the list does without the one function", () => {
    const act =
      (which: readonly boolean[]): Act =>
      (lab) => {
        list = lab.block(make.bytes);
        const [allocate, free] = functions(lab);
        onLine(lab, 10, () => make.initialize(lab, list, which[0] ? allocate : 0, which[1] ? free : 0));
        make.free(lab, list, make.allocate(lab, list));
        make.remove(lab, list);
      };
    const finding = planted("LOOK-PAIR", act([true, false]), act([true, true]));
    expect(finding).toMatchObject({ severity: "error", at: { line: 10 } });
    expectTells(finding, "NULL for Free");
    expectTells(planted("LOOK-PAIR", act([false, true]), act([false, false])), "NULL for Allocate");
  });

  it("LOOK-SMALL", () => {
    const act =
      (size: number): Act =>
      (lab) => {
        list = lab.block(make.bytes);
        make.initialize(lab, list, 0, 0, size);
        make.free(lab, list, make.allocate(lab, list));
        make.remove(lab, list);
      };
    expectTells(planted("LOOK-SMALL", act(3), act(4)), "3 bytes");
  });

  it("LOOK-FOREIGN: an entry goes back to the list that it came from", () => {
    const act = (foreign: boolean): Act =>
      withList((lab) => {
        const other = lab.block(make.bytes);
        make.initialize(lab, other);
        const entry = onLine(lab, 20, () => make.allocate(lab, other));
        onLine(lab, 21, () => make.free(lab, foreign ? list : other, entry));
        make.remove(lab, other);
      });
    const finding = planted("LOOK-FOREIGN", act(true), act(false));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 21 }, allocatedAt: { line: 20 } });
    expectTells(finding, hexAddress(list), "came from");
  });

  it("LOOK-FOREIGN: what no list handed out is not taken", () => {
    const act = (foreign: boolean): Act =>
      withList((lab) => {
        const block = lab.ddi.ExAllocatePoolWithTag(0, SIZE, TAG);
        if (foreign) make.free(lab, list, block);
        else lab.ddi.ExFreePool(block);
      });
    expectTells(planted("LOOK-FOREIGN", act(true), act(false)), "no entry of a list");
    planted(
      "LOOK-FOREIGN",
      withList((lab) => make.free(lab, list, 0)),
      NOTHING,
    );
  });

  it.each([false, true])("MEM-DFREE of an entry that the list has back, functions of the driver: %s", (own) => {
    const act = (times: number): Act =>
      withList((lab) => {
        const entry = make.allocate(lab, list);
        for (let i = 0; i < times; i++) onLine(lab, 20 + i, () => make.free(lab, list, entry));
      }, own);
    expectTells(planted("MEM-DFREE", act(2), act(1)), "driver.c:20");
  });

  it("MEM-OVERRUN of an entry", () => {
    const act = (byte: number): Act =>
      withList((lab) => {
        const entry = make.allocate(lab, list);
        lab.machine.memory.u8[entry + SIZE] = byte;
        make.free(lab, list, entry);
      });
    planted("MEM-OVERRUN", act(0), act(0xfd));
  });

  it.each([false, true])("LOOK-OUT, functions of the driver: %s", (own) => {
    const act = (out: number): Act =>
      withList((lab) => {
        const entries = [1, 2, 3].map(() => onLine(lab, 20, () => make.allocate(lab, list)));
        for (const entry of entries.slice(out)) make.free(lab, list, entry);
      }, own);
    const finding = planted("LOOK-OUT", act(2), act(0));
    expect(finding).toMatchObject({ severity: "warn", at: { line: 90 }, object: { kind, address: list } });
    expectTells(finding, "2 entries");
    expect(finding.message.match(/0x/g)).toHaveLength(3); // the list and the two
    if (!own) expect(finding.allocatedAt).toMatchObject({ line: 20 });
  });

  it("LOOK-OUT leaves entries as blocks that can be freed", () => {
    const lab = new Lab();
    let entry = 0;
    withList((lab) => {
      entry = make.allocate(lab, list);
    })(lab);
    lab.ddi.ExFreePool(entry);
    lab.verifier.finish();
    expect(lab.rules).toEqual(["LOOK-OUT"]);
  });

  it("LOOK-INPOOL, and what follows from it is not said", () => {
    const act =
      (deleted: boolean): Act =>
      (lab) => {
        const block = lab.ddi.ExAllocatePoolWithTag(0, 256, TAG);
        list = block + 64;
        onLine(lab, 10, () => make.initialize(lab, list));
        make.free(lab, list, make.allocate(lab, list));
        if (deleted) make.remove(lab, list);
        onLine(lab, 20, () => lab.ddi.ExFreePool(block));
        if (!deleted) make.remove(lab, list);
      };
    const finding = planted("LOOK-INPOOL", act(false), act(true));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, object: { kind, address: list } });
    expectTells(finding, "driver.c:10");
  });

  it("MEM-LEAK of a list that is never deleted, or of its entries", () => {
    const act =
      (end: (lab: Lab, entry: number) => void): Act =>
      (lab) => {
        list = lab.block(make.bytes);
        onLine(lab, 10, () => make.initialize(lab, list));
        end(
          lab,
          onLine(lab, 20, () => make.allocate(lab, list)),
        );
      };
    const ofList = planted(
      "MEM-LEAK",
      act((lab, entry) => make.free(lab, list, entry)),
      NOTHING,
    );
    expect(ofList).toMatchObject({ at: { line: 10 }, object: { kind, address: list } });
    const ofEntry = planted(
      "MEM-LEAK",
      act(() => {}),
      NOTHING,
    );
    expect(ofEntry).toMatchObject({ at: { line: 20 }, object: { kind: "memory" } });
    expectTells(ofEntry, kind === "LOOKASIDE_LIST_EX" ? "ExFreeToLookasideListEx" : "NdisFreeToNPagedLookasideList");
  });

  it("MEM-LEAK of a list with functions of the driver, whose free entries are lost with it", () => {
    const lab = new Lab();
    list = lab.block(make.bytes);
    make.initialize(lab, list, ...functions(lab));
    make.free(lab, list, make.allocate(lab, list));
    lab.verifier.finish();
    expect(lab.onlyFinding("MEM-LEAK").object).toEqual({ kind, address: list });
  });

  it("NULL when memory is short, and nothing is lost", () => {
    const lab = new Lab();
    withList((lab) => {
      lab.machine.nonpaged.fault = () => true;
      expect(make.allocate(lab, list)).toBe(0);
      lab.machine.nonpaged.fault = () => false;
    })(lab);
    lab.verifier.finish();
    expect(lab.rules).toEqual([]);
  });
});

it("LOOK-IRQL", () => {
  const act =
    (irql: number): Act =>
    (lab) => {
      const list = lab.block(NPAGED_LOOKASIDE_LIST.size);
      MAKES.NPAGED_LOOKASIDE_LIST.initialize(lab, list);
      lab.machine.irql.at(irql, () => onLine(lab, 20, () => MAKES.NPAGED_LOOKASIDE_LIST.remove(lab, list)));
    };
  expectTells(planted("LOOK-IRQL", act(3), act(2)), "IRQL 3", "DISPATCH_LEVEL (2)");
});

describe("a list of paged entries", () => {
  const MAKE = MAKES.LOOKASIDE_LIST_EX;
  const begin = (lab: Lab, type = 1): number => {
    const list = lab.block(MAKE.bytes);
    lab.ddi.ExInitializeLookasideListEx(list, 0, 0, type, 0, SIZE, TAG, 0);
    return list;
  };

  it("LOOK-IRQL at DISPATCH_LEVEL, by whatever the entries are touched", () => {
    const acts: Record<string, (lab: Lab, list: number) => void> = {
      ExAllocateFromLookasideListEx: MAKE.allocate,
      ExFlushLookasideListEx: (lab, list) => lab.ddi.ExFlushLookasideListEx(list),
      ExDeleteLookasideListEx: MAKE.remove,
    };
    for (const [name, act] of Object.entries(acts)) {
      const at =
        (irql: number, type: number): Act =>
        (lab) => {
          const list = begin(lab, type);
          lab.machine.irql.at(irql, () => onLine(lab, 20, () => act(lab, list)));
        };
      const finding = (irql: number, type: number) => {
        const lab = new Lab();
        at(irql, type)(lab);
        return lab.rules;
      };
      expect([finding(2, 1), finding(1, 1), finding(2, 512)], name).toEqual([["LOOK-IRQL"], [], []]);
    }
  });

  it("LOOK-IRQL of an entry that is freed, and MEM-IRQL of one that is freed like other memory", () => {
    const lab = new Lab();
    const list = begin(lab);
    const [one, other] = [MAKE.allocate(lab, list), MAKE.allocate(lab, list)];
    expect(lab.machine.nonpaged.find(one)?.purpose).toBe("paged");
    lab.machine.irql.at(2, () => MAKE.free(lab, list, one));
    expectTells(lab.onlyFinding("LOOK-IRQL"), "ExFreeToLookasideListEx", "APC_LEVEL");
    lab.takeRules();
    lab.machine.irql.at(2, () => lab.ddi.ExFreePoolWithTag(other, TAG));
    expect(lab.takeRules()).toEqual(["MEM-IRQL"]);
  });
});

it("memory of a driver's function from elsewhere is nobody's business", () => {
  const lab = new Lab();
  const list = lab.block(NPAGED_LOOKASIDE_LIST.size);
  const storage = lab.block(SIZE);
  const none = lab.machine.callbacks.register(() => 0);
  MAKES.NPAGED_LOOKASIDE_LIST.initialize(
    lab,
    list,
    lab.machine.callbacks.register(() => storage),
    none,
  );
  expect(MAKES.NPAGED_LOOKASIDE_LIST.allocate(lab, list)).toBe(storage);
  MAKES.NPAGED_LOOKASIDE_LIST.free(lab, list, storage);
  MAKES.NPAGED_LOOKASIDE_LIST.remove(lab, list);
  lab.verifier.finish();
  expect(lab.rules).toEqual([]);
});
