import type { StructurePages } from "../page.js";

const OID = "What is asked for or told: an OID_….";
const NEEDED = "How long the buffer would have to be, when it was too short.";
const OLD = "Of old miniports, and never in a request of NDIS 6.";

/** Questions and orders to an adapter. */
export const REQUEST_STRUCTURE_PAGES = {
  NDIS_OID_REQUEST: {
    summary: "A question to an adapter, or an order: what it is about, a buffer, and how much of that was used.",
    members: {
      Header:
        "Type NDIS_OBJECT_TYPE_OID_REQUEST; revision 1 with NDIS_SIZEOF_OID_REQUEST_REVISION_1, or from NDIS 6.50 revision 2 with its size.",
      RequestType: "Whether it asks, tells or does both, and so which part of DATA holds.",
      PortNumber: "The port, 0 for the default one.",
      Timeout: "Seconds, or NDIS_OID_REQUEST_TIMEOUT_INFINITE (0).",
      RequestId: "By which whoever made it may cancel it; NULL for never.",
      RequestHandle: "Who made it; NDIS's to fill in.",
      DATA: "What it is about.",
      "DATA.Oid": "The OID, at the same place in all three.",
      "DATA.QUERY_INFORMATION": "Of NdisRequestQueryInformation and NdisRequestQueryStatistics.",
      "DATA.QUERY_INFORMATION.Oid": OID,
      "DATA.QUERY_INFORMATION.InformationBuffer": "Where the answer goes.",
      "DATA.QUERY_INFORMATION.InformationBufferLength": "Bytes of it.",
      "DATA.QUERY_INFORMATION.BytesWritten": "How many the answer has.",
      "DATA.QUERY_INFORMATION.BytesNeeded": NEEDED,
      "DATA.SET_INFORMATION": "Of NdisRequestSetInformation.",
      "DATA.SET_INFORMATION.Oid": OID,
      "DATA.SET_INFORMATION.InformationBuffer": "What the adapter is told.",
      "DATA.SET_INFORMATION.InformationBufferLength": "Bytes of it.",
      "DATA.SET_INFORMATION.BytesRead": "How many were read.",
      "DATA.SET_INFORMATION.BytesNeeded": NEEDED,
      "DATA.METHOD_INFORMATION": "Of NdisRequestMethod.",
      "DATA.METHOD_INFORMATION.Oid": OID,
      "DATA.METHOD_INFORMATION.InformationBuffer": "What the adapter is told, over which its answer is written.",
      "DATA.METHOD_INFORMATION.InputBufferLength": "Bytes it is told.",
      "DATA.METHOD_INFORMATION.OutputBufferLength": "Bytes the answer may have.",
      "DATA.METHOD_INFORMATION.MethodId": "Which of the methods of the OID; 0 for the default one.",
      "DATA.METHOD_INFORMATION.BytesWritten": "How many the answer has.",
      "DATA.METHOD_INFORMATION.BytesRead": "How many were read.",
      "DATA.METHOD_INFORMATION.BytesNeeded": NEEDED,
      NdisReserved: "NDIS's own.",
      MiniportReserved: "The miniport's, while it has the request.",
      SourceReserved: "Two pointers for whoever made the request.",
      SupportedRevision: "Which revision of the buffer's structure the adapter knows, where the two differ.",
      Reserved1: "NDIS's own.",
      Reserved2: "NDIS's own.",
      SwitchId: "Revision 2: the switch in the adapter.",
      VPortId: "Revision 2: the virtual port of it.",
      Flags: "Revision 2: NDIS_OID_REQUEST_FLAGS_VPORT_ID_VALID when VPortId says something.",
    },
    ownership:
      "Whoever makes a request owns it and its buffer, and leaves both alone from the moment it sends them until the request completes. So neither lies on a stack, unless the caller waits.",
    remarks: [
      "It is filled with zeroes first. BytesWritten, BytesRead and BytesNeeded say something on the statuses they are for only: BytesNeeded after `NDIS_STATUS_BUFFER_TOO_SHORT` or NDIS_STATUS_INVALID_LENGTH.",
      "A filter never passes on the request it gets. It sends a clone down, and when that completes copies the counts back, which lie at other places in each kind of request.",
      "A request with the type of another part reads nonsense: counts of a query are where a method has its lengths.",
    ],
    related: [
      "NDIS_REQUEST_TYPE",
      "NdisFOidRequest",
      "NdisAllocateCloneOidRequest",
      "NdisFOidRequestComplete",
      "NdisFCancelOidRequest",
    ],
    example: "clone-an-oid-request",
  },
  NDIS_REQUEST_TYPE: {
    summary: "Whether an OID request asks, tells, or does both.",
    members: {
      NdisRequestQueryInformation: "Asks.",
      NdisRequestSetInformation: "Tells.",
      NdisRequestQueryStatistics: "Asks for counters, on behalf of an application.",
      NdisRequestOpen: OLD,
      NdisRequestClose: OLD,
      NdisRequestSend: OLD,
      NdisRequestTransferData: OLD,
      NdisRequestReset: OLD,
      NdisRequestGeneric1: OLD,
      NdisRequestGeneric2: OLD,
      NdisRequestGeneric3: OLD,
      NdisRequestGeneric4: OLD,
      NdisRequestMethod: "Does both, in one buffer.",
    },
    remarks: ["Which types an OID has is a part of what it is: many only ask or only tell."],
    related: ["NDIS_OID_REQUEST"],
    example: "clone-an-oid-request",
  },
} as const satisfies StructurePages;
