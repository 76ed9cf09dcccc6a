import { describe, expect, it } from "vitest";
import { hexAddress } from "../memory/address.js";
import { type Lab, type ListPoolParameters, STACK } from "../testing/lab.js";
import { Others } from "../testing/others.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

let nbl = 0;
let pool = 0;

/** A list of the driver, gone at the end. */
const withList =
  (act: (lab: Lab) => void, parameters: ListPoolParameters = {}): Act =>
  (lab) => {
    pool = onLine(lab, 10, () => lab.netBufferListPool(parameters));
    nbl = onLine(lab, 11, () => lab.ddi.NdisAllocateNetBufferList(pool, 0, 0));
    act(lab);
    onLine(lab, 90, () => lab.ddi.NdisFreeNetBufferList(nbl));
    onLine(lab, 91, () => lab.ddi.NdisFreeNetBufferListPool(pool));
  };

const NOTHING = withList(() => {});

const GIVE_BACK = {
  NdisFSendNetBufferListsComplete: (lab: Lab, lists: number) => lab.ddi.NdisFSendNetBufferListsComplete(1, lists, 0),
  NdisFReturnNetBufferLists: (lab: Lab, lists: number) => lab.ddi.NdisFReturnNetBufferLists(1, lists, 0),
};
const PASS_ON = {
  NdisFSendNetBufferLists: (lab: Lab, lists: number) => lab.ddi.NdisFSendNetBufferLists(1, lists, 0, 0),
  NdisFIndicateReceiveNetBufferLists: (lab: Lab, lists: number) =>
    lab.ddi.NdisFIndicateReceiveNetBufferLists(1, lists, 0, 1, 0),
};

/** verifier-rules §10. */
describe("NBL-NOTPOOL", () => {
  it.each([
    ["the stack", () => STACK, "stack"],
    ["a block of the driver", (lab) => lab.block(300), "300 bytes, tag 'Test'"],
    [
      "a NET_BUFFER",
      (lab) => lab.netBuffer([1], 0, 1, lab.plain.NdisAllocateNetBufferPool(0, lab.netBufferPoolParameters())),
      "NET_BUFFER",
    ],
  ] as [string, (lab: Lab) => number, string][])("tells of %s what it is", (name, address, what) => {
    const used = withList((lab) => {
      const wrong = address(lab);
      onLine(lab, 20, () => lab.ddi.NdisGetPoolFromNetBufferList(wrong));
      if (name === "a NET_BUFFER") lab.ddi.NdisFreeNetBuffer(wrong);
    });
    const finding = planted("NBL-NOTPOOL", used, NOTHING);
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, object: { kind: "NET_BUFFER_LIST" } });
    expectTells(finding, hexAddress(finding.object?.address ?? 0), what);
  });

  it("tells of a freed one where it was freed", () => {
    const freed = withList((lab) => {
      const other = onLine(lab, 15, () => lab.ddi.NdisAllocateNetBufferList(pool, 0, 0));
      onLine(lab, 16, () => lab.ddi.NdisFreeNetBufferList(other));
      lab.ddi.NdisGetPoolFromNetBufferList(other);
    });
    const finding = planted("NBL-NOTPOOL", freed, NOTHING);
    expect(finding).toMatchObject({ allocatedAt: { line: 15 } });
    expectTells(finding, "driver.c:16");
  });

  it("is for freeing the list of another driver, which stays as it is", () => {
    const foreign = withList((lab) => {
      const list = new Others(lab).take();
      lab.ddi.NdisFreeNetBufferList(list);
      expect(lab.machine.pools.live(lab.plain.NdisGetPoolFromNetBufferList(list))).toBe(1);
    });
    expectTells(planted("NBL-NOTPOOL", foreign, NOTHING), "another driver", "complete or return");
  });
});

it("NBL-WRONGPOOL", () => {
  const act =
    (parameters: ListPoolParameters): Act =>
    (lab) => {
      pool = onLine(lab, 10, () => lab.netBufferListPool(parameters));
      nbl = lab.ddi.NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, 0, 0, 0);
      if (nbl !== 0) lab.ddi.NdisFreeNetBufferList(nbl);
      lab.ddi.NdisFreeNetBufferListPool(pool);
    };
  const right = act({ fAllocateNetBuffer: true });
  const data = planted("NBL-WRONGPOOL", act({ fAllocateNetBuffer: true, DataSize: 64 }), right);
  expect(data).toMatchObject({
    severity: "error",
    allocatedAt: { line: 10 },
    object: { kind: "NET_BUFFER_LIST pool" },
  });
  expectTells(data, "fAllocateNetBuffer TRUE", "DataSize 64", "DataSize 0");
  expectTells(planted("NBL-WRONGPOOL", act({}), right), "fAllocateNetBuffer FALSE");
});

it("NBL-DFREE", () => {
  const finding = planted(
    "NBL-DFREE",
    withList((lab) => onLine(lab, 20, () => lab.ddi.NdisFreeNetBufferList(nbl))),
    NOTHING,
  );
  const object = { kind: "NET_BUFFER_LIST", address: nbl };
  expect(finding).toMatchObject({ severity: "bug", at: { line: 90 }, allocatedAt: { line: 11 }, object });
  expectTells(finding, hexAddress(nbl), "driver.c:20");
});

it("NBL-LEAK is said of the list, and of nothing that came with it", () => {
  const leaking: Act = (lab) => {
    nbl = onLine(lab, 11, () =>
      lab.ddi.NdisAllocateNetBufferList(lab.netBufferListPool({ fAllocateNetBuffer: true, DataSize: 64 }), 16, 0),
    );
  };
  const finding = planted("NBL-LEAK", leaking, NOTHING);
  expect(finding).toMatchObject({
    severity: "bug",
    at: { line: 11 },
    object: { kind: "NET_BUFFER_LIST", address: nbl },
  });
  expectTells(finding, hexAddress(nbl), "NdisFreeNetBufferList");
});

it.each(Object.keys(GIVE_BACK) as (keyof typeof GIVE_BACK)[])("NBL-DCOMPLETE: %s twice", (name) => {
  const act =
    (times: number): Act =>
    (lab) => {
      nbl = new Others(lab).take();
      for (let i = 0; i < times; i++) onLine(lab, 20 + i, () => GIVE_BACK[name](lab, nbl));
    };
  const finding = planted("NBL-DCOMPLETE", act(2), act(1));
  expect(finding).toMatchObject({
    severity: "bug",
    at: { line: 21 },
    object: { kind: "NET_BUFFER_LIST", address: nbl },
  });
  expectTells(finding, name, hexAddress(nbl), "driver.c:20");
});

/** verifier-rules §9. */
describe.each(Object.keys(GIVE_BACK) as (keyof typeof GIVE_BACK)[])("RET-UNBAL in %s", (name) => {
  let nb = 0;
  const act =
    (move: (lab: Lab) => void): Act =>
    (lab) => {
      nbl = new Others(lab).take();
      nb = lab.ddi.NET_BUFFER_LIST_FIRST_NB(nbl);
      onLine(lab, 15, () => move(lab));
      onLine(lab, 20, () => GIVE_BACK[name](lab, nbl));
    };

  it("tells the bytes that are left over, either way", () => {
    const balanced = act((lab) => {
      lab.ddi.NdisRetreatNetBufferDataStart(nb, 14, 0, 0);
      lab.ddi.NdisRetreatNetBufferDataStart(nb, 60, 8, 0);
      lab.ddi.NdisAdvanceNetBufferDataStart(nb, 74, 1, 0);
    });
    const retreated = planted(
      "RET-UNBAL",
      act((lab) => lab.ddi.NdisRetreatNetBufferDataStart(nb, 14, 0, 0)),
      balanced,
    );
    expect(retreated).toMatchObject({
      severity: "error",
      at: { line: 20 },
      object: { kind: "NET_BUFFER", address: nb },
    });
    expectTells(retreated, name, hexAddress(nb), "retreated by 14", "driver.c:15");
    const advanced = planted(
      "RET-UNBAL",
      act((lab) => lab.ddi.NdisAdvanceNetBufferDataStart(nb, 9, 0, 0)),
      balanced,
    );
    expectTells(advanced, "advanced by 9");
  });

  it("does not count calls that did nothing", () => {
    const nothing = act((lab) => {
      lab.machine.nonpaged.fault = () => true;
      expect(lab.ddi.NdisRetreatNetBufferDataStart(nb, 60, 0, 0)).not.toBe(0);
      lab.machine.nonpaged.fault = () => false;
      lab.ddi.NdisRetreatNetBufferDataStart(nb, 0, 0, 0);
    });
    planted(
      "RET-UNBAL",
      act((lab) => lab.ddi.NdisRetreatNetBufferDataStart(nb, 1, 0, 0)),
      nothing,
    );
  });
});

describe("LIST-CYCLE", () => {
  it.each(Object.keys(PASS_ON) as (keyof typeof PASS_ON)[])("of lists in %s, which are passed on once", (name) => {
    let got: number[][] = [];
    const act =
      (close: (lists: number[]) => number): Act =>
      (lab) => {
        const others = new Others(lab);
        const lists = [1, 2, 3].map(() => others.take());
        for (const [i, list] of lists.entries()) lab.setU32(list, lists[i + 1] ?? close(lists));
        [nbl] = lists;
        PASS_ON[name](lab, nbl);
        got = others.got;
        expect(got).toEqual([lists]);
        lab.ddi.NdisFSendNetBufferListsComplete(1, nbl, 0);
      };
    for (const back of [0, 1, 2]) {
      const finding = planted(
        "LIST-CYCLE",
        act((lists) => lists[back]),
        act(() => 0),
      );
      expect(finding).toMatchObject({ severity: "bug", object: { kind: "NET_BUFFER_LIST", address: got[0][2] } });
      expectTells(finding, name, hexAddress(got[0][2]));
      if (back < 2) expectTells(finding, hexAddress(got[0][back]));
    }
  });

  it("of the NET_BUFFERs on one list", () => {
    let nb = 0;
    const act =
      (cycle: boolean): Act =>
      (lab) => {
        nbl = new Others(lab).take();
        nb = lab.ddi.NET_BUFFER_LIST_FIRST_NB(nbl);
        lab.ddi.NET_BUFFER_NEXT_NB.set(nb, cycle ? nb : 0);
        lab.ddi.NdisFSendNetBufferLists(1, nbl, 0, 0);
        lab.ddi.NdisFSendNetBufferListsComplete(1, nbl, 0);
      };
    const finding = planted("LIST-CYCLE", act(true), act(false));
    expect(finding.object).toEqual({ kind: "NET_BUFFER", address: nb });
  });
});

it("what a driver passes on has sound geometry", () => {
  for (const name of Object.keys(PASS_ON) as (keyof typeof PASS_ON)[]) {
    const act =
      (dataOffset: number): Act =>
      (lab) => {
        nbl = new Others(lab).take();
        lab.ddi.NET_BUFFER_DATA_OFFSET.set(lab.ddi.NET_BUFFER_LIST_FIRST_NB(nbl), dataOffset);
        PASS_ON[name](lab, nbl);
        GIVE_BACK.NdisFReturnNetBufferLists(lab, nbl);
      };
    expectTells(planted("NB-CURMDL", act(49), act(50)), name, "DataOffset is 49");
  }
});
