import { createDdi, EX_POOL_PRIORITY, Machine, Ndis, poolTag } from "ndislab";

const CONTEXT_SIZE = 12;
const ADDRESS = 4; // behind the number of frames
const machine = new Machine();
const ddi = createDdi(machine);
const { u8, u32 } = machine.memory;
const tag = poolTag("docs");

const handle = ddi.NdisAllocateGenericObject(0, tag, 0);
const context = ddi.NdisAllocateMemoryWithTagPriority(
  handle,
  CONTEXT_SIZE,
  tag,
  EX_POOL_PRIORITY.values.NormalPoolPriority,
);
ddi.NdisZeroMemory(context, CONTEXT_SIZE); // it holds what it held before
u32[context >>> 2]++;
console.log(`${u32[context >>> 2]} frame, address of ${u8[context + ADDRESS].toString(16).padStart(2, "0")}...`);

ddi.NdisFreeMemoryWithTagPriority(handle, context, tag);
ddi.NdisFreeGenericObject(handle);

// The same with objects: the memory frees itself at the end of its scope.
const ndis = new Ndis();
using memory = ndis.allocateMemory(CONTEXT_SIZE);
memory.data.fill(0);
