import { createDdi, NBL_FLAGS, Ndis } from "ndislab";

const { NDIS_NBL_FLAGS_IS_IPV4, NDIS_NBL_FLAGS_IS_IPV6, NDIS_NBL_FLAGS_IS_TCP } = NBL_FLAGS;
const IPV4_AND_TCP = NDIS_NBL_FLAGS_IS_IPV4 | NDIS_NBL_FLAGS_IS_TCP;
const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const pool = ndis.createNetBufferListPool({ netBuffers: true });
const list = pool.allocate();
const { address } = list;

ddi.NdisSetNblFlag(address, IPV4_AND_TCP);
console.log(
  `flags ${ddi.NET_BUFFER_LIST_NBL_FLAGS(address).toString(16)}: ` +
    `IPv6 ${Number(ddi.NdisTestNblFlag(address, NDIS_NBL_FLAGS_IS_IPV6))}, ` +
    `TCP ${Number(ddi.NdisTestNblFlag(address, NDIS_NBL_FLAGS_IS_TCP))}, ` +
    `TCP over IPv4 ${Number(ddi.NdisTestNblFlags(address, IPV4_AND_TCP))}`,
);

// The frames get a header in front that is none of IP.
ddi.NdisClearNblFlag(address, IPV4_AND_TCP);
console.log(`flags ${ddi.NET_BUFFER_LIST_NBL_FLAGS(address).toString(16)}`);

// The same with objects.
list.flags |= IPV4_AND_TCP;
list.flags &= ~IPV4_AND_TCP;
list.free();
pool.dispose();
