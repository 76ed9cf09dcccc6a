import { describe, expect, it } from "vitest";
import { NDIS_RECEIVE_FLAGS } from "../layout/data-path-flags.js";
import { hexAddress } from "../memory/address.js";
import type { Lab } from "../testing/lab.js";
import { Others } from "../testing/others.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";
import type { PassingCall } from "./ownership.js";

const PASS: Record<PassingCall, (lab: Lab, nbl: number) => void> = {
  NdisFSendNetBufferLists: (lab, nbl) => lab.ddi.NdisFSendNetBufferLists(1, nbl, 0, 0),
  NdisFIndicateReceiveNetBufferLists: (lab, nbl) => lab.ddi.NdisFIndicateReceiveNetBufferLists(1, nbl, 0, 1, 0),
};
const CALLS = Object.keys(PASS) as PassingCall[];

let nbl = 0;
let nb = 0;
let mdl = 0;

/** Passes a list of another driver on at line 20, acts at line 30, and gives it back at the end. */
const away =
  (call: PassingCall, act: (lab: Lab) => void): Act =>
  (lab) => {
    const others = new Others(lab);
    nbl = others.take();
    nb = lab.plain.NET_BUFFER_LIST_FIRST_NB(nbl);
    mdl = lab.plain.NET_BUFFER_FIRST_MDL(nb);
    onLine(lab, 20, () => PASS[call](lab, nbl));
    onLine(lab, 30, () => act(lab));
    others.giveBack();
    onLine(lab, 40, () => lab.ddi.NdisFReturnNetBufferLists(1, nbl, 0));
  };

const NOTHING = (): void => {};

/** verifier-rules §10. */
describe.each(CALLS)("NBL-OWNER after %s", (call) => {
  const other = CALLS.find((name) => name !== call) as PassingCall;

  it.each([
    ["NdisGetPoolFromNetBufferList", (lab) => lab.ddi.NdisGetPoolFromNetBufferList(nbl)],
    ["NdisAllocateNetBufferListContext", (lab) => lab.ddi.NdisAllocateNetBufferListContext(nbl, 0, 0, 1)],
    ["NdisCopySendNetBufferListInfo", (lab) => lab.ddi.NdisCopySendNetBufferListInfo(nbl, nbl)],
    ["NdisFSendNetBufferLists", (lab) => PASS.NdisFSendNetBufferLists(lab, nbl)],
    [other, (lab) => PASS[other](lab, nbl)],
    ["NdisGetPoolFromNetBuffer", (lab) => lab.ddi.NdisGetPoolFromNetBuffer(nb)],
    ["NdisGetDataBuffer", (lab) => lab.ddi.NdisGetDataBuffer(nb, 1, 0, 1, 0)],
    ["NdisRetreatNetBufferDataStart", (lab) => lab.ddi.NdisRetreatNetBufferDataStart(nb, 1, 0, 0)],
    ["NdisAdvanceNetBufferDataStart", (lab) => lab.ddi.NdisAdvanceNetBufferDataStart(nb, 1, 0, 0)],
    ["NdisAdjustNetBufferCurrentMdl", (lab) => lab.ddi.NdisAdjustNetBufferCurrentMdl(nb)],
    ["NdisAdjustMdlLength", (lab) => lab.ddi.NdisAdjustMdlLength(mdl, 1000)],
  ] as [string, (lab: Lab) => unknown][])("is one finding for %s", (name, act) => {
    const finding = planted("NBL-OWNER", away(call, act), away(call, NOTHING));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 30 } });
    expectTells(finding, name, hexAddress(nbl), call, "driver.c:20", "handler");
  });

  it.each([
    ["FirstNetBuffer", (lab) => lab.ddi.NET_BUFFER_LIST_FIRST_NB.set(nbl, 0)],
    ["DataLength", (lab) => lab.ddi.NET_BUFFER_DATA_LENGTH.set(nb, 99)],
    ["DataOffset", (lab) => lab.ddi.NET_BUFFER_DATA_OFFSET.set(nb, 51)],
    ["CurrentMdlOffset", (lab) => lab.ddi.NET_BUFFER_CURRENT_MDL_OFFSET.set(nb, 49)],
    ["CurrentMdl", (lab) => lab.ddi.NET_BUFFER_CURRENT_MDL.set(nb, 0)],
    ["MdlChain", (lab) => lab.ddi.NET_BUFFER_FIRST_MDL.set(nb, 0)],
    ["Next", (lab) => lab.ddi.NET_BUFFER_NEXT_NB.set(nb, nb)],
  ] as [string, (lab: Lab) => void][])("tells of a write to %s when the list is back", (member, write) => {
    const finding = planted("NBL-OWNER", away(call, write), away(call, NOTHING));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, object: { address: nbl } });
    expectTells(finding, call, ` ${member} `, "came back");
  });

  it("does not last beyond the day the list comes back", () => {
    const right: Act = (lab) => {
      const others = new Others(lab);
      nbl = others.take();
      nb = lab.plain.NET_BUFFER_LIST_FIRST_NB(nbl);
      for (const again of [call, other]) {
        PASS[again](lab, nbl);
        others.giveBack();
        lab.ddi.NdisRetreatNetBufferDataStart(nb, 14, 0, 0);
        lab.ddi.NdisAdvanceNetBufferDataStart(nb, 14, 0, 0);
        lab.ddi.NdisGetPoolFromNetBufferList(nbl);
      }
      lab.ddi.NdisFReturnNetBufferLists(1, nbl, 0);
    };
    planted(
      "NBL-OWNER",
      away(call, (lab) => lab.ddi.NdisGetPoolFromNetBufferList(nbl)),
      right,
    );
  });
});

describe("NBL-OWNER", () => {
  it("does not touch lists that are lent with NDIS_RECEIVE_FLAGS_RESOURCES: they are back with the call", () => {
    const lent: Act = (lab) => {
      nbl = new Others(lab).take();
      lab.ddi.NdisFIndicateReceiveNetBufferLists(1, nbl, 0, 1, NDIS_RECEIVE_FLAGS.NDIS_RECEIVE_FLAGS_RESOURCES);
      lab.ddi.NdisGetDataBuffer(lab.ddi.NET_BUFFER_LIST_FIRST_NB(nbl), 1, 0, 1, 0);
      lab.ddi.NdisFReturnNetBufferLists(1, nbl, 0);
    };
    planted(
      "NBL-OWNER",
      away("NdisFIndicateReceiveNetBufferLists", (lab) => lab.ddi.NdisGetDataBuffer(nb, 1, 0, 1, 0)),
      lent,
    );
  });

  /** A list of the driver's own over MDLs of its own: at lines 10 to 13, sent at 20. */
  const own =
    (before: (lab: Lab, others: Others) => void, after: (lab: Lab) => void): Act =>
    (lab) => {
      const others = new Others(lab);
      const pool = lab.netBufferListPool({ fAllocateNetBuffer: true });
      const block = lab.block(64);
      mdl = onLine(lab, 10, () => lab.ddi.NdisAllocateMdl(0, block, 64));
      nbl = onLine(lab, 11, () => lab.ddi.NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, mdl, 0, 64));
      nb = onLine(lab, 12, () => lab.ddi.NdisAllocateNetBuffer(netBufferPool(lab), 0, 0, 0));
      lab.ddi.NET_BUFFER_NEXT_NB.set(lab.ddi.NET_BUFFER_LIST_FIRST_NB(nbl), nb);
      lab.setU32(nbl + 60, 1);
      onLine(lab, 20, () => lab.ddi.NdisFSendNetBufferLists(1, nbl, 0, 0));
      onLine(lab, 30, () => before(lab, others));
      others.giveBack();
      lab.ddi.NET_BUFFER_NEXT_NB.set(lab.ddi.NET_BUFFER_LIST_FIRST_NB(nbl), 0);
      onLine(lab, 40, () => after(lab));
    };
  const netBufferPools = new WeakMap<Lab, number>();
  const netBufferPool = (lab: Lab): number => {
    const pool = netBufferPools.get(lab) ?? lab.netBufferPool();
    netBufferPools.set(lab, pool);
    return pool;
  };
  const rest =
    (...left: ("nbl" | "nb" | "mdl")[]) =>
    (lab: Lab): void => {
      if (left.includes("nbl")) {
        const pool = lab.plain.NdisGetPoolFromNetBufferList(nbl);
        lab.ddi.NdisFreeNetBufferList(nbl);
        lab.ddi.NdisFreeNetBufferListPool(pool);
      }
      if (left.includes("nb")) lab.ddi.NdisFreeNetBuffer(nb);
      if (left.includes("mdl")) lab.ddi.NdisFreeMdl(mdl);
      lab.ddi.NdisFreeNetBufferPool(netBufferPool(lab));
    };
  const twin = own(NOTHING, rest("nbl", "nb", "mdl"));

  it("keeps a list that is freed while it is away, and says nothing of the leak that would be", () => {
    const mistake = own((lab) => lab.ddi.NdisFreeNetBufferList(nbl), rest("nbl", "nb", "mdl"));
    const finding = planted("NBL-OWNER", mistake, twin);
    expect(finding).toMatchObject({ at: { line: 30 }, allocatedAt: { line: 11 } });
    expectTells(finding, "NdisFreeNetBufferList", "driver.c:20");
  });

  it("is for freeing an MDL that is on its way", () => {
    const mistake = own((lab) => lab.ddi.NdisFreeMdl(mdl), rest("nbl", "nb"));
    const finding = planted("NBL-OWNER", mistake, twin);
    expect(finding).toMatchObject({ at: { line: 30 }, object: { kind: "MDL", address: mdl } });
    expectTells(finding, "NdisFreeMdl", hexAddress(mdl), hexAddress(nbl));
  });

  it("NB-LINKED is for freeing a NET_BUFFER that is on its way", () => {
    const mistake = own((lab) => lab.ddi.NdisFreeNetBuffer(nb), rest("nbl", "mdl"));
    const finding = planted("NB-LINKED", mistake, twin);
    expect(finding).toMatchObject({
      severity: "bug",
      at: { line: 30 },
      allocatedAt: { line: 12 },
      object: { address: nb },
    });
    expectTells(finding, "NdisFSendNetBufferLists", "driver.c:20");
  });

  it("does not speak of what lies where a list was that is gone", () => {
    const reused: Act = (lab) => {
      const others = new Others(lab);
      const pool = lab.netBufferListPool({ fAllocateNetBuffer: true });
      nbl = lab.ddi.NdisAllocateNetBufferList(pool, 0, 0);
      nb = lab.plain.NET_BUFFER_LIST_FIRST_NB(nbl);
      lab.setU32(nbl + 60, 1);
      lab.ddi.NdisFSendNetBufferLists(1, nbl, 0, 0);
      others.got.length = 0; // it is lost, and its memory somebody else's
      lab.plain.NdisFreeNetBufferList(nbl);
      expect(lab.ddi.NdisAllocateNetBufferList(pool, 0, 0)).toBe(nbl);
      lab.ddi.NdisGetPoolFromNetBuffer(nb);
      lab.ddi.NdisFreeNetBufferList(nbl);
      lab.ddi.NdisFreeNetBufferListPool(pool);
    };
    planted(
      "NBL-OWNER",
      away("NdisFSendNetBufferLists", (lab) => lab.ddi.NdisGetPoolFromNetBuffer(nb)),
      reused,
    );
  });
});
