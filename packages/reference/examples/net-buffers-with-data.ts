import {
  createDdi,
  Machine,
  NDIS_OBJECT_TYPES,
  Ndis,
  NET_BUFFER_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
  poolTag,
  writeFields,
} from "ndislab";

const DATA_SIZE = 1514;
const LENGTH = 60;
const machine = new Machine();
const ddi = createDdi(machine);
const tag = poolTag("docs");

const parameters = ddi.NdisAllocateMemoryWithTagPriority(0, NET_BUFFER_POOL_PARAMETERS.size, tag, 16);
writeFields(machine.memory, NET_BUFFER_POOL_PARAMETERS, parameters, {
  "Header.Type": NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
  "Header.Revision": POOL_PARAMETER_REVISIONS.NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  "Header.Size": POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  PoolTag: tag,
  DataSize: DATA_SIZE,
});
const pool = ddi.NdisAllocateNetBufferPool(0, parameters);

const netBuffer = ddi.NdisAllocateNetBufferMdlAndData(pool);
const room = ddi.MmGetMdlByteCount(ddi.NET_BUFFER_FIRST_MDL(netBuffer));
const own = ddi.NdisGetPoolFromNetBuffer(netBuffer) === pool ? "its own" : "?";
console.log(`${ddi.NET_BUFFER_DATA_LENGTH(netBuffer)} of ${room} bytes used, pool ${own}`);
ddi.NET_BUFFER_DATA_LENGTH.set(netBuffer, LENGTH);
const frame = ddi.NdisGetDataBuffer(netBuffer, LENGTH, 0, 1, 0);
ddi.NdisFillMemory(frame, LENGTH, 0xff);
console.log(`a frame of ${ddi.NET_BUFFER_DATA_LENGTH(netBuffer)} bytes`);

ddi.NdisFreeNetBuffer(netBuffer);
ddi.NdisFreeNetBufferPool(pool);
ddi.NdisFreeMemory(parameters, 0, 0);

// The same with objects.
const frames = new Ndis().createNetBufferPool({ dataSize: DATA_SIZE });
const one = frames.allocate();
one.length = LENGTH;
one.data.fill(0xff);
one.free();
frames.dispose();
