import { describe, expect, it } from "vitest";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NDIS_STATUS } from "../layout/status.js";
import { hexAddress } from "../memory/address.js";
import { mdlsOf } from "../testing/chain-model.js";
import { type Lab, STACK } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";
import { unmap } from "../testing/unmapped.js";
import { listArrives } from "./net-buffer-list-notes.js";

let pool = 0;
let nb = 0;
let nbl = 0;

/** A driver's NET_BUFFER over 100 bytes, with data from 20 to 80, on a list of the driver's. */
const withNetBuffer =
  (act: (lab: Lab) => void): Act =>
  (lab) => {
    const lists = lab.netBufferListPool();
    pool = lab.netBufferPool();
    nb = onLine(lab, 11, () => lab.ddi.NdisAllocateNetBuffer(pool, lab.chain([100]), 20, 60));
    nbl = onLine(lab, 12, () => lab.ddi.NdisAllocateNetBufferList(lists, 0, 0));
    lab.ddi.NET_BUFFER_LIST_FIRST_NB.set(nbl, nb);
    act(lab);
    lab.ddi.NET_BUFFER_LIST_FIRST_NB.set(nbl, 0);
    lab.ddi.NdisFreeNetBufferList(nbl);
    lab.ddi.NdisFreeNetBuffer(nb);
    lab.ddi.NdisFreeNetBufferPool(pool);
    lab.ddi.NdisFreeNetBufferListPool(lists);
  };

const { NDIS_STATUS_FAILURE: FAILURE, NDIS_STATUS_SUCCESS: SUCCESS } = NDIS_STATUS;

/** A driver's handlers; the first gives MDLs of as many bytes more than it is asked for. */
function handlers(lab: Lab, extra = 0) {
  const allocate = lab.machine.callbacks.register((size) => lab.chain([lab.u32(size) + extra]));
  const free = lab.machine.callbacks.register((mdl) => {
    lab.plain.NdisFreeMdl(mdl);
    return 0;
  });
  return { allocate, free };
}

describe("RET-OVERFLOW", () => {
  it.each([
    ["DataLength + DataOffsetDelta", 0xffff_ffff - 59, 0, ["60", "4294967236", "4294967296"]],
    ["DataOffsetDelta + DataBackFill", 21, 0xffff_ffff - 20, ["21", "4294967275", "4294967296"]],
  ])("%s", (_, delta, backFill, facts) => {
    const retreat = (by: number, more: number): Act =>
      withNetBuffer((lab) => {
        expect(onLine(lab, 20, () => lab.ddi.NdisRetreatNetBufferDataStart(nb, by, more, 0))).toBe(
          by === delta ? FAILURE : SUCCESS,
        );
        if (by !== delta) lab.ddi.NdisAdvanceNetBufferDataStart(nb, by, 1, 0);
      });
    const finding = planted("RET-OVERFLOW", retreat(delta, backFill), retreat(20, 0xffff_ffff)); // in place
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, allocatedAt: { line: 11 } });
    expectTells(finding, "NdisRetreatNetBufferDataStart", hexAddress(finding.object?.address ?? 0), ...facts);
  });

  it("of a list", () => {
    const retreat = (delta: number): Act =>
      withNetBuffer((lab) => {
        const status = onLine(lab, 20, () => lab.ddi.NdisRetreatNetBufferListDataStart(nbl, delta, 0, 0, 0));
        expect(status).toBe(delta === 20 ? SUCCESS : FAILURE);
      });
    expectTells(planted("RET-OVERFLOW", retreat(0xffff_fff0), retreat(20)), "NdisRetreatNetBufferListDataStart");
  });
});

describe("RET-SHORTMDL", () => {
  it.each(["NdisRetreatNetBufferDataStart", "NdisRetreatNetBufferListDataStart"] as const)("%s", (ddi) => {
    const retreat = (extra: number): Act =>
      withNetBuffer((lab) => {
        const { allocate, free } = handlers(lab, extra);
        const status = onLine(lab, 20, () =>
          ddi === "NdisRetreatNetBufferDataStart"
            ? lab.ddi[ddi](nb, 30, 10, allocate)
            : lab.ddi[ddi](nbl, 30, 10, allocate, free),
        );
        expect(status).toBe(extra < 0 ? FAILURE : SUCCESS);
        if (status === SUCCESS) lab.ddi.NdisAdvanceNetBufferDataStart(nb, 30, 1, free);
      });
    const finding = planted("RET-SHORTMDL", retreat(-1), retreat(0));
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, allocatedAt: { line: 11 } });
    expectTells(finding, ddi, "40 bytes", "39");
  });

  it("is not for a handler without memory", () => {
    planted(
      "RET-SHORTMDL",
      withNetBuffer((lab) => void lab.ddi.NdisRetreatNetBufferDataStart(nb, 30, 0, handlers(lab, -1).allocate)),
      withNetBuffer((lab) => {
        const nothing = lab.machine.callbacks.register(() => 0);
        expect(lab.ddi.NdisRetreatNetBufferDataStart(nb, 30, 0, nothing)).toBe(NDIS_STATUS.NDIS_STATUS_RESOURCES);
      }),
    );
  });
});

it("NB-RANGE of NdisAdjustNetBufferCurrentMdl: what it goes by is beyond the chain", () => {
  const adjust = (dataOffset: number): Act =>
    withNetBuffer((lab) => {
      const { NET_BUFFER_DATA_OFFSET: offset, NET_BUFFER_DATA_LENGTH: length } = lab.ddi;
      offset.set(nb, dataOffset);
      onLine(lab, 20, () => lab.ddi.NdisAdjustNetBufferCurrentMdl(nb)); // DataLength comes after it
      expect(lab.ddi.NET_BUFFER_CURRENT_MDL_OFFSET(nb)).toBe(dataOffset);
      offset.set(nb, 20);
      length.set(nb, 60);
      lab.ddi.NdisAdjustNetBufferCurrentMdl(nb);
    });
  const finding = planted("NB-RANGE", adjust(101), adjust(100));
  expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, allocatedAt: { line: 11 } });
  expectTells(finding, "NdisAdjustNetBufferCurrentMdl", "101", "100 bytes");
});

describe("ADV-PASTEND", () => {
  it.each(["NdisAdvanceNetBufferDataStart", "NdisAdvanceNetBufferListDataStart"] as const)("%s", (ddi) => {
    const advance = (delta: number): Act =>
      withNetBuffer((lab) => onLine(lab, 20, () => lab.ddi[ddi](ddi.includes("List") ? nbl : nb, delta, 0, 0)));
    const finding = planted("ADV-PASTEND", advance(61), advance(60));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, allocatedAt: { line: 11 } });
    expectTells(finding, ddi, "61", "60 bytes");
  });
});

describe("ADV-HANDLER", () => {
  it.each(["NdisAdvanceNetBufferDataStart", "NdisAdvanceNetBufferListDataStart"] as const)("%s", (ddi) => {
    const act = (given: boolean): Act =>
      withNetBuffer((lab) => {
        const { allocate, free } = handlers(lab);
        lab.ddi.NdisRetreatNetBufferDataStart(nb, 30, 0, allocate);
        const of = ddi.includes("List") ? nbl : nb;
        onLine(lab, 20, () => lab.ddi[ddi](of, 30, 1, given ? free : 0));
        lab.plain.NdisAdvanceNetBufferDataStart(nb, 0, 1, free);
      });
    const finding = planted("ADV-HANDLER", act(false), act(true));
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, allocatedAt: { line: 11 } });
    expectTells(finding, ddi, "NULL");
  });

  it("is not for an MDL that still has data, nor for one of NDIS, nor when nothing is to be freed", () => {
    const twin = withNetBuffer((lab) => {
      const { allocate, free } = handlers(lab);
      lab.ddi.NdisRetreatNetBufferDataStart(nb, 30, 0, allocate);
      lab.ddi.NdisAdvanceNetBufferDataStart(nb, 9, 1, 0); // one byte before the old unused data
      lab.ddi.NdisAdvanceNetBufferDataStart(nb, 21, 0, 0);
      lab.ddi.NdisAdvanceNetBufferDataStart(nb, 0, 1, free);
      lab.ddi.NdisRetreatNetBufferDataStart(nb, 30, 0, 0);
      lab.ddi.NdisAdvanceNetBufferDataStart(nb, 30, 1, 0);
      lab.ddi.NdisRetreatNetBufferDataStart(nb, 30, 0, 0);
      lab.ddi.NdisAdvanceNetBufferDataStart(nb, 30, 1, free); // a handler that is not needed
    });
    const mistake = withNetBuffer((lab) => {
      const { allocate, free } = handlers(lab);
      lab.ddi.NdisRetreatNetBufferDataStart(nb, 30, 0, allocate);
      lab.ddi.NdisAdvanceNetBufferDataStart(nb, 30, 1, 0);
      lab.plain.NdisAdvanceNetBufferDataStart(nb, 0, 1, free);
    });
    planted("ADV-HANDLER", mistake, twin);
  });
});

describe("ADV-RXFREE", () => {
  /** A list of another driver's, with a NET_BUFFER of 100 bytes, that came up or down. */
  const withOthers =
    (received: boolean, act: (lab: Lab, nb: number, nbl: number) => void): Act =>
    (lab) => {
      const { netBufferLists } = lab.machine;
      const list = netBufferLists.allocate(
        netBufferLists.create({ tag: 1, allocateNetBuffer: true, dataSize: 100, system: true }),
        0,
        0,
      );
      const first = lab.u32(list + NET_BUFFER_LIST.offset.FirstNetBuffer);
      lab.plain.NET_BUFFER_DATA_LENGTH.set(first, 100);
      listArrives(lab.verifier, list, received);
      act(lab, first, list);
    };

  it.each(["NdisAdvanceNetBufferDataStart", "NdisAdvanceNetBufferListDataStart"] as const)("%s", (ddi) => {
    const advance = (freeMdl: number, received = true): Act =>
      withOthers(received, (lab, first, list) =>
        onLine(lab, 20, () => lab.ddi[ddi](ddi.includes("List") ? list : first, 14, freeMdl, 0)),
      );
    const finding = planted("ADV-RXFREE", advance(1), advance(0));
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, object: { kind: "NET_BUFFER" } });
    expectTells(finding, ddi, "14 of 100 bytes", "FALSE");
    planted("ADV-RXFREE", advance(1), advance(1, false));
  });

  it("is not for taking back what the driver itself retreated", () => {
    const twin = withOthers(true, (lab, first) => {
      lab.ddi.NdisRetreatNetBufferDataStart(first, 8, 0, 0);
      lab.ddi.NdisAdvanceNetBufferDataStart(first, 8, 1, 0);
    });
    const mistake = withOthers(true, (lab, first) => {
      lab.ddi.NdisRetreatNetBufferDataStart(first, 8, 0, 0);
      lab.ddi.NdisAdvanceNetBufferDataStart(first, 9, 1, 0);
    });
    planted("ADV-RXFREE", mistake, twin);
  });

  it("is not for the driver's own", () => {
    planted(
      "ADV-RXFREE",
      withOthers(true, (lab, first) => lab.ddi.NdisAdvanceNetBufferDataStart(first, 1, 1, 0)),
      withNetBuffer((lab) => lab.ddi.NdisAdvanceNetBufferDataStart(nb, 14, 1, 0)),
    );
  });
});

describe("RET-ALLOC", () => {
  /** Sends a list of the driver's; nothing below takes it, so it is the driver's again at once. */
  const send = (handler: boolean, delta: number): Act =>
    withNetBuffer((lab) => {
      const { allocate, free } = handlers(lab);
      lab.setU32(nbl + NET_BUFFER_LIST.offset.SourceHandle, 4711);
      onLine(lab, 20, () => lab.ddi.NdisRetreatNetBufferDataStart(nb, delta, 0, handler ? allocate : 0));
      lab.machine.model = { ...lab.machine.model, sendFromFilter: () => {} };
      onLine(lab, 21, () => lab.ddi.NdisFSendNetBufferLists(4711, nbl, 0, 0));
      lab.verifier.ledger.setHolder(nbl, 0);
      lab.verifier.ledger.setHolder(nb, 0);
      for (const mdl of mdlsOf(lab.machine, lab.plain.NET_BUFFER_FIRST_MDL(nb))) lab.verifier.ledger.setHolder(mdl, 0);
      lab.ddi.NdisAdvanceNetBufferDataStart(nb, delta, 1, free);
    });

  it("is a hint at the retreat that unused data would have spared an allocation", () => {
    const finding = planted("RET-ALLOC", send(false, 21), send(false, 20));
    expect(finding).toMatchObject({ severity: "info", at: { line: 20 }, allocatedAt: { line: 12 } });
    expectTells(finding, "NdisFSendNetBufferLists", "21 bytes", "DataOffset");
  });

  it("is not for the MDL of a driver's handler", () => {
    planted("RET-ALLOC", send(false, 21), send(true, 21));
  });
});

describe("NdisGetDataBuffer", () => {
  const get = (bytes: number, storage: (lab: Lab) => number, multiple = 1, offset = 0): Act =>
    withNetBuffer((lab) => {
      const address = storage(lab);
      onLine(lab, 20, () => lab.ddi.NdisGetDataBuffer(nb, bytes, address, multiple, offset));
    });
  const none = (): number => 0;

  it("GDB-ZERO", () => {
    expect(planted("GDB-ZERO", get(0, none), get(1, none))).toMatchObject({ severity: "info", at: { line: 20 } });
  });

  it.each([
    [0, 0],
    [3, 0],
    [4, 4],
    [1, 1],
    [-4, 0],
  ])("GDB-ALIGN: a multiple of %i and an offset of %i", (multiple, offset) => {
    const finding = planted("GDB-ALIGN", get(1, none, multiple, offset), get(1, none, 4, 3));
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, allocatedAt: { line: 11 } });
    expectTells(finding, `${multiple >>> 0}`, `${offset}`);
  });

  it("GDB-SMALL: a storage that ends too early, contiguous or not, and nothing is written behind it", () => {
    const block = (size: number, from: number) => (lab: Lab) => {
      const address = lab.ddi.NdisAllocateMemoryWithTagPriority(0, size, 0x74736554, 0);
      kept.push([lab, address]);
      return address + from;
    };
    let kept: [Lab, number][] = [];
    const freeing =
      (act: Act): Act =>
      (lab) => {
        kept = [];
        act(lab);
        for (const [, address] of kept) lab.ddi.NdisFreeMemory(address, 0, 0);
      };
    const finding = planted("GDB-SMALL", freeing(get(40, block(48, 9))), freeing(get(40, block(48, 8))));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 } });
    expectTells(finding, "39 bytes", "40");
    planted(
      "GDB-SMALL",
      freeing(get(40, block(16, 0), 4096, 5)),
      get(40, () => STACK, 4096, 5),
    ); // the stack is not looked at
  });
});

describe("COPY-OVERLAP", () => {
  const copy = (toOffset: number, fromOffset: number, length: number): Act =>
    withNetBuffer((lab) => {
      onLine(lab, 20, () => lab.ddi.NdisCopyFromNetBufferToNetBuffer(nb, toOffset, length, nb, fromOffset, lab.out));
    });

  it.each([
    [0, 0, 10],
    [0, 9, 10],
    [9, 0, 10],
    [50, 45, 100],
  ])("from %i to %i, %i bytes", (fromOffset, toOffset, length) => {
    const finding = planted("COPY-OVERLAP", copy(toOffset, fromOffset, length), copy(10, 0, 10));
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, allocatedAt: { line: 11 } });
    expectTells(finding, "NdisCopyFromNetBufferToNetBuffer");
  });

  it("is for the bytes, not for the chains", () => {
    const shared = (overlap: boolean): Act =>
      withNetBuffer((lab) => {
        const [first] = mdlsOf(lab.machine, lab.ddi.NET_BUFFER_FIRST_MDL(nb));
        const other = lab.ddi.NdisAllocateNetBuffer(pool, first, overlap ? 29 : 30, 0);
        lab.ddi.NdisCopyFromNetBufferToNetBuffer(other, 0, 10, nb, 0, lab.out);
        lab.ddi.NdisFreeNetBuffer(other);
      });
    planted("COPY-OVERLAP", shared(true), shared(false));
  });

  it.each([11, 60])("is for all MDLs of a chain, not for the first alone: %i bytes", (tooMany) => {
    const sharing = (length: number): Act =>
      withNetBuffer((lab) => {
        const [from, to] = [lab.chain([10]), lab.chain([10, 100])];
        lab.setU32(from, lab.u32(to)); // both go on with the same MDL
        const [source, target] = [from, to].map((chain) => lab.ddi.NdisAllocateNetBuffer(pool, chain, 0, 110));
        lab.ddi.NdisCopyFromNetBufferToNetBuffer(target, 0, length, source, 0, lab.out);
        for (const made of [source, target]) lab.ddi.NdisFreeNetBuffer(made);
        lab.setU32(from, 0);
      });
    planted("COPY-OVERLAP", sharing(tooMany), sharing(10));
  });

  it("is not for bytes that the destination has no room for", () => {
    // The chain has 100 bytes, the data starts at 20: 40 more bytes go to offset 40 of the data, 41 to offset 39.
    planted("COPY-OVERLAP", copy(39, 0, 60), copy(40, 0, 60));
    planted("COPY-OVERLAP", copy(0, 0, 1), copy(80, 0, 60));
    planted("COPY-OVERLAP", copy(59, 59, 60), copy(59, 60, 60));
  });

  it("goes by where the pages are, mapped or not", () => {
    const locked = (fails: boolean, toOffset: number): Act =>
      withNetBuffer((lab) => {
        const mdls = [lab.ddi.NET_BUFFER_FIRST_MDL(nb), lab.chain([200])];
        for (const mdl of mdls) unmap(lab, mdl);
        const other = lab.ddi.NdisAllocateNetBuffer(pool, mdls[1], 0, 100);
        lab.machine.mappings.fault = () => fails;
        lab.ddi.NdisCopyFromNetBufferToNetBuffer(other, 0, 60, nb, 0, lab.out); // both from 0 on, if that were the place
        expect(lab.u32(lab.out)).toBe(fails ? 0 : 60);
        onLine(lab, 20, () => lab.ddi.NdisCopyFromNetBufferToNetBuffer(nb, toOffset, 10, nb, 0, lab.out));
        lab.ddi.NdisFreeNetBuffer(other);
      });
    for (const fails of [true, false]) {
      const finding = planted("COPY-OVERLAP", locked(fails, 9), locked(fails, 10));
      expect(finding.message).not.toMatch(/0x000000/);
    }
  });
});

/** verifier-rules §8. */
describe("NB-FOREIGNMDL", () => {
  const freed = (prepare: (lab: Lab, nb: number) => void, data = 0): Act => {
    return (lab) => {
      const own = lab.netBufferPool(data);
      const made = onLine(lab, 11, () =>
        data === 0
          ? lab.ddi.NdisAllocateNetBuffer(own, lab.chain([100]), 20, 60)
          : lab.ddi.NdisAllocateNetBufferMdlAndData(own),
      );
      prepare(lab, made);
      onLine(lab, 20, () => lab.ddi.NdisFreeNetBuffer(made));
      lab.ddi.NdisFreeNetBufferPool(own);
    };
  };
  const retreat = (lab: Lab, made: number): number => lab.ddi.NdisRetreatNetBufferDataStart(made, 30, 0, 0);
  const both = (lab: Lab, made: number): void => {
    retreat(lab, made);
    lab.ddi.NdisAdvanceNetBufferDataStart(made, 30, 1, 0);
  };

  it.each([0, 64])("the MDL of a retreat is still there, with %i bytes of data of the pool's", (data) => {
    const finding = planted("NB-FOREIGNMDL", freed(retreat, data), freed(both, data));
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, allocatedAt: { line: 11 } });
    expectTells(finding, "NdisFreeNetBuffer", "30 bytes", "NdisAdvanceNetBufferDataStart");
  });

  it("the driver's own MDL stands in front; a chain that was re-pointed altogether is the driver's business", () => {
    const prepend = (lab: Lab, made: number): void => {
      const mdl = lab.chain([10]);
      lab.setU32(mdl, lab.ddi.NET_BUFFER_FIRST_MDL(made));
      lab.ddi.NET_BUFFER_FIRST_MDL.set(made, mdl);
    };
    const repoint = (lab: Lab, made: number): void => lab.ddi.NET_BUFFER_FIRST_MDL.set(made, lab.chain([10, 20]));
    planted("NB-FOREIGNMDL", freed(prepend, 64), freed(repoint, 64));
  });

  it("is not for the MDL of a handler that the driver took off itself", () => {
    const takeOff = (lab: Lab, made: number): void => {
      const { allocate } = handlers(lab);
      const chain = lab.ddi.NET_BUFFER_FIRST_MDL(made);
      lab.ddi.NdisRetreatNetBufferDataStart(made, 30, 0, allocate);
      lab.plain.NdisFreeMdl(lab.ddi.NET_BUFFER_FIRST_MDL(made));
      lab.ddi.NET_BUFFER_FIRST_MDL.set(made, chain);
    };
    const keep = (lab: Lab, made: number): number =>
      lab.ddi.NdisRetreatNetBufferDataStart(made, 30, 0, handlers(lab).allocate);
    planted("NB-FOREIGNMDL", freed(keep), freed(takeOff));
  });

  it("is also for a NET_BUFFER that goes with its list", () => {
    const act =
      (undo: boolean): Act =>
      (lab) => {
        const lists = lab.netBufferListPool({ fAllocateNetBuffer: true, DataSize: 64 });
        const list = lab.ddi.NdisAllocateNetBufferList(lists, 0, 0);
        const own = lab.ddi.NET_BUFFER_LIST_FIRST_NB(list);
        retreat(lab, own);
        if (undo) lab.ddi.NdisAdvanceNetBufferDataStart(own, 30, 1, 0);
        onLine(lab, 20, () => lab.ddi.NdisFreeNetBufferList(list));
        lab.ddi.NdisFreeNetBufferListPool(lists);
      };
    expectTells(planted("NB-FOREIGNMDL", act(false), act(true)), "NdisFreeNetBufferList");
  });
});

it("LIST-CYCLE of the NET_BUFFERs of a list whose data starts are to be moved", () => {
  const act = (ddi: "retreat" | "advance", close: boolean): Act =>
    withNetBuffer((lab) => {
      const second = lab.ddi.NdisAllocateNetBuffer(pool, lab.chain([100]), 20, 60);
      lab.setU32(nb, second);
      if (close) lab.setU32(second, nb);
      onLine(lab, 20, () =>
        ddi === "retreat"
          ? lab.ddi.NdisRetreatNetBufferListDataStart(nbl, 5, 0, 0, 0)
          : lab.ddi.NdisAdvanceNetBufferListDataStart(nbl, 5, 0, 0),
      );
      lab.setU32(nb, 0);
      lab.ddi.NdisFreeNetBuffer(second);
    });
  for (const ddi of ["retreat", "advance"] as const)
    expect(planted("LIST-CYCLE", act(ddi, true), act(ddi, false))).toMatchObject({ at: { line: 20 } });
});
