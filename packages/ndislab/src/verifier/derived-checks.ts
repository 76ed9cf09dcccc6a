import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { DERIVED, type DerivedKind } from "../ndis6/derived-lists.js";
import { checkForeignMdl } from "./foreign-mdl.js";
import { KIND } from "./ledger.js";
import { LIST_NOTE } from "./net-buffer-list-notes.js";
import type { Verifier } from "./verifier.js";

const FIRST_NB = NET_BUFFER_LIST.offset.FirstNetBuffer >>> 2;
const CHILD_REF_COUNT = NET_BUFFER_LIST.offset.ChildRefCount >>> 2;
const NB_POOL = NET_BUFFER.offset.NdisPoolHandle >>> 2;

/** Most children that a finding names. */
const NAMED = 8;

/** The function that frees a list, by what it is. */
const FREE_FUNCTIONS: Readonly<Record<DerivedKind, DdiName>> = {
  [DERIVED.none]: "NdisFreeNetBufferList",
  [DERIVED.clone]: "NdisFreeCloneNetBufferList",
  [DERIVED.fragment]: "NdisFreeFragmentNetBufferList",
  [DERIVED.reassembled]: "NdisFreeReassembledNetBufferList",
};

/** What a list is called in a finding. */
export const DERIVED_NAMES: Readonly<Record<DerivedKind, string>> = {
  [DERIVED.none]: "derived from no other",
  [DERIVED.clone]: "a clone",
  [DERIVED.fragment]: "a list of fragments",
  [DERIVED.reassembled]: "a reassembled list",
};

export const freeFunctionOfList = (v: Verifier, nbl: Address): DdiName =>
  FREE_FUNCTIONS[v.machine.derivedLists.kindOf(nbl)];

/** Notes that `nbl` was derived from `parent`, which must outlive it. Its NET_BUFFERs have not been moved yet. */
export function derivedFrom(v: Verifier, nbl: Address, parent: Address): void {
  const { ledger, machine } = v;
  const { u32 } = machine.memory;
  ledger.setNote(nbl, LIST_NOTE.parent, parent);
  ledger.setNote(parent, LIST_NOTE.children, ledger.note(parent, LIST_NOTE.children) + 1);
  for (let nb: Address = u32[(nbl >>> 2) + FIRST_NB]; nb !== 0; nb = u32[nb >>> 2]) {
    ledger.setValue(nb, 0);
    ledger.setHolder(nb, 0);
  }
}

/** Notes that a derived list goes, whoever frees it. */
export function derivedGoes(v: Verifier, nbl: Address): void {
  const { ledger } = v;
  const parent = ledger.note(nbl, LIST_NOTE.parent);
  if (parent === 0) return;
  ledger.setNote(nbl, LIST_NOTE.parent, 0);
  ledger.setNote(parent, LIST_NOTE.children, ledger.note(parent, LIST_NOTE.children) - 1);
}

/**
 * NBL-CHILD and NBL-REFNEG of a list that is freed, completed or returned: what was derived from it still uses its
 * data. From then on the children are nobody's, and no leaks of their own.
 */
export function checkChildren(v: Verifier, ddi: DdiName, nbl: Address): void {
  const { ledger, machine } = v;
  if (ledger.note(nbl, LIST_NOTE.children) > 0) reportChildren(v, ddi, nbl);
  const count = machine.memory.i32[(nbl >>> 2) + CHILD_REF_COUNT];
  if (count >= 0) return;
  machine.memory.i32[(nbl >>> 2) + CHILD_REF_COUNT] = 0;
  v.report(
    "NBL-REFNEG",
    `${ddi}: ChildRefCount of NET_BUFFER_LIST ${hexAddress(nbl)} is ${count}; count each child once when it is made and once when it is freed.`,
    { object: nbl, kind: "NET_BUFFER_LIST", allocationSite: ledger.allocationSite(nbl) },
  );
}

function reportChildren(v: Verifier, ddi: DdiName, nbl: Address): void {
  const { ledger } = v;
  const children: Address[] = [];
  for (const child of ledger.liveObjects(KIND.netBufferList)) {
    if (ledger.note(child, LIST_NOTE.parent) !== nbl) continue;
    ledger.setNote(child, LIST_NOTE.parent, 0);
    v.broken.add(child);
    children.push(child);
  }
  ledger.setNote(nbl, LIST_NOTE.children, 0);
  const [first] = children;
  if (first === undefined) return;
  const named = children
    .slice(0, NAMED)
    .map((child) => `${hexAddress(child)} from ${v.place(ledger.allocationSite(child))}`);
  v.report(
    "NBL-CHILD",
    `${ddi}: ${children.length === 1 ? "a list" : `${children.length} lists`} derived from NET_BUFFER_LIST ${hexAddress(nbl)} ` +
      `${children.length === 1 ? "is" : "are"} still alive: ${named.join(", ")}${children.length > NAMED ? ", …" : ""}; ` +
      `call ${freeFunctionOfList(v, first)} before the list whose data ${children.length === 1 ? "it uses" : "they use"} goes.`,
    { object: nbl, kind: "NET_BUFFER_LIST", allocationSite: ledger.allocationSite(first) },
  );
}

/**
 * NBL-WRONGFREE: called by NdisFreeNetBufferList for a list of the driver's. A derived list is told of, and freed as
 * it has to be: then true.
 */
export function freedDerived(v: Verifier, nbl: Address): boolean {
  if (v.machine.derivedLists.kindOf(nbl) === DERIVED.none) return false;
  reportWrongFree(v, "NdisFreeNetBufferList", nbl);
  freeDerived(v, "NdisFreeNetBufferList", nbl);
  return true;
}

export function reportWrongFree(v: Verifier, ddi: DdiName, nbl: Address): void {
  const kind = v.machine.derivedLists.kindOf(nbl);
  v.report(
    "NBL-WRONGFREE",
    `${ddi}: NET_BUFFER_LIST ${hexAddress(nbl)} is ${DERIVED_NAMES[kind]}; free it with ${FREE_FUNCTIONS[kind]}.`,
    { object: nbl, kind: "NET_BUFFER_LIST", allocationSite: v.ledger.allocationSite(nbl) },
  );
}

/** NBL-NBLEFT: takes NET_BUFFERs of the driver's own off a derived list, which would be freed with it. */
function takeOwnOff(v: Verifier, ddi: DdiName, nbl: Address): void {
  const { ledger, machine } = v;
  const { u32 } = machine.memory;
  let own: Address = 0;
  for (let link = (nbl >>> 2) + FIRST_NB; u32[link] !== 0; ) {
    const nb: Address = u32[link];
    if (!ledger.isLive(nb, KIND.netBuffer)) link = nb >>> 2;
    else {
      if (own === 0) own = nb;
      u32[link] = u32[nb >>> 2];
    }
  }
  if (own === 0) return;
  v.report(
    "NBL-NBLEFT",
    `${ddi}: NET_BUFFER ${hexAddress(own)}, which the driver allocated itself, is on NET_BUFFER_LIST ${hexAddress(nbl)}, and all that are on ${DERIVED_NAMES[machine.derivedLists.kindOf(nbl)]} go with it; ` +
      "take it off first.",
    { object: nbl, allocationSite: ledger.allocationSite(own) },
  );
}

/** Frees a derived list of the driver's as it was made, whatever the call said; NBL-NBLEFT and NB-FOREIGNMDL before. */
export function freeDerived(v: Verifier, ddi: DdiName, nbl: Address): void {
  const { ledger, machine } = v;
  const { derivedLists, memory } = machine;
  const { u32 } = memory;
  const kind = derivedLists.kindOf(nbl);
  const delta = kind === DERIVED.fragment || kind === DERIVED.reassembled ? derivedLists.argumentOf(nbl) : 0;
  checkChildren(v, ddi, nbl);
  takeOwnOff(v, ddi, nbl);
  for (let nb: Address = u32[(nbl >>> 2) + FIRST_NB]; nb !== 0; nb = u32[nb >>> 2])
    checkForeignMdl(v, ddi, nb, delta === 0 ? 0 : 1);
  derivedGoes(v, nbl);
  ledger.freed(nbl, v.site);
  if (v.broken.size !== 0) v.broken.delete(nbl);
  derivedLists.free(nbl, delta);
}

/** A live derived list with NET_BUFFERs of this pool, which is about to be freed; 0 when there is none. */
export function derivedListOf(v: Verifier, pool: Handle): Address {
  const { ledger, machine } = v;
  const { u32 } = machine.memory;
  for (const nbl of ledger.liveObjects(KIND.netBufferList)) {
    if (machine.derivedLists.kindOf(nbl) === DERIVED.none) continue;
    for (let nb: Address = u32[(nbl >>> 2) + FIRST_NB]; nb !== 0; nb = u32[nb >>> 2])
      if (u32[(nb >>> 2) + NB_POOL] === pool) return nbl;
  }
  return 0;
}
