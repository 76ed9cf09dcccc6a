import { callback } from "./structure.js";

// The entry points of a lightweight filter, in the order of NDIS_FILTER_DRIVER_CHARACTERISTICS.

export const SET_OPTIONS = callback(
  "SET_OPTIONS",
  "NDIS_STATUS (NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext)",
);

export const FILTER_SET_MODULE_OPTIONS = callback(
  "FILTER_SET_MODULE_OPTIONS",
  "NDIS_STATUS (NDIS_HANDLE FilterModuleContext)",
  "FILTER_SET_FILTER_MODULE_OPTIONS_HANDLER",
);

export const FILTER_ATTACH = callback(
  "FILTER_ATTACH",
  "NDIS_STATUS (NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext, NDIS_FILTER_ATTACH_PARAMETERS *AttachParameters)",
);

export const FILTER_DETACH = callback("FILTER_DETACH", "VOID (NDIS_HANDLE FilterModuleContext)");

export const FILTER_RESTART = callback(
  "FILTER_RESTART",
  "NDIS_STATUS (NDIS_HANDLE FilterModuleContext, NDIS_FILTER_RESTART_PARAMETERS *RestartParameters)",
);

export const FILTER_PAUSE = callback(
  "FILTER_PAUSE",
  "NDIS_STATUS (NDIS_HANDLE FilterModuleContext, NDIS_FILTER_PAUSE_PARAMETERS *PauseParameters)",
);

export const FILTER_SEND_NET_BUFFER_LISTS = callback(
  "FILTER_SEND_NET_BUFFER_LISTS",
  "VOID (NDIS_HANDLE FilterModuleContext, NET_BUFFER_LIST *NetBufferList, NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)",
);

export const FILTER_SEND_NET_BUFFER_LISTS_COMPLETE = callback(
  "FILTER_SEND_NET_BUFFER_LISTS_COMPLETE",
  "VOID (NDIS_HANDLE FilterModuleContext, NET_BUFFER_LIST *NetBufferList, ULONG SendCompleteFlags)",
);

export const FILTER_CANCEL_SEND_NET_BUFFER_LISTS = callback(
  "FILTER_CANCEL_SEND_NET_BUFFER_LISTS",
  "VOID (NDIS_HANDLE FilterModuleContext, PVOID CancelId)",
  "FILTER_CANCEL_SEND_HANDLER",
);

export const FILTER_RECEIVE_NET_BUFFER_LISTS = callback(
  "FILTER_RECEIVE_NET_BUFFER_LISTS",
  "VOID (NDIS_HANDLE FilterModuleContext, NET_BUFFER_LIST *NetBufferLists, NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)",
);

export const FILTER_RETURN_NET_BUFFER_LISTS = callback(
  "FILTER_RETURN_NET_BUFFER_LISTS",
  "VOID (NDIS_HANDLE FilterModuleContext, NET_BUFFER_LIST *NetBufferLists, ULONG ReturnFlags)",
);

export const FILTER_OID_REQUEST = callback(
  "FILTER_OID_REQUEST",
  "NDIS_STATUS (NDIS_HANDLE FilterModuleContext, NDIS_OID_REQUEST *OidRequest)",
);

export const FILTER_OID_REQUEST_COMPLETE = callback(
  "FILTER_OID_REQUEST_COMPLETE",
  "VOID (NDIS_HANDLE FilterModuleContext, NDIS_OID_REQUEST *OidRequest, NDIS_STATUS Status)",
);

export const FILTER_CANCEL_OID_REQUEST = callback(
  "FILTER_CANCEL_OID_REQUEST",
  "VOID (NDIS_HANDLE FilterModuleContext, PVOID RequestId)",
  "FILTER_CANCEL_OID_REQUEST_HANDLER",
);

export const FILTER_DEVICE_PNP_EVENT_NOTIFY = callback(
  "FILTER_DEVICE_PNP_EVENT_NOTIFY",
  "VOID (NDIS_HANDLE FilterModuleContext, NET_DEVICE_PNP_EVENT *NetDevicePnPEvent)",
);

export const FILTER_NET_PNP_EVENT = callback(
  "FILTER_NET_PNP_EVENT",
  "NDIS_STATUS (NDIS_HANDLE FilterModuleContext, NET_PNP_EVENT_NOTIFICATION *NetPnPEventNotification)",
);

export const FILTER_STATUS = callback(
  "FILTER_STATUS",
  "VOID (NDIS_HANDLE FilterModuleContext, NDIS_STATUS_INDICATION *StatusIndication)",
);

export const FILTER_DIRECT_OID_REQUEST = callback(
  "FILTER_DIRECT_OID_REQUEST",
  "NDIS_STATUS (NDIS_HANDLE FilterModuleContext, NDIS_OID_REQUEST *OidRequest)",
);

export const FILTER_DIRECT_OID_REQUEST_COMPLETE = callback(
  "FILTER_DIRECT_OID_REQUEST_COMPLETE",
  "VOID (NDIS_HANDLE FilterModuleContext, NDIS_OID_REQUEST *OidRequest, NDIS_STATUS Status)",
);

export const FILTER_CANCEL_DIRECT_OID_REQUEST = callback(
  "FILTER_CANCEL_DIRECT_OID_REQUEST",
  "VOID (NDIS_HANDLE FilterModuleContext, PVOID RequestId)",
);

export const FILTER_SYNCHRONOUS_OID_REQUEST = callback(
  "FILTER_SYNCHRONOUS_OID_REQUEST",
  "NDIS_STATUS (NDIS_HANDLE FilterModuleContext, NDIS_OID_REQUEST *OidRequest, PVOID *CallContext)",
);

export const FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE = callback(
  "FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE",
  "VOID (NDIS_HANDLE FilterModuleContext, NDIS_OID_REQUEST *OidRequest, NDIS_STATUS *Status, PVOID CallContext)",
);
