import { NDIS_OBJECT_HEADER } from "./object-header.js";
import { constants, sizeThrough, structure } from "./structure.js";

/** Argument of NdisRegisterDeviceEx. */
export const NDIS_DEVICE_OBJECT_ATTRIBUTES = structure("NDIS_DEVICE_OBJECT_ATTRIBUTES", {
  Header: NDIS_OBJECT_HEADER,
  DeviceName: "UNICODE_STRING *",
  SymbolicName: "UNICODE_STRING *",
  MajorFunctions: "PDRIVER_DISPATCH *",
  ExtensionSize: "ULONG",
  DefaultSDDLString: "const UNICODE_STRING *",
  DeviceClassGuid: "const GUID *",
});

export const DEVICE_OBJECT_ATTRIBUTES_VALUES = constants({
  NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1: 1,
  NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1: sizeThrough(NDIS_DEVICE_OBJECT_ATTRIBUTES, "DeviceClassGuid"),
});
