import type { DdiName } from "../ddi/table.js";
import { MDL_STATE } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Guards } from "./guards.js";
import { KIND } from "./ledger.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

/** The function that frees a live MDL of the driver. */
export function freeFunctionOf(v: Verifier, mdl: Address): DdiName {
  if (v.ledger.isLive(mdl, KIND.buffer)) return "NdisFreeBuffer";
  return v.machine.mdls.stateOf(mdl) === MDL_STATE.io ? "IoFreeMdl" : "NdisFreeMdl";
}

/** True for a live MDL that NDIS made for itself, where the ledger may still know a freed one of the driver's. */
function isOfNdis(v: Verifier, mdl: Address): boolean {
  const { mdls, mdlPool, nonpaged } = v.machine;
  if (!nonpaged.isSystem(mdl)) return false;
  const state = mdls.stateOf(mdl);
  return (
    state === MDL_STATE.embedded ||
    ((state === MDL_STATE.pooled || state === MDL_STATE.large) && mdls.ownerOf(mdl) === mdlPool)
  );
}

/**
 * MDL-DFREE, MDL-NOTALONE, MDL-WRONGFREE: true when the MDL can be freed, which it also is by the wrong function. The
 * storage of NDIS is recognised by where it lies: an MDL that a driver made by hand lies elsewhere.
 */
function checkFree(v: Verifier, ddi: DdiName, mdl: Address): boolean {
  const { ledger, machine } = v;
  if (ledger.isLive(mdl, KIND.mdl) || ledger.isLive(mdl, KIND.buffer)) {
    const right = freeFunctionOf(v, mdl);
    if (right !== ddi)
      v.report("MDL-WRONGFREE", `${ddi}: MDL ${hexAddress(mdl)} is not of the kind it frees; free it with ${right}.`, {
        object: mdl,
        kind: "MDL",
        allocationSite: ledger.allocationSite(mdl),
      });
    ledger.freed(mdl, v.site);
    return true;
  }
  if (!isOfNdis(v, mdl) && (ledger.wasFreed(mdl, KIND.mdl) || ledger.wasFreed(mdl, KIND.buffer)))
    v.report(
      "MDL-DFREE",
      `${ddi}: MDL ${hexAddress(mdl)} was freed already, at ${v.place(ledger.freeSite(mdl))}; free it once.`,
      {
        object: mdl,
        allocationSite: ledger.allocationSite(mdl),
      },
    );
  else if (!machine.nonpaged.isSystem(mdl))
    v.report(
      "MDL-WRONGFREE",
      `${ddi}: ${hexAddress(mdl)} is no MDL of ${ddi === "IoFreeMdl" ? "IoAllocateMdl" : "NdisAllocateMdl"} but ${whereabouts(v, mdl)}.`,
      {
        object: mdl,
        kind: "MDL",
      },
    );
  else if (machine.mdls.stateOf(mdl) === MDL_STATE.embedded)
    v.report(
      "MDL-NOTALONE",
      `${ddi}: MDL ${hexAddress(mdl)} belongs to NET_BUFFER ${hexAddress(machine.mdls.ownerOf(mdl))}; free that, with NdisFreeNetBuffer or with its list.`,
      { object: mdl, kind: "MDL", allocationSite: ledger.allocationSite(machine.mdls.ownerOf(mdl)) },
    );
  else
    v.report(
      "MDL-NOTALONE",
      `${ddi}: MDL ${hexAddress(mdl)} belongs to NDIS, which makes such for a retreat; take it off with NdisAdvanceNetBufferDataStart and FreeMdl.`,
      { object: mdl, kind: "MDL" },
    );
  return false;
}

export const MDL_GUARDS: Guards = {
  NdisAllocateMdl: (next, v) => (handle, address, length) => {
    const mdl = next(handle, address, length);
    if (mdl !== 0) v.ledger.allocated(mdl, KIND.mdl, v.site);
    return mdl;
  },
  NdisFreeMdl: (next, v) => (mdl) => {
    if (checkFree(v, "NdisFreeMdl", mdl)) next(mdl);
  },
  IoAllocateMdl: (next, v) => (address, length, secondary, quota, irp) => {
    const mdl = next(address, length, secondary, quota, irp);
    if (mdl !== 0) v.ledger.allocated(mdl, KIND.mdl, v.site);
    return mdl;
  },
  IoFreeMdl: (next, v) => (mdl) => {
    if (checkFree(v, "IoFreeMdl", mdl)) next(mdl);
  },
};
