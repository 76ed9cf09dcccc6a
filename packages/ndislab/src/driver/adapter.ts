/** The adapter that a filter finds itself on. */
export const ADAPTER = {
  filterName: "{2C1A5F0B-0001-4000-8000-000000000001}-{2C1A5F0B-0002-4000-8000-000000000002}-0000",
  instanceName: "ndislab Ethernet Adapter",
  deviceName: "\\DEVICE\\{2C1A5F0B-0001-4000-8000-000000000001}",
  macAddress: [0x02, 0x00, 0x00, 0x00, 0x00, 0x01],
  linkSpeed: 1_000_000_000,
  mtu: 1500,
  interfaceIndex: 8,
  lowerInterfaceIndex: 7,
} as const;
