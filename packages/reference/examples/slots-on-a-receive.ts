import { createDdi, NDIS_NET_BUFFER_LIST_INFO, Ndis } from "ndislab";

const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const pool = ndis.createNetBufferListPool({ netBuffers: true });
const list = pool.allocate().address;
const slots = NDIS_NET_BUFFER_LIST_INFO.values;

// What the driver of an adapter says of a frame that it put together from four segments.
const [tcpFailed, tcpSucceeded, ipSucceeded, tcpInvalid] = [1 << 0, 1 << 3, 1 << 5, 1 << 7];
ddi.NET_BUFFER_LIST_INFO.set(list, slots.TcpIpChecksumNetBufferListInfo, tcpSucceeded | ipSucceeded | tcpInvalid);
const [filter, queue] = [0, 2];
ddi.NET_BUFFER_LIST_INFO.set(list, slots.NetBufferListFilteringInfo, filter | (queue << 16));
const [segments, duplicates] = [4, 1];
ddi.NET_BUFFER_LIST_INFO.set(list, slots.TcpRecvSegCoalesceInfo, segments | (duplicates << 16));

// What a filter makes of it; three of the members have macros of their own.
const checksum = ddi.NET_BUFFER_LIST_INFO(list, slots.TcpIpChecksumNetBufferListInfo);
const verdict = (): string => {
  if (checksum & tcpFailed) return "wrong";
  if (!(checksum & tcpSucceeded)) return "not looked at";
  return checksum & tcpInvalid ? "was right, and is not in the bytes" : "right";
};
console.log(`TCP: ${verdict()}`);
console.log(`queue ${ddi.NET_BUFFER_LIST_RECEIVE_QUEUE_ID(list)}`);
const count = ddi.NET_BUFFER_LIST_COALESCED_SEG_COUNT(list);
if (count !== 0) console.log(`${count} segments, ${ddi.NET_BUFFER_LIST_DUP_ACK_COUNT(list)} duplicate acknowledgement`);
ddi.NdisFreeNetBufferList(list);
pool.dispose();
