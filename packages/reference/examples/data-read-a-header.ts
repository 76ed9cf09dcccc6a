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

const FRAME_SIZE = 60;
const HEADER_SIZE = 14;
const CUT = 10; // where the second MDL starts
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
  DataSize: 0,
});
const pool = ddi.NdisAllocateNetBufferPool(0, parameters);
const storage = ddi.NdisAllocateMemoryWithTagPriority(0, HEADER_SIZE, tag, 16);
const frame = ddi.NdisAllocateMemoryWithTagPriority(0, FRAME_SIZE, tag, 16);
ddi.NdisZeroMemory(frame, FRAME_SIZE);
memory.u8[frame + 12] = 0x08; // IPv4
const first = ddi.NdisAllocateMdl(0, frame, CUT);
const second = ddi.NdisAllocateMdl(0, frame + CUT, FRAME_SIZE - CUT);
ddi.NDIS_MDL_LINKAGE.set(first, second);
const netBuffer = ddi.NdisAllocateNetBuffer(pool, first, 0, FRAME_SIZE);

// Reads a header wherever the frame is cut.
const header = ddi.NdisGetDataBuffer(netBuffer, HEADER_SIZE, storage, 1, 0);
if (header === 0) throw new Error("too short, or not to be mapped");
const type = [...memory.bytes(header + 12, 2)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
console.log(`type 0x${type}, ${header === storage ? "a copy" : "in place"}`);

const whole = ddi.NdisGetDataBuffer(netBuffer, HEADER_SIZE, 0, 1, 0);
console.log(`without a storage: ${whole === 0 ? "NULL" : "in place"}`);
const start = ddi.NdisGetDataBuffer(netBuffer, CUT, 0, 1, 0);
console.log(`the first ${CUT} bytes: ${start === frame ? "in place" : "elsewhere"}`);
const beyond = ddi.NdisGetDataBuffer(netBuffer, FRAME_SIZE + 1, 0, 1, 0);
console.log(`more than there is: ${beyond === 0 ? "NULL" : "some"}`);
console.log(`at most ${ddi.NdisQueryNetBufferPhysicalCount(netBuffer)} physical pieces`);

ddi.NdisFreeNetBuffer(netBuffer);
ddi.NdisFreeMdl(second);
ddi.NdisFreeMdl(first);
ddi.NdisFreeMemory(frame, 0, 0);
ddi.NdisFreeMemory(storage, 0, 0);
ddi.NdisFreeNetBufferPool(pool);
ddi.NdisFreeMemory(parameters, 0, 0);

// With objects: `data` when one MDL has it all, a copy of the first bytes otherwise.
const ndis = new Ndis();
const frames = ndis.createNetBufferPool({ dataSize: FRAME_SIZE });
const other = frames.allocate();
other.length = FRAME_SIZE;
const bytes = new Uint8Array(HEADER_SIZE);
if (other.contiguous) bytes.set(other.data.subarray(0, HEADER_SIZE));
else other.readInto(bytes);
other.free();
frames.dispose();
