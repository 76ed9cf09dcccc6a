import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { type Address, hexAddress } from "../memory/address.js";
import { checkGeometry, checkNetBufferLives } from "./net-buffer-checks.js";
import type { Verifier } from "./verifier.js";

const FIRST_NB = NET_BUFFER_LIST.offset.FirstNetBuffer >>> 2;
const NB_NEXT = NET_BUFFER.offset.Next >>> 2;

/** More lists than one call ever carries: a walk that gets here goes round in a circle. */
export const LONGEST_LIST = 1 << 16;

/**
 * NB-NOTPOOL, NB-CURMDL, NB-RANGE, CHAIN-CYCLE and LIST-CYCLE: whether the NET_BUFFERs on a list are sound. The first
 * that is not is told of; a circle is, and is opened.
 */
export function checkNetBuffersOn(v: Verifier, ddi: DdiName, nbl: Address): boolean {
  const { u32 } = v.machine.memory;
  let steps = 0;
  for (let nb: Address = u32[(nbl >>> 2) + FIRST_NB]; nb !== 0; nb = u32[(nb >>> 2) + NB_NEXT]) {
    if (++steps % LONGEST_LIST === 0) openCircle(v, ddi, "NET_BUFFER", u32[(nbl >>> 2) + FIRST_NB]);
    if (!checkNetBufferLives(v, ddi, nb) || !checkGeometry(v, ddi, nb)) return false;
  }
  return true;
}

/** LIST-CYCLE: ends a list that goes round in a circle where it closes. Both kinds have Next at their start. */
export function openCircle(v: Verifier, ddi: DdiName, kind: "NET_BUFFER_LIST" | "NET_BUFFER", first: Address): void {
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
