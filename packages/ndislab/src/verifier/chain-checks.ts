import type { DdiName } from "../ddi/table.js";
import { MDL } from "../layout/mdl.js";
import { MDL_STATE, mdlByteCount } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import { KIND } from "./ledger.js";
import type { Verifier } from "./verifier.js";

/** More MDLs than any chain has: a walk that gets here goes round in a circle. */
export const LONGEST_CHAIN = 1 << 16;

/** Bytes that a chain maps; -1, and CHAIN-CYCLE or MDL-INUSE reported, when it cannot be walked to its end. */
export function chainLength(v: Verifier, ddi: DdiName, chain: Address): number {
  const { memory } = v.machine;
  const { u32 } = memory;
  let length = 0;
  let steps = 0;
  for (let mdl = chain; mdl !== 0; mdl = u32[mdl >>> 2]) {
    if (steps++ === LONGEST_CHAIN || !memory.contains(mdl, MDL.size)) {
      reportEndless(v, ddi, chain);
      return -1;
    }
    if (v.ledger.wasFreed(mdl, KIND.mdl) && reportFreed(v, ddi, mdl)) return -1;
    length += mdlByteCount(memory, mdl);
  }
  return length;
}

/**
 * True for a live MDL that NDIS made for itself, where the ledger may still know a freed one of the driver's. The
 * storage of NDIS is recognised by where it lies: an MDL that a driver made by hand lies elsewhere.
 */
export function isOfNdis(v: Verifier, mdl: Address): boolean {
  const { mdls, mdlPool, nonpaged } = v.machine;
  if (!nonpaged.isSystem(mdl)) return false;
  switch (mdls.stateOf(mdl)) {
    case MDL_STATE.embedded:
    case MDL_STATE.derived:
    case MDL_STATE.derivedLarge:
      return true;
    case MDL_STATE.pooled:
    case MDL_STATE.large:
      return mdls.ownerOf(mdl) === mdlPool;
    default:
      return false;
  }
}

/**
 * MDL-INUSE, of an MDL that the ledger knows as freed: false when something else that is alive lies there by now.
 * To free an MDL first and the NET_BUFFER that has it afterwards is no mistake; to use the NET_BUFFER in between is.
 */
export function reportFreed(v: Verifier, ddi: DdiName, mdl: Address, nb: Address = 0): boolean {
  const { nonpaged } = v.machine;
  if (isOfNdis(v, mdl) || (!nonpaged.isSystem(mdl) && nonpaged.find(mdl)?.live === true)) return false;
  const call = nb === 0 ? ddi : `${ddi}(NetBuffer ${hexAddress(nb)})`;
  v.report(
    "MDL-INUSE",
    `${call}: MDL ${hexAddress(mdl)} of the chain was freed at ${v.place(v.ledger.freeSite(mdl))}; take it out of the chain before that, or free it later.`,
    { object: mdl, kind: "MDL", allocationSite: v.ledger.allocationSite(mdl) },
  );
  return true;
}

/** CHAIN-CYCLE: says of a chain that has no end where it goes wrong. */
export function reportEndless(v: Verifier, ddi: DdiName, chain: Address, nb: Address = 0): void {
  const { memory } = v.machine;
  const seen = new Set<Address>();
  let previous: Address = 0;
  let mdl = chain;
  for (; !seen.has(mdl) && memory.contains(mdl, MDL.size); mdl = memory.u32[mdl >>> 2]) {
    seen.add(mdl);
    previous = mdl;
  }
  const call = nb === 0 ? ddi : `${ddi}(NetBuffer ${hexAddress(nb)})`;
  const where = `${hexAddress(mdl)}, ${seen.has(mdl) ? "which comes before it" : "which is no memory"}`;
  v.report(
    "CHAIN-CYCLE",
    previous === 0
      ? `${call}: the MDL chain starts at ${where}.`
      : `${call}: the MDL chain from ${hexAddress(chain)} on does not end: Next of MDL ${hexAddress(previous)} is ${where}.`,
    nb === 0
      ? { object: chain, kind: "MDL", allocationSite: v.ledger.allocationSite(chain) }
      : { object: nb, kind: "NET_BUFFER", allocationSite: v.ledger.allocationSite(nb) },
  );
}

/** Where an MDL stands in a chain, 0 for the first; -1 when it is not in there. */
export function positionIn(v: Verifier, chain: Address, wanted: Address): number {
  const { memory } = v.machine;
  let position = 0;
  for (let mdl = chain; memory.contains(mdl, MDL.size) && position < LONGEST_CHAIN; mdl = memory.u32[mdl >>> 2]) {
    if (mdl === wanted) return position;
    position++;
  }
  return -1;
}

/** `"64 + 128 + 256 = 448"`: the lengths of the MDLs of a chain that ends, of many only the first. */
export function lengthsText(v: Verifier, chain: Address): string {
  const { memory, chains } = v.machine;
  const lengths: number[] = [];
  let mdl = chain;
  for (; mdl !== 0 && lengths.length < 8; mdl = memory.u32[mdl >>> 2]) lengths.push(mdlByteCount(memory, mdl));
  const total = chains.byteLength(chain);
  return lengths.length < 2 ? `${total}` : `${lengths.join(" + ")}${mdl === 0 ? "" : " + …"} = ${total}`;
}

/** Most addresses that a finding names. */
const NAMED = 8;

/** `"0x00030040, 0x00030080, …"`. */
export const namedText = (addresses: readonly Address[]): string =>
  addresses.slice(0, NAMED).map(hexAddress).join(", ") + (addresses.length > NAMED ? ", …" : "");
