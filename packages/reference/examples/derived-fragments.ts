import {
  createDdi,
  Machine,
  NDIS_OBJECT_TYPES,
  NET_BUFFER_LIST_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
  poolTag,
  writeFields,
} from "ndislab";

const FRAME_SIZE = 120;
const HEADER_SIZE = 20;
const MOST = 40;
const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const tag = poolTag("docs");

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
const frame = ddi.NdisAllocateMemoryWithTagPriority(0, FRAME_SIZE, tag, 16);
const mdl = ddi.NdisAllocateMdl(0, frame, FRAME_SIZE);
const original = ddi.NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, mdl, 0, FRAME_SIZE);

function show(what: string, of: number): void {
  for (let nb = ddi.NET_BUFFER_LIST_FIRST_NB(of); nb !== 0; nb = ddi.NET_BUFFER_NEXT_NB(nb))
    console.log(`${what}: offset ${ddi.NET_BUFFER_DATA_OFFSET(nb)}, length ${ddi.NET_BUFFER_DATA_LENGTH(nb)}`);
}

// Pieces with a header each.
show("original", original);
const fragments = ddi.NdisAllocateFragmentNetBufferList(original, pool, 0, HEADER_SIZE, MOST, HEADER_SIZE, 0, 0);
for (let nb = ddi.NET_BUFFER_LIST_FIRST_NB(fragments); nb !== 0; nb = ddi.NET_BUFFER_NEXT_NB(nb))
  ddi.NdisFillMemory(ddi.NdisGetDataBuffer(nb, HEADER_SIZE, 0, 1, 0), HEADER_SIZE, 0xff);
show("fragment", fragments);

// And together again.
const whole = ddi.NdisAllocateReassembledNetBufferList(fragments, pool, HEADER_SIZE, HEADER_SIZE, 0, 0);
show("whole", whole);
ddi.NdisFreeReassembledNetBufferList(whole, HEADER_SIZE, 0);
ddi.NdisFreeFragmentNetBufferList(fragments, HEADER_SIZE, 0);

ddi.NdisFreeNetBufferList(original);
ddi.NdisFreeMdl(mdl);
ddi.NdisFreeMemory(frame, 0, 0);
ddi.NdisFreeNetBufferListPool(pool);
ddi.NdisFreeMemory(parameters, 0, 0);
