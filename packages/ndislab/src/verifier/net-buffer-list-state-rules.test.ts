import { describe, expect, it } from "vitest";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NDIS_NET_BUFFER_LIST_INFO, NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NDIS_STATUS } from "../layout/status.js";
import { hexAddress } from "../memory/address.js";
import type { Lab } from "../testing/lab.js";
import { Others } from "../testing/others.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

const FILTER = 0x7000;
const { SourceHandle, Flags, NblFlags, Status, Context } = NET_BUFFER_LIST.offset;

let nbl = 0;
let nb = 0;

/** A list of the driver's with a NET_BUFFER, from line 11, sent at line 20 and freed at line 90. */
const ownList =
  (act: (lab: Lab) => void): Act =>
  (lab) => {
    const others = new Others(lab);
    const pool = lab.netBufferListPool({ fAllocateNetBuffer: true });
    nbl = onLine(lab, 11, () => lab.ddi.NdisAllocateNetBufferList(pool, 0, 0));
    nb = lab.plain.NET_BUFFER_LIST_FIRST_NB(nbl);
    lab.setU32(nbl + SourceHandle, FILTER);
    act(lab);
    onLine(lab, 20, () => lab.ddi.NdisFSendNetBufferLists(FILTER, nbl, 0, 0));
    others.giveBack();
    onLine(lab, 90, () => lab.ddi.NdisFreeNetBufferList(nbl));
    lab.ddi.NdisFreeNetBufferListPool(pool);
  };

/** A list of another driver that is passed on at line 20 and given back at line 40. */
const theirList =
  (act: (lab: Lab) => void): Act =>
  (lab) => {
    const others = new Others(lab);
    nbl = others.take();
    nb = lab.plain.NET_BUFFER_LIST_FIRST_NB(nbl);
    act(lab);
    onLine(lab, 20, () => lab.ddi.NdisFIndicateReceiveNetBufferLists(FILTER, nbl, 0, 1, 0));
    others.giveBack();
    onLine(lab, 40, () => lab.ddi.NdisFReturnNetBufferLists(FILTER, nbl, 0));
  };

const NOTHING = (): void => {};

/** verifier-rules §10. */
describe("NBL-SRCHANDLE", () => {
  it.each([0, 0x1234])("is for a list of the driver's own with %i", (handle) => {
    const finding = planted(
      "NBL-SRCHANDLE",
      ownList((lab) => lab.setU32(nbl + SourceHandle, handle)),
      ownList(NOTHING),
    );
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, allocatedAt: { line: 11 } });
    expectTells(finding, hexAddress(nbl), hexAddress(FILTER), handle === 0 ? "NULL" : hexAddress(handle));
  });

  it("is for changing that of another driver's list", () => {
    const mistake = theirList((lab) => lab.setU32(nbl + SourceHandle, FILTER));
    const finding = planted("NBL-SRCHANDLE", mistake, theirList(NOTHING));
    expect(finding.at?.line).toBe(20);
    expectTells(finding, hexAddress(FILTER), "leave it");
  });
});

describe("NBL-FLAGS", () => {
  it.each([
    [0x600, "IS_IPV4 and IS_IPV6"],
    [0x1a00, "IS_TCP and IS_UDP exclude"],
    [0x0800, "need IS_IPV4 or IS_IPV6"],
    [0x1000, "need IS_IPV4 or IS_IPV6"],
    [0x6a00, "exclude each other"],
    [0x2000, "needs IS_IPV4 or IS_IPV6"],
    [0x4400, "needs IS_TCP or IS_UDP"],
  ])("0x%s", (flags, text) => {
    const finding = planted(
      "NBL-FLAGS",
      ownList((lab) => lab.setU32(nbl + NblFlags, flags)),
      ownList(NOTHING),
    );
    expect(finding).toMatchObject({ severity: "warn", at: { line: 20 } });
    expectTells(finding, hexAddress(nbl), `0x${flags.toString(16)}`, text);
  });

  it.each([0x200, 0x400, 0xa00, 0x1200, 0xc00, 0x2200, 0x2a00, 0x4a00, 0x5200, 0x8101, 0xff])("not 0x%s", (flags) => {
    planted(
      "NBL-FLAGS",
      ownList((lab) => lab.setU32(nbl + NblFlags, 0x600)),
      ownList((lab) => lab.setU32(nbl + NblFlags, flags)),
    );
  });
});

describe("NBL-FLAGMASK", () => {
  it("keeps the bits of NDIS from a list of the driver's own, and no others", () => {
    const finding = planted(
      "NBL-FLAGMASK",
      ownList((lab) => lab.setU32(nbl + Flags, 0xfff0_f043)),
      ownList((lab) => lab.setU32(nbl + Flags, 0xffff_f003)),
    );
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 } });
    expectTells(finding, hexAddress(nbl), "0x00000040", "0x00000ffc");
  });

  it("leaves a filter the scratch bits of another driver's list", () => {
    const finding = planted(
      "NBL-FLAGMASK",
      theirList((lab) => lab.ddi.NBL_SET_PROT_RSVD_FLAG(nbl, 0x8000_0000)),
      theirList((lab) => lab.setU32(nbl + Flags, 0x000f_0000)),
    );
    expectTells(finding, "0x80000000", "0x000f0000");
  });
});

it("NB-PHYS", () => {
  const set = (flags: number) =>
    ownList((lab) => {
      lab.ddi.NET_BUFFER_DATA_PHYSICAL_ADDRESS.set(nb, 1n << 40n);
      lab.setU32(nbl + NblFlags, flags);
    });
  const finding = planted("NB-PHYS", set(0), set(0x2200));
  expect(finding).toMatchObject({ severity: "warn", at: { line: 20 }, object: { kind: "NET_BUFFER", address: nb } });
  expectTells(finding, "DataPhysicalAddress");
});

it("NBL-RXMULTI", () => {
  const indicated =
    (count: number): Act =>
    (lab) => {
      const others = new Others(lab);
      const listPool = lab.netBufferListPool();
      const pool = lab.netBufferPool();
      nbl = lab.ddi.NdisAllocateNetBufferList(listPool, 0, 0);
      lab.setU32(nbl + SourceHandle, FILTER);
      const all = Array.from({ length: count }, () => lab.ddi.NdisAllocateNetBuffer(pool, 0, 0, 0));
      for (const [i, at] of all.entries()) lab.ddi.NET_BUFFER_NEXT_NB.set(at, all[i + 1] ?? 0);
      lab.ddi.NET_BUFFER_LIST_FIRST_NB.set(nbl, all[0] ?? 0);
      onLine(lab, 20, () => lab.ddi.NdisFIndicateReceiveNetBufferLists(FILTER, nbl, 0, 1, 0));
      others.giveBack();
      for (const at of all) lab.ddi.NdisFreeNetBuffer(at);
      lab.ddi.NdisFreeNetBufferList(nbl);
      lab.ddi.NdisFreeNetBufferListPool(listPool);
      lab.ddi.NdisFreeNetBufferPool(pool);
    };
  const finding = planted("NBL-RXMULTI", indicated(3), indicated(1));
  expect(finding).toMatchObject({ severity: "warn", at: { line: 20 }, object: { address: nbl } });
  expectTells(finding, hexAddress(nbl), "3 NET_BUFFERs");
});

describe("NBL-STATUS", () => {
  const completed =
    (status: number): Act =>
    (lab) => {
      const others = new Others(lab);
      nbl = others.take();
      lab.setU32(nbl + Status, status);
      onLine(lab, 40, () => lab.ddi.NdisFSendNetBufferListsComplete(FILTER, nbl, 0));
    };

  it.each([
    [NDIS_STATUS.NDIS_STATUS_PENDING, "PENDING"],
    [0xc0de_0000, "0xC0DE0000"],
    [NDIS_STATUS.NDIS_STATUS_NOT_ACCEPTED, "0x00010003"],
    [1, "0x00000001"],
  ])("is for %i", (status, text) => {
    const finding = planted("NBL-STATUS", completed(status), completed(0));
    expect(finding).toMatchObject({ severity: "error", at: { line: 40 }, object: { address: nbl } });
    expectTells(finding, hexAddress(nbl), text, "SEND_ABORTED");
  });

  it.each([
    "NDIS_STATUS_SUCCESS",
    "NDIS_STATUS_INVALID_LENGTH",
    "NDIS_STATUS_RESOURCES",
    "NDIS_STATUS_FAILURE",
    "NDIS_STATUS_SEND_ABORTED",
    "NDIS_STATUS_RESET_IN_PROGRESS",
    "NDIS_STATUS_PAUSED",
    "NDIS_STATUS_INVALID_PACKET",
  ] as const)("is not for %s", (name) => {
    planted("NBL-STATUS", completed(0x103), completed(NDIS_STATUS[name]));
  });
});

describe("NBL-NBLEFT", () => {
  const left =
    (put: (lab: Lab, nb: number, own: number) => void, after: (lab: Lab, nb: number) => void = NOTHING): Act =>
    (lab) => {
      const listPool = lab.netBufferListPool({ fAllocateNetBuffer: true });
      const pool = lab.netBufferPool();
      nb = onLine(lab, 10, () => lab.ddi.NdisAllocateNetBuffer(pool, 0, 0, 0));
      nbl = onLine(lab, 11, () => lab.ddi.NdisAllocateNetBufferList(listPool, 0, 0));
      put(lab, nb, lab.ddi.NET_BUFFER_LIST_FIRST_NB(nbl));
      onLine(lab, 30, () => lab.ddi.NdisFreeNetBufferList(nbl));
      after(lab, nb);
      lab.ddi.NdisFreeNetBufferListPool(listPool);
      lab.ddi.NdisFreeNetBufferPool(pool);
    };
  const twin = left(NOTHING, (lab) => lab.ddi.NdisFreeNetBuffer(nb));

  it.each([
    ["behind the list's own", (lab, at, own) => lab.ddi.NET_BUFFER_NEXT_NB.set(own, at)],
    ["in its place", (lab, at) => lab.ddi.NET_BUFFER_LIST_FIRST_NB.set(nbl, at)],
  ] as [string, (lab: Lab, nb: number, own: number) => void][])(
    "is for a NET_BUFFER %s, and not for its leak",
    (_, put) => {
      const finding = planted("NBL-NBLEFT", left(put), twin);
      expect(finding).toMatchObject({
        severity: "error",
        at: { line: 30 },
        allocatedAt: { line: 10 },
        object: { address: nbl },
      });
      expectTells(finding, hexAddress(nbl), hexAddress(nb), "1 NET_BUFFER ");
    },
  );

  it("is not for one that was freed before and only still pointed to", () => {
    const stale = left((lab, at, own) => {
      lab.ddi.NET_BUFFER_NEXT_NB.set(own, at);
      lab.ddi.NdisFreeNetBuffer(at);
    });
    planted(
      "NBL-NBLEFT",
      left((lab, at) => lab.ddi.NET_BUFFER_LIST_FIRST_NB.set(nbl, at)),
      stale,
    );
  });

  it("is all that is said, also when the NET_BUFFER is freed after all", () => {
    planted(
      "NBL-NBLEFT",
      left(
        (lab, at) => lab.ddi.NET_BUFFER_LIST_FIRST_NB.set(nbl, at),
        (lab, at) => lab.ddi.NdisFreeNetBuffer(at),
      ),
      twin,
    );
  });
});

describe("NBL-NEXTLEFT", () => {
  /** Three lists in a chain, from lines 11 to 13; the first freed at line 30. */
  const chain =
    (free: (lab: Lab, lists: number[]) => void, endPool = false): Act =>
    (lab) => {
      const pool = lab.netBufferListPool();
      const lists = [11, 12, 13].map((line) => onLine(lab, line, () => lab.ddi.NdisAllocateNetBufferList(pool, 0, 0)));
      for (const [i, list] of lists.entries()) lab.ddi.NET_BUFFER_LIST_NEXT_NBL.set(list, lists[i + 1] ?? 0);
      nbl = lists[1];
      onLine(lab, 30, () => lab.ddi.NdisFreeNetBufferList(lists[0]));
      free(lab, lists);
      if (endPool) lab.ddi.NdisFreeNetBufferListPool(pool);
    };
  const freeRest = (lab: Lab, lists: number[]): void => {
    for (const list of lists.slice(1)) lab.ddi.NdisFreeNetBufferList(list);
  };

  it.each([false, true])("is for what is lost, at the call that freed one; pool freed: %s", (endPool) => {
    const finding = planted("NBL-NEXTLEFT", chain(NOTHING, endPool), chain(freeRest, true));
    expect(finding).toMatchObject({
      severity: "bug",
      at: { line: 30 },
      allocatedAt: { line: 12 },
      object: { address: nbl },
    });
    expectTells(finding, hexAddress(nbl), "2 lists");
  });

  it("is not for a chain that is freed one list after the other, nor for a list that got lost on its way", () => {
    const passed = (lab: Lab): void => {
      new Others(lab);
      lab.setU32(nbl + SourceHandle, FILTER);
      const last = lab.u32(nbl);
      lab.setU32(nbl, 0);
      onLine(lab, 40, () => lab.ddi.NdisFSendNetBufferLists(FILTER, nbl, 0, 0));
      lab.ddi.NdisFreeNetBufferList(last);
    };
    expectTells(planted("NBL-LEAK", chain(passed), chain(freeRest, true)), "driver.c:40");
  });
});

it("NBL-INFOID: reading and writing behind the last slot", () => {
  const { MaxNetBufferListInfo: max } = NDIS_NET_BUFFER_LIST_INFO.values;
  for (const id of [max, -1, 1000])
    for (const use of [
      (lab: Lab, slot: number) => expect(lab.ddi.NET_BUFFER_LIST_INFO(nbl, slot)).toBe(0),
      (lab: Lab, slot: number) => lab.ddi.NET_BUFFER_LIST_INFO.set(nbl, slot, 0xbad),
    ]) {
      const finding = planted(
        "NBL-INFOID",
        ownList((lab) => onLine(lab, 15, () => use(lab, id))),
        ownList((lab) => use(lab, 0)),
      );
      expect(finding).toMatchObject({ severity: "bug", at: { line: 15 }, object: { address: nbl } });
      expectTells(finding, `${id}`, `${max - 1}`);
    }
});

/** verifier-rules §8. */
describe("NB-POOLFIELD", () => {
  const freed =
    (spoil: (lab: Lab) => void): Act =>
    (lab) => {
      const pool = lab.netBufferPool(64);
      nb = onLine(lab, 10, () => lab.ddi.NdisAllocateNetBufferMdlAndData(pool));
      spoil(lab);
      onLine(lab, 30, () => lab.ddi.NdisFreeNetBuffer(nb));
      lab.ddi.NdisFreeNetBufferPool(pool);
    };

  it.each([
    ["NdisPoolHandle", NET_BUFFER.offset.NdisPoolHandle, 0x1234],
    ["NdisPoolHandle", NET_BUFFER.offset.NdisPoolHandle, 0],
    ["NdisReserved", NET_BUFFER.offset.NdisReserved, 0],
  ] as const)("tells of %s, and gives the NET_BUFFER back all the same", (name, offset, value) => {
    const finding = planted(
      "NB-POOLFIELD",
      freed((lab) => lab.setU32(nb + offset, value)),
      freed(NOTHING),
    );
    expect(finding).toMatchObject({
      severity: "bug",
      at: { line: 30 },
      allocatedAt: { line: 10 },
      object: { address: nb },
    });
    expectTells(finding, "NdisFreeNetBuffer", name, hexAddress(nb));
  });

  it("is one finding for a NET_BUFFER, or a list, that was zeroed as a whole", () => {
    planted(
      "NB-POOLFIELD",
      freed((lab) => lab.machine.memory.u8.fill(0, nb, nb + NET_BUFFER.size)),
      freed(NOTHING),
    );
    const list =
      (spoil: (lab: Lab) => void): Act =>
      (lab) => {
        const pool = lab.netBufferListPool({ ContextSize: 8, fAllocateNetBuffer: true });
        nbl = lab.ddi.NdisAllocateNetBufferList(pool, 8, 0);
        spoil(lab);
        onLine(lab, 30, () => lab.ddi.NdisFreeNetBufferList(nbl));
        lab.ddi.NdisFreeNetBufferListPool(pool);
      };
    const zeroed = list((lab) => lab.machine.memory.u8.fill(0, nbl, nbl + NET_BUFFER_LIST.size));
    const finding = planted("NB-POOLFIELD", zeroed, list(NOTHING));
    expect(finding.object).toEqual({ kind: "NET_BUFFER_LIST", address: nbl });
    expectTells(finding, "NdisFreeNetBufferList", "NdisPoolHandle");
  });
});

/** verifier-rules §11. */
describe("context", () => {
  const add = (lab: Lab, size: number, backFill = 0): number =>
    lab.ddi.NdisAllocateNetBufferListContext(nbl, size, backFill, 0x6174_6f6b);
  const remove = (lab: Lab, size: number): void => lab.ddi.NdisFreeNetBufferListContext(nbl, size);
  /** A list with 8 bytes used of the 24 of its own, from line 11. */
  const withContext =
    (act: (lab: Lab) => void): Act =>
    (lab) => {
      const pool = lab.netBufferListPool({ ContextSize: 24 });
      nbl = onLine(lab, 11, () => lab.ddi.NdisAllocateNetBufferList(pool, 8, 16));
      act(lab);
      onLine(lab, 90, () => lab.ddi.NdisFreeNetBufferList(nbl));
      lab.ddi.NdisFreeNetBufferListPool(pool);
    };
  const balanced = withContext((lab) => {
    for (const size of [8, 16, 40, 8]) expect(add(lab, size)).toBe(0);
    for (const size of [8, 40, 16, 8]) remove(lab, size);
  });

  it.each([
    [8, "in the list's own block"],
    [40, "in a block of its own"],
  ])("NBL-CTXLEFT: %i bytes %s", (size) => {
    const finding = planted(
      "NBL-CTXLEFT",
      withContext((lab) => onLine(lab, 20, () => add(lab, size))),
      balanced,
    );
    expect(finding).toMatchObject({
      severity: "error",
      at: { line: 90 },
      allocatedAt: { line: 20 },
      object: { address: nbl },
    });
    expectTells(finding, "NdisFreeNetBufferList", `${size} bytes`, "driver.c:20");
  });

  it("NBL-CTXLEFT is also for what another driver's list has on when it goes back", () => {
    const finding = planted(
      "NBL-CTXLEFT",
      theirList((lab) => onLine(lab, 15, () => add(lab, 16))),
      theirList((lab) => {
        add(lab, 16);
        remove(lab, 16);
      }),
    );
    expect(finding).toMatchObject({ at: { line: 40 }, allocatedAt: { line: 15 } });
    expectTells(finding, "NdisFReturnNetBufferLists", "16 bytes");
  });

  it.each([
    ["what the list came with", (lab: Lab) => remove(lab, 8), "0 are left"],
    [
      "more than was added",
      (lab: Lab) => {
        add(lab, 8);
        remove(lab, 16);
        remove(lab, 8);
      },
      "8 are left",
    ],
    [
      "two contexts in one",
      (lab: Lab) => {
        add(lab, 32);
        add(lab, 40);
        remove(lab, 72);
        remove(lab, 40);
        remove(lab, 32);
      },
      "has 40",
    ],
  ])("CTX-UNDER: %s", (_, act, text) => {
    const finding = planted(
      "CTX-UNDER",
      withContext((lab) => onLine(lab, 20, () => act(lab))),
      balanced,
    );
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, object: { address: nbl } });
    expectTells(finding, "NdisFreeNetBufferListContext", hexAddress(nbl), text);
  });

  it.each([
    ["NdisFreeNetBufferListContext", (lab: Lab) => remove(lab, 8)],
    [
      "NET_BUFFER_LIST_CONTEXT_DATA_START",
      (lab: Lab) => expect(lab.ddi.NET_BUFFER_LIST_CONTEXT_DATA_START(nbl)).toBe(0),
    ],
    ["NET_BUFFER_LIST_CONTEXT_DATA_SIZE", (lab: Lab) => expect(lab.ddi.NET_BUFFER_LIST_CONTEXT_DATA_SIZE(nbl)).toBe(0)],
  ])("CTX-NULL: %s of a list without any", (name, act) => {
    const finding = planted(
      "CTX-NULL",
      ownList((lab) => {
        expect(lab.u32(nbl + Context)).toBe(0);
        onLine(lab, 15, () => act(lab));
      }),
      ownList((lab) => {
        add(lab, 8);
        lab.ddi.NET_BUFFER_LIST_CONTEXT_DATA_START(nbl);
        remove(lab, 8);
      }),
    );
    expect(finding).toMatchObject({ severity: "bug", at: { line: 15 }, object: { address: nbl } });
    expectTells(finding, name, "NULL");
  });

  it("CTX-ALIGN is an error where no document allows the size, and a hint where older ones do not", () => {
    const act = (size: number, backFill: number): Act =>
      withContext((lab) => {
        if (onLine(lab, 20, () => add(lab, size, backFill)) === 0) remove(lab, size);
      });
    for (const [size, backFill] of [
      [6, 0],
      [8, 2],
    ]) {
      const finding = planted("CTX-ALIGN", act(size, backFill), act(8, 16));
      expect(finding).toMatchObject({ severity: "error", at: { line: 20 } });
      expectTells(finding, `ContextSize ${size}`, `ContextBackFill ${backFill}`);
    }
    expect(planted("CTX-ALIGN", act(12, 0), act(16, 0)).severity).toBe("info");
    const list = (size: number): Act =>
      withContext((lab) => {
        const pool = lab.netBufferListPool();
        lab.ddi.NdisFreeNetBufferList(onLine(lab, 30, () => lab.ddi.NdisAllocateNetBufferList(pool, size, 0)));
        lab.ddi.NdisFreeNetBufferListPool(pool);
      });
    expect(planted("CTX-ALIGN", list(12), list(16))).toMatchObject({ severity: "error", at: { line: 30 } });
  });

  it("CTX-SIZE16", () => {
    const added = (size: number, backFill: number): Act =>
      withContext((lab) => {
        if (onLine(lab, 20, () => add(lab, size, backFill)) === 0) remove(lab, size);
      });
    const finding = planted("CTX-SIZE16", added(0xfff0, 16), added(0xfff0, 8));
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 } });
    expectTells(finding, "65536", "65535");
    const list = (size: number): Act =>
      withContext((lab) => {
        const pool = lab.netBufferListPool({ fAllocateNetBuffer: true });
        const made = [
          onLine(lab, 30, () => lab.ddi.NdisAllocateNetBufferList(pool, size, 0x8000)),
          lab.ddi.NdisAllocateNetBufferAndNetBufferList(pool, 8, 0, 0, 0, 0),
        ];
        for (const other of made) if (other !== 0) lab.ddi.NdisFreeNetBufferList(other);
        lab.ddi.NdisFreeNetBufferListPool(pool);
      });
    expect(planted("CTX-SIZE16", list(0x8000), list(0x7ff8)).at?.line).toBe(30);
  });
});
