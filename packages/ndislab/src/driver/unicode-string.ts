import type { Machine } from "../ddi/machine.js";
import { UNICODE_STRING } from "../layout/list.js";
import type { Address } from "../memory/address.js";
import { writeFields } from "../memory/fields.js";
import { poolTag } from "../memory/tag.js";

/** A UNICODE_STRING with its characters behind it, in one block of the system that the caller frees. */
export function allocateUnicodeString(machine: Machine, text: string): Address {
  const { memory, nonpaged } = machine;
  const bytes = 2 * text.length;
  const at = nonpaged.allocate(UNICODE_STRING.size + bytes + 2, poolTag("NDus"), "system");
  const buffer = at + UNICODE_STRING.size;
  writeFields(memory, UNICODE_STRING, at, { Length: bytes, MaximumLength: bytes + 2, Buffer: buffer });
  for (let i = 0; i < text.length; i++) memory.u16[(buffer >>> 1) + i] = text.charCodeAt(i);
  memory.u16[(buffer + bytes) >>> 1] = 0;
  return at;
}
