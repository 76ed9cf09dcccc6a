import {
  createDdi,
  Machine,
  NDIS_NET_BUFFER_LIST_INFO,
  NDIS_OBJECT_TYPES,
  NET_BUFFER_LIST,
  NET_BUFFER_LIST_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
  poolTag,
  writeFields,
} from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const tag = poolTag("docs");
const { NetBufferListCancelId, NetBufferListHashValue, MaxNetBufferListInfo } = NDIS_NET_BUFFER_LIST_INFO.values;

const parameters = ddi.NdisAllocateMemoryWithTagPriority(0, NET_BUFFER_LIST_POOL_PARAMETERS.size, tag, 16);
ddi.NdisZeroMemory(parameters, NET_BUFFER_LIST_POOL_PARAMETERS.size);
writeFields(memory, NET_BUFFER_LIST_POOL_PARAMETERS, parameters, {
  "Header.Type": NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
  "Header.Revision": POOL_PARAMETER_REVISIONS.NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
  "Header.Size": POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
  fAllocateNetBuffer: 1,
  PoolTag: tag,
});
const pool = ddi.NdisAllocateNetBufferListPool(0, parameters);
const list = ddi.NdisAllocateNetBufferList(pool, 0, 0);

// The slots are an array of words: one view of them reads and writes them all.
const slots = memory.u32
  .subarray((list + NET_BUFFER_LIST.offset.NetBufferListInfo) >>> 2)
  .subarray(0, MaxNetBufferListInfo);
slots[NetBufferListCancelId] = 7;
slots[NetBufferListHashValue] = 0x1234;
console.log(`${MaxNetBufferListInfo} slots, in use:`);
for (const [slot, value] of slots.entries())
  if (value !== 0) console.log(`slot ${slot}: ${value.toString(16).padStart(8, "0")}`);

ddi.NdisFreeNetBufferList(list);
ddi.NdisFreeNetBufferListPool(pool);
ddi.NdisFreeMemory(parameters, 0, 0);
