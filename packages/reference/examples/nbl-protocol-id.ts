import { createDdi, NBL_FLAGS, Ndis } from "ndislab";

const { NDIS_PROTOCOL_ID_DEFAULT, NDIS_PROTOCOL_ID_TCP_IP } = NBL_FLAGS;
const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const pool = ndis.createNetBufferListPool({ protocolId: NDIS_PROTOCOL_ID_TCP_IP });
const list = pool.allocate().address;

console.log(`from the pool: ${ddi.NdisGetNetBufferListProtocolId(list)}`);
ddi.NdisSetNetBufferListProtocolId(list, NDIS_PROTOCOL_ID_DEFAULT);
console.log(`set: ${ddi.NdisGetNetBufferListProtocolId(list)}`);
ddi.NdisFreeNetBufferList(list);
pool.dispose();
