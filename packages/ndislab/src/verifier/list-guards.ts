import type { DdiName } from "../ddi/table.js";
import type { Address } from "../memory/address.js";
import type { Guards } from "./guards.js";
import { acquiring } from "./lock-checks.js";
import { NDIS, RAISING } from "./lock-forms.js";
import { checkAlive } from "./memory-checks.js";
import type { Verifier } from "./verifier.js";

/** SPIN-UNINIT and SPIN-RECUR of the lock, which the call takes and releases. */
const checkLock = (v: Verifier, ddi: DdiName, lock: Address): void =>
  acquiring(v, ddi, lock, ddi.startsWith("Ndis") ? NDIS : RAISING);

/** MEM-UAF of an end of a ring, whose links an insertion or a removal changes: then the ring is made empty. */
function checkEnd(v: Verifier, ddi: DdiName, head: Address, end: 0 | 1): void {
  const entry: Address = v.machine.memory.u32[(head >>> 2) + end];
  if (!checkAlive(v, ddi, entry, end === 0 ? "the first entry of the list" : "the last entry of the list"))
    v.machine.lists.initialize(head);
}

const FIRST = 0;
const LAST = 1;

const insert =
  (name: DdiName, end: 0 | 1) =>
  (next: (head: Address, entry: Address, lock: Address) => Address, v: Verifier) =>
  (head: Address, entry: Address, lock: Address): Address => {
    checkLock(v, name, lock);
    if (!checkAlive(v, name, head, "the list head") || !checkAlive(v, name, entry, "the entry")) return 0;
    checkEnd(v, name, head, end);
    return next(head, entry, lock);
  };

const remove =
  (name: DdiName) =>
  (next: (head: Address, lock: Address) => Address, v: Verifier) =>
  (head: Address, lock: Address): Address => {
    checkLock(v, name, lock);
    if (!checkAlive(v, name, head, "the list head")) return 0;
    checkEnd(v, name, head, FIRST);
    return next(head, lock);
  };

const add =
  (name: DdiName) =>
  (next: (addend: Address, increment: number, lock: Address) => number, v: Verifier) =>
  (addend: Address, increment: number, lock: Address): number => {
    checkLock(v, name, lock);
    return next(addend, increment, lock);
  };

export const LIST_GUARDS: Guards = {
  NdisInterlockedInsertHeadList: insert("NdisInterlockedInsertHeadList", FIRST),
  NdisInterlockedInsertTailList: insert("NdisInterlockedInsertTailList", LAST),
  NdisInterlockedRemoveHeadList: remove("NdisInterlockedRemoveHeadList"),
  NdisInterlockedAddUlong: add("NdisInterlockedAddUlong"),
  ExInterlockedInsertHeadList: insert("ExInterlockedInsertHeadList", FIRST),
  ExInterlockedInsertTailList: insert("ExInterlockedInsertTailList", LAST),
  ExInterlockedRemoveHeadList: remove("ExInterlockedRemoveHeadList"),
  ExInterlockedPushEntryList: (next, v) => (head, entry, lock) => {
    checkLock(v, "ExInterlockedPushEntryList", lock);
    return checkAlive(v, "ExInterlockedPushEntryList", entry, "the entry") ? next(head, entry, lock) : 0;
  },
  ExInterlockedPopEntryList: (next, v) => (head, lock) => {
    checkLock(v, "ExInterlockedPopEntryList", lock);
    const first: Address = v.machine.memory.u32[head >>> 2];
    if (checkAlive(v, "ExInterlockedPopEntryList", first, "the first entry of the list")) return next(head, lock);
    v.machine.memory.u32[head >>> 2] = 0;
    return 0;
  },
  ExInterlockedAddUlong: add("ExInterlockedAddUlong"),
};
