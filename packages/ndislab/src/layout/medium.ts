import { enumeration } from "./structure.js";

export const NDIS_MEDIUM = enumeration("NDIS_MEDIUM", {
  NdisMedium802_3: 0,
  NdisMedium802_5: 1,
  NdisMediumFddi: 2,
  NdisMediumWan: 3,
  NdisMediumLocalTalk: 4,
  NdisMediumDix: 5,
  NdisMediumArcnetRaw: 6,
  NdisMediumArcnet878_2: 7,
  NdisMediumAtm: 8,
  NdisMediumWirelessWan: 9,
  NdisMediumIrda: 10,
  NdisMediumBpc: 11,
  NdisMediumCoWan: 12,
  NdisMedium1394: 13,
  NdisMediumInfiniBand: 14,
  NdisMediumTunnel: 15,
  NdisMediumNative802_11: 16,
  NdisMediumLoopback: 17,
  NdisMediumWiMAX: 18,
  NdisMediumIP: 19,
  NdisMediumMax: 20,
});

export const NDIS_PHYSICAL_MEDIUM = enumeration("NDIS_PHYSICAL_MEDIUM", {
  NdisPhysicalMediumUnspecified: 0,
  NdisPhysicalMediumWirelessLan: 1,
  NdisPhysicalMediumCableModem: 2,
  NdisPhysicalMediumPhoneLine: 3,
  NdisPhysicalMediumPowerLine: 4,
  NdisPhysicalMediumDSL: 5,
  NdisPhysicalMediumFibreChannel: 6,
  NdisPhysicalMedium1394: 7,
  NdisPhysicalMediumWirelessWan: 8,
  NdisPhysicalMediumNative802_11: 9,
  NdisPhysicalMediumBluetooth: 10,
  NdisPhysicalMediumInfiniband: 11,
  NdisPhysicalMediumWiMax: 12,
  NdisPhysicalMediumUWB: 13,
  NdisPhysicalMedium802_3: 14,
  NdisPhysicalMedium802_5: 15,
  NdisPhysicalMediumIrda: 16,
  NdisPhysicalMediumWiredWAN: 17,
  NdisPhysicalMediumWiredCoWan: 18,
  NdisPhysicalMediumOther: 19,
  NdisPhysicalMediumNative802_15_4: 20,
  NdisPhysicalMediumMax: 21,
});

export const NDIS_MEDIA_STATE = enumeration("NDIS_MEDIA_STATE", {
  NdisMediaStateConnected: 0,
  NdisMediaStateDisconnected: 1,
});

export const NET_IF_MEDIA_CONNECT_STATE = enumeration("NET_IF_MEDIA_CONNECT_STATE", {
  MediaConnectStateUnknown: 0,
  MediaConnectStateConnected: 1,
  MediaConnectStateDisconnected: 2,
});

export const NET_IF_MEDIA_DUPLEX_STATE = enumeration("NET_IF_MEDIA_DUPLEX_STATE", {
  MediaDuplexStateUnknown: 0,
  MediaDuplexStateHalf: 1,
  MediaDuplexStateFull: 2,
});

export const NET_IF_ACCESS_TYPE = enumeration("NET_IF_ACCESS_TYPE", {
  NET_IF_ACCESS_LOOPBACK: 1,
  NET_IF_ACCESS_BROADCAST: 2,
  NET_IF_ACCESS_POINT_TO_POINT: 3,
  NET_IF_ACCESS_POINT_TO_MULTI_POINT: 4,
  NET_IF_ACCESS_MAXIMUM: 5,
});

export const NET_IF_DIRECTION_TYPE = enumeration("NET_IF_DIRECTION_TYPE", {
  NET_IF_DIRECTION_SENDRECEIVE: 0,
  NET_IF_DIRECTION_SENDONLY: 1,
  NET_IF_DIRECTION_RECEIVEONLY: 2,
  NET_IF_DIRECTION_MAXIMUM: 3,
});

export const NET_IF_CONNECTION_TYPE = enumeration("NET_IF_CONNECTION_TYPE", {
  NET_IF_CONNECTION_DEDICATED: 1,
  NET_IF_CONNECTION_PASSIVE: 2,
  NET_IF_CONNECTION_DEMAND: 3,
  NET_IF_CONNECTION_MAXIMUM: 4,
});
