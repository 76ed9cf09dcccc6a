import { constants, structure } from "./structure.js";

/** Type, revision and size in front of every versioned NDIS 6 structure. */
export const NDIS_OBJECT_HEADER = structure("NDIS_OBJECT_HEADER", { Type: "UCHAR", Revision: "UCHAR", Size: "USHORT" });

export const NDIS_OBJECT_TYPES = constants({
  NDIS_OBJECT_TYPE_DEFAULT: 0x80,
  NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS: 0x8b,
  NDIS_OBJECT_TYPE_FILTER_PARTIAL_CHARACTERISTICS: 0x8c,
  NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES: 0x8d,
});

export const NET_BUFFER_POOL_PARAMETERS = structure("NET_BUFFER_POOL_PARAMETERS", {
  Header: NDIS_OBJECT_HEADER,
  PoolTag: "ULONG",
  DataSize: "ULONG",
});

/** `Flags` exists in newer headers only; it is honoured when `Header.Size` covers it. */
export const NET_BUFFER_LIST_POOL_PARAMETERS = structure("NET_BUFFER_LIST_POOL_PARAMETERS", {
  Header: NDIS_OBJECT_HEADER,
  ProtocolId: "UCHAR",
  fAllocateNetBuffer: "BOOLEAN",
  ContextSize: "USHORT",
  PoolTag: "ULONG",
  DataSize: "ULONG",
  Flags: "ULONG",
});

export const POOL_PARAMETER_REVISIONS = constants({
  NET_BUFFER_POOL_PARAMETERS_REVISION_1: 1,
  NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1: 12,
  NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1: 1,
  NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1: 16,
  NET_BUFFER_LIST_POOL_FLAG_VERIFY: 1,
});
