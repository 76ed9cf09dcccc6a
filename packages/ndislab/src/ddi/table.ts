import { DATA_BUFFERS } from "./data-buffers.js";
import { DATA_START } from "./data-start.js";
import { DEBUG } from "./debug.js";
import type { DdiEntry } from "./entry.js";
import { FILTERS } from "./filter.js";
import type { Machine } from "./machine.js";
import { MDLS } from "./mdl.js";
import { MEMORY } from "./memory.js";
import { NDIS5_BUFFERS } from "./ndis5-buffers.js";
import { NET_BUFFER_LISTS } from "./net-buffer-lists.js";
import { NET_BUFFERS } from "./net-buffers.js";
import { SPIN_LOCKS } from "./spin-locks.js";

/** Every function and macro of the WDK that this system has, by name. There is no second list. */
export const DDIS = {
  ...MEMORY,
  ...SPIN_LOCKS,
  ...MDLS,
  ...NDIS5_BUFFERS,
  ...NET_BUFFERS,
  ...DATA_START,
  ...DATA_BUFFERS,
  ...NET_BUFFER_LISTS,
  ...FILTERS,
  ...DEBUG,
} as const;

export type DdiName = keyof typeof DDIS;

/** The DDI face: each name of the WDK as a function on addresses. */
export type Ddi = { readonly [K in DdiName]: ReturnType<(typeof DDIS)[K]["bind"]> };

/** The table with the entries' common type, for code that walks it. */
export const ENTRIES: Readonly<Record<DdiName, DdiEntry>> = DDIS;

/**
 * The functions of one machine. They hang on the prototype of an empty object: V8 then keeps them in fixed places
 * and inlines them, which it does not for a plain object with so many members.
 */
export function createDdi(machine: Machine): Ddi {
  const functions: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(ENTRIES)) functions[name] = entry.bind(machine);
  return Object.create(functions) as Ddi;
}
