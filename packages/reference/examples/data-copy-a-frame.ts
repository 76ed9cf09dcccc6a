import {
  createDdi,
  Machine,
  NDIS_OBJECT_TYPES,
  NDIS_STATUS,
  Ndis,
  NET_BUFFER_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
  poolTag,
  writeFields,
} from "ndislab";

const FRAME_SIZE = 60;
const HEADROOM = 16;
const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const tag = poolTag("docs");

const parameters = ddi.NdisAllocateMemoryWithTagPriority(0, NET_BUFFER_POOL_PARAMETERS.size, tag, 16);
writeFields(memory, NET_BUFFER_POOL_PARAMETERS, parameters, {
  "Header.Type": NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
  "Header.Revision": POOL_PARAMETER_REVISIONS.NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  "Header.Size": POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  PoolTag: tag,
  DataSize: HEADROOM + FRAME_SIZE,
});
const pool = ddi.NdisAllocateNetBufferPool(0, parameters);
const frame = ddi.NdisAllocateNetBufferMdlAndData(pool);
const copy = ddi.NdisAllocateNetBufferMdlAndData(pool);
const copied = ddi.NdisAllocateMemoryWithTagPriority(0, 4, tag, 16); // an out-parameter needs an address

/** How many bytes of the frame were copied, to `offset` behind the data start of the copy. */
function copyFrame(offset: number): number {
  const status = ddi.NdisCopyFromNetBufferToNetBuffer(copy, offset, FRAME_SIZE, frame, 0, copied);
  if (status !== NDIS_STATUS.NDIS_STATUS_SUCCESS) throw new Error("not to be mapped");
  return memory.u32[copied >>> 2];
}

ddi.NET_BUFFER_DATA_LENGTH.set(frame, FRAME_SIZE);
ddi.NdisFillMemory(ddi.NdisGetDataBuffer(frame, FRAME_SIZE, 0, 1, 0), FRAME_SIZE, 7);
ddi.NET_BUFFER_DATA_OFFSET.set(copy, HEADROOM);
ddi.NdisAdjustNetBufferCurrentMdl(copy);

console.log(`copied ${copyFrame(0)} of ${FRAME_SIZE} bytes`);
ddi.NET_BUFFER_DATA_LENGTH.set(copy, FRAME_SIZE);
const data = ddi.NdisGetDataBuffer(copy, FRAME_SIZE, 0, 1, 0);
const [offset, length] = [ddi.NET_BUFFER_DATA_OFFSET(copy), ddi.NET_BUFFER_DATA_LENGTH(copy)];
console.log(`offset ${offset}, length ${length}, last byte ${memory.u8[data + FRAME_SIZE - 1]}`);
console.log(`20 bytes on there is room for ${copyFrame(20)}`);

ddi.NdisFreeMemory(copied, 0, 0);
ddi.NdisFreeNetBuffer(copy);
ddi.NdisFreeNetBuffer(frame);
ddi.NdisFreeNetBufferPool(pool);
ddi.NdisFreeMemory(parameters, 0, 0);

// The same with objects: the copy is as long as what was copied, or nothing is.
const ndis = new Ndis();
const frames = ndis.createNetBufferPool({ dataSize: HEADROOM + FRAME_SIZE });
const [one, other] = [frames.allocate(), frames.allocate()];
one.write(new Uint8Array(FRAME_SIZE).fill(7));
other.reserve(HEADROOM);
other.copyFrom(one);
one.free();
other.free();
frames.dispose();
