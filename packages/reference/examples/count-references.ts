import { createDdi, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { i32 } = machine.memory;

const references = ddi.NdisAllocateMemoryWithTagPriority(0, 4, poolTag("docs"), 16);
i32[references >>> 2] = 1; // the one of whoever made it

function release(): void {
  if (ddi.NdisInterlockedDecrement(references) === 0) console.log("the last one: free it");
}

console.log(`references: ${ddi.NdisInterlockedIncrement(references)}`);
release();
console.log(`references: ${i32[references >>> 2]}`);
release();
ddi.NdisFreeMemory(references, 0, 0);
