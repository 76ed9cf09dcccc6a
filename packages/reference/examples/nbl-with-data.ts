import {
  createDdi,
  Machine,
  NDIS_OBJECT_TYPES,
  Ndis,
  NET_BUFFER_LIST_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
  poolTag,
  writeFields,
} from "ndislab";

const DATA_SIZE = 1514;
const machine = new Machine();
const ddi = createDdi(machine);
const tag = poolTag("docs");

const parameters = ddi.NdisAllocateMemoryWithTagPriority(0, NET_BUFFER_LIST_POOL_PARAMETERS.size, tag, 16);
ddi.NdisZeroMemory(parameters, NET_BUFFER_LIST_POOL_PARAMETERS.size);
writeFields(machine.memory, NET_BUFFER_LIST_POOL_PARAMETERS, parameters, {
  "Header.Type": NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
  "Header.Revision": POOL_PARAMETER_REVISIONS.NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
  "Header.Size": POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
  fAllocateNetBuffer: 1,
  PoolTag: tag,
  DataSize: DATA_SIZE,
});
const pool = ddi.NdisAllocateNetBufferListPool(0, parameters);

const list = ddi.NdisAllocateNetBufferList(pool, 0, 0);
const netBuffer = ddi.NET_BUFFER_LIST_FIRST_NB(list);
ddi.NET_BUFFER_DATA_LENGTH.set(netBuffer, 60);
const room = ddi.MmGetMdlByteCount(ddi.NET_BUFFER_FIRST_MDL(netBuffer));
const own = ddi.NdisGetPoolFromNetBufferList(list) === pool ? "its own" : "?";
console.log(`a list with a frame of ${ddi.NET_BUFFER_DATA_LENGTH(netBuffer)} bytes, room for ${room}, pool ${own}`);
ddi.NdisFreeNetBufferList(list); // with NET_BUFFER, MDL and data
ddi.NdisFreeNetBufferListPool(pool);
ddi.NdisFreeMemory(parameters, 0, 0);

// The same with objects.
const lists = new Ndis().createNetBufferListPool({ netBuffers: true, dataSize: DATA_SIZE });
const one = lists.allocate();
if (one.first !== undefined) one.first.length = 60;
one.free();
lists.dispose();
