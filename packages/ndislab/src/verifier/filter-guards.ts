import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Guards } from "./guards.js";
import { checkGeometry, checkIsNetBuffer } from "./net-buffer-checks.js";
import { checkIsNetBufferList } from "./net-buffer-list-guards.js";
import type { Verifier } from "./verifier.js";

const FIRST_NB = NET_BUFFER_LIST.offset.FirstNetBuffer >>> 2;
const NB_NEXT = NET_BUFFER.offset.Next >>> 2;

/** More lists than one call ever carries: a walk that gets here goes round in a circle. */
const LONGEST_LIST = 1 << 16;

/**
 * The lists a driver hands over: real, of sound geometry, and ending. With `balanced` also RET-UNBAL: what the
 * driver retreated since it got a list, it has advanced before it gives the list back.
 */
function checkLists(v: Verifier, ddi: DdiName, lists: Address, balanced: boolean): boolean {
  const { u32 } = v.machine.memory;
  let steps = 0;
  for (let nbl = lists; nbl !== 0; nbl = u32[nbl >>> 2]) {
    if (steps++ === LONGEST_LIST) {
      v.report("LIST-CYCLE", `${ddi}: the lists from ${hexAddress(lists)} on do not end.`, { object: lists, kind: "NET_BUFFER_LIST" });
      return false;
    }
    if (!checkIsNetBufferList(v, ddi, nbl)) return false;
    for (let nb = u32[(nbl >>> 2) + FIRST_NB], count = 0; nb !== 0; nb = u32[(nb >>> 2) + NB_NEXT]) {
      if (count++ === LONGEST_LIST) {
        v.report("LIST-CYCLE", `${ddi}: the NET_BUFFERs of list ${hexAddress(nbl)} do not end.`, { object: nbl, kind: "NET_BUFFER_LIST" });
        return false;
      }
      if (!checkIsNetBuffer(v, ddi, nb)) return false;
      if (!checkGeometry(v, ddi, nb)) return false;
      if (balanced && v.ledger.value(nb) !== 0) checkBalance(v, ddi, nb);
    }
  }
  return true;
}

function checkBalance(v: Verifier, ddi: DdiName, nb: Address): void {
  const delta = v.ledger.value(nb);
  v.ledger.setValue(nb, 0);
  v.report(
    "RET-UNBAL",
    `${ddi}(NetBuffer ${hexAddress(nb)}): its data start was ${delta > 0 ? "retreated" : "advanced"} by ${Math.abs(delta)} bytes more than it was ${delta > 0 ? "advanced" : "retreated"} again; undo it before the list goes back.`,
    { object: nb, kind: "NET_BUFFER" },
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
