import { createDdi, Machine, NPAGED_LOOKASIDE_LIST, poolTag } from "ndislab";

const SENDS = 3;
const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;
const tag = poolTag("docs");

const sends = ddi.NdisAllocateMemoryWithTagPriority(0, NPAGED_LOOKASIDE_LIST.size, tag, 16);
ddi.NdisInitializeNPagedLookasideList(sends, 0, 0, 0, 8, tag, 0); // an entry is a link and a number
let waiting = 0;
for (let number = 1; number <= SENDS; number++) {
  const send = ddi.NdisAllocateFromNPagedLookasideList(sends);
  if (send === 0) break; // this send fails, the others go on
  u32.set([waiting, number], send >>> 2);
  waiting = send;
}
while (waiting !== 0) {
  const send = waiting;
  waiting = u32[send >>> 2];
  console.log(`send ${u32[(send + 4) >>> 2]} complete`);
  ddi.NdisFreeToNPagedLookasideList(sends, send);
}
ddi.NdisDeleteNPagedLookasideList(sends);
ddi.NdisFreeMemory(sends, 0, 0);
