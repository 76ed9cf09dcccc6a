import { createDdi, Machine, MDL, MDL_FLAGS, PAGE, poolTag, readField } from "ndislab";

const { PAGE_SIZE } = PAGE;
const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;

const block = ddi.NdisAllocateMemoryWithTagPriority(0, 4 * PAGE_SIZE, poolTag("docs"), 16);
// 5000 bytes that begin 96 bytes before the end of a page
const start = ((block + PAGE_SIZE - 1) & -PAGE_SIZE) + PAGE_SIZE - 96;
const mdl = ddi.NdisAllocateMdl(0, start, 5000);
const of = (member: keyof typeof MDL.offset): number => readField(memory, MDL, mdl, member);
const yes = (condition: boolean): string => (condition ? "yes" : "no");

console.log(`${of("ByteCount")} bytes from byte ${of("ByteOffset")} of the first page on`);
console.log(`${ddi.NDIS_MDL_TO_SPAN_PAGES(mdl)} pages: ${MDL.size} + 3 * 4 = ${of("Size")} bytes`);
console.log(`StartVa + ByteOffset is ${of("StartVa") + of("ByteOffset") === start ? "the start" : "something else"}`);
const nonpaged = (of("MdlFlags") & MDL_FLAGS.MDL_SOURCE_IS_NONPAGED_POOL) !== 0;
console.log(`nonpaged: ${yes(nonpaged)}, last of its chain: ${yes(of("Next") === 0)}`);

ddi.NdisFreeMdl(mdl);
ddi.NdisFreeMemory(block, 0, 0);
