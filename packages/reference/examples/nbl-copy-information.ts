import { createDdi, NDIS_NET_BUFFER_LIST_INFO, Ndis } from "ndislab";

const { Ieee8021QNetBufferListInfo, NetBufferListCancelId, NetBufferListHashValue } = NDIS_NET_BUFFER_LIST_INFO.values;
const VLAN_SHIFT = 4; // behind priority and format in the word of the slot
const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const pool = ndis.createNetBufferListPool();
const [original, down, up] = [pool.allocate(), pool.allocate(), pool.allocate()];

const show = (what: string, list: number): void => {
  const vlan = (ddi.NET_BUFFER_LIST_INFO(list, Ieee8021QNetBufferListInfo) >>> VLAN_SHIFT) & 0xfff;
  const cancelId = ddi.NET_BUFFER_LIST_INFO(list, NetBufferListCancelId);
  const hash = ddi.NET_BUFFER_LIST_INFO(list, NetBufferListHashValue).toString(16);
  console.log(`${what}: VLAN ${vlan}, cancel id ${cancelId}, hash ${hash}`);
};

ddi.NET_BUFFER_LIST_INFO.set(original.address, Ieee8021QNetBufferListInfo, 42 << VLAN_SHIFT);
ddi.NET_BUFFER_LIST_INFO.set(original.address, NetBufferListCancelId, 7);
ddi.NET_BUFFER_LIST_INFO.set(original.address, NetBufferListHashValue, 0x1234);
ddi.NdisCopySendNetBufferListInfo(down.address, original.address);
show("a send", down.address);
ddi.NdisCopyReceiveNetBufferListInfo(up.address, original.address);
show("a receive", up.address);

// The same with objects.
original.setInfo(NetBufferListCancelId, 7);
down.copySendInfoFrom(original);
up.copyReceiveInfoFrom(original);
for (const list of [up, down, original]) list.free();
pool.dispose();
