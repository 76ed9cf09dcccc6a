import { describe, expect, it } from "vitest";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { hexAddress } from "../memory/address.js";
import { writeFields } from "../memory/fields.js";
import { mdlsOf } from "../testing/chain-model.js";
import { type Lab, STACK, TAG } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

let pool = 0;
let nb = 0;
let chain = 0;
const NO_CHANGE = (): void => {};

/** A pool and a NET_BUFFER of the driver, over 64 + 128 + 256 bytes with data from 80 on; all gone at the end. */
const withNetBuffer =
  (act: (lab: Lab) => void, sizes = [64, 128, 256]): Act =>
  (lab) => {
    pool = onLine(lab, 10, () => lab.netBufferPool());
    chain = lab.chain(sizes);
    nb = onLine(lab, 11, () => lab.ddi.NdisAllocateNetBuffer(pool, chain, 80, 200));
    act(lab);
    onLine(lab, 90, () => lab.ddi.NdisFreeNetBuffer(nb));
    onLine(lab, 91, () => lab.ddi.NdisFreeNetBufferPool(pool));
  };

const NOTHING = withNetBuffer(NO_CHANGE);

/** Sets members for one call, which has to leave the NET_BUFFER as it is, and puts them back. */
const broken = (
  values: Partial<Record<keyof typeof NET_BUFFER.offset, number>>,
  call = (lab: Lab): unknown => lab.ddi.NdisGetDataBuffer(nb, 1, 0, 1, 0),
): Act =>
  withNetBuffer((lab) => {
    const { memory } = lab.machine;
    const before = memory.u8.slice(nb, nb + 96);
    writeFields(memory, NET_BUFFER, nb, values);
    const changed = memory.u8.slice(nb, nb + 96);
    onLine(lab, 20, () => call(lab));
    expect(memory.u8.slice(nb, nb + 96)).toEqual(changed);
    memory.u8.set(before, nb);
  });

/** verifier-rules §8. */
describe("NB-NOTPOOL", () => {
  const used = (address: (lab: Lab) => number): Act =>
    withNetBuffer((lab) => onLine(lab, 20, () => lab.ddi.NdisGetDataBuffer(address(lab), 1, 0, 1, 0)));

  it.each([
    ["the stack", () => STACK, "stack"],
    ["NULL", () => 0, "NULL"],
    ["beyond the memory", () => 0xffff_fff0, "outside"],
    ["a live block of the driver", (lab) => lab.block(100), "100 bytes, tag 'Test'"],
    ["a MDL", (lab) => lab.chain([10]), "storage of NDIS"],
    ["the middle of a NET_BUFFER", () => nb + 8, "storage of NDIS"],
    ["a pool", () => pool, "NET_BUFFER pool"],
    ["memory that was never given out", (lab) => lab.machine.nonpaged.end - 4096, "never allocated"],
  ] as [string, (lab: Lab) => number, string][])("tells of %s what it is", (_, address, what) => {
    const finding = planted("NB-NOTPOOL", used(address), NOTHING);
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, object: { kind: "NET_BUFFER" } });
    expectTells(finding, "NdisGetDataBuffer", hexAddress(finding.object?.address ?? 0), what);
  });

  it("tells of a freed one where it was freed", () => {
    const freed = withNetBuffer((lab) => {
      const other = onLine(lab, 15, () => lab.ddi.NdisAllocateNetBuffer(pool, 0, 0, 0));
      onLine(lab, 16, () => lab.ddi.NdisFreeNetBuffer(other));
      lab.ddi.NdisGetDataBuffer(other, 1, 0, 1, 0);
    });
    const finding = planted("NB-NOTPOOL", freed, NOTHING);
    expect(finding).toMatchObject({ allocatedAt: { line: 15 } });
    expectTells(finding, "driver.c:16");
  });

  it("is also for the NET_BUFFER of a list that was freed", () => {
    const act =
      (afterFree: boolean): Act =>
      (lab) => {
        const lists = lab.netBufferListPool({ fAllocateNetBuffer: true, DataSize: 64 });
        const nbl = lab.ddi.NdisAllocateNetBufferList(lists, 0, 0);
        const own = lab.ddi.NET_BUFFER_LIST_FIRST_NB(nbl);
        if (!afterFree) lab.ddi.NdisAdjustNetBufferCurrentMdl(own);
        lab.ddi.NdisFreeNetBufferList(nbl);
        if (afterFree) lab.ddi.NdisAdjustNetBufferCurrentMdl(own);
        lab.ddi.NdisFreeNetBufferListPool(lists);
      };
    planted("NB-NOTPOOL", act(true), act(false));
  });

  it("is for freeing what belongs to another driver", () => {
    const foreign = withNetBuffer((lab) => {
      const { netBuffers } = lab.machine;
      lab.ddi.NdisFreeNetBuffer(netBuffers.allocate(netBuffers.create(TAG, 0, true), 0, 0, 0));
    });
    expectTells(planted("NB-NOTPOOL", foreign, NOTHING), "another driver");
  });
});

it("NB-NULLCHAIN", () => {
  for (const [dataOffset, dataLength] of [
    [1, 0],
    [0, 1],
    [3, 4],
  ]) {
    const list =
      (offset: number, length: number): Act =>
      (lab) => {
        const lists = lab.netBufferListPool({ fAllocateNetBuffer: true });
        const nbl = onLine(lab, 20, () =>
          lab.ddi.NdisAllocateNetBufferAndNetBufferList(lists, 0, 0, 0, offset, length),
        );
        if (nbl !== 0) lab.ddi.NdisFreeNetBufferList(nbl);
        lab.ddi.NdisFreeNetBufferListPool(lists);
      };
    const bare = (offset: number, length: number): Act =>
      withNetBuffer((lab) => {
        const other = onLine(lab, 20, () => lab.ddi.NdisAllocateNetBuffer(pool, 0, offset, length));
        if (other !== 0) lab.ddi.NdisFreeNetBuffer(other);
      });
    for (const act of [list, bare]) {
      const finding = planted("NB-NULLCHAIN", act(dataOffset, dataLength), act(0, 0));
      expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, object: null });
      expectTells(finding, `DataOffset is ${dataOffset}`, `DataLength ${dataLength}`);
    }
  }
});

describe("NB-CURMDL", () => {
  it("tells the fields, what they should be, and what puts them right", () => {
    const finding = planted("NB-CURMDL", broken({ DataOffset: 208 }), broken({ DataOffset: 80 }));
    expect(finding).toMatchObject({
      severity: "bug",
      at: { line: 20 },
      allocatedAt: { line: 11 },
      object: { kind: "NET_BUFFER", address: nb },
    });
    // The message of verifier-rules §18.
    expectTells(
      finding,
      "NdisGetDataBuffer",
      hexAddress(nb),
      "DataOffset is 208",
      "chain offset 64",
      "CurrentMdlOffset 16",
      "offset 16",
      "NdisAdjustNetBufferCurrentMdl",
    );
  });

  it("is also for a CurrentMdl of another chain and for an offset beyond it", () => {
    expectTells(planted("NB-CURMDL", broken({ CurrentMdl: STACK }), NOTHING), hexAddress(STACK), "not in the chain");
    planted("NB-CURMDL", broken({ CurrentMdlOffset: 129, DataOffset: 193 }), broken({ DataLength: 368 }));
    planted("NB-CURMDL", broken({ MdlChain: 0, DataLength: 0 }), NOTHING);
  });

  it("is silent on either form of a boundary: I4", () => {
    const boundary = withNetBuffer((lab) => {
      const [first, second] = mdlsOf(lab.machine, chain);
      for (const [CurrentMdl, CurrentMdlOffset] of [
        [first, 64],
        [second, 0],
      ]) {
        writeFields(lab.machine.memory, NET_BUFFER, nb, { CurrentMdl, CurrentMdlOffset, DataOffset: 64 });
        lab.ddi.NdisGetDataBuffer(nb, 1, lab.block(8), 1, 0);
      }
    });
    planted("NB-CURMDL", broken({ DataOffset: 79 }), boundary);
  });

  it("is silent after NdisAdjustNetBufferCurrentMdl", () => {
    const adjusted = withNetBuffer((lab) => {
      lab.ddi.NET_BUFFER_DATA_OFFSET.set(nb, 208);
      lab.ddi.NdisAdjustNetBufferCurrentMdl(nb);
      lab.ddi.NdisGetDataBuffer(nb, 1, 0, 1, 0);
    });
    planted("NB-CURMDL", broken({ DataOffset: 208 }), adjusted);
  });
});

describe("NB-RANGE", () => {
  it("tells the lengths of the MDLs", () => {
    const finding = planted("NB-RANGE", broken({ DataLength: 369 }), broken({ DataLength: 368 }));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, object: { kind: "NET_BUFFER", address: nb } });
    expectTells(finding, "DataOffset 80", "DataLength 369", "64 + 128 + 256 = 448");
    expectTells(planted("NB-RANGE", broken({ DataOffset: 449 }), NOTHING), "DataOffset 449");
    expectTells(planted("NB-RANGE", broken({ DataLength: 0xffff_ffff }), NOTHING), "DataLength 4294967295");
  });

  it("is for the arguments of a new one too", () => {
    const act = (offset: number, length: number): Act =>
      withNetBuffer((lab) => {
        const other = lab.ddi.NdisAllocateNetBuffer(pool, chain, offset, length);
        if (other !== 0) lab.ddi.NdisFreeNetBuffer(other);
      });
    const finding = planted("NB-RANGE", act(400, 49), act(400, 48));
    expect(finding.object).toEqual({ kind: "MDL", address: chain });
    expectTells(finding, "DataOffset 400", "DataLength 49", "448");
  });
});

it("NB-DFREE", () => {
  const finding = planted(
    "NB-DFREE",
    withNetBuffer((lab) => onLine(lab, 20, () => lab.ddi.NdisFreeNetBuffer(nb))),
    NOTHING,
  );
  expect(finding).toMatchObject({
    severity: "bug",
    at: { line: 90 },
    allocatedAt: { line: 11 },
    object: { kind: "NET_BUFFER", address: nb },
  });
  expectTells(finding, hexAddress(nb), "driver.c:20");
});

it("NB-LEAK is said of the NET_BUFFER, and not of its pool as well", () => {
  const leaking: Act = (lab) => {
    nb = onLine(lab, 11, () => lab.ddi.NdisAllocateNetBuffer(lab.netBufferPool(), 0, 0, 0));
  };
  const finding = planted("NB-LEAK", leaking, NOTHING);
  expect(finding).toMatchObject({
    severity: "error",
    at: { line: 11 },
    allocatedAt: { line: 11 },
    object: { kind: "NET_BUFFER", address: nb },
  });
  expectTells(finding, hexAddress(nb), "NdisFreeNetBuffer");
});

it.each([
  ["NB-NODATA", 0, 64, "NdisAllocateNetBuffer", "DataSize 0"],
  ["NB-DATAPOOL", 64, 0, "NdisAllocateNetBufferMdlAndData", "data"],
] as const)("%s", (rule, wrongSize, rightSize, instead, what) => {
  const act =
    (dataSize: number): Act =>
    (lab) => {
      pool = onLine(lab, 10, () => lab.netBufferPool(dataSize));
      const own =
        rule === "NB-NODATA"
          ? lab.ddi.NdisAllocateNetBufferMdlAndData(pool)
          : lab.ddi.NdisAllocateNetBuffer(pool, 0, 0, 0);
      if (own !== 0) lab.ddi.NdisFreeNetBuffer(own);
      lab.ddi.NdisFreeNetBufferPool(pool);
    };
  const finding = planted(rule, act(wrongSize), act(rightSize));
  expect(finding).toMatchObject({
    severity: "error",
    allocatedAt: { line: 10 },
    object: { kind: "NET_BUFFER pool", address: pool },
  });
  expectTells(finding, hexAddress(pool), instead, what);
});

it("NB-PREALLOC", () => {
  const act =
    (wrong: boolean): Act =>
    (lab) => {
      const lists = lab.netBufferListPool({ fAllocateNetBuffer: true });
      const nbl = lab.ddi.NdisAllocateNetBufferList(lists, 0, 0);
      nb = lab.ddi.NET_BUFFER_LIST_FIRST_NB(nbl);
      if (wrong) lab.ddi.NdisFreeNetBuffer(nb);
      lab.ddi.NdisFreeNetBufferList(nbl);
      lab.ddi.NdisFreeNetBufferListPool(lists);
    };
  const finding = planted("NB-PREALLOC", act(true), act(false));
  expect(finding).toMatchObject({ severity: "bug", object: { kind: "NET_BUFFER", address: nb } });
  expectTells(finding, hexAddress(nb), "NdisFreeNetBufferList");
});

/** verifier-rules §6: a chain without an end hangs nobody. */
describe("CHAIN-CYCLE", () => {
  const cyclic = (call: (lab: Lab) => unknown, next = (mdls: number[]): number => mdls[1]): Act =>
    withNetBuffer((lab) => {
      const mdls = mdlsOf(lab.machine, chain);
      lab.setU32(mdls[2], next(mdls));
      onLine(lab, 20, () => call(lab));
      lab.setU32(mdls[2], 0);
    });

  it.each([
    ["NdisGetDataBuffer", (lab) => lab.ddi.NdisGetDataBuffer(nb, 1, 0, 1, 0)],
    ["NdisRetreatNetBufferDataStart", (lab) => lab.ddi.NdisRetreatNetBufferDataStart(nb, 1, 0, 0)],
    ["NdisAdvanceNetBufferDataStart", (lab) => lab.ddi.NdisAdvanceNetBufferDataStart(nb, 1, 0, 0)],
    ["NdisAdjustNetBufferCurrentMdl", (lab) => lab.ddi.NdisAdjustNetBufferCurrentMdl(nb)],
    ["NdisCopyFromNetBufferToNetBuffer", (lab) => lab.ddi.NdisCopyFromNetBufferToNetBuffer(nb, 0, 1, nb, 0, lab.out)],
    ["NdisAllocateNetBuffer", (lab) => expect(lab.ddi.NdisAllocateNetBuffer(pool, chain, 0, 1)).toBe(0)],
  ] as [string, (lab: Lab) => unknown][])("in %s", (name, call) => {
    const finding = planted("CHAIN-CYCLE", cyclic(call), NOTHING);
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 } });
    expectTells(finding, name, hexAddress(chain));
  });

  it("is also said of a chain that leads out of the memory", () => {
    const wild = cyclic(
      (lab) => lab.ddi.NdisAllocateNetBuffer(pool, chain, 0, 1),
      () => 0x7fff_0000,
    );
    expectTells(planted("CHAIN-CYCLE", wild, NOTHING), "0x7fff0000");
  });
});
