import {
  createDdi,
  Machine,
  NDIS_GENERIC_OBJECT,
  NDIS_OBJECT_TYPES,
  NET_BUFFER_LIST_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
  poolTag,
  writeFields,
} from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;
const tag = poolTag("docs");

const parameters = ddi.NdisAllocateMemoryWithTagPriority(0, NET_BUFFER_LIST_POOL_PARAMETERS.size, tag, 16);
ddi.NdisZeroMemory(parameters, NET_BUFFER_LIST_POOL_PARAMETERS.size);
writeFields(machine.memory, NET_BUFFER_LIST_POOL_PARAMETERS, parameters, {
  "Header.Type": NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
  "Header.Revision": POOL_PARAMETER_REVISIONS.NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
  "Header.Size": POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
  PoolTag: tag,
});

// One word of the component's own behind the object: how many pools it has.
const object = ddi.NdisAllocateGenericObject(0, tag, 4);
const pools = (object + NDIS_GENERIC_OBJECT.size) >>> 2;
u32[pools] = 0;
const pool = ddi.NdisAllocateNetBufferListPool(object, parameters);
u32[pools]++;
console.log(`${u32[pools]} pool`);

ddi.NdisFreeNetBufferListPool(pool);
ddi.NdisFreeGenericObject(object);
ddi.NdisFreeMemory(parameters, 0, 0);
