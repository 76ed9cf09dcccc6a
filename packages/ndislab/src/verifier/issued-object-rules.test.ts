import { describe, expect, it } from "vitest";
import type { DriverModel } from "../ddi/driver-model.js";
import { NDIS_OID_REQUEST } from "../layout/oid-request.js";
import { NDIS_STATUS } from "../layout/status.js";
import { hexAddress } from "../memory/address.js";
import type { Lab } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

const OID = 0x0001_010e;

/** An NDIS that gives out blocks of its own; without memory it gives NULL. */
function withNdis(lab: Lab, short = false): void {
  const { memory, nonpaged } = lab.machine;
  const give = (out: number): number => {
    const object = short ? 0 : nonpaged.allocate(NDIS_OID_REQUEST.size, 0x4f41_4c42, "system");
    memory.u32[out >>> 2] = object;
    if (object !== 0) memory.u32[(object + NDIS_OID_REQUEST.offset.DATA) >>> 2] = OID;
    return short ? NDIS_STATUS.NDIS_STATUS_RESOURCES : NDIS_STATUS.NDIS_STATUS_SUCCESS;
  };
  const take = (object: number): void => {
    if (!nonpaged.free(object)) throw new Error(`${hexAddress(object)} was let through`);
  };
  lab.machine.model = {
    registerFilterDriver: (_driver, _context, _characteristics, handle) => give(handle),
    deregisterFilterDriver: take,
    registerDevice: (_driver, _attributes, _device, handle) => give(handle),
    deregisterDevice: take,
    cloneRequest: (_source, _request, _tag, clone) => give(clone),
    freeClonedRequest: (_source, request) => take(request),
  } satisfies Partial<DriverModel> as DriverModel;
}

interface Pair {
  readonly kind: string;
  readonly take: string;
  readonly give: string;
  readonly never: string;
  readonly obtain: (lab: Lab) => number;
  readonly back: (lab: Lab, object: number) => void;
}

const PAIRS: readonly Pair[] = [
  {
    kind: "NDIS_OID_REQUEST",
    take: "NdisAllocateCloneOidRequest",
    give: "NdisFreeCloneOidRequest",
    never: "of OID 0x0001010e was never freed",
    obtain: (lab) => {
      lab.ddi.NdisAllocateCloneOidRequest(1, lab.block(NDIS_OID_REQUEST.size), 0, lab.out);
      return lab.u32(lab.out);
    },
    back: (lab, object) => lab.ddi.NdisFreeCloneOidRequest(1, object),
  },
  {
    kind: "DEVICE_OBJECT",
    take: "NdisRegisterDeviceEx",
    give: "NdisDeregisterDeviceEx",
    never: "was never deregistered",
    obtain: (lab) => {
      lab.ddi.NdisRegisterDeviceEx(1, 0, lab.length, lab.out);
      return lab.u32(lab.out);
    },
    back: (lab, object) => lab.ddi.NdisDeregisterDeviceEx(object),
  },
  {
    kind: "NDIS filter driver",
    take: "NdisFRegisterFilterDriver",
    give: "NdisFDeregisterFilterDriver",
    never: "was never deregistered",
    obtain: (lab) => {
      lab.ddi.NdisFRegisterFilterDriver(0, 0, 0, lab.out);
      return lab.u32(lab.out);
    },
    back: (lab, object) => lab.ddi.NdisFDeregisterFilterDriver(object),
  },
];

describe.each(PAIRS)("$take and $give", ({ kind, take, give, never, obtain, back }) => {
  let object = 0;
  const once: Act = (lab) => {
    withNdis(lab);
    object = onLine(lab, 10, () => obtain(lab));
    onLine(lab, 11, () => back(lab, object));
  };
  const place = (line: number) => ({ file: "driver.c", line, function: "f" });

  it("MEM-LEAK: never given back", () => {
    const finding = planted(
      "MEM-LEAK",
      (lab) => {
        withNdis(lab);
        object = onLine(lab, 10, () => obtain(lab));
      },
      once,
    );
    expect(finding).toMatchObject({ severity: "error", at: place(10), allocatedAt: place(10) });
    expect(finding.object).toEqual({ kind, address: object });
    expectTells(finding, kind, hexAddress(object), never, `call ${give}`);
  });

  it("MEM-DFREE: given back twice", () => {
    const mistake: Act = (lab) => {
      once(lab);
      onLine(lab, 12, () => back(lab, object));
    };
    const finding = planted("MEM-DFREE", mistake, once);
    expect(finding).toMatchObject({ severity: "bug", at: place(12), allocatedAt: place(10) });
    expectTells(finding, `${give}: ${kind} ${hexAddress(object)}`, "driver.c:11");
  });

  it.each([
    ["NULL", () => 0, "NULL"],
    ["memory of the driver", (lab: Lab) => lab.block(64), "in the driver's block"],
    ["storage of NDIS", (lab: Lab) => lab.machine.nonpaged.allocate(64, 0, "system"), "in storage of NDIS"],
    ["beyond the memory", () => 0xffff_fff0, "outside the memory"],
  ])("MEM-BADADDR: %s", (_, address, what) => {
    const mistake: Act = (lab) => {
      once(lab);
      onLine(lab, 12, () => back(lab, address(lab)));
    };
    const finding = planted("MEM-BADADDR", mistake, once);
    expect(finding).toMatchObject({ severity: "bug", at: place(12) });
    expectTells(finding, `${give}: `, what, take);
  });

  it("one that was refused is none", () => {
    const refused: Act = (lab) => {
      withNdis(lab, true);
      lab.setU32(lab.out, 0x1234_5678);
      obtain(lab);
    };
    expect(() => planted("MEM-LEAK", refused, refused)).toThrow(/expected MEM-LEAK alone, found: nothing/);
  });
});
