import { createDdi, Ndis } from "ndislab";

const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const pool = ndis.createNetBufferListPool();
const list = pool.allocate();
const { address } = list;

const mine = (ddi.NdisGeneratePartialCancelId() << 24) >>> 0;
ddi.NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(address, mine + 1); // the first group of sends
console.log(`marked: ${ddi.NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(address) === mine + 1 ? "yes" : "no"}`);
console.log(`of another group: ${ddi.NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(address) === mine + 2 ? "yes" : "no"}`);

// The same with objects.
list.cancelId = mine + 1;
list.free();
pool.dispose();
