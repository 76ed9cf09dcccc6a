import { NDIS_OBJECT_HEADER } from "./object-header.js";
import { array, constants, enumeration, sizeThrough, structure } from "./structure.js";

export const NET_PNP_EVENT_CODE = enumeration("NET_PNP_EVENT_CODE", {
  NetEventSetPower: 0,
  NetEventQueryPower: 1,
  NetEventQueryRemoveDevice: 2,
  NetEventCancelRemoveDevice: 3,
  NetEventReconfigure: 4,
  NetEventBindList: 5,
  NetEventBindsComplete: 6,
  NetEventPnPCapabilities: 7,
  NetEventPause: 8,
  NetEventRestart: 9,
  NetEventPortActivation: 10,
  NetEventPortDeactivation: 11,
  NetEventIMReEnableDevice: 12,
  NetEventNDKEnable: 13,
  NetEventNDKDisable: 14,
  NetEventFilterPreDetach: 15,
  NetEventBindFailed: 16,
  NetEventSwitchActivate: 17,
  NetEventAllowBindsAbove: 18,
  NetEventInhibitBindsAbove: 19,
  NetEventAllowStart: 20,
  NetEventRequirePause: 21,
  NetEventUploadGftFlowEntries: 22,
  NetEventMaximum: 23,
});

export const NET_PNP_EVENT = structure("NET_PNP_EVENT", {
  NetEvent: NET_PNP_EVENT_CODE,
  Buffer: "PVOID",
  BufferLength: "ULONG",
  NdisReserved: array("ULONG_PTR", 4),
  TransportReserved: array("ULONG_PTR", 4),
  TdiReserved: array("ULONG_PTR", 4),
  TdiClientReserved: array("ULONG_PTR", 4),
});

/** What FilterNetPnPEvent and ProtocolNetPnPEvent are told. */
export const NET_PNP_EVENT_NOTIFICATION = structure("NET_PNP_EVENT_NOTIFICATION", {
  Header: NDIS_OBJECT_HEADER,
  PortNumber: "NDIS_PORT_NUMBER",
  NetPnPEvent: NET_PNP_EVENT,
  Flags: "ULONG",
  SwitchId: "NDIS_NIC_SWITCH_ID",
  VPortId: "NDIS_NIC_SWITCH_VPORT_ID",
});

export const NDIS_DEVICE_PNP_EVENT = enumeration("NDIS_DEVICE_PNP_EVENT", {
  NdisDevicePnPEventQueryRemoved: 0,
  NdisDevicePnPEventRemoved: 1,
  NdisDevicePnPEventSurpriseRemoved: 2,
  NdisDevicePnPEventQueryStopped: 3,
  NdisDevicePnPEventStopped: 4,
  NdisDevicePnPEventPowerProfileChanged: 5,
  NdisDevicePnPEventFilterListChanged: 6,
  NdisDevicePnPEventMaximum: 7,
});

export const NDIS_POWER_PROFILE = enumeration("NDIS_POWER_PROFILE", {
  NdisPowerProfileBattery: 0,
  NdisPowerProfileAcOnLine: 1,
});

export const NDIS_DEVICE_POWER_STATE = enumeration("NDIS_DEVICE_POWER_STATE", {
  NdisDeviceStateUnspecified: 0,
  NdisDeviceStateD0: 1,
  NdisDeviceStateD1: 2,
  NdisDeviceStateD2: 3,
  NdisDeviceStateD3: 4,
  NdisDeviceStateMaximum: 5,
});

/** What FilterDevicePnPEventNotify and MiniportDevicePnPEventNotify are told. */
export const NET_DEVICE_PNP_EVENT = structure("NET_DEVICE_PNP_EVENT", {
  Header: NDIS_OBJECT_HEADER,
  PortNumber: "NDIS_PORT_NUMBER",
  DevicePnPEvent: NDIS_DEVICE_PNP_EVENT,
  InformationBuffer: "PVOID",
  InformationBufferLength: "ULONG",
  NdisReserved: array("UCHAR", 8),
});

export const PNP_EVENT_VALUES = constants({
  NET_PNP_EVENT_NOTIFICATION_REVISION_1: 1,
  NET_PNP_EVENT_NOTIFICATION_REVISION_2: 2,
  NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_1: sizeThrough(NET_PNP_EVENT_NOTIFICATION, "Flags"),
  NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_2: sizeThrough(NET_PNP_EVENT_NOTIFICATION, "VPortId"),
  NET_EVENT_FLAGS_VPORT_ID_VALID: 0x2,
  NET_DEVICE_PNP_EVENT_REVISION_1: 1,
  NDIS_SIZEOF_NET_DEVICE_PNP_EVENT_REVISION_1: sizeThrough(NET_DEVICE_PNP_EVENT, "NdisReserved"),
});
