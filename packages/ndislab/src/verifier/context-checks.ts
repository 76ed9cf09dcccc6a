import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { type Address, alignUp, hexAddress } from "../memory/address.js";
import { MOST_CONTEXT } from "../ndis6/net-buffer-list-context.js";
import { KIND } from "./ledger.js";
import { LIST_NOTE, listArrives, wasSeen } from "./net-buffer-list-notes.js";
import type { Verifier } from "./verifier.js";

/** CTX-ALIGN: the sizes of a new list's context. */
export function checkContextSizes(v: Verifier, ddi: DdiName, size: number, backFill: number): void {
  if (((size | backFill) & 7) === 0) return;
  v.report(
    "CTX-ALIGN",
    `${ddi}: ContextSize ${size} and ContextBackFill ${backFill} must be multiples of 8, MEMORY_ALLOCATION_ALIGNMENT; ` +
      `ask for ${alignUp(size, 8)} and ${alignUp(backFill, 8)}.`,
  );
}

/** CTX-ALIGN: the sizes of more context, for which documents ask for less than for that of a new list. */
export function checkAddedSizes(v: Verifier, ddi: DdiName, size: number, backFill: number): void {
  if (((size | backFill) & 7) === 0) return;
  const wrong = ((size | backFill) & 3) !== 0;
  v.report(
    "CTX-ALIGN",
    `${ddi}: ContextSize ${size} and ContextBackFill ${backFill} must be multiples of 4, the size of a pointer here, and of 8 on x64; ` +
      `ask for ${alignUp(size, 8)} and ${alignUp(backFill, 8)}.`,
    { severity: wrong ? "error" : "info" },
  );
}

/** CTX-SIZE16. */
export function reportContextSize(v: Verifier, ddi: DdiName, size: number, backFill: number): void {
  v.report(
    "CTX-SIZE16",
    `${ddi}: ContextSize ${size} + ContextBackFill ${backFill} are ${size + backFill} bytes, and a context has at most ${MOST_CONTEXT}; keep more than that elsewhere and a pointer to it in the context.`,
  );
}

/** Keeps account of the context that the driver put on a list. */
export function contextWasAdded(v: Verifier, nbl: Address, size: number): void {
  const { ledger } = v;
  if (!ledger.isLive(nbl, KIND.netBufferList) && !wasSeen(v, nbl)) listArrives(v, nbl);
  ledger.setNote(nbl, LIST_NOTE.context, ledger.note(nbl, LIST_NOTE.context) + size);
  ledger.setNote(nbl, LIST_NOTE.contextSite, v.site);
}

/** CTX-NULL. */
export function checkHasContext(v: Verifier, ddi: DdiName, nbl: Address): boolean {
  if (v.machine.memory.u32[(nbl + NET_BUFFER_LIST.offset.Context) >>> 2] !== 0) return true;
  v.report(
    "CTX-NULL",
    `${ddi}: Context of NET_BUFFER_LIST ${hexAddress(nbl)} is NULL; the list needs a pool with a ContextSize, or NdisAllocateNetBufferListContext.`,
    { object: nbl, kind: "NET_BUFFER_LIST", allocationSite: v.ledger.allocationSite(nbl) },
  );
  return false;
}

/** CTX-NULL, CTX-UNDER: whether as much context can be taken off as the driver says. */
export function checkContextFree(v: Verifier, nbl: Address, size: number): boolean {
  const ddi = "NdisFreeNetBufferListContext";
  if (!checkHasContext(v, ddi, nbl)) return false;
  const { ledger } = v;
  const known = ledger.isLive(nbl, KIND.netBufferList) || wasSeen(v, nbl);
  const added = known ? ledger.note(nbl, LIST_NOTE.context) : 0;
  const newest = v.machine.contexts.used(nbl);
  if (size <= added && size <= newest) {
    ledger.setNote(nbl, LIST_NOTE.context, added - size);
    return true;
  }
  v.report(
    "CTX-UNDER",
    size > added
      ? `${ddi}: ${size} bytes are to be taken off NET_BUFFER_LIST ${hexAddress(nbl)}, and ${added} are left of those that NdisAllocateNetBufferListContext added; what the list was allocated with stays.`
      : `${ddi}: ${size} bytes are to be taken off NET_BUFFER_LIST ${hexAddress(nbl)}, and its newest block has ${newest}; take contexts off one by one, the last one first.`,
    { object: nbl, kind: "NET_BUFFER_LIST", allocationSite: ledger.note(nbl, LIST_NOTE.contextSite) },
  );
  return false;
}

/** NBL-CTXLEFT: context that the driver put on a list which is freed or goes back. */
export function checkContextLeft(v: Verifier, ddi: DdiName, nbl: Address): void {
  const { ledger } = v;
  const bytes = ledger.note(nbl, LIST_NOTE.context);
  if (bytes === 0) return;
  ledger.setNote(nbl, LIST_NOTE.context, 0);
  const site = ledger.note(nbl, LIST_NOTE.contextSite);
  v.report(
    "NBL-CTXLEFT",
    `${ddi}: ${bytes} bytes of context are left on NET_BUFFER_LIST ${hexAddress(nbl)}, the last of them from ${v.place(site)}; ` +
      "take them off with NdisFreeNetBufferListContext first.",
    { object: nbl, kind: "NET_BUFFER_LIST", allocationSite: site },
  );
}
