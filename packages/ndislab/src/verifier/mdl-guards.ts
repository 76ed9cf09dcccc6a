import type { DdiName } from "../ddi/table.js";
import { MDL_STATE, mdlVirtualAddress } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import { isOfNdis } from "./chain-checks.js";
import type { Guards } from "./guards.js";
import { KIND } from "./ledger.js";
import { checkBuildNonpaged, checkFreedMdl, checkNonpagedRange } from "./mdl-checks.js";
import { reportMdlAway } from "./ownership.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

/** The function that frees a live MDL of the driver. */
export function freeFunctionOf(v: Verifier, mdl: Address): DdiName {
  if (v.ledger.isLive(mdl, KIND.buffer)) return "NdisFreeBuffer";
  return v.machine.mdls.stateOf(mdl) === MDL_STATE.io ? "IoFreeMdl" : "NdisFreeMdl";
}

const isDerived = (state: number): boolean => state === MDL_STATE.derived || state === MDL_STATE.derivedLarge;

/** Enters a new MDL of the driver, with the bytes it was allocated for. */
function track(v: Verifier, mdl: Address, length: number): Address {
  if (mdl !== 0) {
    v.ledger.allocated(mdl, KIND.mdl, v.site);
    v.ledger.setValue(mdl, length);
  }
  return mdl;
}

/**
 * MDL-DFREE, MDL-NOTALONE, MDL-WRONGFREE: true when the MDL can be freed, which it also is by the wrong function. The
 * storage of NDIS is recognised by where it lies: an MDL that a driver made by hand lies elsewhere.
 */
function checkFree(v: Verifier, ddi: DdiName, mdl: Address): boolean {
  const { ledger, machine } = v;
  if (ledger.isLive(mdl, KIND.mdl) || ledger.isLive(mdl, KIND.buffer)) {
    reportMdlAway(v, ddi, mdl);
    const right = freeFunctionOf(v, mdl);
    if (right !== ddi)
      v.report("MDL-WRONGFREE", `${ddi}: MDL ${hexAddress(mdl)} is not of the kind it frees; free it with ${right}.`, {
        object: mdl,
        kind: "MDL",
        allocationSite: ledger.allocationSite(mdl),
      });
    else if (ledger.isLive(mdl, KIND.mdl)) checkFreedMdl(v, ddi, mdl, ledger.value(mdl) >>> 0);
    v.partials.gone(mdl);
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
  else if (isDerived(machine.mdls.stateOf(mdl)))
    v.report(
      "MDL-NOTALONE",
      `${ddi}: MDL ${hexAddress(mdl)} was made by NDIS for NET_BUFFER ${hexAddress(machine.mdls.ownerOf(mdl))} of a derived list; free the list with the function for its kind.`,
      { object: mdl, kind: "MDL" },
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
  NdisAllocateMdl: (next, v) => (handle, address, length) =>
    checkNonpagedRange(v, address, length >>> 0) ? track(v, next(handle, address, length), length) : 0,
  NdisFreeMdl: (next, v) => (mdl) => {
    if (checkFree(v, "NdisFreeMdl", mdl)) next(mdl);
  },
  NdisAdjustMdlLength: (next, v) => (mdl, length) => {
    const { ledger } = v;
    reportMdlAway(v, "NdisAdjustMdlLength", mdl);
    const allocated = ledger.value(mdl) >>> 0;
    if (ledger.isLive(mdl, KIND.mdl) && length >>> 0 > allocated) {
      v.report(
        "MDL-LENGROW",
        `NdisAdjustMdlLength: ${length >>> 0} bytes are more than the ${allocated} that MDL ${hexAddress(mdl)} was allocated for; allocate one that describes them.`,
        { object: mdl, allocationSite: ledger.allocationSite(mdl) },
      );
      return;
    }
    next(mdl, length);
  },
  IoAllocateMdl: (next, v) => (address, length, secondary, quota, irp) =>
    track(v, next(address, length, secondary, quota, irp), length),
  IoFreeMdl: (next, v) => (mdl) => {
    if (checkFree(v, "IoFreeMdl", mdl)) next(mdl);
  },
  MmBuildMdlForNonPagedPool: (next, v) => (mdl) => {
    checkBuildNonpaged(v, mdl, mdlVirtualAddress(v.machine.memory, mdl));
    v.partials.gone(mdl);
    next(mdl);
  },
  IoBuildPartialMdl: (next, v) => (source, target, address, length) => {
    next(source, target, address, length);
    if (v.ledger.isLive(source, KIND.mdl) && v.ledger.isLive(target, KIND.mdl)) v.partials.built(target, source);
    else v.partials.gone(target);
  },
};
