import type { DdiName } from "../ddi/table.js";
import { NDIS_RECEIVE_FLAGS } from "../layout/data-path-flags.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { checkContextLeft } from "./context-checks.js";
import { checkRetreats } from "./data-start-checks.js";
import { checkChildren } from "./derived-checks.js";
import type { Guards } from "./guards.js";
import { KIND } from "./ledger.js";
import { checkNetBuffersOn, LONGEST_LIST, openCircle } from "./list-checks.js";
import { checkHeader, checkSingle, checkStatus } from "./net-buffer-list-checks.js";
import { checkIsOut, checkListLives } from "./net-buffer-list-guards.js";
import { LIST_NOTE, wasSeen } from "./net-buffer-list-notes.js";
import { type PassingCall, passOn, reportAway, WAY } from "./ownership.js";
import type { Verifier } from "./verifier.js";

const FIRST_NB = NET_BUFFER_LIST.offset.FirstNetBuffer >>> 2;
const NB_NEXT = NET_BUFFER.offset.Next >>> 2;

/**
 * The lists a driver passes on: real, its own to pass on, of sound geometry, and ending. A finding is one finding: the
 * lists go on all the same, so that none of them looks lost afterwards. From the first address on that is no list of
 * the driver's to pass on they cannot, and are cut off. False when nothing is left.
 */
function checkPassed(v: Verifier, ddi: PassingCall, lists: Address, filter: Handle): boolean {
  const { u32 } = v.machine.memory;
  const { ledger } = v;
  let steps = 0;
  for (let nbl = lists, previous = 0; nbl !== 0; previous = nbl, nbl = u32[nbl >>> 2]) {
    if (++steps % LONGEST_LIST === 0) openCircle(v, ddi, "NET_BUFFER_LIST", lists);
    if (v.plain.mayGoOn(nbl, filter)) {
      ledger.setValue(nbl, v.site);
      ledger.setNote(nbl, LIST_NOTE.behind, 0);
      continue;
    }
    if (!checkListLives(v, ddi, nbl) || (ledger.holder(nbl) !== 0 && reportAway(v, ddi, "NET_BUFFER_LIST", nbl))) {
      if (previous === 0) return false;
      u32[previous >>> 2] = 0;
      return true;
    }
    ledger.setValue(nbl, v.site);
    ledger.setNote(nbl, LIST_NOTE.behind, 0);
    if (v.broken.size > 0 && v.broken.has(nbl)) continue;
    if (!checkList(v, ddi, nbl, false)) continue;
    checkHeader(v, ddi, nbl, filter);
    if (ddi === "NdisFIndicateReceiveNetBufferLists") checkSingle(v, ddi, nbl);
    else checkRetreats(v, ddi, nbl);
  }
  return true;
}

/** Notes that the lists, which have been checked, are another driver's from now on. */
function passAllOn(v: Verifier, ddi: PassingCall, lists: Address): void {
  const { u32 } = v.machine.memory;
  for (let nbl = lists; nbl !== 0; nbl = u32[nbl >>> 2])
    if (v.broken.size === 0 || !v.broken.has(nbl)) passOn(v, ddi, nbl);
}

/**
 * The lists a driver gives back, as those it passes on; also NBL-DCOMPLETE, NBL-CTXLEFT, NBL-STATUS, and RET-UNBAL:
 * what the driver retreated since it got a list, it has advanced before it gives the list back.
 */
function checkGivenBack(v: Verifier, ddi: DdiName, lists: Address, filter: Handle, sent: boolean): boolean {
  const { u32 } = v.machine.memory;
  const { ledger } = v;
  let steps = 0;
  for (let nbl = lists, previous = 0; nbl !== 0; previous = nbl, nbl = u32[nbl >>> 2]) {
    if (++steps % LONGEST_LIST === 0) openCircle(v, ddi, "NET_BUFFER_LIST", lists);
    if (v.plain.mayGoBack(nbl, sent)) {
      ledger.touched(nbl, v.site);
      continue;
    }
    if (!checkIsOut(v, ddi, nbl) || !checkListLives(v, ddi, nbl)) {
      if (previous === 0) return false;
      u32[previous >>> 2] = 0;
      return true;
    }
    ledger.touched(nbl, v.site);
    // One that has not come back is told of by whoever has it.
    if (ledger.holder(nbl) !== 0 || ledger.isLive(nbl, KIND.netBufferList)) continue;
    if ((v.broken.size > 0 && v.broken.has(nbl)) || !checkList(v, ddi, nbl, true)) continue;
    checkHeader(v, ddi, nbl, filter);
    if (wasSeen(v, nbl)) checkContextLeft(v, ddi, nbl);
    checkChildren(v, ddi, nbl);
    if (sent) checkStatus(v, ddi, nbl);
  }
  return true;
}

/** Whether the NET_BUFFERs on a list are sound; RET-UNBAL of each when it goes back. */
function checkList(v: Verifier, ddi: DdiName, nbl: Address, back: boolean): boolean {
  if (!checkNetBuffersOn(v, ddi, nbl)) {
    v.broken.add(nbl);
    return false;
  }
  if (!back) return true;
  const { u32 } = v.machine.memory;
  for (let nb: Address = u32[(nbl >>> 2) + FIRST_NB]; nb !== 0; nb = u32[(nb >>> 2) + NB_NEXT])
    if (v.ledger.value(nb) !== 0) checkBalance(v, ddi, nb);
  return true;
}

function checkBalance(v: Verifier, ddi: DdiName, nb: Address): void {
  const delta = v.ledger.value(nb);
  const [moved, undone] = delta > 0 ? ["retreated", "advanced"] : ["advanced", "retreated"];
  v.ledger.setValue(nb, 0);
  v.report(
    "RET-UNBAL",
    `${ddi}(NetBuffer ${hexAddress(nb)}): its data start was ${moved} by ${Math.abs(delta)} bytes more than it was ` +
      `${undone} again, last moved at ${v.place(v.ledger.touchSite(nb))}; undo it before the list goes back.`,
    { object: nb, kind: "NET_BUFFER" },
  );
}

/**
 * Called when a list of another driver is back where it came from. RET-UNBAL also where no handler of the driver was
 * there to give it back.
 */
export function listIsBack(v: Verifier, nbl: Address): void {
  const nb = v.machine.netBufferLists.preallocatedNetBuffer(nbl);
  const delta = v.ledger.value(nb);
  const broken = v.broken.size > 0 && v.broken.delete(nbl);
  if (delta === 0) return;
  v.ledger.setValue(nb, 0);
  if (broken) return;
  v.report(
    "RET-UNBAL",
    `The data start of NET_BUFFER ${hexAddress(nb)} was ${delta > 0 ? "retreated" : "advanced"} by ${Math.abs(delta)} ` +
      "bytes, and the driver has no handler that could undo it when the list comes back; register one.",
    { object: nb, kind: "NET_BUFFER", at: v.locationOf(v.ledger.touchSite(nb)) },
  );
}

export const FILTER_GUARDS: Guards = {
  NdisFSendNetBufferLists: (next, v, limit) => (filter, lists, port, flags) => {
    limit.check();
    if (!v.plain.passed(lists, filter, WAY.NdisFSendNetBufferLists)) {
      if (!checkPassed(v, "NdisFSendNetBufferLists", lists, filter)) return;
      passAllOn(v, "NdisFSendNetBufferLists", lists);
    }
    next(filter, lists, port, flags);
  },
  NdisFSendNetBufferListsComplete: (next, v, limit) => (filter, lists, flags) => {
    limit.check();
    if (v.plain.givenBack(lists, true) || checkGivenBack(v, "NdisFSendNetBufferListsComplete", lists, filter, true))
      next(filter, lists, flags);
  },
  NdisFIndicateReceiveNetBufferLists: (next, v, limit) => (filter, lists, port, count, flags) => {
    limit.check();
    // With NDIS_RECEIVE_FLAGS_RESOURCES they are the driver's again when the call returns.
    const goes = (flags & NDIS_RECEIVE_FLAGS.NDIS_RECEIVE_FLAGS_RESOURCES) === 0;
    if (!v.plain.passed(lists, filter, goes ? WAY.NdisFIndicateReceiveNetBufferLists : 0)) {
      if (!checkPassed(v, "NdisFIndicateReceiveNetBufferLists", lists, filter)) return;
      if (goes) passAllOn(v, "NdisFIndicateReceiveNetBufferLists", lists);
    }
    next(filter, lists, port, count, flags);
  },
  NdisFReturnNetBufferLists: (next, v, limit) => (filter, lists, flags) => {
    limit.check();
    if (v.plain.givenBack(lists, false) || checkGivenBack(v, "NdisFReturnNetBufferLists", lists, filter, false))
      next(filter, lists, flags);
  },
};
