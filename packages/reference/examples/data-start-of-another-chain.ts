import {
  createDdi,
  Machine,
  NDIS_OBJECT_TYPES,
  NET_BUFFER_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
  poolTag,
  writeFields,
} from "ndislab";

const HEADER_SIZE = 10;
const BODY_SIZE = 50;
const machine = new Machine();
const ddi = createDdi(machine);
const tag = poolTag("docs");

const parameters = ddi.NdisAllocateMemoryWithTagPriority(0, NET_BUFFER_POOL_PARAMETERS.size, tag, 16);
writeFields(machine.memory, NET_BUFFER_POOL_PARAMETERS, parameters, {
  "Header.Type": NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
  "Header.Revision": POOL_PARAMETER_REVISIONS.NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  "Header.Size": POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  PoolTag: tag,
  DataSize: 0,
});
const pool = ddi.NdisAllocateNetBufferPool(0, parameters);
const block = ddi.NdisAllocateMemoryWithTagPriority(0, HEADER_SIZE + BODY_SIZE, tag, 16);
const header = ddi.NdisAllocateMdl(0, block, HEADER_SIZE);
const body = ddi.NdisAllocateMdl(0, block + HEADER_SIZE, BODY_SIZE);
ddi.NDIS_MDL_LINKAGE.set(header, body);
const netBuffer = ddi.NdisAllocateNetBuffer(pool, 0, 0, 0);

/** Makes the NET_BUFFER show other data. */
function reuse(chain: number, dataOffset: number, dataLength: number): void {
  ddi.NET_BUFFER_FIRST_MDL.set(netBuffer, chain);
  ddi.NET_BUFFER_DATA_OFFSET.set(netBuffer, dataOffset);
  ddi.NET_BUFFER_DATA_LENGTH.set(netBuffer, dataLength);
  ddi.NdisAdjustNetBufferCurrentMdl(netBuffer);
  const which = ddi.NET_BUFFER_CURRENT_MDL(netBuffer) === chain ? "first" : "second";
  const offset = ddi.NET_BUFFER_CURRENT_MDL_OFFSET(netBuffer);
  console.log(`offset ${dataOffset}: ${which} MDL, ${offset} bytes into it`);
}

reuse(header, 4, 40);
reuse(header, HEADER_SIZE, BODY_SIZE);
reuse(header, HEADER_SIZE + 7, 20);

ddi.NdisFreeNetBuffer(netBuffer);
ddi.NdisFreeMdl(body);
ddi.NdisFreeMdl(header);
ddi.NdisFreeMemory(block, 0, 0);
ddi.NdisFreeNetBufferPool(pool);
ddi.NdisFreeMemory(parameters, 0, 0);
