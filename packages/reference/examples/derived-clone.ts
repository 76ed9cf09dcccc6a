import {
  createDdi,
  Machine,
  NDIS_OBJECT_TYPES,
  NDIS_STATUS,
  NET_BUFFER_LIST,
  NET_BUFFER_LIST_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
  poolTag,
  writeFields,
} from "ndislab";

const FRAME_SIZE = 100;
const HEADROOM = 20;
const TAG_SIZE = 4;
const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const tag = poolTag("docs");
const { ParentNetBufferList, ChildRefCount } = NET_BUFFER_LIST.offset;

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
const original = ddi.NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, mdl, HEADROOM, FRAME_SIZE - HEADROOM);

function show(what: string, of: number): void {
  for (let nb = ddi.NET_BUFFER_LIST_FIRST_NB(of); nb !== 0; nb = ddi.NET_BUFFER_NEXT_NB(nb))
    console.log(`${what}: offset ${ddi.NET_BUFFER_DATA_OFFSET(nb)}, length ${ddi.NET_BUFFER_DATA_LENGTH(nb)}`);
}

// A clone to send another way, with a tag in front that the original does not get.
const clone = ddi.NdisAllocateCloneNetBufferList(original, 0, 0, 0);
const status = ddi.NdisRetreatNetBufferListDataStart(clone, TAG_SIZE, 0, 0, 0);
if (status !== NDIS_STATUS.NDIS_STATUS_SUCCESS) throw new Error("no memory");
ddi.NdisCopySendNetBufferListInfo(clone, original);
memory.u32[(clone + ParentNetBufferList) >>> 2] = original;
ddi.NdisInterlockedIncrement(original + ChildRefCount);
show("original", original);
show("clone", clone);

// When it is back: the original may go once it was the last.
ddi.NdisAdvanceNetBufferListDataStart(clone, TAG_SIZE, 1, 0);
ddi.NdisFreeCloneNetBufferList(clone, 0);
console.log(`last child: ${ddi.NdisInterlockedDecrement(original + ChildRefCount) === 0 ? "yes" : "no"}`);

ddi.NdisFreeNetBufferList(original);
ddi.NdisFreeMdl(mdl);
ddi.NdisFreeMemory(frame, 0, 0);
ddi.NdisFreeNetBufferListPool(pool);
ddi.NdisFreeMemory(parameters, 0, 0);
