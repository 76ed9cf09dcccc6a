import { NET_IF_MEDIA_CONNECT_STATE, NET_IF_MEDIA_DUPLEX_STATE } from "./medium.js";
import { NDIS_OBJECT_HEADER } from "./object-header.js";
import { constants, enumeration, sizeThrough, structure } from "./structure.js";

export const NDIS_SUPPORTED_PAUSE_FUNCTIONS = enumeration("NDIS_SUPPORTED_PAUSE_FUNCTIONS", {
  NdisPauseFunctionsUnsupported: 0,
  NdisPauseFunctionsSendOnly: 1,
  NdisPauseFunctionsReceiveOnly: 2,
  NdisPauseFunctionsSendAndReceive: 3,
  NdisPauseFunctionsUnknown: 4,
});

/** Speeds in bits per second. */
export const NDIS_LINK_SPEED = structure("NDIS_LINK_SPEED", { XmitLinkSpeed: "ULONG64", RcvLinkSpeed: "ULONG64" });

/** Buffer of NDIS_STATUS_LINK_STATE and of OID_GEN_LINK_STATE. */
export const NDIS_LINK_STATE = structure("NDIS_LINK_STATE", {
  Header: NDIS_OBJECT_HEADER,
  MediaConnectState: NET_IF_MEDIA_CONNECT_STATE,
  MediaDuplexState: NET_IF_MEDIA_DUPLEX_STATE,
  XmitLinkSpeed: "ULONG64",
  RcvLinkSpeed: "ULONG64",
  PauseFunctions: NDIS_SUPPORTED_PAUSE_FUNCTIONS,
  AutoNegotiationFlags: "ULONG",
});

export const LINK_VALUES = constants({
  NDIS_LINK_STATE_REVISION_1: 1,
  NDIS_SIZEOF_LINK_STATE_REVISION_1: sizeThrough(NDIS_LINK_STATE, "AutoNegotiationFlags"),
  NDIS_LINK_STATE_XMIT_LINK_SPEED_AUTO_NEGOTIATED: 0x1,
  NDIS_LINK_STATE_RCV_LINK_SPEED_AUTO_NEGOTIATED: 0x2,
  NDIS_LINK_STATE_DUPLEX_AUTO_NEGOTIATED: 0x4,
  NDIS_LINK_STATE_PAUSE_FUNCTIONS_AUTO_NEGOTIATED: 0x8,
});
