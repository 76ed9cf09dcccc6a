import { GUID } from "./guid.js";
import { NDIS_OBJECT_HEADER } from "./object-header.js";
import { array, constants, sizeThrough, structure } from "./structure.js";

/** Valid only for the duration of the call that indicates it. */
export const NDIS_STATUS_INDICATION = structure("NDIS_STATUS_INDICATION", {
  Header: NDIS_OBJECT_HEADER,
  SourceHandle: "NDIS_HANDLE",
  PortNumber: "NDIS_PORT_NUMBER",
  StatusCode: "NDIS_STATUS",
  Flags: "ULONG",
  DestinationHandle: "NDIS_HANDLE",
  RequestId: "PVOID",
  StatusBuffer: "PVOID",
  StatusBufferSize: "ULONG",
  Guid: GUID,
  NdisReserved: array("PVOID", 4),
});

export const STATUS_INDICATION_VALUES = constants({
  NDIS_STATUS_INDICATION_REVISION_1: 1,
  NDIS_SIZEOF_STATUS_INDICATION_REVISION_1: sizeThrough(NDIS_STATUS_INDICATION, "NdisReserved"),
  NDIS_STATUS_INDICATION_FLAGS_MEDIA_CONNECT_TO_CONNECT: 0x1000,
  NDIS_STATUS_INDICATION_FLAGS_NDIS_RESERVED: 0xfff,
});
