import { NDIS_OBJECT_HEADER } from "./object-header.js";
import { constants, structure } from "./structure.js";

/**
 * Gives a handle to drivers that are neither miniport nor protocol nor filter: its address is the handle. The bytes
 * that the driver asked for lie behind it.
 */
export const NDIS_GENERIC_OBJECT = structure("NDIS_GENERIC_OBJECT", {
  Header: NDIS_OBJECT_HEADER,
  Caller: "PVOID",
  CallersCaller: "PVOID",
  DriverObject: "struct _DRIVER_OBJECT *",
});

export const GENERIC_OBJECT_TYPES = constants({
  NDIS_OBJECT_TYPE_GENERIC_OBJECT: 0x02,
  NDIS_GENERIC_OBJECT_REVISION_1: 1,
});
