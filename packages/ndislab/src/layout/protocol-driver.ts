import { SET_OPTIONS } from "./filter-callbacks.js";
import { NDIS_MAX_PHYS_ADDRESS_LENGTH } from "./filter-module.js";
import { NET_LUID } from "./guid.js";
import { UNICODE_STRING } from "./list.js";
import {
  NDIS_MEDIUM,
  NDIS_PHYSICAL_MEDIUM,
  NET_IF_ACCESS_TYPE,
  NET_IF_CONNECTION_TYPE,
  NET_IF_DIRECTION_TYPE,
  NET_IF_MEDIA_CONNECT_STATE,
  NET_IF_MEDIA_DUPLEX_STATE,
} from "./medium.js";
import { NDIS_OBJECT_HEADER } from "./object-header.js";
import {
  PROTOCOL_BIND_ADAPTER_EX,
  PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX,
  PROTOCOL_DIRECT_OID_REQUEST_COMPLETE,
  PROTOCOL_NET_PNP_EVENT,
  PROTOCOL_OID_REQUEST_COMPLETE,
  PROTOCOL_OPEN_ADAPTER_COMPLETE_EX,
  PROTOCOL_RECEIVE_NET_BUFFER_LISTS,
  PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE,
  PROTOCOL_STATUS_EX,
  PROTOCOL_UNBIND_ADAPTER_EX,
  PROTOCOL_UNINSTALL,
} from "./protocol-callbacks.js";
import { array, constants, opaque, sizeThrough, structure } from "./structure.js";

/** What a protocol driver registers with NdisRegisterProtocolDriver. */
export const NDIS_PROTOCOL_DRIVER_CHARACTERISTICS = structure("NDIS_PROTOCOL_DRIVER_CHARACTERISTICS", {
  Header: NDIS_OBJECT_HEADER,
  MajorNdisVersion: "UCHAR",
  MinorNdisVersion: "UCHAR",
  MajorDriverVersion: "UCHAR",
  MinorDriverVersion: "UCHAR",
  Flags: "ULONG",
  Name: UNICODE_STRING,
  SetOptionsHandler: SET_OPTIONS,
  BindAdapterHandlerEx: PROTOCOL_BIND_ADAPTER_EX,
  UnbindAdapterHandlerEx: PROTOCOL_UNBIND_ADAPTER_EX,
  OpenAdapterCompleteHandlerEx: PROTOCOL_OPEN_ADAPTER_COMPLETE_EX,
  CloseAdapterCompleteHandlerEx: PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX,
  NetPnPEventHandler: PROTOCOL_NET_PNP_EVENT,
  UninstallHandler: PROTOCOL_UNINSTALL,
  OidRequestCompleteHandler: PROTOCOL_OID_REQUEST_COMPLETE,
  StatusHandlerEx: PROTOCOL_STATUS_EX,
  ReceiveNetBufferListsHandler: PROTOCOL_RECEIVE_NET_BUFFER_LISTS,
  SendNetBufferListsCompleteHandler: PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE,
  DirectOidRequestCompleteHandler: PROTOCOL_DIRECT_OID_REQUEST_COMPLETE,
});

export const NDIS_PORT = opaque("NDIS_PORT");
export const NDIS_NDK_CAPABILITIES = opaque("NDIS_NDK_CAPABILITIES");
export const NDIS_TCP_CONNECTION_OFFLOAD_PARAMETERS = opaque("NDIS_TCP_CONNECTION_OFFLOAD_PARAMETERS");

/** Argument of ProtocolBindAdapterEx: the adapter to bind to. Valid during the call. */
export const NDIS_BIND_PARAMETERS = structure("NDIS_BIND_PARAMETERS", {
  Header: NDIS_OBJECT_HEADER,
  ProtocolSection: "UNICODE_STRING *",
  AdapterName: "UNICODE_STRING *",
  PhysicalDeviceObject: "struct _DEVICE_OBJECT *",
  MediaType: NDIS_MEDIUM,
  MtuSize: "ULONG",
  MaxXmitLinkSpeed: "ULONG64",
  XmitLinkSpeed: "ULONG64",
  MaxRcvLinkSpeed: "ULONG64",
  RcvLinkSpeed: "ULONG64",
  MediaConnectState: NET_IF_MEDIA_CONNECT_STATE,
  MediaDuplexState: NET_IF_MEDIA_DUPLEX_STATE,
  LookaheadSize: "ULONG",
  PowerManagementCapabilities: "struct _NDIS_PNP_CAPABILITIES *",
  SupportedPacketFilters: "ULONG",
  MaxMulticastListSize: "ULONG",
  MacAddressLength: "USHORT",
  CurrentMacAddress: array("UCHAR", NDIS_MAX_PHYS_ADDRESS_LENGTH),
  PhysicalMediumType: NDIS_PHYSICAL_MEDIUM,
  RcvScaleCapabilities: "struct _NDIS_RECEIVE_SCALE_CAPABILITIES *",
  BoundIfNetluid: NET_LUID,
  BoundIfIndex: "NET_IFINDEX",
  LowestIfNetluid: NET_LUID,
  LowestIfIndex: "NET_IFINDEX",
  AccessType: NET_IF_ACCESS_TYPE,
  DirectionType: NET_IF_DIRECTION_TYPE,
  ConnectionType: NET_IF_CONNECTION_TYPE,
  IfType: "NET_IFTYPE",
  IfConnectorPresent: "BOOLEAN",
  ActivePorts: "NDIS_PORT *",
  DataBackFillSize: "ULONG",
  ContextBackFillSize: "ULONG",
  MacOptions: "ULONG",
  CompartmentId: "NET_IF_COMPARTMENT_ID",
  DefaultOffloadConfiguration: "struct _NDIS_OFFLOAD *",
  TcpConnectionOffloadCapabilities: "struct _NDIS_TCP_CONNECTION_OFFLOAD *",
  BoundAdapterName: "UNICODE_STRING *",
  HDSplitCurrentConfig: "struct _NDIS_HD_SPLIT_CURRENT_CONFIG *",
  ReceiveFilterCapabilities: "struct _NDIS_RECEIVE_FILTER_CAPABILITIES *",
  PowerManagementCapabilitiesEx: "struct _NDIS_PM_CAPABILITIES *",
  NicSwitchCapabilities: "struct _NDIS_NIC_SWITCH_CAPABILITIES *",
  NDKEnabled: "BOOLEAN",
  NDKCapabilities: "struct _NDIS_NDK_CAPABILITIES *",
  SriovCapabilities: "struct _NDIS_SRIOV_CAPABILITIES *",
  NicSwitchArray: "struct _NDIS_NIC_SWITCH_INFO_ARRAY *",
});

/** Argument of NdisOpenAdapterEx. */
export const NDIS_OPEN_PARAMETERS = structure("NDIS_OPEN_PARAMETERS", {
  Header: NDIS_OBJECT_HEADER,
  AdapterName: "UNICODE_STRING *",
  MediumArray: "NDIS_MEDIUM *",
  MediumArraySize: "UINT",
  SelectedMediumIndex: "UINT *",
  FrameTypeArray: "USHORT *",
  FrameTypeArraySize: "UINT",
});

/** Buffer of NetEventPause. */
export const NDIS_PROTOCOL_PAUSE_PARAMETERS = structure("NDIS_PROTOCOL_PAUSE_PARAMETERS", {
  Header: NDIS_OBJECT_HEADER,
  Flags: "ULONG",
  PauseReason: "ULONG",
});

/** Buffer of NetEventRestart. */
export const NDIS_PROTOCOL_RESTART_PARAMETERS = structure("NDIS_PROTOCOL_RESTART_PARAMETERS", {
  Header: NDIS_OBJECT_HEADER,
  FilterModuleNameBuffer: "WCHAR *",
  FilterModuleNameBufferLength: "ULONG",
  RestartAttributes: "struct _NDIS_RESTART_ATTRIBUTES *",
  BoundIfIndex: "NET_IFINDEX",
  BoundIfNetluid: NET_LUID,
  Flags: "ULONG",
});

export const PROTOCOL_DRIVER_VALUES = constants({
  NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1: 1,
  NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2: 2,
  NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1: sizeThrough(
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS,
    "SendNetBufferListsCompleteHandler",
  ),
  NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2: sizeThrough(
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS,
    "DirectOidRequestCompleteHandler",
  ),
  NDIS_BIND_PARAMETERS_REVISION_1: 1,
  NDIS_BIND_PARAMETERS_REVISION_2: 2,
  NDIS_BIND_PARAMETERS_REVISION_3: 3,
  NDIS_BIND_PARAMETERS_REVISION_4: 4,
  NDIS_SIZEOF_BIND_PARAMETERS_REVISION_4: sizeThrough(NDIS_BIND_PARAMETERS, "NicSwitchArray"),
  NDIS_OPEN_PARAMETERS_REVISION_1: 1,
  NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1: sizeThrough(NDIS_OPEN_PARAMETERS, "FrameTypeArraySize"),
  NDIS_PROTOCOL_PAUSE_PARAMETERS_REVISION_1: 1,
  NDIS_PROTOCOL_RESTART_PARAMETERS_REVISION_1: 1,
});
