import { createDdi, Machine, PAGE, poolTag } from "ndislab";

const BUFFER_SIZE = 1514;
const machine = new Machine();
const ddi = createDdi(machine);
const { u8, u32 } = machine.memory;

const buffer = ddi.NdisAllocateMemoryWithTagPriority(0, BUFFER_SIZE, poolTag("docs"), 16);
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16); // an address or offset, and a length
const mdl = ddi.NdisAllocateMdl(0, buffer, BUFFER_SIZE);

u8[buffer] = 0x42;
ddi.NdisQueryMdl(mdl, out, out + 4, 16);
console.log(`${u32[(out + 4) >>> 2]} bytes, the first is ${u8[u32[out >>> 2]].toString(16)}`);
ddi.NdisQueryMdlOffset(mdl, out, out + 4);
const same = u32[out >>> 2] === (buffer & (PAGE.PAGE_SIZE - 1));
console.log(`they start in their page where the buffer does: ${same ? "yes" : "no"}`);

// a frame that is shorter than the buffer, and the whole buffer again before the MDL goes
ddi.NdisAdjustMdlLength(mdl, 60);
ddi.NdisQueryMdlOffset(mdl, out, out + 4);
console.log(`${u32[(out + 4) >>> 2]} bytes of a frame`);
ddi.NdisAdjustMdlLength(mdl, BUFFER_SIZE);
ddi.NdisFreeMdl(mdl);
ddi.NdisFreeMemory(out, 0, 0);
ddi.NdisFreeMemory(buffer, 0, 0);
