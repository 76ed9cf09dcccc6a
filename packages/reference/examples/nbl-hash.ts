import { createDdi, NDIS_HASH, Ndis } from "ndislab";

const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const pool = ndis.createNetBufferListPool({ netBuffers: true });
const list = pool.allocate().address;
const show = (): void => {
  const value = ddi.NET_BUFFER_LIST_GET_HASH_VALUE(list).toString(16).padStart(8, "0");
  const type = ddi.NET_BUFFER_LIST_GET_HASH_TYPE(list).toString(16);
  console.log(`hash ${value}, type ${type}, function ${ddi.NET_BUFFER_LIST_GET_HASH_FUNCTION(list)}`);
};

// A miniport notes what its adapter computed.
ddi.NET_BUFFER_LIST_SET_HASH_VALUE(list, 0xa1b2c3d4);
ddi.NET_BUFFER_LIST_SET_HASH_TYPE(list, NDIS_HASH.NDIS_HASH_TCP_IPV4);
ddi.NET_BUFFER_LIST_SET_HASH_FUNCTION(list, NDIS_HASH.NdisHashFunctionToeplitz);
show();

// A filter has changed the addresses.
ddi.NET_BUFFER_LIST_SET_HASH_VALUE(list, 0);
ddi.NET_BUFFER_LIST_SET_HASH_TYPE(list, 0);
ddi.NET_BUFFER_LIST_SET_HASH_FUNCTION(list, 0);
show();
ddi.NdisFreeNetBufferList(list);
pool.dispose();
