import { callback, enumeration } from "./structure.js";

// The entry points of a miniport, in the order of NDIS_MINIPORT_DRIVER_CHARACTERISTICS.

export const NDIS_HALT_ACTION = enumeration("NDIS_HALT_ACTION", {
  NdisHaltDeviceDisabled: 0,
  NdisHaltDeviceInstanceDeInitialized: 1,
  NdisHaltDevicePoweredDown: 2,
  NdisHaltDeviceSurpriseRemoved: 3,
  NdisHaltDeviceFailed: 4,
  NdisHaltDeviceInitializationFailed: 5,
  NdisHaltDeviceStopped: 6,
});

export const NDIS_SHUTDOWN_ACTION = enumeration("NDIS_SHUTDOWN_ACTION", {
  NdisShutdownPowerOff: 0,
  NdisShutdownBugCheck: 1,
});

export const MINIPORT_INITIALIZE = callback(
  "MINIPORT_INITIALIZE",
  "NDIS_STATUS (NDIS_HANDLE NdisMiniportHandle, NDIS_HANDLE MiniportDriverContext, NDIS_MINIPORT_INIT_PARAMETERS *MiniportInitParameters)",
);

export const MINIPORT_HALT = callback(
  "MINIPORT_HALT",
  "VOID (NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)",
);

export const MINIPORT_UNLOAD = callback(
  "MINIPORT_UNLOAD",
  "VOID (struct _DRIVER_OBJECT *DriverObject)",
  "MINIPORT_DRIVER_UNLOAD",
);

export const MINIPORT_PAUSE = callback(
  "MINIPORT_PAUSE",
  "NDIS_STATUS (NDIS_HANDLE MiniportAdapterContext, NDIS_MINIPORT_PAUSE_PARAMETERS *PauseParameters)",
);

export const MINIPORT_RESTART = callback(
  "MINIPORT_RESTART",
  "NDIS_STATUS (NDIS_HANDLE MiniportAdapterContext, NDIS_MINIPORT_RESTART_PARAMETERS *RestartParameters)",
);

export const MINIPORT_OID_REQUEST = callback(
  "MINIPORT_OID_REQUEST",
  "NDIS_STATUS (NDIS_HANDLE MiniportAdapterContext, NDIS_OID_REQUEST *OidRequest)",
);

export const MINIPORT_SEND_NET_BUFFER_LISTS = callback(
  "MINIPORT_SEND_NET_BUFFER_LISTS",
  "VOID (NDIS_HANDLE MiniportAdapterContext, NET_BUFFER_LIST *NetBufferList, NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)",
);

export const MINIPORT_RETURN_NET_BUFFER_LISTS = callback(
  "MINIPORT_RETURN_NET_BUFFER_LISTS",
  "VOID (NDIS_HANDLE MiniportAdapterContext, NET_BUFFER_LIST *NetBufferLists, ULONG ReturnFlags)",
);

export const MINIPORT_CANCEL_SEND = callback(
  "MINIPORT_CANCEL_SEND",
  "VOID (NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)",
);

export const MINIPORT_CHECK_FOR_HANG = callback(
  "MINIPORT_CHECK_FOR_HANG",
  "BOOLEAN (NDIS_HANDLE MiniportAdapterContext)",
);

export const MINIPORT_RESET = callback(
  "MINIPORT_RESET",
  "NDIS_STATUS (NDIS_HANDLE MiniportAdapterContext, BOOLEAN *AddressingReset)",
);

export const MINIPORT_DEVICE_PNP_EVENT_NOTIFY = callback(
  "MINIPORT_DEVICE_PNP_EVENT_NOTIFY",
  "VOID (NDIS_HANDLE MiniportAdapterContext, NET_DEVICE_PNP_EVENT *NetDevicePnPEvent)",
);

export const MINIPORT_SHUTDOWN = callback(
  "MINIPORT_SHUTDOWN",
  "VOID (NDIS_HANDLE MiniportAdapterContext, NDIS_SHUTDOWN_ACTION ShutdownAction)",
);

export const MINIPORT_CANCEL_OID_REQUEST = callback(
  "MINIPORT_CANCEL_OID_REQUEST",
  "VOID (NDIS_HANDLE MiniportAdapterContext, PVOID RequestId)",
);

export const MINIPORT_DIRECT_OID_REQUEST = callback(
  "MINIPORT_DIRECT_OID_REQUEST",
  "NDIS_STATUS (NDIS_HANDLE MiniportAdapterContext, NDIS_OID_REQUEST *OidRequest)",
);

export const MINIPORT_CANCEL_DIRECT_OID_REQUEST = callback(
  "MINIPORT_CANCEL_DIRECT_OID_REQUEST",
  "VOID (NDIS_HANDLE MiniportAdapterContext, PVOID RequestId)",
);

export const MINIPORT_SYNCHRONOUS_OID_REQUEST = callback(
  "MINIPORT_SYNCHRONOUS_OID_REQUEST",
  "NDIS_STATUS (NDIS_HANDLE MiniportAdapterContext, NDIS_OID_REQUEST *OidRequest)",
);
