import { createDdi, Machine, poolTag } from "ndislab";

const ETH_LENGTH_OF_ADDRESS = 6;
const HEADER_SIZE = 14;
const FRAME_SIZE = 60;
const machine = new Machine();
const ddi = createDdi(machine);
const { u8 } = machine.memory;
const yes = (answer: number): string => (answer ? "yes" : "no");

const frame = ddi.NdisAllocateMemoryWithTagPriority(0, FRAME_SIZE, poolTag("docs"), 16);
const own = ddi.NdisAllocateMemoryWithTagPriority(0, ETH_LENGTH_OF_ADDRESS, poolTag("docs"), 16);
u8.set([0x02, 0x00, 0x5e, 0x10, 0x00, 0x01], own);

ddi.NdisZeroMemory(frame, FRAME_SIZE);
ddi.NdisFillMemory(frame, ETH_LENGTH_OF_ADDRESS, 0xff); // to everybody; the length comes before the byte
ddi.NdisMoveMemory(frame + ETH_LENGTH_OF_ADDRESS, own, ETH_LENGTH_OF_ADDRESS);
console.log(`from us: ${yes(ddi.NdisEqualMemory(frame + ETH_LENGTH_OF_ADDRESS, own, ETH_LENGTH_OF_ADDRESS))}`);
console.log(`to us: ${yes(ddi.NdisEqualMemory(frame, own, ETH_LENGTH_OF_ADDRESS))}`);
console.log(`padding of ${u8[frame + HEADER_SIZE].toString(16).padStart(2, "0")}`);
ddi.NdisFreeMemory(own, 0, 0);
ddi.NdisFreeMemory(frame, 0, 0);
