import type { DdiName } from "../ddi/table.js";
import { LOOKASIDE_VALUES } from "../layout/lookaside.js";
import { IRQL } from "../layout/spin-lock.js";
import { type Address, hexAddress } from "../memory/address.js";
import { BLOCK, checkOverrun, listOf, reportFreedTwice, setListOf, track } from "./block-notes.js";
import { namedText } from "./chain-checks.js";
import { KIND } from "./ledger.js";
import { checkNoneHeldWithin } from "./lock-checks.js";
import type { ResidentKind } from "./residents.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

const isList = (kind: ResidentKind): boolean => kind === "NPAGED_LOOKASIDE_LIST" || kind === "LOOKASIDE_LIST_EX";

const listText = (v: Verifier, list: Address): string => `${v.residents.kindAt(list)} ${hexAddress(list)}`;

/** LOOK-UNINIT: false when `list` is no live list, and nothing may be done with it. */
export function checkList(v: Verifier, ddi: DdiName, list: Address, kind: ResidentKind, by: DdiName): boolean {
  const { residents } = v;
  if (residents.isLive(list) && isList(residents.kindAt(list))) return true;
  if (v.broken.has(list)) return false;
  v.broken.add(list);
  const what = residents.hasEnded(list) ? `was deleted at ${v.place(residents.siteOf(list))}` : "was never initialised";
  v.report("LOOK-UNINIT", `${ddi}: ${kind} ${hexAddress(list)} ${what}. Call ${by} first.`, { object: list, kind });
  return false;
}

/**
 * LOOK-REINIT, LOOK-PAIR and LOOK-SMALL. False when the list is alive and must stay as it is.
 * @param deletedBy the function to advise
 */
export function checkInitialization(
  v: Verifier,
  ddi: DdiName,
  list: Address,
  kind: ResidentKind,
  size: number,
  deletedBy: DdiName,
): boolean {
  const { residents } = v;
  if (residents.isLive(list) && isList(residents.kindAt(list))) {
    v.report(
      "LOOK-REINIT",
      `${ddi}: ${listText(v, list)} was initialised already, at ${v.place(residents.siteOf(list))}; its entries would be lost. Call ${deletedBy} in between.`,
      { object: list, kind },
    );
    return false;
  }
  if (size < LOOKASIDE_VALUES.LOOKASIDE_MINIMUM_BLOCK_SIZE)
    v.report(
      "LOOK-SMALL",
      `${ddi}: entries of ${size} bytes cannot hold the link of a free one; ask for ${LOOKASIDE_VALUES.LOOKASIDE_MINIMUM_BLOCK_SIZE} bytes or more.`,
      { object: list, kind },
    );
  v.broken.delete(list);
  return true;
}

/** LOOK-PAIR: false when one function is given without the other, and neither is to be used. */
export function checkFunctions(
  v: Verifier,
  ddi: DdiName,
  list: Address,
  kind: string,
  given: number,
  free: number,
): boolean {
  if ((given === 0) === (free === 0)) return true;
  const [one, other] = given === 0 ? ["Free", "Allocate"] : ["Allocate", "Free"];
  v.report(
    "LOOK-PAIR",
    `${ddi}: ${kind} ${hexAddress(list)} is given a function for ${one} and NULL for ${other}; give both or neither.`,
    { object: list, kind },
  );
  return false;
}

/** LOOK-IRQL of entries in paged memory, which may not be touched at DISPATCH_LEVEL; what is above that is found anyway. */
export function checkLevelOfEntries(v: Verifier, ddi: DdiName, list: Address): void {
  const { irql, lookaside } = v.machine;
  if (irql.current !== IRQL.DISPATCH_LEVEL || !lookaside.isPaged(list)) return;
  v.report(
    "LOOK-IRQL",
    `${ddi}(${listText(v, list)}) called at DISPATCH_LEVEL for entries of paged memory; the limit is APC_LEVEL. Give the list a pool type of nonpaged memory.`,
    { object: list, kind: v.residents.kindAt(list) },
  );
}

/** Notes that `list` handed `entry` out. Memory that is not known, because the driver's function has it from elsewhere, is left alone. */
export function handedOut(v: Verifier, list: Address, entry: Address): Address {
  const { ledger } = v;
  if (entry === 0) return entry;
  const { lookaside } = v.machine;
  if (!lookaside.hasFunctions(list))
    track(v, entry, lookaside.isPaged(list) ? BLOCK.fromExecutive | BLOCK.paged : BLOCK.fromExecutive);
  else if (!ledger.isLive(entry, KIND.memory)) return entry;
  ledger.setValue(entry, ledger.value(entry) & ~BLOCK.kept);
  setListOf(v, entry, list);
  return entry;
}

/** LOOK-FOREIGN and MEM-DFREE: the list that takes `entry` back, which is another one when that handed it out; 0 for none. */
export function givenBack(v: Verifier, ddi: DdiName, list: Address, entry: Address): Address {
  const { ledger } = v;
  if (ledger.isLive(entry, KIND.memory)) {
    if (ledger.value(entry) & BLOCK.kept) {
      reportFreedTwice(v, ddi, entry, ledger.touchSite(entry));
      return 0;
    }
    const from = listOf(v, entry);
    if (from !== list) {
      reportForeign(
        v,
        ddi,
        list,
        entry,
        from === 0 ? "is no entry of a list" : `came from ${listText(v, from)}`,
        from === 0 ? "Free it as it was allocated." : "Free it to the list that it came from.",
      );
      if (from === 0) v.broken.add(entry);
      if (!v.residents.isLive(from)) return 0;
    }
    leaving(v, ddi, entry);
    setListOf(v, entry, 0);
    if (v.machine.lookaside.hasFunctions(from)) {
      ledger.setValue(entry, ledger.value(entry) | BLOCK.kept);
      ledger.touched(entry, v.site);
    } else ledger.freed(entry, v.site);
    return from;
  }
  if (ledger.wasFreed(entry, KIND.memory)) {
    reportFreedTwice(v, ddi, entry, ledger.freeSite(entry));
    return 0;
  }
  if (v.machine.lookaside.hasFunctions(list)) return list;
  reportForeign(v, ddi, list, entry, `is ${whereabouts(v, entry)}`, "Free only what the list gave.");
  return 0;
}

function reportForeign(v: Verifier, ddi: DdiName, list: Address, entry: Address, what: string, advice: string): void {
  v.report("LOOK-FOREIGN", `${ddi}(${listText(v, list)}): ${hexAddress(entry)} ${what}. ${advice}`, {
    object: entry,
    kind: "memory",
    allocationSite: v.ledger.isLive(entry, KIND.memory) ? v.ledger.allocationSite(entry) : 0,
  });
}

/** The entries of a list that are out and known. */
const entriesOf = (v: Verifier, list: Address): Address[] =>
  [...v.ledger.liveObjects(KIND.memory)].filter((block) => listOf(v, block) === list);

/** LOOK-OUT, and the note that the list is gone: its entries are blocks like others from now on. */
export function deleting(v: Verifier, ddi: DdiName, list: Address): void {
  const { ledger } = v;
  const out = v.machine.lookaside.outstanding(list) | 0;
  if (out > 0) {
    const entries = entriesOf(v, list);
    const named = entries.length === 0 ? "" : `: ${namedText(entries)}`;
    const site = entries.length === 0 ? 0 : ledger.allocationSite(entries[0]);
    v.report(
      "LOOK-OUT",
      `${ddi}(${listText(v, list)}): ${out} ${out === 1 ? "entry is" : "entries are"} not given back${named}. Free ${out === 1 ? "it" : "them"} to the list first.`,
      { object: list, kind: v.residents.kindAt(list), allocationSite: site },
    );
    for (const entry of entries) {
      setListOf(v, entry, 0);
      v.broken.add(entry);
    }
  }
  v.residents.end(list, v.site);
}

/** What a block that goes away takes with it: MEM-OVERRUN, SPIN-FREEHELD, LOOK-INPOOL. */
export function leaving(v: Verifier, ddi: DdiName, block: Address): void {
  const end = block + v.machine.nonpaged.sizeOf(block);
  checkOverrun(v, block, ddi);
  checkNoneHeldWithin(v, ddi, block, end);
  endListsWithin(v, ddi, block, end);
  v.residents.forget(block, end);
}

/** LOOK-INPOOL: lists that lie in memory that is freed. They end with it. */
function endListsWithin(v: Verifier, ddi: DdiName, start: Address, end: Address): void {
  const { residents } = v;
  for (let at = residents.next(start, end); at >= 0; at = residents.next(at + 4, end)) {
    const kind = residents.kindAt(at);
    if (!isList(kind)) continue;
    v.report(
      "LOOK-INPOOL",
      `${ddi}: block ${hexAddress(start)} is freed with ${listText(v, at)} in it, initialised at ${v.place(residents.siteOf(at))}; delete the list first.`,
      { object: at, kind },
    );
    for (const entry of entriesOf(v, at)) v.broken.add(entry);
    v.broken.add(at);
    v.machine.lookaside.flush(at);
  }
}

/** MEM-LEAK of lists that were never deleted, when the driver is unloaded. A list whose entries leak is not the mistake. */
export function reportListLeaks(v: Verifier): void {
  const { ledger, residents } = v;
  const withEntries = new Set<Address>();
  for (const block of ledger.liveObjects(KIND.memory)) {
    withEntries.add(listOf(v, block));
    if (ledger.value(block) & BLOCK.kept) v.broken.add(block);
  }
  for (const kind of ["NPAGED_LOOKASIDE_LIST", "LOOKASIDE_LIST_EX"] as const)
    for (const list of residents.live(kind)) {
      if (withEntries.has(list)) continue;
      const site = residents.siteOf(list);
      const by = kind === "LOOKASIDE_LIST_EX" ? "ExDeleteLookasideListEx" : "NdisDeleteNPagedLookasideList";
      v.report("MEM-LEAK", `${listText(v, list)} was never deleted; call ${by} before the driver unloads.`, {
        object: list,
        kind,
        at: v.locationOf(site),
        allocationSite: site,
      });
    }
}
