import { createDdi, Ndis } from "ndislab";

const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const pool = ndis.createNetBufferPool();
const block = ndis.allocateMemory(154);
const [headerMdl, payloadMdl] = [ndis.allocateMdl(block, 0, 54), ndis.allocateMdl(block, 54, 100)];
const [headers, payload] = [headerMdl.address, payloadMdl.address];

const show = (what: string): void => {
  const first = ddi.NET_BUFFER_CURRENT_MDL(netBuffer) === ddi.NET_BUFFER_FIRST_MDL(netBuffer);
  console.log(
    `${what}: ${ddi.NET_BUFFER_DATA_LENGTH(netBuffer)} bytes behind ${ddi.NET_BUFFER_DATA_OFFSET(netBuffer)} others, ` +
      `from byte ${ddi.NET_BUFFER_CURRENT_MDL_OFFSET(netBuffer)} of ${first ? "the first" : "a later"} MDL on`,
  );
};

ddi.NDIS_MDL_LINKAGE.set(headers, payload);
const netBuffer = ddi.NdisAllocateNetBuffer(pool.handle, headers, 54, 100); // the headers are stripped
show("both MDLs");

// another chain: three members are assigned, the other two follow
ddi.NET_BUFFER_FIRST_MDL.set(netBuffer, payload);
ddi.NET_BUFFER_DATA_OFFSET.set(netBuffer, 8);
ddi.NET_BUFFER_DATA_LENGTH.set(netBuffer, 92);
ddi.NdisAdjustNetBufferCurrentMdl(netBuffer);
show("the payload");
ddi.NdisFreeNetBuffer(netBuffer);

// The same with objects.
const same = pool.allocateOver(headerMdl, 54, 100);
same.free();
payloadMdl.free();
headerMdl.free();
block.free();
pool.dispose();
