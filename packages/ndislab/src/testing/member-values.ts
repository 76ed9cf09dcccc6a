import type { Structure } from "../layout/structure.js";
import type { Address } from "../memory/address.js";
import { readField } from "../memory/fields.js";
import type { Memory } from "../memory/memory.js";

/** Every member of a structure without inner ones, by name. */
export const memberValues = <N extends string>(
  memory: Memory,
  structure: Structure<N>,
  address: Address,
): Record<N, number> =>
  Object.fromEntries(
    structure.fields.map(({ name }) => [name, readField(memory, structure, address, name as N)]),
  ) as Record<N, number>;
