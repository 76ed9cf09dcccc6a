import { UNICODE_STRING } from "./list.js";
import { NDIS_OBJECT_HEADER } from "./object-header.js";
import { constants, enumeration, sizeThrough, structure, union } from "./structure.js";

/** Argument of NdisOpenConfigurationEx. */
export const NDIS_CONFIGURATION_OBJECT = structure("NDIS_CONFIGURATION_OBJECT", {
  Header: NDIS_OBJECT_HEADER,
  NdisHandle: "NDIS_HANDLE",
  Flags: "ULONG",
});

export const NDIS_PARAMETER_TYPE = enumeration("NDIS_PARAMETER_TYPE", {
  NdisParameterInteger: 0,
  NdisParameterHexInteger: 1,
  NdisParameterString: 2,
  NdisParameterMultiString: 3,
  NdisParameterBinary: 4,
});

export const BINARY_DATA = structure(
  "BINARY_DATA",
  { Length: "USHORT", Buffer: "PVOID" },
  { tag: "BINARY_DATA", pointers: [] },
);

/** NDIS owns what NdisReadConfiguration returns until the configuration is closed. */
export const NDIS_CONFIGURATION_PARAMETER = structure("NDIS_CONFIGURATION_PARAMETER", {
  ParameterType: NDIS_PARAMETER_TYPE,
  ParameterData: union({ IntegerData: "ULONG", StringData: UNICODE_STRING, BinaryData: BINARY_DATA }),
});

export const CONFIGURATION_VALUES = constants({
  NDIS_CONFIGURATION_OBJECT_REVISION_1: 1,
  NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1: sizeThrough(NDIS_CONFIGURATION_OBJECT, "Flags"),
  NDIS_CONFIG_FLAG_FILTER_INSTANCE_CONFIGURATION: 0x1,
});
