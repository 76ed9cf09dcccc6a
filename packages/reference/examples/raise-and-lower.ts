import { createDdi, IRQL, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;

const outer = ddi.NdisAllocateMemoryWithTagPriority(0, 1, poolTag("docs"), 16);
ddi.KeRaiseIrql(IRQL.APC_LEVEL, outer);
const inner = ddi.KfRaiseIrql(IRQL.DISPATCH_LEVEL);
console.log(`IRQL ${ddi.KeGetCurrentIrql()}, before ${inner} and ${memory.u8[outer]}`);
ddi.KfLowerIrql(inner);
console.log(`IRQL ${ddi.KeGetCurrentIrql()}`);
ddi.KeLowerIrql(memory.u8[outer]);
console.log(`IRQL ${ddi.KeGetCurrentIrql()}`);
ddi.NdisFreeMemory(outer, 0, 0);
