import type { Structure } from "../layout/structure.js";
import type { Address } from "./address.js";
import type { Memory } from "./memory.js";

function field<N extends string>(structure: Structure<N>, name: N) {
  const found = structure.fields.find((candidate) => candidate.name === name);
  if (found === undefined) throw new TypeError(`${structure.name} has no member ${name}`);
  return found;
}

/** Writes members of 1, 2, 4 or 8 bytes of a structure; the others stay as they are. Off the packet path. */
export function writeFields<N extends string>(
  memory: Memory,
  structure: Structure<N>,
  address: Address,
  values: { readonly [K in N]?: number | undefined },
): void {
  for (const [name, value] of Object.entries(values) as [N, number | undefined][]) {
    if (value === undefined) continue;
    const { offset, size } = field(structure, name);
    const at = address + offset;
    if (size === 1) memory.u8[at] = value;
    else if (size === 2) memory.u16[at >>> 1] = value;
    else {
      memory.u32[at >>> 2] = value;
      if (size === 8) memory.u32[(at + 4) >>> 2] = Math.floor(value / 0x1_0000_0000);
    }
  }
}

/** Reads one member of 1, 2 or 4 bytes as an unsigned number. Off the packet path. */
export function readField<N extends string>(
  memory: Memory,
  structure: Structure<N>,
  address: Address,
  name: N,
): number {
  const { offset, size } = field(structure, name);
  const at = address + offset;
  return size === 1 ? memory.u8[at] : size === 2 ? memory.u16[at >>> 1] : memory.u32[at >>> 2];
}
