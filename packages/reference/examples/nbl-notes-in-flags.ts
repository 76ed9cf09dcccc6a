import { createDdi, Ndis } from "ndislab";

const MINE = 0x80000000; // of NBL_FLAGS_PROTOCOL_RESERVED: a list that this protocol allocated
const URGENT = 0x00100000; // of the same
const LOOKED_AT = 0x00010000; // of NBL_FLAGS_SCRATCH: lost when the list is passed on
const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const pool = ndis.createNetBufferListPool();
const list = pool.allocate().address;
const flags = (): string => `flags ${ddi.NET_BUFFER_LIST_FLAGS(list).toString(16).padStart(8, "0")}`;

ddi.NBL_SET_PROT_RSVD_FLAG(list, MINE | URGENT);
ddi.NBL_SET_FLAG(list, LOOKED_AT);
console.log(
  `${flags()}: mine ${Number(ddi.NBL_TEST_PROT_RSVD_FLAG(list, MINE))}, ` +
    `looked at ${Number(ddi.NBL_TEST_FLAG(list, LOOKED_AT))}, ` +
    `all three ${Number(ddi.NBL_TEST_FLAGS(list, MINE | URGENT | LOOKED_AT))}`,
);
ddi.NBL_CLEAR_FLAG(list, LOOKED_AT);
ddi.NBL_CLEAR_PROT_RSVD_FLAG(list, URGENT);
console.log(flags());
ddi.NdisFreeNetBufferList(list);
pool.dispose();
