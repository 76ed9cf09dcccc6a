import { describe, expect, it } from "vitest";
import { MDL } from "../layout/mdl.js";
import { hexAddress } from "../memory/address.js";
import { Lab } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

let mdl = 0;

/** The two ways to have an MDL of one's own, with its right free function. */
const OWN = [
  { allocate: "NdisAllocateMdl", free: "NdisFreeMdl", other: "IoFreeMdl" },
  { allocate: "IoAllocateMdl", free: "IoFreeMdl", other: "NdisFreeMdl" },
] as const;

const allocate = (lab: Lab, name: (typeof OWN)[number]["allocate"], length = 100): number =>
  onLine(lab, 10, () =>
    name === "NdisAllocateMdl"
      ? lab.ddi.NdisAllocateMdl(0, lab.block(length), length)
      : lab.ddi.IoAllocateMdl(lab.block(length), length, 0, 0, 0),
  );

/** verifier-rules §5. */
describe.each(OWN)("an MDL of $allocate", ({ allocate: allocator, free, other }) => {
  const act =
    (...calls: ("NdisFreeMdl" | "IoFreeMdl")[]): Act =>
    (lab) => {
      for (const length of [100, 100_000]) {
        mdl = allocate(lab, allocator, length);
        for (const [i, call] of (length === 100 ? calls : [free]).entries())
          onLine(lab, 20 + i, () => lab.ddi[call](mdl));
        if (length === 100) object = mdl;
      }
    };
  let object = 0;

  it("MDL-DFREE: freed twice, by whatever function", () => {
    for (const second of [free, other]) {
      const finding = planted("MDL-DFREE", act(free, second), act(free));
      expect(finding).toMatchObject({
        severity: "bug",
        at: { line: 21 },
        allocatedAt: { line: 10 },
        object: { kind: "MDL", address: object },
      });
      expectTells(finding, second, hexAddress(object), "driver.c:20");
    }
  });

  it("MDL-WRONGFREE: names the right function, and does not leak", () => {
    const finding = planted("MDL-WRONGFREE", act(other), act(free));
    expect(finding).toMatchObject({
      severity: "error",
      allocatedAt: { line: 10 },
      object: { kind: "MDL", address: object },
    });
    expectTells(finding, other, hexAddress(object), free);
  });

  it("MDL-WRONGFREE: also when it is too long for a slot", () => {
    const large =
      (call: "NdisFreeMdl" | "IoFreeMdl"): Act =>
      (lab) =>
        lab.ddi[call](allocate(lab, allocator, 100_000));
    planted("MDL-WRONGFREE", large(other), large(free));
  });

  it("MDL-WRONGFREE: the MDL is back all the same", () => {
    for (const length of [100, 100_000]) {
      const lab = new Lab();
      lab.ddi[free](allocate(lab, allocator, length));
      const before = lab.machine.nonpaged.liveBlocks;
      const again = allocate(lab, allocator, length);
      lab.ddi[other](again);
      expect(lab.machine.nonpaged.liveBlocks).toBe(before + 1); // what it maps stays
      expect([allocate(lab, allocator, length), lab.rules]).toEqual([again, ["MDL-WRONGFREE"]]);
    }
  });

  it("MDL-LEAK: alive at unload", () => {
    const finding = planted("MDL-LEAK", act(), act(free));
    expect(finding).toMatchObject({ severity: "error", at: { line: 10 }, object: { kind: "MDL", address: object } });
    expectTells(finding, hexAddress(object), "100 bytes", free);
  });
});

describe("MDL-WRONGFREE", () => {
  it("of a buffer descriptor names NdisFreeBuffer", () => {
    const act =
      (free: (lab: Lab, buffer: number) => void): Act =>
      (lab) => {
        const pool = lab.bufferPool(1);
        free(lab, lab.buffer(pool, lab.block(8), 8));
        lab.ddi.NdisFreeBufferPool(pool);
      };
    for (const wrong of ["NdisFreeMdl", "IoFreeMdl"] as const) {
      const finding = planted(
        "MDL-WRONGFREE",
        act((lab, buffer) => lab.ddi[wrong](buffer)),
        act((lab, buffer) => lab.ddi.NdisFreeBuffer(buffer)),
      );
      expectTells(finding, wrong, "NdisFreeBuffer");
    }
  });

  it("of an MDL made by hand tells where that lies", () => {
    const finding = planted(
      "MDL-WRONGFREE",
      (lab) => {
        mdl = lab.block(MDL.size + 8) + 8;
        lab.ddi.NdisFreeMdl(mdl);
      },
      (lab) => lab.ddi.NdisFreeMdl(allocate(lab, "NdisAllocateMdl")),
    );
    expectTells(finding, hexAddress(mdl), "NdisAllocateMdl", "the driver's block");
  });
});

describe("MDL-NOTALONE", () => {
  const withData =
    (act: (lab: Lab, nb: number) => void): Act =>
    (lab) => {
      const pool = lab.netBufferPool(100);
      const nb = lab.ddi.NdisAllocateNetBufferMdlAndData(pool);
      mdl = lab.ddi.NET_BUFFER_FIRST_MDL(nb);
      act(lab, nb);
      lab.ddi.NdisFreeNetBuffer(nb);
      lab.ddi.NdisFreeNetBufferPool(pool);
    };

  it.each(["NdisFreeMdl", "IoFreeMdl"] as const)("%s of the MDL that came with a NET_BUFFER names that", (free) => {
    let owner = 0;
    const finding = planted(
      "MDL-NOTALONE",
      withData((lab, nb) => {
        owner = nb;
        lab.ddi[free](mdl);
      }),
      withData(() => {}),
    );
    expect(finding).toMatchObject({ severity: "bug", object: { kind: "MDL", address: mdl } });
    expectTells(finding, free, hexAddress(mdl), hexAddress(owner), "NdisFreeNetBuffer");
  });

  it("names the list's NET_BUFFER likewise", () => {
    const act =
      (wrong: boolean): Act =>
      (lab) => {
        const pool = lab.netBufferListPool({ fAllocateNetBuffer: true, DataSize: 64 });
        const nbl = lab.ddi.NdisAllocateNetBufferList(pool, 0, 0);
        if (wrong) lab.ddi.NdisFreeMdl(lab.ddi.NET_BUFFER_FIRST_MDL(lab.ddi.NET_BUFFER_LIST_FIRST_NB(nbl)));
        lab.ddi.NdisFreeNetBufferList(nbl);
        lab.ddi.NdisFreeNetBufferListPool(pool);
      };
    expectTells(planted("MDL-NOTALONE", act(true), act(false)), "NET_BUFFER", "list");
  });

  it("of the MDL of a retreat names the advance", () => {
    const act = (wrong: boolean): Act =>
      withData((lab, nb) => {
        lab.ddi.NdisRetreatNetBufferDataStart(nb, 10, 0, 0);
        if (wrong) lab.ddi.NdisFreeMdl(lab.ddi.NET_BUFFER_FIRST_MDL(nb));
        lab.ddi.NdisAdvanceNetBufferDataStart(nb, 10, 1, 0);
      });
    expectTells(planted("MDL-NOTALONE", act(true), act(false)), "NdisAdvanceNetBufferDataStart", "FreeMdl");
  });

  it("of the data itself names the storage's tag", () => {
    const act = (wrong: boolean): Act =>
      withData((lab) => {
        if (wrong) lab.ddi.ExFreePool(lab.ddi.MmGetMdlVirtualAddress(mdl));
      });
    const finding = planted("MDL-NOTALONE", act(true), act(false));
    expectTells(finding, "'Test'");
    expect(finding.object?.kind).toBe("memory");
  });
});

it("an MDL that was freed and given out again is alive", () => {
  const lab = new Lab();
  for (let i = 0; i < 3; i++) {
    const again = allocate(lab, "NdisAllocateMdl");
    if (i > 0) expect(again).toBe(mdl);
    mdl = again;
    lab.ddi.NdisFreeMdl(mdl);
  }
  expect(lab.rules).toEqual([]);
});
