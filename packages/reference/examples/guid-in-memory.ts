import { createDdi, GUID, Machine, poolTag, writeFields } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const { u8, u32 } = memory;

// {7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d16}
const mine = ddi.NdisAllocateMemoryWithTagPriority(0, GUID.size, poolTag("docs"), 16);
writeFields(memory, GUID, mine, { Data1: 0x7d2a1c5e, Data2: 0x5a51, Data3: 0x4f0e });
u8.set([0x9a, 0x3e, 0x1d, 0x0a, 0x6f, 0x5b, 0x2d, 0x16], mine + GUID.offset.Data4);
const isMine = (guid: number): boolean => ddi.NdisEqualMemory(guid, mine, GUID.size) !== 0;

const other = ddi.NdisAllocateMemoryWithTagPriority(0, GUID.size, poolTag("docs"), 16);
ddi.NdisMoveMemory(other, mine, GUID.size);
u8[other + 15]!++;
const hex = (value: number, digits = 2): string => value.toString(16).padStart(digits, "0");
const bytes = [...u8.subarray(mine, mine + GUID.size)].map((byte) => hex(byte));
console.log(`mine: ${isMine(mine) ? "yes" : "no"}, another: ${isMine(other) ? "yes" : "no"}`);
console.log(`the text starts ${hex(u32[mine >>> 2]!, 8)}, memory ${bytes.slice(0, 4).join(" ")}`);
console.log(`the text ends ${bytes.slice(14).join("")}, memory ${bytes.slice(14).join(" ")}`);
ddi.NdisFreeMemory(other, 0, 0);
ddi.NdisFreeMemory(mine, 0, 0);
