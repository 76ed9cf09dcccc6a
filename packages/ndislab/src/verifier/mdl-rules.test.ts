import { describe, expect, it } from "vitest";
import { MDL } from "../layout/mdl.js";
import { hexAddress } from "../memory/address.js";
import { readField, writeFields } from "../memory/fields.js";
import { Lab, STACK } from "../testing/lab.js";
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

describe("MDL-VA", () => {
  const over = (range: (lab: Lab) => [address: number, length: number]): Act => {
    return (lab) => {
      const made = lab.ddi.NdisAllocateMdl(0, ...range(lab));
      if (made !== 0) lab.ddi.NdisFreeMdl(made);
    };
  };
  const right = over((lab) => [lab.block(100), 100]);
  it.each<[string, (lab: Lab) => [number, number], string]>([
    ["of the stack", () => [STACK, 10], "image or on its stack"],
    ["of the image", () => [0x1_0000, 10], "image or on its stack"],
    ["of NULL", () => [0, 10], "NULL"],
    ["that goes on behind its block", (lab) => [lab.block(100) + 60, 41], "byte 60"],
    ["that wraps", (lab) => [lab.block(100), 0xffff_ffff], "100 bytes"],
    ["of the pool that nobody has", (lab) => [lab.machine.nonpaged.end - 4096, 10], "never allocated"],
    [
      "of a freed block",
      (lab) => {
        const block = lab.block(64);
        lab.machine.nonpaged.free(block);
        return [block, 10];
      },
      "the freed block",
    ],
  ])("a range %s", (_, range, told) => {
    const finding = planted("MDL-VA", over(range), right);
    expect(finding.severity).toBe("bug");
    expectTells(finding, "NdisAllocateMdl", told);
  });

  it("not data of NDIS, nor no bytes at the end of a block", () => {
    const lab = new Lab();
    const nb = lab.ddi.NdisAllocateNetBufferMdlAndData(lab.netBufferPool(100));
    const data = lab.ddi.MmGetMdlVirtualAddress(lab.ddi.NET_BUFFER_FIRST_MDL(nb));
    over(() => [data + 10, 90])(lab);
    over((lab) => [lab.block(16) + 16, 0])(lab);
    expect(lab.rules).toEqual([]);
  });
});

describe("MDL-INUSE", () => {
  /** The MDL that a NET_BUFFER has is freed on line 20; then `act`, and the NET_BUFFER goes too. */
  const afterFree =
    (act: (lab: Lab, nb: number, first: number) => void): Act =>
    (lab) => {
      const pool = lab.netBufferPool();
      const first = allocate(lab, "NdisAllocateMdl");
      const nb = lab.ddi.NdisAllocateNetBuffer(pool, first, 10, 50);
      onLine(lab, 20, () => lab.ddi.NdisFreeMdl(first));
      act(lab, nb, first);
      lab.ddi.NdisFreeNetBuffer(nb);
      lab.ddi.NdisFreeNetBufferPool(pool);
    };
  const nothing = afterFree(() => {});

  it("the NET_BUFFER is used after it; to free the MDL first is no mistake", () => {
    let first = 0;
    const finding = planted(
      "MDL-INUSE",
      afterFree((lab, nb, freed) => {
        first = freed;
        lab.ddi.NdisAdvanceNetBufferDataStart(nb, 1, 0, 0);
      }),
      nothing,
    );
    expect(finding).toMatchObject({
      severity: "bug",
      allocatedAt: { line: 10 },
      object: { kind: "MDL", address: first },
    });
    expectTells(finding, "NdisAdvanceNetBufferDataStart", hexAddress(first), "driver.c:20");
  });

  it("a chain with it is given to a new NET_BUFFER", () => {
    const act = (lab: Lab, wrong: boolean) => {
      const pool = lab.netBufferPool();
      const chain = allocate(lab, "IoAllocateMdl");
      if (wrong) lab.ddi.IoFreeMdl(chain);
      const nb = lab.ddi.NdisAllocateNetBuffer(pool, chain, 0, 50);
      if (nb !== 0) lab.ddi.NdisFreeNetBuffer(nb);
      if (!wrong) lab.ddi.IoFreeMdl(chain);
      lab.ddi.NdisFreeNetBufferPool(pool);
    };
    const finding = planted(
      "MDL-INUSE",
      (lab) => act(lab, true),
      (lab) => act(lab, false),
    );
    expectTells(finding, "NdisAllocateNetBuffer");
  });

  it("not when the NET_BUFFER got another chain, or NDIS has the MDL's place by now", () => {
    const lab = new Lab();
    afterFree((lab, nb) => {
      lab.ddi.NET_BUFFER_FIRST_MDL.set(nb, lab.chain([100]));
      lab.ddi.NdisAdjustNetBufferCurrentMdl(nb);
      lab.ddi.NdisAdvanceNetBufferDataStart(nb, 1, 0, 0);
      lab.ddi.NdisRetreatNetBufferDataStart(nb, 1, 0, 0);
    })(lab);
    const pool = lab.netBufferPool(10);
    const nb = lab.ddi.NdisAllocateNetBufferMdlAndData(pool);
    const freed = allocate(lab, "NdisAllocateMdl");
    lab.ddi.NdisFreeMdl(freed);
    lab.ddi.NdisRetreatNetBufferDataStart(nb, 20, 0, 0);
    expect(lab.ddi.NET_BUFFER_FIRST_MDL(nb)).toBe(freed);
    lab.ddi.NdisAdvanceNetBufferDataStart(nb, 20, 1, 0);
    expect(lab.rules).toEqual([]);
  });

  it("not of an MDL made by hand where a freed one was", () => {
    const lab = new Lab();
    const freed = allocate(lab, "IoAllocateMdl");
    lab.ddi.IoFreeMdl(freed);
    const size = lab.machine.nonpaged.find(freed - 8)?.size ?? 0;
    const block = lab.block(size);
    expect(block).toBe(freed - 8);
    lab.ddi.MmInitializeMdl(freed, lab.block(100), 100);
    lab.ddi.MmBuildMdlForNonPagedPool(freed);
    lab.ddi.NdisAllocateNetBuffer(lab.netBufferPool(), freed, 0, 100);
    expect(lab.rules).toEqual([]);
  });
});

describe("the length of an MDL", () => {
  const adjusted =
    (...lengths: readonly number[]): Act =>
    (lab) => {
      mdl = allocate(lab, "NdisAllocateMdl");
      for (const length of lengths) onLine(lab, 20, () => lab.ddi.NdisAdjustMdlLength(mdl, length));
      lab.ddi.NdisFreeMdl(mdl);
    };

  it("MDL-LENGROW: more than it was allocated for, which it does not get", () => {
    const finding = planted("MDL-LENGROW", adjusted(101), adjusted(1, 100));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, allocatedAt: { line: 10 } });
    expectTells(finding, "NdisAdjustMdlLength", "101", "100", hexAddress(mdl));
    planted("MDL-LENGROW", adjusted(1, 0xffff_ffff, 100), adjusted(0, 100));
  });

  it("MDL-LENRESTORE: freed with another", () => {
    const finding = planted("MDL-LENRESTORE", adjusted(99), adjusted(99, 100));
    expect(finding).toMatchObject({ severity: "error", allocatedAt: { line: 10 } });
    expectTells(finding, "NdisFreeMdl", "99", "100", "NdisAdjustMdlLength");
  });

  it("is the driver's affair for an MDL of IoAllocateMdl that was made smaller", () => {
    const lab = new Lab();
    const made = allocate(lab, "IoAllocateMdl");
    lab.ddi.NdisAdjustMdlLength(made, 1);
    lab.ddi.IoFreeMdl(made);
    expect(lab.rules).toEqual([]);
  });
});

describe("MDL-PARTIALSRC", () => {
  /** Two partial MDLs over one source; `order` says in which they are freed. */
  const freedIn =
    (...order: readonly ("source" | "first" | "second")[]): Act =>
    (lab) => {
      const block = lab.block(100);
      const source = onLine(lab, 10, () => lab.ddi.NdisAllocateMdl(0, block, 100));
      const [first, second] = [0, 50].map((offset) => {
        const target = lab.ddi.IoAllocateMdl(block + offset, 50, 0, 0, 0);
        lab.ddi.IoBuildPartialMdl(source, target, block + offset, 50);
        return target;
      });
      for (const which of order)
        if (which === "source") lab.ddi.NdisFreeMdl(source);
        else lab.ddi.IoFreeMdl(which === "first" ? first : second);
    };

  it("the source goes before one of them", () => {
    for (const wrong of [
      freedIn("source", "first", "second"),
      freedIn("first", "source", "second"),
      freedIn("second", "source", "first"),
    ]) {
      const finding = planted("MDL-PARTIALSRC", wrong, freedIn("second", "first", "source"));
      expect(finding).toMatchObject({ severity: "bug", allocatedAt: { line: 10 }, object: { kind: "MDL" } });
      expectTells(finding, "NdisFreeMdl", hexAddress(finding.object?.address ?? 0), "partial MDL 0x");
    }
  });

  it("not when the partial MDL was built over another one since, or built anew", () => {
    const lab = new Lab();
    const block = lab.block(100);
    const sources = [0, 1].map(() => lab.ddi.NdisAllocateMdl(0, block, 100));
    const target = lab.ddi.IoAllocateMdl(block, 100, 0, 0, 0);
    for (const source of sources) lab.ddi.IoBuildPartialMdl(source, target, block, 0);
    lab.ddi.NdisFreeMdl(sources[0]);
    expect(lab.rules).toEqual([]);
    lab.ddi.MmBuildMdlForNonPagedPool(target);
    lab.ddi.NdisFreeMdl(sources[1]);
    lab.ddi.IoFreeMdl(target);
    expect(lab.rules).toEqual([]);
  });
});

describe("MDL-MAPPEDFREE", () => {
  const lockedAnd =
    (...calls: ("map" | "unmap" | "unlock")[]): Act =>
    (lab) => {
      mdl = allocate(lab, "IoAllocateMdl");
      lab.ddi.MmProbeAndLockPages(mdl, 0, 1);
      for (const call of calls)
        if (call === "map") lab.ddi.MmGetSystemAddressForMdlSafe(mdl, 16);
        else if (call === "unmap") lab.ddi.MmUnmapLockedPages(0, mdl);
        else lab.ddi.MmUnlockPages(mdl);
      onLine(lab, 20, () => lab.ddi.IoFreeMdl(mdl));
    };
  it("locked, or locked and mapped", () => {
    const twin = lockedAnd("map", "unlock");
    const finding = planted("MDL-MAPPEDFREE", lockedAnd("map"), twin);
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, allocatedAt: { line: 10 } });
    expectTells(finding, "IoFreeMdl", "locked and mapped", "MmUnlockPages");
    expectTells(planted("MDL-MAPPEDFREE", lockedAnd(), twin), "pages are locked;");
    expectTells(planted("MDL-MAPPEDFREE", lockedAnd("map", "unmap"), twin), "pages are locked;");
  });
});

describe("MDL-CORRUPT", () => {
  it("regression: a partial MDL starts in its page where its part does, whatever it was allocated for", () => {
    const lab = new Lab();
    const block = lab.block(12_000);
    const source = lab.ddi.NdisAllocateMdl(0, block, 12_000);
    const target = lab.ddi.IoAllocateMdl(block, 2 * 4096, 0, 0, 0);
    lab.ddi.IoBuildPartialMdl(source, target, block + 4000, 2000);
    lab.ddi.IoFreeMdl(target);
    lab.ddi.NdisFreeMdl(source);
    expect(lab.rules).toEqual([]);
  });

  const changed =
    (name: "StartVa" | "ByteOffset" | "Size" | "MappedSystemVa", by: number): Act =>
    (lab) => {
      mdl = allocate(lab, "NdisAllocateMdl");
      const { memory } = lab.machine;
      writeFields(memory, MDL, mdl, { [name]: readField(memory, MDL, mdl, name) + by });
      lab.ddi.NdisFreeMdl(mdl);
    };
  it.each([
    ["StartVa", 16, "start of a page"],
    ["ByteOffset", 4096, "4096"],
    ["Size", -4, "28"],
    ["MappedSystemVa", 14, "StartVa + ByteOffset"],
  ] as const)("%s is changed by %i", (name, by, told) => {
    const finding = planted("MDL-CORRUPT", changed(name, by), changed(name, 0));
    expect(finding).toMatchObject({ severity: "bug", allocatedAt: { line: 10 }, object: { address: mdl } });
    expectTells(finding, "NdisFreeMdl", name, told);
  });
});
