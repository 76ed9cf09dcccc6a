import { createDdi, NDIS_STATUS, Ndis } from "ndislab";

const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const lists = ndis.createNetBufferListPool({ netBuffers: true, dataSize: 1514 });
const more = ndis.createNetBufferPool({ dataSize: 1514 });
const [first, second] = [lists.allocate().address, lists.allocate().address];
const other = more.allocate().address;

// What a miniport does with a chain of lists that it is to send.
const { NDIS_STATUS_SUCCESS, NDIS_STATUS_INVALID_LENGTH } = NDIS_STATUS;
const walk = (chain: number): void => {
  for (let list = chain; list !== 0; list = ddi.NET_BUFFER_LIST_NEXT_NBL(list)) {
    ddi.NET_BUFFER_LIST_STATUS.set(list, NDIS_STATUS_SUCCESS);
    for (let nb = ddi.NET_BUFFER_LIST_FIRST_NB(list); nb !== 0; nb = ddi.NET_BUFFER_NEXT_NB(nb)) {
      const length = ddi.NET_BUFFER_DATA_LENGTH(nb);
      console.log(`a frame of ${length} bytes`);
      if (length < 60) ddi.NET_BUFFER_LIST_STATUS.set(list, NDIS_STATUS_INVALID_LENGTH);
    }
    console.log(`status ${ddi.NET_BUFFER_LIST_STATUS(list).toString(16)}`);
  }
};

// The first list has two frames: the one it came with, and another.
ddi.NET_BUFFER_DATA_LENGTH.set(ddi.NET_BUFFER_LIST_FIRST_NB(first), 1514);
ddi.NET_BUFFER_DATA_LENGTH.set(other, 200);
ddi.NET_BUFFER_DATA_LENGTH.set(ddi.NET_BUFFER_LIST_FIRST_NB(second), 20);
ddi.NET_BUFFER_NEXT_NB.set(ddi.NET_BUFFER_LIST_FIRST_NB(first), other);
ddi.NET_BUFFER_LIST_NEXT_NBL.set(first, second);
walk(first);

// Taken apart again: what did not come with a list is freed for itself.
ddi.NET_BUFFER_LIST_NEXT_NBL.set(first, 0);
ddi.NET_BUFFER_NEXT_NB.set(ddi.NET_BUFFER_LIST_FIRST_NB(first), 0);
ddi.NdisFreeNetBuffer(other);
ddi.NdisFreeNetBufferList(second);
ddi.NdisFreeNetBufferList(first);

// With objects.
const [list, another] = [lists.allocate(), more.allocate()];
list.append(another);
for (const netBuffer of list.netBuffers) netBuffer.length = 60;
list.free();
another.free();
more.dispose();
lists.dispose();
