import { createDdi, Ndis, poolTag } from "ndislab";

const NOTE = 8; // what this driver remembers with each list: one word, and one more for x64's sake
const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const { u32 } = ndis.machine.memory;
const pool = ndis.createNetBufferListPool();
const list = pool.allocate();
const { address } = list;
const tag = poolTag("docs");

ddi.NdisAllocateNetBufferListContext(address, NOTE, 0, tag);
u32[ddi.NET_BUFFER_LIST_CONTEXT_DATA_START(address) >>> 2] = 1;
console.log(`a context of ${ddi.NET_BUFFER_LIST_CONTEXT_DATA_SIZE(address)} bytes`);

// The driver below does the same, with room for one more.
ddi.NdisAllocateNetBufferListContext(address, NOTE, NOTE, tag);
const below = ddi.NET_BUFFER_LIST_CONTEXT_DATA_START(address) >>> 2;
u32[below] = 2;
console.log(`below: note ${u32[below]}, a context of ${ddi.NET_BUFFER_LIST_CONTEXT_DATA_SIZE(address)} bytes`);
ddi.NdisFreeNetBufferListContext(address, NOTE);

console.log(`when the list is back: note ${u32[ddi.NET_BUFFER_LIST_CONTEXT_DATA_START(address) >>> 2]}`);
ddi.NdisFreeNetBufferListContext(address, NOTE);

// The same with objects.
list.pushContext(NOTE);
list.context[0] = 1;
list.popContext(NOTE);
list.free();
pool.dispose();
