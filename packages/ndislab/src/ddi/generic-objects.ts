import { IRQL } from "../layout/spin-lock.js";
import type { Address, Handle } from "../memory/address.js";
import { family } from "./entry.js";

const COMPLIANCE = ["Irql_Miscellaneous_Function", "NdisAllocateGenericObject"] as const;

/** Handles for components that NDIS has given none. */
export const GENERIC_OBJECTS = family(
  {
    family: "Generic objects",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "NDIS 6.0",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "MEM-IRQL",
  },
  {
    NdisAllocateGenericObject: {
      c: "PNDIS_GENERIC_OBJECT NdisAllocateGenericObject(PDRIVER_OBJECT DriverObject OPTIONAL, ULONG Tag, USHORT Size)",
      contract: ["F6-07"],
      page: "ndis/nf-ndis-ndisallocategenericobject",
      compliance: COMPLIANCE,
      bind: (m) => (driverObject: Address, tag: number, size: number) =>
        m.genericObjects.allocate(driverObject, tag >>> 0, size & 0xffff),
    },
    NdisFreeGenericObject: {
      c: "VOID NdisFreeGenericObject(PNDIS_GENERIC_OBJECT NdisObject)",
      contract: ["F6-08"],
      page: "ndis/nf-ndis-ndisfreegenericobject",
      compliance: COMPLIANCE,
      bind: (m) => (object: Handle) => {
        m.genericObjects.free(object);
      },
    },
  },
);
