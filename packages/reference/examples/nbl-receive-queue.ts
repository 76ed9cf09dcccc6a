import { createDdi, Ndis } from "ndislab";

const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const pool = ndis.createNetBufferListPool({ netBuffers: true });
const list = pool.allocate().address;

// A miniport notes which of its filters and queues a frame came through.
ddi.NET_BUFFER_LIST_RECEIVE_FILTER_ID.set(list, 3);
ddi.NET_BUFFER_LIST_RECEIVE_QUEUE_ID.set(list, 5);
const filter = ddi.NET_BUFFER_LIST_RECEIVE_FILTER_ID(list);
console.log(`filter ${filter}, queue ${ddi.NET_BUFFER_LIST_RECEIVE_QUEUE_ID(list)}`);

// One with virtual ports uses the same storage for them.
ddi.NET_BUFFER_LIST_RECEIVE_FILTER_VPORT_ID.set(list, 6);
console.log(`port ${ddi.NET_BUFFER_LIST_RECEIVE_FILTER_VPORT_ID(list)}`);
ddi.NdisFreeNetBufferList(list);
pool.dispose();
