import type { StructurePages } from "../page.js";

/** Settings of a driver in the registry. */
export const CONFIGURATION_STRUCTURE_PAGES = {
  NDIS_CONFIGURATION_OBJECT: {
    summary: "Says whose settings are to be opened.",
    members: {
      Header: "Type NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT, revision 1, NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1.",
      NdisHandle: "The driver's handle for those of the driver, a module's for those of the module.",
      Flags:
        "0, or NDIS_CONFIG_FLAG_FILTER_INSTANCE_CONFIGURATION: for a monitoring filter with several modules on one adapter, those of the one module.",
    },
    ownership: "The caller's, read during `NdisOpenConfigurationEx` only.",
    related: ["NdisOpenConfigurationEx", "NDIS_CONFIGURATION_PARAMETER"],
    example: "read-configuration",
  },
  NDIS_CONFIGURATION_PARAMETER: {
    summary: "One setting: its type and its value.",
    members: {
      ParameterType: "Which member of ParameterData holds.",
      ParameterData: "The value.",
      "ParameterData.IntegerData": "A number.",
      "ParameterData.StringData": "A string, or several, each with a zero behind it and one more behind the last.",
      "ParameterData.BinaryData": "Bytes.",
    },
    ownership: "NDIS's, with the string or bytes it points to, until `NdisCloseConfiguration`.",
    remarks: [
      "ParameterType is looked at before ParameterData: the registry is everybody's to write, and a string read as a number is an address.",
      "A number in hexadecimal comes as NdisParameterInteger too.",
    ],
    related: ["NdisReadConfiguration", "NDIS_PARAMETER_TYPE", "BINARY_DATA", "UNICODE_STRING"],
    example: "read-configuration",
  },
  NDIS_PARAMETER_TYPE: {
    summary: "Of which type a setting is.",
    members: {
      NdisParameterInteger: "A number, or a string of digits in the registry that is read as a decimal one.",
      NdisParameterHexInteger: "To ask with: a string of digits that is read as a hexadecimal number.",
      NdisParameterString: "A string.",
      NdisParameterMultiString: "Several strings.",
      NdisParameterBinary: "Bytes.",
    },
    related: ["NDIS_CONFIGURATION_PARAMETER", "NdisReadConfiguration"],
    example: "read-configuration",
  },
  BINARY_DATA: {
    summary: "Bytes of a setting, with their length.",
    members: {
      Length: "How many.",
      Buffer: "The first of them.",
    },
    ownership: "A part of the setting, whose bytes go with `NdisCloseConfiguration`.",
    remarks: ["The length is whatever somebody wrote: it is looked at before the bytes are."],
    related: ["NDIS_CONFIGURATION_PARAMETER", "NDIS_PARAMETER_TYPE"],
    example: "read-bytes-of-a-setting",
  },
} as const satisfies StructurePages;
