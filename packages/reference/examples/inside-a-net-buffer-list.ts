import {
  createDdi,
  Machine,
  NDIS_OBJECT_TYPES,
  NET_BUFFER_LIST,
  NET_BUFFER_LIST_CONTEXT,
  NET_BUFFER_LIST_DATA,
  NET_BUFFER_LIST_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
  poolTag,
  readField,
  writeFields,
} from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const tag = poolTag("docs");
const yes = (condition: boolean): string => (condition ? "yes" : "no");

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
const first = ddi.NdisAllocateNetBufferList(pool, 16, 8);
const second = ddi.NdisAllocateNetBufferList(pool, 0, 0);

writeFields(memory, NET_BUFFER_LIST, first, { Next: second });
const next = readField(memory, NET_BUFFER_LIST_DATA, first, "Next");
const netBuffer = readField(memory, NET_BUFFER_LIST_DATA, first, "FirstNetBuffer");
const parent = readField(memory, NET_BUFFER_LIST, first, "ParentNetBufferList");
console.log(
  `next: ${next === second ? "the second" : "another"}, NET_BUFFER: ${netBuffer !== 0 ? "its own" : "none"}, ` +
    `parent: ${parent !== 0 ? "some" : "none"}`,
);
const context = readField(memory, NET_BUFFER_LIST, first, "Context");
const size = readField(memory, NET_BUFFER_LIST_CONTEXT, context, "Size");
const offset = readField(memory, NET_BUFFER_LIST_CONTEXT, context, "Offset");
const start = context + NET_BUFFER_LIST_CONTEXT.offset.ContextData + offset;
console.log(
  `context of ${size} bytes, the first ${offset} free, ` +
    `data at its end: ${yes(ddi.NET_BUFFER_LIST_CONTEXT_DATA_START(first) === start)}`,
);
const other = readField(memory, NET_BUFFER_LIST, second, "Context");
console.log(`the second has ${other === 0 ? "none" : "one too"}`);

writeFields(memory, NET_BUFFER_LIST, first, { Next: 0 });
ddi.NdisFreeNetBufferList(second);
ddi.NdisFreeNetBufferList(first);
ddi.NdisFreeNetBufferListPool(pool);
ddi.NdisFreeMemory(parameters, 0, 0);
