import { createDdi, Machine, poolTag } from "ndislab";

// Behind an Ethernet header of 14 bytes no address of IPv4 is aligned.
const SOURCE = 26;
const DESTINATION = 30;
const HEADERS_SIZE = 34;
const machine = new Machine();
const ddi = createDdi(machine);
const { u8, u32 } = machine.memory;
const frame = ddi.NdisAllocateMemoryWithTagPriority(0, HEADERS_SIZE, poolTag("docs"), 16);
const values = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);

ddi.NdisStoreUlong(frame + SOURCE, 0x010200c0);
ddi.NdisStoreUlong(frame + DESTINATION, 0x020200c0);

// send it back: no value is needed in the order of this computer
ddi.NdisRetrieveUlong(values, frame + SOURCE);
ddi.NdisRetrieveUlong(values + 4, frame + DESTINATION);
ddi.NdisStoreUlong(frame + SOURCE, u32[(values + 4) >>> 2]);
ddi.NdisStoreUlong(frame + DESTINATION, u32[values >>> 2]);
console.log(`from ${u8.subarray(frame + SOURCE, frame + SOURCE + 4).join(".")}`);
const address = u8.subarray(frame + DESTINATION, frame + DESTINATION + 4);
console.log(`to 0x${[...address].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
ddi.NdisFreeMemory(values, 0, 0);
ddi.NdisFreeMemory(frame, 0, 0);
