import {
  createDdi,
  Machine,
  NDIS_OBJECT_TYPES,
  NDIS_STATUS,
  NET_BUFFER_LIST_POOL_PARAMETERS,
  NET_BUFFER_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
  poolTag,
  writeFields,
} from "ndislab";

const FRAME_SIZE = 100;
const HEADER_SIZE = 32;
const machine = new Machine();
const ddi = createDdi(machine);
const { memory, callbacks } = machine;
const tag = poolTag("docs");

// A function of TypeScript becomes a pointer that any DDI takes.
const allocateHeader = callbacks.register((bufferSize) => {
  const size = memory.u32[bufferSize >>> 2];
  console.log(`allocates ${size} bytes`);
  return ddi.NdisAllocateMdl(0, ddi.NdisAllocateMemoryWithTagPriority(0, size, tag, 16), size);
});
const freeHeader = callbacks.register((mdl) => {
  console.log(`frees ${ddi.MmGetMdlByteCount(mdl)} bytes`);
  const block = ddi.MmGetMdlVirtualAddress(mdl);
  ddi.NdisFreeMdl(mdl);
  ddi.NdisFreeMemory(block, 0, 0);
  return 0;
});

const listParameters = ddi.NdisAllocateMemoryWithTagPriority(0, NET_BUFFER_LIST_POOL_PARAMETERS.size, tag, 16);
ddi.NdisZeroMemory(listParameters, NET_BUFFER_LIST_POOL_PARAMETERS.size);
writeFields(memory, NET_BUFFER_LIST_POOL_PARAMETERS, listParameters, {
  "Header.Type": NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
  "Header.Revision": POOL_PARAMETER_REVISIONS.NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
  "Header.Size": POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
  fAllocateNetBuffer: 1,
  PoolTag: tag,
});
const parameters = ddi.NdisAllocateMemoryWithTagPriority(0, NET_BUFFER_POOL_PARAMETERS.size, tag, 16);
writeFields(memory, NET_BUFFER_POOL_PARAMETERS, parameters, {
  "Header.Type": NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
  "Header.Revision": POOL_PARAMETER_REVISIONS.NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  "Header.Size": POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  PoolTag: tag,
  DataSize: 0,
});
const listPool = ddi.NdisAllocateNetBufferListPool(0, listParameters);
const pool = ddi.NdisAllocateNetBufferPool(0, parameters);
const frame = ddi.NdisAllocateMemoryWithTagPriority(0, FRAME_SIZE, tag, 16);
const mdl = ddi.NdisAllocateMdl(0, frame, FRAME_SIZE);

// Two NET_BUFFERs over the same bytes; only the first has room for the header.
const list = ddi.NdisAllocateNetBufferAndNetBufferList(listPool, 0, 0, mdl, HEADER_SIZE, FRAME_SIZE - HEADER_SIZE);
const first = ddi.NET_BUFFER_LIST_FIRST_NB(list);
const second = ddi.NdisAllocateNetBuffer(pool, mdl, 0, FRAME_SIZE);
ddi.NET_BUFFER_NEXT_NB.set(first, second);

function show(what: string): void {
  for (const nb of [first, second])
    console.log(`${what}: offset ${ddi.NET_BUFFER_DATA_OFFSET(nb)}, length ${ddi.NET_BUFFER_DATA_LENGTH(nb)}`);
}

show("made");
const status = ddi.NdisRetreatNetBufferListDataStart(list, HEADER_SIZE, 0, allocateHeader, freeHeader);
if (status !== NDIS_STATUS.NDIS_STATUS_SUCCESS) throw new Error("no memory");
show("with headers");
ddi.NdisAdvanceNetBufferListDataStart(list, HEADER_SIZE, 1, freeHeader);
show("without");

ddi.NET_BUFFER_NEXT_NB.set(first, 0);
ddi.NdisFreeNetBuffer(second);
ddi.NdisFreeNetBufferList(list);
ddi.NdisFreeMdl(mdl);
ddi.NdisFreeMemory(frame, 0, 0);
ddi.NdisFreeNetBufferPool(pool);
ddi.NdisFreeNetBufferListPool(listPool);
ddi.NdisFreeMemory(parameters, 0, 0);
ddi.NdisFreeMemory(listParameters, 0, 0);
