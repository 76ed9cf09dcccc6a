import type { Ddi } from "../ddi/table.js";
import { BUFFER_GUARDS } from "./buffer-guards.js";
import { DATA_BUFFER_GUARDS } from "./data-buffer-guards.js";
import { DATA_START_GUARDS } from "./data-start-guards.js";
import { DERIVED_GUARDS } from "./derived-guards.js";
import { FILTER_GUARDS } from "./filter-guards.js";
import { GENERIC_OBJECT_GUARDS } from "./generic-object-guards.js";
import type { IrqlLimit } from "./irql-limit.js";
import { ISSUED_OBJECT_GUARDS } from "./issued-object-guards.js";
import { LIST_GUARDS } from "./list-guards.js";
import { LOOKASIDE_GUARDS } from "./lookaside-guards.js";
import { MAPPING_GUARDS } from "./mapping-guards.js";
import { MDL_GUARDS } from "./mdl-guards.js";
import { MEMORY_GUARDS } from "./memory-guards.js";
import { MUTEX_GUARDS } from "./mutex-guards.js";
import { NET_BUFFER_GUARDS } from "./net-buffer-guards.js";
import { NET_BUFFER_LIST_GUARDS } from "./net-buffer-list-guards.js";
import { NET_BUFFER_LIST_INFO_GUARDS } from "./net-buffer-list-info-guards.js";
import { PACKET_CHAIN_GUARDS } from "./packet-chain-guards.js";
import { PACKET_GUARDS } from "./packet-guards.js";
import { RW_LOCK_GUARDS } from "./rw-lock-guards.js";
import { EX_SPIN_LOCK_GUARDS, KE_SPIN_LOCK_GUARDS, SPIN_LOCK_GUARDS } from "./spin-lock-guards.js";
import type { Verifier } from "./verifier.js";

/**
 * The rules in front of a DDI function: gets the function behind it and returns one of the same shape. One that takes
 * the limit checks it itself, as those on the path of every packet do: V8 sees through to `next` then, which it does
 * not in the closure that all others share; that takes 4 ns a call.
 */
export type Guard<T> = (next: T, verifier: Verifier, limit: IrqlLimit) => T;
export const TAKES_LIMIT = 3;

export type Guards = { readonly [K in keyof Ddi]?: Guard<Ddi[K]> };

export const guards: Guards = {
  ...MEMORY_GUARDS,
  ...LOOKASIDE_GUARDS,
  ...LIST_GUARDS,
  ...SPIN_LOCK_GUARDS,
  ...KE_SPIN_LOCK_GUARDS,
  ...EX_SPIN_LOCK_GUARDS,
  ...RW_LOCK_GUARDS,
  ...MUTEX_GUARDS,
  ...MDL_GUARDS,
  ...MAPPING_GUARDS,
  ...BUFFER_GUARDS,
  ...PACKET_GUARDS,
  ...PACKET_CHAIN_GUARDS,
  ...NET_BUFFER_GUARDS,
  ...DATA_START_GUARDS,
  ...DATA_BUFFER_GUARDS,
  ...NET_BUFFER_LIST_GUARDS,
  ...NET_BUFFER_LIST_INFO_GUARDS,
  ...DERIVED_GUARDS,
  ...GENERIC_OBJECT_GUARDS,
  ...FILTER_GUARDS,
  ...ISSUED_OBJECT_GUARDS,
};
