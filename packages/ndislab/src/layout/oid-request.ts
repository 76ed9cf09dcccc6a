import { NDIS_OBJECT_HEADER } from "./object-header.js";
import { array, constants, enumeration, inner, sizeThrough, structure, union } from "./structure.js";

export const NDIS_REQUEST_TYPE = enumeration("NDIS_REQUEST_TYPE", {
  NdisRequestQueryInformation: 0,
  NdisRequestSetInformation: 1,
  NdisRequestQueryStatistics: 2,
  NdisRequestOpen: 3,
  NdisRequestClose: 4,
  NdisRequestSend: 5,
  NdisRequestTransferData: 6,
  NdisRequestReset: 7,
  NdisRequestGeneric1: 8,
  NdisRequestGeneric2: 9,
  NdisRequestGeneric3: 10,
  NdisRequestGeneric4: 11,
  NdisRequestMethod: 12,
});

/** Whoever makes a request owns it and its buffers until the request completes. */
export const NDIS_OID_REQUEST = structure("NDIS_OID_REQUEST", {
  Header: NDIS_OBJECT_HEADER,
  RequestType: NDIS_REQUEST_TYPE,
  PortNumber: "NDIS_PORT_NUMBER",
  Timeout: "UINT",
  RequestId: "PVOID",
  RequestHandle: "NDIS_HANDLE",
  DATA: union(
    {
      Oid: "NDIS_OID",
      QUERY_INFORMATION: inner(
        {
          Oid: "NDIS_OID",
          InformationBuffer: "PVOID",
          InformationBufferLength: "UINT",
          BytesWritten: "UINT",
          BytesNeeded: "UINT",
        },
        "_QUERY",
      ),
      SET_INFORMATION: inner(
        {
          Oid: "NDIS_OID",
          InformationBuffer: "PVOID",
          InformationBufferLength: "UINT",
          BytesRead: "UINT",
          BytesNeeded: "UINT",
        },
        "_SET",
      ),
      METHOD_INFORMATION: inner(
        {
          Oid: "NDIS_OID",
          InformationBuffer: "PVOID",
          InputBufferLength: "ULONG",
          OutputBufferLength: "ULONG",
          MethodId: "ULONG",
          BytesWritten: "UINT",
          BytesRead: "UINT",
          BytesNeeded: "UINT",
        },
        "_METHOD",
      ),
    },
    "_REQUEST_DATA",
  ),
  NdisReserved: array("UCHAR", 64),
  MiniportReserved: array("UCHAR", 8),
  SourceReserved: array("UCHAR", 8),
  SupportedRevision: "UCHAR",
  Reserved1: "UCHAR",
  Reserved2: "USHORT",
  SwitchId: "NDIS_NIC_SWITCH_ID",
  VPortId: "NDIS_NIC_SWITCH_VPORT_ID",
  Flags: "ULONG",
});

export const OID_REQUEST_VALUES = constants({
  NDIS_OID_REQUEST_REVISION_1: 1,
  NDIS_OID_REQUEST_REVISION_2: 2,
  NDIS_SIZEOF_OID_REQUEST_REVISION_1: sizeThrough(NDIS_OID_REQUEST, "Reserved2"),
  NDIS_SIZEOF_OID_REQUEST_REVISION_2: sizeThrough(NDIS_OID_REQUEST, "Flags"),
  NDIS_OID_REQUEST_TIMEOUT_INFINITE: 0,
  NDIS_OID_REQUEST_NDIS_RESERVED_SIZE: 16,
  NDIS_OID_REQUEST_FLAGS_VPORT_ID_VALID: 0x1,
});
