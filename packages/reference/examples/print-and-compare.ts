import { createDdi, Machine, poolTag, readField, UNICODE_STRING } from "ndislab";

const machine = new Machine({ print: (text) => console.log(text.trimEnd()) });
const ddi = createDdi(machine);
const { memory } = machine;

// A driver's texts lie in its image; here they lie in a block.
const block = ddi.NdisAllocateMemoryWithTagPriority(0, 256, poolTag("docs"), 0);
const text = (at: number, characters: string, unit: 1 | 2): number => {
  for (let i = 0; i <= characters.length; i++) {
    if (unit === 1) memory.u8[at + i] = characters.charCodeAt(i) || 0;
    else memory.u16[(at >>> 1) + i] = characters.charCodeAt(i) || 0;
  }
  return at;
};

const name = block;
ddi.RtlInitUnicodeString(name, text(block + 16, "adapter", 2));
const lengths = [
  readField(memory, UNICODE_STRING, name, "Length"),
  readField(memory, UNICODE_STRING, name, "MaximumLength"),
];
memory.u32.set([name, ...lengths], (block + 64) >>> 2);
ddi.DbgPrint(text(block + 80, "%wZ: %u bytes of %u\n", 1), block + 64);
memory.u32[(block + 64) >>> 2] = text(block + 140, "up", 1);
ddi.DbgPrintEx(0, 0, text(block + 120, "link %s\n", 1), block + 64);
ddi.NdisFreeMemory(block, 0, 0);
