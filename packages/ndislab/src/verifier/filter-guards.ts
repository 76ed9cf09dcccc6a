import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Guards } from "./guards.js";
import { checkGeometry, checkIsNetBuffer } from "./net-buffer-checks.js";
import { checkIsNetBufferList, checkIsOut } from "./net-buffer-list-guards.js";
import type { Verifier } from "./verifier.js";

const FIRST_NB = NET_BUFFER_LIST.offset.FirstNetBuffer >>> 2;
const NB_NEXT = NET_BUFFER.offset.Next >>> 2;

/** More lists than one call ever carries: a walk that gets here goes round in a circle. */
const LONGEST_LIST = 1 << 16;

/**
 * The lists a driver hands over: real, of sound geometry, and ending. When they go `back` also NBL-DCOMPLETE and
 * RET-UNBAL: what the driver retreated since it got a list, it has advanced before it gives the list back.
 *
 * A finding is one finding: the lists go on all the same, so that none of them looks lost afterwards. From the first
 * address on that is no list they cannot, and are cut off. False when nothing is left.
 */
function checkLists(v: Verifier, ddi: DdiName, lists: Address, back: boolean): boolean {
  const { u32 } = v.machine.memory;
  let steps = 0;
  for (let nbl = lists, previous = 0; nbl !== 0; previous = nbl, nbl = u32[nbl >>> 2]) {
    if (++steps % LONGEST_LIST === 0) openCircle(v, ddi, "NET_BUFFER_LIST", lists);
    if ((back && !checkIsOut(v, ddi, nbl)) || !checkIsNetBufferList(v, ddi, nbl)) {
      if (previous === 0) return false;
      u32[previous >>> 2] = 0;
      return true;
    }
    if (v.broken.size === 0 || !v.broken.has(nbl)) checkList(v, ddi, nbl, back);
    if (back) v.ledger.touched(nbl, v.site);
    else v.ledger.setValue(nbl, v.site);
  }
  return true;
}

function checkList(v: Verifier, ddi: DdiName, nbl: Address, back: boolean): void {
  const { u32 } = v.machine.memory;
  let steps = 0;
  for (let nb = u32[(nbl >>> 2) + FIRST_NB]; nb !== 0; nb = u32[(nb >>> 2) + NB_NEXT]) {
    if (++steps % LONGEST_LIST === 0) openCircle(v, ddi, "NET_BUFFER", u32[(nbl >>> 2) + FIRST_NB]);
    if (!checkIsNetBuffer(v, ddi, nb) || !checkGeometry(v, ddi, nb)) {
      v.broken.add(nbl);
      return;
    }
    if (back && v.ledger.value(nb) !== 0) checkBalance(v, ddi, nb);
  }
}

/** LIST-CYCLE: ends a list that goes round in a circle where it closes. Both kinds have Next at their start. */
function openCircle(v: Verifier, ddi: DdiName, kind: "NET_BUFFER_LIST" | "NET_BUFFER", first: Address): void {
  const { u32 } = v.machine.memory;
  const seen = new Set<Address>();
  let last: Address = 0;
  let next = first;
  for (; next !== 0 && !seen.has(next); next = u32[next >>> 2]) {
    seen.add(next);
    last = next;
  }
  if (next === 0) return;
  u32[last >>> 2] = 0;
  v.report(
    "LIST-CYCLE",
    `${ddi}: the ${kind}s from ${hexAddress(first)} on do not end: Next of ${hexAddress(last)} is ` +
      `${next === last ? "itself" : `${hexAddress(next)}, which comes before it`}; end a list with NULL.`,
    { object: last, kind, allocationSite: v.ledger.allocationSite(last) },
  );
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
  NdisFSendNetBufferLists: (next, v) => (filter, lists, port, flags) => {
    if (checkLists(v, "NdisFSendNetBufferLists", lists, false)) next(filter, lists, port, flags);
  },
  NdisFSendNetBufferListsComplete: (next, v) => (filter, lists, flags) => {
    if (checkLists(v, "NdisFSendNetBufferListsComplete", lists, true)) next(filter, lists, flags);
  },
  NdisFIndicateReceiveNetBufferLists: (next, v) => (filter, lists, port, count, flags) => {
    if (checkLists(v, "NdisFIndicateReceiveNetBufferLists", lists, false)) next(filter, lists, port, count, flags);
  },
  NdisFReturnNetBufferLists: (next, v) => (filter, lists, flags) => {
    if (checkLists(v, "NdisFReturnNetBufferLists", lists, true)) next(filter, lists, flags);
  },
};
