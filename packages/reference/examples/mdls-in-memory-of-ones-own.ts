import { createDdi, Machine, PAGE, POOL_TYPE, poolTag } from "ndislab";

const { PAGE_SIZE } = PAGE;
const { NonPagedPoolNx } = POOL_TYPE.values;
const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;
const yes = (condition: boolean): string => (condition ? "yes" : "no");

const buffer = ddi.ExAllocatePoolWithTag(NonPagedPoolNx, 2 * PAGE_SIZE, poolTag("docs"));
const size = ddi.MmSizeOfMdl(buffer + 100, PAGE_SIZE);
const mdl = ddi.ExAllocatePoolWithTag(NonPagedPoolNx, size, poolTag("docs"));
ddi.MmInitializeMdl(mdl, buffer + 100, PAGE_SIZE);
ddi.MmBuildMdlForNonPagedPool(mdl);

console.log(`${size} bytes for an MDL of ${ddi.ADDRESS_AND_SIZE_TO_SPAN_PAGES(buffer + 100, PAGE_SIZE)} pages`);
console.log(`it starts in the first page of the buffer: ${yes(ddi.MmGetMdlBaseVa(mdl) === buffer)}`);
const pages = ddi.MmGetMdlPfnArray(mdl) >>> 2;
console.log(`the second page comes after it: ${yes(u32[pages + 1] === u32[pages] + 1)}`);
ddi.ExFreePoolWithTag(mdl, poolTag("docs"));
ddi.ExFreePoolWithTag(buffer, poolTag("docs"));
