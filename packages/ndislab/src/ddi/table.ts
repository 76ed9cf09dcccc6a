import { DATA_BUFFERS } from "./data-buffers.js";
import { DATA_START } from "./data-start.js";
import { DEBUG } from "./debug.js";
import { DERIVED_LISTS } from "./derived-lists.js";
import type { DdiEntry } from "./entry.js";
import { FILTERS } from "./filter.js";
import { GENERIC_OBJECTS } from "./generic-objects.js";
import { INTERLOCKED } from "./interlocked.js";
import { IO_MDLS } from "./io-mdl.js";
import { IRQLS } from "./irql.js";
import { EX_SPIN_LOCKS, KE_SPIN_LOCKS } from "./ke-spin-locks.js";
import { LISTS, SEQUENCED_LISTS } from "./lists.js";
import { LOOKASIDE } from "./lookaside.js";
import type { Machine } from "./machine.js";
import { MAPPINGS } from "./mappings.js";
import { MDLS } from "./mdl.js";
import { MEMORY } from "./memory.js";
import { MEMORY_BYTES } from "./memory-bytes.js";
import { MUTEXES } from "./mutexes.js";
import { NDIS5_BUFFERS } from "./ndis5-buffers.js";
import { NDIS5_PACKET_CHAINS } from "./ndis5-packet-chains.js";
import { NDIS5_PACKET_INFO } from "./ndis5-packet-info.js";
import { NDIS5_PACKETS } from "./ndis5-packets.js";
import { NET_BUFFER_LIST_INFORMATION } from "./net-buffer-list-info.js";
import { NET_BUFFER_LISTS } from "./net-buffer-lists.js";
import { NET_BUFFERS } from "./net-buffers.js";
import { POOL_MEMORY } from "./pool-memory.js";
import { OLD_RW_LOCKS, RW_LOCKS } from "./rw-locks.js";
import { SPIN_LOCKS } from "./spin-locks.js";

/** Every function and macro of the WDK that this system has, by name. There is no second list. */
export const DDIS = {
  ...MEMORY,
  ...MEMORY_BYTES,
  ...POOL_MEMORY,
  ...LOOKASIDE,
  ...LISTS,
  ...SEQUENCED_LISTS,
  ...INTERLOCKED,
  ...SPIN_LOCKS,
  ...KE_SPIN_LOCKS,
  ...EX_SPIN_LOCKS,
  ...RW_LOCKS,
  ...OLD_RW_LOCKS,
  ...MUTEXES,
  ...IRQLS,
  ...MDLS,
  ...IO_MDLS,
  ...MAPPINGS,
  ...NDIS5_BUFFERS,
  ...NDIS5_PACKETS,
  ...NDIS5_PACKET_CHAINS,
  ...NDIS5_PACKET_INFO,
  ...NET_BUFFERS,
  ...DATA_START,
  ...DATA_BUFFERS,
  ...NET_BUFFER_LISTS,
  ...NET_BUFFER_LIST_INFORMATION,
  ...GENERIC_OBJECTS,
  ...DERIVED_LISTS,
  ...FILTERS,
  ...DEBUG,
} as const;

export type DdiName = keyof typeof DDIS;

/** The DDI face: each name of the WDK as a function on addresses. */
export type Ddi = { readonly [K in DdiName]: ReturnType<(typeof DDIS)[K]["bind"]> };

/** The table with the entries' common type, for code that walks it. */
export const ENTRIES: Readonly<Record<DdiName, DdiEntry>> = DDIS;

/** Every name of the table. */
export const DDI_NAMES = Object.keys(ENTRIES) as readonly DdiName[];

/**
 * The functions of one machine. They hang on the prototype of an empty object: V8 then keeps them in fixed places
 * and inlines them, which it does not for a plain object with so many members.
 * @param names those that are called; to bind all of them takes 7 ms of a process's start
 */
export function createDdi(machine: Machine, names = DDI_NAMES): Ddi {
  const functions: Record<string, unknown> = {};
  for (const name of names) functions[name] = ENTRIES[name].bind(machine);
  return Object.create(functions) as Ddi;
}
