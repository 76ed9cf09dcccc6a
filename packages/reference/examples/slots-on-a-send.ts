import { createDdi, NDIS_NET_BUFFER_LIST_INFO, Ndis } from "ndislab";

const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const pool = ndis.createNetBufferListPool({ netBuffers: true });
const list = pool.allocate().address;
const slots = NDIS_NET_BUFFER_LIST_INFO.values;
const ETHERNET = 14;
const IPV4 = 20;

// What a protocol asks of the adapter: a tag, checksums, and segments of 1460 bytes.
const [priority, vlan] = [5, 42];
ddi.NET_BUFFER_LIST_INFO.set(list, slots.Ieee8021QNetBufferListInfo, priority | (vlan << 4));
const [isIPv4, tcpChecksum, ipHeaderChecksum] = [1 << 0, 1 << 2, 1 << 4];
ddi.NET_BUFFER_LIST_INFO.set(
  list,
  slots.TcpIpChecksumNetBufferListInfo,
  isIPv4 | tcpChecksum | ipHeaderChecksum | ((ETHERNET + IPV4) << 16),
);
const version2 = 1 << 30;
ddi.NET_BUFFER_LIST_INFO.set(list, slots.TcpLargeSendNetBufferListInfo, 1460 | ((ETHERNET + IPV4) << 20) | version2);

const show = (): void => {
  const [tag, checksums, segments] = [
    slots.Ieee8021QNetBufferListInfo,
    slots.TcpIpChecksumNetBufferListInfo,
    slots.TcpLargeSendNetBufferListInfo,
  ].map((slot) => ddi.NET_BUFFER_LIST_INFO(list, slot).toString(16).padStart(8, "0").toUpperCase());
  console.log(`VLAN ${tag}, checksums ${checksums}, segments ${segments}`);
};
show();

// A filter puts a header of 8 bytes in front of the TCP header: what says where it starts moves too.
const checksums = ddi.NET_BUFFER_LIST_INFO(list, slots.TcpIpChecksumNetBufferListInfo);
if (checksums & tcpChecksum)
  ddi.NET_BUFFER_LIST_INFO.set(list, slots.TcpIpChecksumNetBufferListInfo, checksums + (8 << 16));
const segments = ddi.NET_BUFFER_LIST_INFO(list, slots.TcpLargeSendNetBufferListInfo);
if ((segments & 0xfffff) !== 0)
  ddi.NET_BUFFER_LIST_INFO.set(list, slots.TcpLargeSendNetBufferListInfo, segments + (8 << 20) - 8);
show();
ddi.NdisFreeNetBufferList(list);
pool.dispose();
