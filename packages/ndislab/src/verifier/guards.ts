import type { Ddi } from "../ddi/table.js";
import { BUFFER_GUARDS } from "./buffer-guards.js";
import { DATA_BUFFER_GUARDS } from "./data-buffer-guards.js";
import { DATA_START_GUARDS } from "./data-start-guards.js";
import { FILTER_GUARDS } from "./filter-guards.js";
import { MDL_GUARDS } from "./mdl-guards.js";
import { MEMORY_GUARDS } from "./memory-guards.js";
import { NET_BUFFER_GUARDS } from "./net-buffer-guards.js";
import { NET_BUFFER_LIST_GUARDS } from "./net-buffer-list-guards.js";
import { SPIN_LOCK_GUARDS } from "./spin-lock-guards.js";
import type { Verifier } from "./verifier.js";

/** The rules in front of DDI functions: each gets the function behind it and returns one of the same shape. */
export type Guards = { readonly [K in keyof Ddi]?: (next: Ddi[K], verifier: Verifier) => Ddi[K] };

export const guards: Guards = {
  ...MEMORY_GUARDS,
  ...SPIN_LOCK_GUARDS,
  ...MDL_GUARDS,
  ...BUFFER_GUARDS,
  ...NET_BUFFER_GUARDS,
  ...DATA_START_GUARDS,
  ...DATA_BUFFER_GUARDS,
  ...NET_BUFFER_LIST_GUARDS,
  ...FILTER_GUARDS,
};
