import { createDdi, Machine, NDIS_PACKET_STACK, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;

const stack = ddi.NdisAllocateMemoryWithTagPriority(0, 2 * NDIS_PACKET_STACK.size, poolTag("docs"), 16);
const words = (place: number): number =>
  (stack + place * NDIS_PACKET_STACK.size + NDIS_PACKET_STACK.offset.IMReserved) >>> 2;
/** What a driver in the middle keeps for one packet at its own place. */
const remember = (place: number, port: number, ticket: number): void => memory.u32.set([port, ticket], words(place));
const recall = (name: string, place: number): void =>
  console.log(`${name}: port ${memory.u32[words(place)]}, ticket ${memory.u32[words(place) + 1]}`);

ddi.NdisZeroMemory(stack, 2 * NDIS_PACKET_STACK.size);
remember(0, 1, 100);
remember(1, 2, 200);
const own = NDIS_PACKET_STACK.offset.NdisReserved;
console.log(`${NDIS_PACKET_STACK.size} bytes a place, the first ${own} of them the driver's`);
recall("upper", 0);
recall("lower", 1);
ddi.NdisFreeMemory(stack, 0, 0);
