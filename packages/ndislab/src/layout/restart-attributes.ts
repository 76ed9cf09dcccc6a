import { NET_IF_ACCESS_TYPE, NET_IF_CONNECTION_TYPE } from "./medium.js";
import { NDIS_OBJECT_HEADER } from "./object-header.js";
import { aligned, constants, opaque, sizeThrough, structure } from "./structure.js";

/** One node of the list in the restart parameters: `Oid` says what `Data` holds. */
export const NDIS_RESTART_ATTRIBUTES = structure("NDIS_RESTART_ATTRIBUTES", {
  Next: "struct _NDIS_RESTART_ATTRIBUTES *",
  Oid: "NDIS_OID",
  DataLength: "ULONG",
  Data: aligned("UCHAR[1]"),
});

export const NDIS_RECEIVE_SCALE_CAPABILITIES = opaque("NDIS_RECEIVE_SCALE_CAPABILITIES");

/** `Data` of the attribute OID_GEN_MINIPORT_RESTART_ATTRIBUTES. */
export const NDIS_RESTART_GENERAL_ATTRIBUTES = structure("NDIS_RESTART_GENERAL_ATTRIBUTES", {
  Header: NDIS_OBJECT_HEADER,
  MtuSize: "ULONG",
  MaxXmitLinkSpeed: "ULONG64",
  MaxRcvLinkSpeed: "ULONG64",
  LookaheadSize: "ULONG",
  MacOptions: "ULONG",
  SupportedPacketFilters: "ULONG",
  MaxMulticastListSize: "ULONG",
  RecvScaleCapabilities: "struct _NDIS_RECEIVE_SCALE_CAPABILITIES *",
  AccessType: NET_IF_ACCESS_TYPE,
  Flags: "ULONG",
  ConnectionType: NET_IF_CONNECTION_TYPE,
  SupportedStatistics: "ULONG",
  DataBackFillSize: "ULONG",
  ContextBackFillSize: "ULONG",
  SupportedOidList: "NDIS_OID *",
  SupportedOidListLength: "ULONG",
  MaxLookaheadSizeAccessed: "ULONG",
});

export const RESTART_ATTRIBUTES_VALUES = constants({
  NDIS_RESTART_GENERAL_ATTRIBUTES_REVISION_1: 1,
  NDIS_RESTART_GENERAL_ATTRIBUTES_REVISION_2: 2,
  NDIS_SIZEOF_RESTART_GENERAL_ATTRIBUTES_REVISION_1: sizeThrough(
    NDIS_RESTART_GENERAL_ATTRIBUTES,
    "SupportedOidListLength",
  ),
  NDIS_SIZEOF_RESTART_GENERAL_ATTRIBUTES_REVISION_2: sizeThrough(
    NDIS_RESTART_GENERAL_ATTRIBUTES,
    "MaxLookaheadSizeAccessed",
  ),
});
