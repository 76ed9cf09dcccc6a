import { createDdi, Ndis } from "ndislab";

const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const pool = ndis.createNetBufferListPool({ netBuffers: true });
const frame = ndis.allocateMemory(114);
const mdl = ndis.allocateMdl(frame);

// room for an Ethernet header in front
const list = ddi.NdisAllocateNetBufferAndNetBufferList(pool.handle, 0, 0, mdl.address, 14, 100);
const netBuffer = ddi.NET_BUFFER_LIST_FIRST_NB(list);
console.log(`${ddi.NET_BUFFER_DATA_LENGTH(netBuffer)} bytes, ${ddi.NET_BUFFER_DATA_OFFSET(netBuffer)} in front`);
ddi.NdisFreeNetBufferList(list); // with its NET_BUFFER, and nothing of the chain

// The same with objects.
const same = pool.allocateOver(mdl, 14, 100);
same.free();
mdl.free();
frame.free();
pool.dispose();
