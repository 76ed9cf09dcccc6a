import {
  createDdi,
  Machine,
  NDIS_OBJECT_TYPES,
  NET_BUFFER,
  NET_BUFFER_DATA,
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

const parameters = ddi.NdisAllocateMemoryWithTagPriority(0, NET_BUFFER_POOL_PARAMETERS.size, tag, 16);
writeFields(memory, NET_BUFFER_POOL_PARAMETERS, parameters, {
  "Header.Type": NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
  "Header.Revision": POOL_PARAMETER_REVISIONS.NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  "Header.Size": POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  PoolTag: tag,
  DataSize: 0,
});
const pool = ddi.NdisAllocateNetBufferPool(0, parameters);
const block = ddi.NdisAllocateMemoryWithTagPriority(0, 150, tag, 16);
const first = ddi.NdisAllocateMdl(0, block, 50);
const second = ddi.NdisAllocateMdl(0, block + 50, 100);
ddi.NDIS_MDL_LINKAGE.set(first, second);
const netBuffer = ddi.NdisAllocateNetBuffer(pool, first, 40, 100);

const of = (member: keyof typeof NET_BUFFER.offset): number => readField(memory, NET_BUFFER, netBuffer, member);
const show = (what: string): void => {
  const start = of("DataOffset");
  const which = of("CurrentMdl") === of("MdlChain") ? "first" : "second";
  console.log(
    `${what}: bytes ${start} to ${start + of("DataLength")}, ${which} MDL, ${of("CurrentMdlOffset")} into it`,
  );
};
const data = (): string => memory.bytes(netBuffer, NET_BUFFER_DATA.size).join();

show("made");
const before = data();
ddi.NdisAdvanceNetBufferDataStart(netBuffer, 14, 0, 0);
show("advanced");
ddi.NdisRetreatNetBufferDataStart(netBuffer, 14, 0, 0);
show("retreated");
console.log(`as it was: ${data() === before ? "yes" : "no"}`);

ddi.NdisFreeNetBuffer(netBuffer);
ddi.NdisFreeMdl(second);
ddi.NdisFreeMdl(first);
ddi.NdisFreeMemory(block, 0, 0);
ddi.NdisFreeNetBufferPool(pool);
ddi.NdisFreeMemory(parameters, 0, 0);
