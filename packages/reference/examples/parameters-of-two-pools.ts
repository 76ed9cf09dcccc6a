import {
  createDdi,
  Machine,
  MDL,
  NDIS_OBJECT_TYPES,
  NET_BUFFER_LIST_POOL_PARAMETERS,
  NET_BUFFER_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
  poolTag,
  readField,
  writeFields,
} from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const tag = poolTag("docs");
const { NDIS_OBJECT_TYPE_DEFAULT } = NDIS_OBJECT_TYPES;
const R = POOL_PARAMETER_REVISIONS;

// every NET_BUFFER brings an MDL over 2048 bytes along
const buffers = ddi.NdisAllocateMemoryWithTagPriority(0, NET_BUFFER_POOL_PARAMETERS.size, tag, 16);
ddi.NdisZeroMemory(buffers, NET_BUFFER_POOL_PARAMETERS.size);
writeFields(memory, NET_BUFFER_POOL_PARAMETERS, buffers, {
  "Header.Type": NDIS_OBJECT_TYPE_DEFAULT,
  "Header.Revision": R.NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  "Header.Size": R.NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  PoolTag: tag,
  DataSize: 2048,
});
const bufferPool = ddi.NdisAllocateNetBufferPool(0, buffers);

// every list brings a NET_BUFFER without data along
const lists = ddi.NdisAllocateMemoryWithTagPriority(0, NET_BUFFER_LIST_POOL_PARAMETERS.size, tag, 16);
ddi.NdisZeroMemory(lists, NET_BUFFER_LIST_POOL_PARAMETERS.size);
writeFields(memory, NET_BUFFER_LIST_POOL_PARAMETERS, lists, {
  "Header.Type": NDIS_OBJECT_TYPE_DEFAULT,
  "Header.Revision": R.NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
  "Header.Size": R.NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
  fAllocateNetBuffer: 1,
  ContextSize: 16,
  PoolTag: tag,
});
const listPool = ddi.NdisAllocateNetBufferListPool(0, lists);

const sizes = [
  readField(memory, NET_BUFFER_POOL_PARAMETERS, buffers, "Header.Size"),
  readField(memory, NET_BUFFER_LIST_POOL_PARAMETERS, lists, "Header.Size"),
];
console.log(`header sizes: ${sizes.join(" and ")}`);
console.log(`pools: ${[bufferPool, listPool].map((pool) => (pool !== 0 ? "made" : "none")).join(" and ")}`);

const netBuffer = ddi.NdisAllocateNetBufferMdlAndData(bufferPool);
const bytes = readField(memory, MDL, ddi.NET_BUFFER_FIRST_MDL(netBuffer), "ByteCount");
console.log(`a NET_BUFFER over ${bytes} bytes`);
ddi.NdisFreeNetBuffer(netBuffer);
ddi.NdisFreeNetBufferPool(bufferPool);

const list = ddi.NdisAllocateNetBufferList(listPool, 0, 0);
const has = ddi.NET_BUFFER_LIST_FIRST_NB(list) !== 0 ? "its NET_BUFFER" : "nothing";
console.log(`a list with ${has} and ${ddi.NET_BUFFER_LIST_CONTEXT_DATA_SIZE(list)} bytes of context`);
ddi.NdisFreeNetBufferList(list);
ddi.NdisFreeNetBufferListPool(listPool);
ddi.NdisFreeMemory(buffers, 0, 0);
ddi.NdisFreeMemory(lists, 0, 0);
