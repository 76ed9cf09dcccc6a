import { createDdi, Ndis } from "ndislab";

const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const pool = ndis.createNetBufferListPool({ netBuffers: true });
const list = pool.allocate().address;
const show = (): void => {
  const segments = ddi.NET_BUFFER_LIST_COALESCED_SEG_COUNT(list);
  if (segments === 0) console.log("a frame as it came");
  else
    console.log(`${segments} segments in one, ${ddi.NET_BUFFER_LIST_DUP_ACK_COUNT(list)} duplicate acknowledgements`);
};

show();
ddi.NET_BUFFER_LIST_COALESCED_SEG_COUNT.set(list, 4);
ddi.NET_BUFFER_LIST_DUP_ACK_COUNT.set(list, 1);
show();
ddi.NdisFreeNetBufferList(list);
pool.dispose();
