import { describe, expect, it } from "vitest";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { POOL_TYPE } from "../layout/memory-manager.js";
import { MappingFault } from "../mdl/mappings.js";
import { hexAddress } from "../memory/address.js";
import { readField } from "../memory/fields.js";
import { Lab, TAG } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

/** A life of an MDL of IoAllocateMdl over 9000 bytes, allocated on line 10 and freed at the end. */
const withMdl =
  (act: (lab: Lab, mdl: number, block: number) => void): Act =>
  (lab) => {
    const block = lab.block(9000);
    const mdl = onLine(lab, 10, () => lab.ddi.IoAllocateMdl(block, 9000, 0, 0, 0));
    act(lab, mdl, block);
    lab.ddi.IoFreeMdl(mdl);
  };

const locked = (act: (lab: Lab, mdl: number, block: number) => void): Act =>
  withMdl((lab, mdl, block) => {
    lab.ddi.MmProbeAndLockPages(mdl, 0, 1);
    act(lab, mdl, block);
    if ((readField(lab.machine.memory, MDL, mdl, "MdlFlags") & MDL_FLAGS.MDL_PAGES_LOCKED) !== 0)
      lab.ddi.MmUnlockPages(mdl);
  });

/** A partial MDL over the first page of the source, freed before it. */
const partial = (lab: Lab, source: number, block: number, act: (target: number) => void): void => {
  const target = onLine(lab, 11, () => lab.ddi.IoAllocateMdl(block, 4096, 0, 0, 0));
  lab.ddi.IoBuildPartialMdl(source, target, block, 4096);
  act(target);
  lab.ddi.IoFreeMdl(target);
};

describe("MDL-LOCKNP", () => {
  it("locks nonpaged memory", () => {
    const act = (wrong: boolean): Act =>
      withMdl((lab, mdl) => {
        lab.ddi.MmBuildMdlForNonPagedPool(mdl);
        if (wrong) lab.ddi.MmProbeAndLockPages(mdl, 0, 1);
      });
    const finding = planted("MDL-LOCKNP", act(true), act(false));
    expect(finding).toMatchObject({ severity: "bug", allocatedAt: { line: 10 }, object: { kind: "MDL" } });
    expectTells(finding, "MmProbeAndLockPages", hexAddress(finding.object?.address ?? 0), "nonpaged");
  });

  it("unlocks nonpaged memory", () => {
    const act = (wrong: boolean): Act =>
      withMdl((lab, mdl) => {
        lab.ddi.MmBuildMdlForNonPagedPool(mdl);
        if (wrong) lab.ddi.MmUnlockPages(mdl);
      });
    expectTells(planted("MDL-LOCKNP", act(true), act(false)), "MmUnlockPages", "never locked");
  });

  it("locks twice, and the pages stay locked once", () => {
    const act = (wrong: boolean): Act =>
      locked((lab, mdl) => {
        if (wrong) lab.ddi.MmProbeAndLockPages(mdl, 0, 1);
      });
    expectTells(planted("MDL-LOCKNP", act(true), act(false)), "locked already", "MmUnlockPages");
  });

  it("unlocks twice, or without a lock", () => {
    const act = (times: number): Act =>
      locked((lab, mdl) => {
        for (let i = 0; i < times; i++) lab.ddi.MmUnlockPages(mdl);
      });
    expectTells(planted("MDL-LOCKNP", act(2), act(1)), "is not locked", "MmProbeAndLockPages");
  });

  it("locks a partial MDL", () => {
    const act = (wrong: boolean): Act =>
      locked((lab, mdl, block) =>
        partial(lab, mdl, block, (target) => {
          if (wrong) lab.ddi.MmProbeAndLockPages(target, 0, 1);
        }),
      );
    expectTells(planted("MDL-LOCKNP", act(true), act(false)), "partial");
  });
});

describe("MDL-PARTUNLOCK", () => {
  it("MmUnlockPages of a partial MDL; the source stays locked", () => {
    const act = (wrong: boolean): Act =>
      locked((lab, mdl, block) =>
        partial(lab, mdl, block, (target) => {
          lab.ddi.MmGetSystemAddressForMdlSafe(target, 16);
          if (wrong) lab.ddi.MmUnlockPages(target);
          lab.ddi.MmPrepareMdlForReuse(target);
        }),
      );
    const finding = planted("MDL-PARTUNLOCK", act(true), act(false));
    expect(finding).toMatchObject({ severity: "bug", allocatedAt: { line: 11 } });
    expectTells(finding, "MmUnlockPages", "partial");
  });

  it("MmUnmapLockedPages of a mapping that is the source's", () => {
    const act = (mapSource: boolean): Act =>
      locked((lab, mdl, block) => {
        if (mapSource) lab.ddi.MmGetSystemAddressForMdlSafe(mdl, 16);
        partial(lab, mdl, block, (target) =>
          lab.ddi.MmUnmapLockedPages(lab.ddi.MmGetSystemAddressForMdlSafe(target, 16), target),
        );
      });
    expectTells(planted("MDL-PARTUNLOCK", act(true), act(false)), "MmUnmapLockedPages", "MmPrepareMdlForReuse");
  });
});

describe("BUF-UNSAFE", () => {
  const CALLS = {
    MmGetSystemAddressForMdl: (lab: Lab, mdl: number) => lab.ddi.MmGetSystemAddressForMdl(mdl),
    MmMapLockedPages: (lab: Lab, mdl: number) => lab.ddi.MmMapLockedPages(mdl, 0),
    MmMapLockedPagesSpecifyCache: (lab: Lab, mdl: number) => lab.ddi.MmMapLockedPagesSpecifyCache(mdl, 0, 1, 0, 1, 16),
  };
  it.each(Object.entries(CALLS))("%s ends the driver when the mapping fails", (name, call) => {
    const act = (wrong: boolean): Act =>
      locked((lab, mdl) => {
        lab.machine.mappings.fault = () => wrong;
        onLine(lab, 12, () => call(lab, mdl));
      });
    const finding = planted("BUF-UNSAFE", act(true), act(false));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 12 }, allocatedAt: { line: 10 } });
    expectTells(finding, `${name}:`, name === "MmMapLockedPagesSpecifyCache" ? "FALSE" : "Safe", "NULL");
  });

  it("the safe form gives NULL and goes on, and asks the fault plan once", () => {
    const lab = new Lab();
    locked((lab, mdl) => {
      let asked = 0;
      lab.machine.mappings.fault = () => ++asked === 1;
      expect(lab.ddi.MmGetSystemAddressForMdlSafe(mdl, 16)).toBe(0);
      expect(lab.ddi.MmGetSystemAddressForMdl(mdl)).not.toBe(0);
      expect(lab.ddi.MmMapLockedPages(mdl, 0)).not.toBe(0);
      expect(asked).toBe(2);
    })(lab);
    expect(lab.rules).toEqual([]);
  });

  it("stops the call", () => {
    const lab = new Lab();
    const mdl = lab.ddi.IoAllocateMdl(lab.block(8), 8, 0, 0, 0);
    lab.ddi.MmProbeAndLockPages(mdl, 0, 1);
    lab.machine.mappings.fault = () => true;
    expect(() => lab.ddi.MmMapLockedPages(mdl, 0)).toThrow(MappingFault);
  });
});

describe("paged memory", () => {
  const PAGED = POOL_TYPE.values.PagedPool;
  /** A block of 200 bytes of that pool, freed afterwards. */
  const inPool =
    (type: number, act: (lab: Lab, block: number) => void): Act =>
    (lab) => {
      const block = lab.ddi.ExAllocatePoolWithTag(type, 200, TAG);
      act(lab, block);
      lab.ddi.ExFreePoolWithTag(block, TAG);
    };

  it("BUF-PAGED: NdisAllocateBuffer over it", () => {
    const act = (type: number): Act =>
      inPool(type, (lab, block) => {
        const pool = lab.bufferPool(1);
        const buffer = lab.buffer(pool, block + 10, 20);
        expect(buffer !== 0).toBe(type !== PAGED);
        if (buffer !== 0) lab.ddi.NdisFreeBuffer(buffer);
        lab.ddi.NdisFreeBufferPool(pool);
      });
    const finding = planted("BUF-PAGED", act(PAGED), act(0));
    expect(finding).toMatchObject({ severity: "bug", object: { kind: "memory" } });
    expectTells(finding, "NdisAllocateBuffer", hexAddress(finding.object?.address ?? 0), "200 bytes", "nonpaged");
  });

  it("MDL-VA: NdisAllocateMdl over it", () => {
    const act = (type: number): Act =>
      inPool(type, (lab, block) => {
        const mdl = lab.ddi.NdisAllocateMdl(0, block, 200);
        if (mdl !== 0) lab.ddi.NdisFreeMdl(mdl);
      });
    expectTells(planted("MDL-VA", act(PAGED), act(0)), "paged", "IoAllocateMdl", "MmProbeAndLockPages");
  });

  it("MDL-BUILDPAGED: MmBuildMdlForNonPagedPool over it; to lock it is right", () => {
    const act = (type: number, build: boolean): Act =>
      inPool(type, (lab, block) => {
        const mdl = onLine(lab, 10, () => lab.ddi.IoAllocateMdl(block, 200, 0, 0, 0));
        if (build) lab.ddi.MmBuildMdlForNonPagedPool(mdl);
        else {
          lab.ddi.MmProbeAndLockPages(mdl, 0, 1);
          lab.ddi.MmUnlockPages(mdl);
        }
        lab.ddi.IoFreeMdl(mdl);
      });
    const finding = planted("MDL-BUILDPAGED", act(PAGED, true), act(PAGED, false));
    expect(finding).toMatchObject({ severity: "bug", allocatedAt: { line: 10 } });
    expectTells(finding, "paged block", "MmProbeAndLockPages");
    planted("MDL-BUILDPAGED", act(PAGED, true), act(0, true));
  });

  it("MEM-IRQL: to lock it at DISPATCH_LEVEL, which nonpaged memory allows", () => {
    const act = (type: number): Act =>
      inPool(type, (lab, block) => {
        const mdl = lab.ddi.IoAllocateMdl(block, 200, 0, 0, 0);
        lab.machine.irql.at(2, () => lab.ddi.MmProbeAndLockPages(mdl, 0, 1));
        lab.ddi.MmUnlockPages(mdl);
        lab.ddi.IoFreeMdl(mdl);
      });
    expectTells(planted("MEM-IRQL", act(PAGED), act(0)), "MmProbeAndLockPages", "DISPATCH_LEVEL", "APC_LEVEL");
  });
});
