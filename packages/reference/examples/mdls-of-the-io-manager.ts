import { createDdi, Machine, MDL, POOL_TYPE, poolTag, readField } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);

const buffer = ddi.ExAllocatePoolWithTag(POOL_TYPE.values.NonPagedPoolNx, 5000, poolTag("docs"));
const mdl = ddi.IoAllocateMdl(buffer + 10, 4990, 0, 0, 0);
const flags = (): string => `0x${readField(machine.memory, MDL, mdl, "MdlFlags").toString(16).padStart(4, "0")}`;

console.log(`flags ${flags()}: a range and no pages`);
ddi.MmBuildMdlForNonPagedPool(mdl);
console.log(`flags ${flags()}: its pages are in`);
console.log(`${ddi.MmGetMdlByteCount(mdl)} bytes from byte ${ddi.MmGetMdlByteOffset(mdl)} of a page on`);
console.log(`the same address: ${ddi.MmGetMdlVirtualAddress(mdl) === buffer + 10 ? "yes" : "no"}`);
ddi.IoFreeMdl(mdl);
ddi.ExFreePoolWithTag(buffer, poolTag("docs"));
