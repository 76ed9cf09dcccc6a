import { createDdi, LARGE_INTEGER, Machine, poolTag, readField, writeFields } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;

const value = ddi.NdisAllocateMemoryWithTagPriority(0, LARGE_INTEGER.size, poolTag("docs"), 16);
const hex = (half: "HighPart" | "LowPart"): string =>
  `0x${readField(memory, LARGE_INTEGER, value, half).toString(16).padStart(8, "0")}`;

writeFields(memory, LARGE_INTEGER, value, { QuadPart: -250 * 10000 }); // 250 ms from now, in units of 100 ns
console.log(`due: ${hex("HighPart")}, ${hex("LowPart")}`);
writeFields(memory, LARGE_INTEGER, value, { QuadPart: -1 }); // any address will do
console.log(`highest: ${hex("HighPart")}, ${hex("LowPart")}`);
writeFields(memory, LARGE_INTEGER, value, { HighPart: 0 }); // what an adapter with 32 address bits reaches
console.log(`below 4 GiB: ${hex("HighPart") === "0x00000000" ? "yes" : "no"}`);
ddi.NdisFreeMemory(value, 0, 0);
