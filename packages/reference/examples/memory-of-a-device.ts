import { createDdi, Machine, poolTag } from "ndislab";

const WINDOW_SIZE = 64;
const MAILBOX_SIZE = 8; // a command and a value
const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// in the place of what NdisMMapIoSpace maps
const window = ddi.NdisAllocateMemoryWithTagPriority(0, WINDOW_SIZE, poolTag("docs"), 16);
const mailbox = ddi.NdisAllocateMemoryWithTagPriority(0, 2 * MAILBOX_SIZE, poolTag("docs"), 16);
const answer = mailbox + MAILBOX_SIZE;
u32.set([7, 1500], mailbox >>> 2);

ddi.NdisZeroMappedMemory(window, WINDOW_SIZE);
ddi.NdisMoveToMappedMemory(window, mailbox, MAILBOX_SIZE);
ddi.NdisMoveMappedMemory(window + MAILBOX_SIZE, window, MAILBOX_SIZE); // within the window
ddi.NdisMoveFromMappedMemory(answer, window + MAILBOX_SIZE, MAILBOX_SIZE);
console.log(`command ${u32[answer >>> 2]}, value ${u32[(answer + 4) >>> 2]}`);
ddi.NdisFreeMemory(mailbox, 0, 0);
ddi.NdisFreeMemory(window, 0, 0);
