import { createDdi, Machine, poolTag, readField, STRING, UNICODE_STRING, writeFields } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const allocate = (size: number): number => ddi.NdisAllocateMemoryWithTagPriority(0, size, poolTag("docs"), 16);

const text = "adapter 1\0";
const wideText = allocate(2 * text.length);
const narrowText = allocate(text.length);
for (let i = 0; i < text.length; i++) {
  memory.u16[(wideText >>> 1) + i] = text.charCodeAt(i);
  memory.u8[narrowText + i] = text.charCodeAt(i);
}
const wide = allocate(UNICODE_STRING.size);
const narrow = allocate(STRING.size);
// Two characters less than there are, without touching the text.
const [length, maximum] = [text.length - 3, text.length];
writeFields(memory, UNICODE_STRING, wide, { Length: 2 * length, MaximumLength: 2 * maximum, Buffer: wideText });
writeFields(memory, STRING, narrow, { Length: length, MaximumLength: maximum, Buffer: narrowText });

for (const [layout, string, unit] of [
  [UNICODE_STRING, wide, 2],
  [STRING, narrow, 1],
] as const) {
  const bytes = readField(memory, layout, string, "Length");
  const at = readField(memory, layout, string, "Buffer");
  let shown = "";
  for (let i = 0; i < bytes; i += unit) shown += String.fromCharCode(memory.u8[at + i]);
  console.log(`${shown}: ${bytes} bytes of ${readField(memory, layout, string, "MaximumLength")}`);
}
for (const block of [narrow, wide, narrowText, wideText]) ddi.NdisFreeMemory(block, 0, 0);
