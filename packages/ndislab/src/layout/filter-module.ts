import { NET_LUID } from "./guid.js";
import { NDIS_MEDIUM, NDIS_PHYSICAL_MEDIUM, NET_IF_MEDIA_CONNECT_STATE, NET_IF_MEDIA_DUPLEX_STATE } from "./medium.js";
import { NDIS_OBJECT_HEADER } from "./object-header.js";
import { array, constants, opaque, sizeThrough, structure } from "./structure.js";

export const NDIS_MAX_PHYS_ADDRESS_LENGTH = 32;

export const NDIS_HD_SPLIT_CURRENT_CONFIG = opaque("NDIS_HD_SPLIT_CURRENT_CONFIG");
export const NDIS_RECEIVE_FILTER_CAPABILITIES = opaque("NDIS_RECEIVE_FILTER_CAPABILITIES");
export const NDIS_NIC_SWITCH_CAPABILITIES = opaque("NDIS_NIC_SWITCH_CAPABILITIES");
export const NDIS_NIC_SWITCH_INFO_ARRAY = opaque("NDIS_NIC_SWITCH_INFO_ARRAY");
export const NDIS_SRIOV_CAPABILITIES = opaque("NDIS_SRIOV_CAPABILITIES");
export const NDIS_OFFLOAD = opaque("NDIS_OFFLOAD");

/** Argument of FilterAttach: the adapter below, as it is when the module is inserted. Valid during the call. */
export const NDIS_FILTER_ATTACH_PARAMETERS = structure("NDIS_FILTER_ATTACH_PARAMETERS", {
  Header: NDIS_OBJECT_HEADER,
  IfIndex: "NET_IFINDEX",
  NetLuid: NET_LUID,
  FilterModuleGuidName: "UNICODE_STRING *",
  BaseMiniportIfIndex: "NET_IFINDEX",
  BaseMiniportInstanceName: "UNICODE_STRING *",
  BaseMiniportName: "UNICODE_STRING *",
  MediaConnectState: NET_IF_MEDIA_CONNECT_STATE,
  MediaDuplexState: NET_IF_MEDIA_DUPLEX_STATE,
  XmitLinkSpeed: "ULONG64",
  RcvLinkSpeed: "ULONG64",
  MiniportMediaType: NDIS_MEDIUM,
  MiniportPhysicalMediaType: NDIS_PHYSICAL_MEDIUM,
  MiniportMediaSpecificAttributes: "NDIS_HANDLE",
  DefaultOffloadConfiguration: "NDIS_OFFLOAD *",
  MacAddressLength: "USHORT",
  CurrentMacAddress: array("UCHAR", NDIS_MAX_PHYS_ADDRESS_LENGTH),
  BaseMiniportNetLuid: NET_LUID,
  LowerIfIndex: "NET_IFINDEX",
  LowerIfNetLuid: NET_LUID,
  Flags: "ULONG",
  HDSplitCurrentConfig: "NDIS_HD_SPLIT_CURRENT_CONFIG *",
  ReceiveFilterCapabilities: "NDIS_RECEIVE_FILTER_CAPABILITIES *",
  MiniportPhysicalDeviceObject: "struct _DEVICE_OBJECT *",
  NicSwitchCapabilities: "NDIS_NIC_SWITCH_CAPABILITIES *",
  BaseMiniportIfConnectorPresent: "BOOLEAN",
  SriovCapabilities: "NDIS_SRIOV_CAPABILITIES *",
  NicSwitchArray: "NDIS_NIC_SWITCH_INFO_ARRAY *",
});

/** Argument of NdisFSetAttributes. */
export const NDIS_FILTER_ATTRIBUTES = structure("NDIS_FILTER_ATTRIBUTES", {
  Header: NDIS_OBJECT_HEADER,
  Flags: "ULONG",
});

export const NDIS_FILTER_PAUSE_PARAMETERS = structure("NDIS_FILTER_PAUSE_PARAMETERS", {
  Header: NDIS_OBJECT_HEADER,
  Flags: "ULONG",
  PauseReason: "ULONG",
});

/** A driver that changes an attribute or adds one owns nothing: NDIS frees the whole list after the restart. */
export const NDIS_FILTER_RESTART_PARAMETERS = structure("NDIS_FILTER_RESTART_PARAMETERS", {
  Header: NDIS_OBJECT_HEADER,
  MiniportMediaType: NDIS_MEDIUM,
  MiniportPhysicalMediaType: NDIS_PHYSICAL_MEDIUM,
  RestartAttributes: "struct _NDIS_RESTART_ATTRIBUTES *",
  LowerIfIndex: "NET_IFINDEX",
  LowerIfNetLuid: NET_LUID,
  Flags: "ULONG",
});

export const FILTER_MODULE_VALUES = constants({
  NDIS_MAX_PHYS_ADDRESS_LENGTH,
  NDIS_FILTER_ATTACH_PARAMETERS_REVISION_1: 1,
  NDIS_FILTER_ATTACH_PARAMETERS_REVISION_2: 2,
  NDIS_FILTER_ATTACH_PARAMETERS_REVISION_3: 3,
  NDIS_FILTER_ATTACH_PARAMETERS_REVISION_4: 4,
  NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_1: sizeThrough(NDIS_FILTER_ATTACH_PARAMETERS, "Flags"),
  NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_2: sizeThrough(NDIS_FILTER_ATTACH_PARAMETERS, "HDSplitCurrentConfig"),
  NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_3: sizeThrough(NDIS_FILTER_ATTACH_PARAMETERS, "NicSwitchCapabilities"),
  NDIS_SIZEOF_FILTER_ATTACH_PARAMETERS_REVISION_4: sizeThrough(NDIS_FILTER_ATTACH_PARAMETERS, "NicSwitchArray"),
  NDIS_FILTER_ATTRIBUTES_REVISION_1: 1,
  NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1: sizeThrough(NDIS_FILTER_ATTRIBUTES, "Flags"),
  NDIS_FILTER_PAUSE_PARAMETERS_REVISION_1: 1,
  NDIS_SIZEOF_FILTER_PAUSE_PARAMETERS_REVISION_1: sizeThrough(NDIS_FILTER_PAUSE_PARAMETERS, "PauseReason"),
  NDIS_FILTER_RESTART_PARAMETERS_REVISION_1: 1,
  NDIS_SIZEOF__FILTER_RESTART_PARAMETERS_REVISION_1: sizeThrough(NDIS_FILTER_RESTART_PARAMETERS, "Flags"),
});

/** Values of PauseReason: bits that can come together. */
export const NDIS_PAUSE_REASONS = constants({
  NDIS_PAUSE_NDIS_INTERNAL: 0x1,
  NDIS_PAUSE_LOW_POWER: 0x2,
  NDIS_PAUSE_BIND_PROTOCOL: 0x4,
  NDIS_PAUSE_UNBIND_PROTOCOL: 0x8,
  NDIS_PAUSE_ATTACH_FILTER: 0x10,
  NDIS_PAUSE_DETACH_FILTER: 0x20,
  NDIS_PAUSE_FILTER_RESTART_STACK: 0x40,
  NDIS_PAUSE_MINIPORT_DEVICE_REMOVE: 0x80,
});
