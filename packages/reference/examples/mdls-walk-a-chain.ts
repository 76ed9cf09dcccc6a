import { createDdi, Machine, PAGE, poolTag } from "ndislab";

const { PAGE_SIZE } = PAGE;
const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

const buffer = ddi.NdisAllocateMemoryWithTagPriority(0, 2 * PAGE_SIZE, poolTag("docs"), 16);
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 4, poolTag("docs"), 16);
// blocks of a page and more start with a page
const header = ddi.NdisAllocateMdl(0, buffer, 14);
const payload = ddi.NdisAllocateMdl(0, buffer + PAGE_SIZE - 100, 200);

ddi.NDIS_MDL_LINKAGE.set(header, payload);
for (let mdl = header; mdl !== 0; mdl = u32[out >>> 2]) {
  ddi.NdisGetMdlPhysicalArraySize(mdl, out);
  const pages = u32[out >>> 2];
  console.log(`${ddi.MmGetMdlByteCount(mdl)} bytes in ${pages} pages, or ${ddi.NDIS_MDL_TO_SPAN_PAGES(mdl)}`);
  ddi.NdisGetNextMdl(mdl, out);
}
ddi.NdisFreeMdl(payload);
ddi.NdisFreeMdl(header);
ddi.NdisFreeMemory(out, 0, 0);
ddi.NdisFreeMemory(buffer, 0, 0);
