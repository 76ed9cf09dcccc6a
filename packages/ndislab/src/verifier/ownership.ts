import type { DdiName } from "../ddi/table.js";
import { MDL } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { MDL_STATE } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import { EMBEDDED_MDL } from "../ndis6/net-buffer.js";
import { LONGEST_CHAIN } from "./chain-checks.js";
import { LONGEST_LIST } from "./list-checks.js";
import { LIST_NOTE } from "./net-buffer-list-notes.js";
import type { Verifier } from "./verifier.js";

/** The calls after which another driver has the lists, until they come back through a handler. */
const WAYS = [
  ["NdisFSendNetBufferLists", "send complete handler"],
  ["NdisFIndicateReceiveNetBufferLists", "return handler"],
] as const;

export type PassingCall = (typeof WAYS)[number][0];

/** A holder is the address of a list and, in the bits that are 0 in it, the number of the call: 1 for the first. */
const WAY_BITS = 7;
export const WAY: Readonly<Record<PassingCall, number>> = {
  NdisFSendNetBufferLists: 1,
  NdisFIndicateReceiveNetBufferLists: 2,
};
const listOf = (holder: number): Address => holder & ~WAY_BITS;
const wayOf = (holder: number) => WAYS[(holder & WAY_BITS) - 1];

const FIRST_NOTE = LIST_NOTE.first;
const FIRST_NB = NET_BUFFER_LIST.offset.FirstNetBuffer >>> 2;

/** The words of a NET_BUFFER that are noted, by name: its first ones. */
const NB_WORDS = ["Next", "CurrentMdl", "CurrentMdlOffset", "DataLength", "MdlChain", "DataOffset"] as const;
const NB_COUNT = NB_WORDS.length;
const NB_NEXT = NB_WORDS.indexOf("Next");
const NB_CHAIN = NB_WORDS.indexOf("MdlChain");
const CHAIN = NET_BUFFER.offset.MdlChain >>> 2;

/**
 * Who has a list (NBL-OWNER). From the call that passes a list on until it comes back, the list, its NET_BUFFERs and
 * their MDLs are another driver's:
 *
 * ```
 *   ┌────────────┐  NdisFSend…, NdisFIndicateReceive…   ┌──────────────────────────┐
 *   │ the driver │ ────────────────────────────────────▶│ another, holder = list   │
 *   │ holder = 0 │ ◀────────────────────────────────────│ and call; words noted    │
 *   └────────────┘  …SendComplete, …Return handler      └──────────────────────────┘
 *                   words compared
 * ```
 * Calls with something that has a holder are found at once. What C writes by itself is found when the list comes back:
 * by the words that were noted when it went.
 */
export function passOn(v: Verifier, call: PassingCall, nbl: Address): void {
  const { ledger, machine } = v;
  const { u32 } = machine.memory;
  const holder = nbl | WAY[call];
  const first: Address = u32[(nbl >>> 2) + FIRST_NB];
  ledger.setHolder(nbl, holder);
  ledger.setNote(nbl, FIRST_NOTE, first);
  for (let nb = first; nb !== 0; nb = u32[nb >>> 2]) {
    ledger.setHolder(nb, holder);
    ledger.noteWords(nb, u32, NB_COUNT);
    // An MDL that came with its NET_BUFFER is known by it.
    for (let mdl: Address = u32[(nb >>> 2) + CHAIN]; mdl !== 0; mdl = u32[mdl >>> 2])
      if (mdl !== nb + EMBEDDED_MDL) ledger.setHolder(mdl, holder);
  }
}

/** Called when the driver has a list again that it passed on. NBL-OWNER for what was written in between. */
export function cameBack(v: Verifier, nbl: Address): void {
  const { ledger, machine } = v;
  const { memory } = machine;
  const { u32 } = memory;
  const holder = ledger.holder(nbl);
  if (holder === 0) return;
  ledger.setHolder(nbl, 0);
  const first = ledger.note(nbl, FIRST_NOTE);
  if ((u32[(nbl >>> 2) + FIRST_NB] | 0) !== first)
    reportWritten(v, holder, nbl, "FirstNetBuffer", first, u32[(nbl >>> 2) + FIRST_NB]);
  // Along the list as it was; one that changed hands meanwhile has another holder.
  for (let nb: Address = first; nb !== 0 && ledger.holder(nb) === holder; nb = ledger.note(nb, NB_NEXT)) {
    ledger.setHolder(nb, 0);
    const word = ledger.changedWord(nb, u32, NB_COUNT);
    if (word >= 0) reportWritten(v, holder, nb, NB_WORDS[word], ledger.note(nb, word), u32[(nb >>> 2) + word]);
    let mdl: Address = ledger.note(nb, NB_CHAIN);
    for (let steps = 0; mdl !== 0 && steps < LONGEST_CHAIN && memory.contains(mdl, MDL.size); steps++) {
      if (ledger.holder(mdl) === holder) ledger.setHolder(mdl, 0);
      mdl = u32[mdl >>> 2];
    }
  }
}

/** Once so many lists of a chain are not plain, only one in so many is asked: the chain may go round in a circle. */
const MANY = 64;

/** `cameBack` for every list of a chain. */
export function allCameBack(v: Verifier, lists: Address): void {
  const { u32 } = v.machine.memory;
  let nbl = v.plain.cameBack(lists);
  for (let steps = 1; nbl !== 0 && steps <= LONGEST_LIST; steps++) {
    cameBack(v, nbl);
    nbl = u32[nbl >>> 2];
    if (steps < MANY || steps % MANY === 0) nbl = v.plain.cameBack(nbl);
  }
}

function reportWritten(v: Verifier, holder: number, object: Address, member: string, was: number, is: number): void {
  const nbl = listOf(holder);
  if (v.broken.has(nbl)) return;
  v.broken.add(nbl);
  const [call, handler] = wayOf(holder);
  const site = v.ledger.value(nbl);
  const show = member.endsWith("Length") || member.endsWith("Offset") ? String : hexAddress;
  v.report(
    "NBL-OWNER",
    `${call}: ${objectText(object, nbl)} was passed on, and its ${member} was changed from ${show(was >>> 0)} to ${show(is)} ` +
      `before the list came back; write to a list only until it is passed on and again from the ${handler} on.`,
    { object: nbl, kind: "NET_BUFFER_LIST", at: v.locationOf(site), allocationSite: v.ledger.allocationSite(nbl) },
  );
}

const objectText = (object: Address, nbl: Address, kind = "NET_BUFFER"): string =>
  object === nbl
    ? `NET_BUFFER_LIST ${hexAddress(nbl)}`
    : `${kind} ${hexAddress(object)} of NET_BUFFER_LIST ${hexAddress(nbl)}`;

/** Who has an object, 0 for the driver itself. A mark of a list that is gone counts for nothing. */
export function holderOf(v: Verifier, object: Address): number {
  const holder = v.ledger.holder(object);
  return holder !== 0 && v.ledger.holder(listOf(holder)) === holder ? holder : 0;
}

/** NBL-OWNER for a call with something that another driver has: once for each list. False when the driver has it. */
export function reportAway(
  v: Verifier,
  ddi: DdiName,
  kind: "NET_BUFFER_LIST" | "NET_BUFFER" | "MDL",
  object: Address,
): boolean {
  const holder = holderOf(v, object);
  if (holder === 0) return false;
  const nbl = listOf(holder);
  if (v.broken.has(nbl)) return true;
  v.broken.add(nbl);
  v.report(
    "NBL-OWNER",
    `${ddi}: ${objectText(object, nbl, kind)} is another driver's since ${transferText(v, holder)}; ` +
      `leave it alone until it is back in the ${wayOf(holder)[1]}.`,
    { object, kind, allocationSite: v.ledger.allocationSite(nbl) },
  );
  return true;
}

/**
 * NBL-OWNER for a call that changes or frees an MDL. Those that only read are let alone: a clone may be on its way
 * that shares the MDLs of a list which the driver still has.
 */
export function reportMdlAway(v: Verifier, ddi: DdiName, mdl: Address): void {
  const { ledger, machine } = v;
  const { mdls, nonpaged } = machine;
  if (ledger.holder(mdl) !== 0) reportAway(v, ddi, "MDL", mdl);
  else if (nonpaged.isSystem(mdl) && mdls.stateOf(mdl) === MDL_STATE.embedded && ledger.holder(mdls.ownerOf(mdl)) !== 0)
    reportAway(v, ddi, "NET_BUFFER", mdls.ownerOf(mdl));
}

/** `"NdisFSendNetBufferLists at a.c:10"`: how an object left the driver. */
export const transferText = (v: Verifier, holder: number): string =>
  `${wayOf(holder)[0]} at ${v.place(v.ledger.value(listOf(holder)))}`;

/** Takes the list of something that is away for one that a finding was made of. */
export const markBroken = (v: Verifier, holder: number): void => void v.broken.add(listOf(holder));
