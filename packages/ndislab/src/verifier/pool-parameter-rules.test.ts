import { describe, expect, it } from "vitest";
import { hexAddress } from "../memory/address.js";
import { type Lab, type ListPoolParameters, TAG } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

describe("parameters of pools", () => {
  const listPool =
    (parameters: ListPoolParameters): Act =>
    (lab) => {
      const pool = onLine(lab, 20, () => lab.netBufferListPool(parameters));
      expect(pool).not.toBe(0);
      lab.ddi.NdisFreeNetBufferListPool(pool);
    };

  it.each([0, 0x8041_4243, 0x4100_4243, 0x4142_0a43])("POOL-TAG: 0x%s", (tag) => {
    const finding = planted("POOL-TAG", listPool({ PoolTag: tag }), listPool({ PoolTag: 0x41 }));
    expect(finding).toMatchObject({ severity: "warn", at: { line: 20 } });
    expectTells(finding, "NdisAllocateNetBufferListPool", tag.toString(16).padStart(8, "0"));
    const netBufferPool =
      (poolTag: number): Act =>
      (lab) => {
        const parameters = lab.netBufferPoolParameters();
        lab.setU32(parameters + 4, poolTag);
        lab.ddi.NdisFreeNetBufferPool(lab.ddi.NdisAllocateNetBufferPool(0, parameters));
      };
    planted("POOL-TAG", netBufferPool(tag), netBufferPool(0x2041_4243));
  });

  it("POOL-CTXALIGN", () => {
    const finding = planted("POOL-CTXALIGN", listPool({ ContextSize: 12 }), listPool({ ContextSize: 16 }));
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 } });
    expectTells(finding, "12", "make it 16");
  });

  it("POOL-PROTOID: no protocol has the id, or the driver is no protocol", () => {
    const finding = planted("POOL-PROTOID", listPool({ ProtocolId: 3 }), listPool({ ProtocolId: 7 }));
    expect(finding).toMatchObject({ severity: "warn", at: { line: 20 } });
    expectTells(finding, "ProtocolId is 3");
    const filter =
      (ProtocolId: number): Act =>
      (lab) => {
        lab.machine.model = { ...lab.machine.model, registerFilterDriver: () => 0 };
        lab.ddi.NdisFRegisterFilterDriver(0, 0, 0, 0);
        listPool({ ProtocolId })(lab);
      };
    expectTells(planted("POOL-PROTOID", filter(2), filter(0)), "a filter", "NDIS_PROTOCOL_ID_DEFAULT");
  });
});

describe("POOL-GENERIC", () => {
  let object = 0;
  let pool = 0;
  const life =
    (act: (lab: Lab) => void): Act =>
    (lab) => {
      object = onLine(lab, 10, () => lab.ddi.NdisAllocateGenericObject(0, TAG, 8));
      pool = onLine(lab, 11, () => lab.ddi.NdisAllocateNetBufferListPool(object, lab.netBufferListPoolParameters()));
      act(lab);
    };
  const freePool = (lab: Lab): void => lab.ddi.NdisFreeNetBufferListPool(pool);
  const freeObject = (lab: Lab): void => onLine(lab, 20, () => lab.ddi.NdisFreeGenericObject(object));
  const right = life((lab) => {
    freePool(lab);
    freeObject(lab);
  });

  it("is for an object freed before a pool of its own", () => {
    const early = life((lab) => {
      freeObject(lab);
      freePool(lab);
    });
    const finding = planted("POOL-GENERIC", early, right);
    expect(finding).toMatchObject({
      severity: "error",
      at: { line: 20 },
      allocatedAt: { line: 11 },
      object: { address: pool },
    });
    expectTells(finding, hexAddress(object), hexAddress(pool), "NET_BUFFER_LIST pool");
  });

  it("is for an object that is never freed", () => {
    const finding = planted("POOL-GENERIC", life(freePool), right);
    expect(finding).toMatchObject({ at: { line: 10 }, object: { kind: "NDIS_GENERIC_OBJECT", address: object } });
    expectTells(finding, "NdisFreeGenericObject");
  });

  it("is for freeing one twice, or what is none", () => {
    const twice = life((lab) => {
      freePool(lab);
      freeObject(lab);
      onLine(lab, 30, () => lab.ddi.NdisFreeGenericObject(object));
    });
    expectTells(planted("POOL-GENERIC", twice, right), "driver.c:20");
    const wrong = life((lab) => {
      onLine(lab, 15, () => lab.ddi.NdisFreeGenericObject(pool));
      freePool(lab);
      freeObject(lab);
    });
    expectTells(planted("POOL-GENERIC", wrong, right), hexAddress(pool), "NET_BUFFER_LIST pool");
  });
});
