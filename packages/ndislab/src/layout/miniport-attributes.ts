import { NDIS_MAX_PHYS_ADDRESS_LENGTH } from "./filter-module.js";
import { NDIS_SUPPORTED_PAUSE_FUNCTIONS } from "./link.js";
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
import { array, constants, enumeration, opaque, sizeThrough, structure } from "./structure.js";

export const INTERFACE_TYPE = enumeration("INTERFACE_TYPE", {
  InterfaceTypeUndefined: -1,
  Internal: 0,
  Isa: 1,
  Eisa: 2,
  MicroChannel: 3,
  TurboChannel: 4,
  PCIBus: 5,
  VMEBus: 6,
  NuBus: 7,
  PCMCIABus: 8,
  CBus: 9,
  MPIBus: 10,
  MPSABus: 11,
  ProcessorInternal: 12,
  InternalPowerBus: 13,
  PNPISABus: 14,
  PNPBus: 15,
});

/** First of the attributes that a miniport sets from MiniportInitializeEx with NdisMSetMiniportAttributes. */
export const NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES = structure(
  "NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES",
  {
    Header: NDIS_OBJECT_HEADER,
    MiniportAdapterContext: "NDIS_HANDLE",
    AttributeFlags: "ULONG",
    CheckForHangTimeInSeconds: "UINT",
    InterfaceType: INTERFACE_TYPE,
  },
);

export const NDIS_PNP_CAPABILITIES = opaque("NDIS_PNP_CAPABILITIES");
export const NDIS_PM_CAPABILITIES = opaque("NDIS_PM_CAPABILITIES");

/** Second of them: what the adapter is and can do. */
export const NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES = structure("NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES", {
  Header: NDIS_OBJECT_HEADER,
  Flags: "ULONG",
  MediaType: NDIS_MEDIUM,
  PhysicalMediumType: NDIS_PHYSICAL_MEDIUM,
  MtuSize: "ULONG",
  MaxXmitLinkSpeed: "ULONG64",
  XmitLinkSpeed: "ULONG64",
  MaxRcvLinkSpeed: "ULONG64",
  RcvLinkSpeed: "ULONG64",
  MediaConnectState: NET_IF_MEDIA_CONNECT_STATE,
  MediaDuplexState: NET_IF_MEDIA_DUPLEX_STATE,
  LookaheadSize: "ULONG",
  PowerManagementCapabilities: "NDIS_PNP_CAPABILITIES *",
  MacOptions: "ULONG",
  SupportedPacketFilters: "ULONG",
  MaxMulticastListSize: "ULONG",
  MacAddressLength: "USHORT",
  PermanentMacAddress: array("UCHAR", NDIS_MAX_PHYS_ADDRESS_LENGTH),
  CurrentMacAddress: array("UCHAR", NDIS_MAX_PHYS_ADDRESS_LENGTH),
  RecvScaleCapabilities: "struct _NDIS_RECEIVE_SCALE_CAPABILITIES *",
  AccessType: NET_IF_ACCESS_TYPE,
  DirectionType: NET_IF_DIRECTION_TYPE,
  ConnectionType: NET_IF_CONNECTION_TYPE,
  IfType: "NET_IFTYPE",
  IfConnectorPresent: "BOOLEAN",
  SupportedStatistics: "ULONG",
  SupportedPauseFunctions: NDIS_SUPPORTED_PAUSE_FUNCTIONS,
  DataBackFillSize: "ULONG",
  ContextBackFillSize: "ULONG",
  SupportedOidList: "NDIS_OID *",
  SupportedOidListLength: "ULONG",
  AutoNegotiationFlags: "ULONG",
  PowerManagementCapabilitiesEx: "NDIS_PM_CAPABILITIES *",
});

export const NDIS_TCP_CONNECTION_OFFLOAD = opaque("NDIS_TCP_CONNECTION_OFFLOAD");

export const NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES = structure("NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES", {
  Header: NDIS_OBJECT_HEADER,
  DefaultOffloadConfiguration: "NDIS_OFFLOAD *",
  HardwareOffloadCapabilities: "NDIS_OFFLOAD *",
  DefaultTcpConnectionOffloadConfiguration: "NDIS_TCP_CONNECTION_OFFLOAD *",
  TcpConnectionOffloadHardwareCapabilities: "NDIS_TCP_CONNECTION_OFFLOAD *",
});

/** Any of them: `Header.Type` says which. Drivers cast the pointer. */
export const NDIS_MINIPORT_ADAPTER_ATTRIBUTES = structure(
  "NDIS_MINIPORT_ADAPTER_ATTRIBUTES",
  {
    RegistrationAttributes: NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
    GeneralAttributes: NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
    OffloadAttributes: NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES,
  },
  { union: true },
);

export const MINIPORT_ATTRIBUTES_VALUES = constants({
  NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1: 1,
  NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2: 2,
  NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1: sizeThrough(
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
    "InterfaceType",
  ),
  NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2: sizeThrough(
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
    "InterfaceType",
  ),
  NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1: 1,
  NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2: 2,
  NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1: sizeThrough(
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
    "AutoNegotiationFlags",
  ),
  NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2: sizeThrough(
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
    "PowerManagementCapabilitiesEx",
  ),
  NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES_REVISION_1: 1,
  NDIS_SIZEOF_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES_REVISION_1: sizeThrough(
    NDIS_MINIPORT_ADAPTER_OFFLOAD_ATTRIBUTES,
    "TcpConnectionOffloadHardwareCapabilities",
  ),
});
