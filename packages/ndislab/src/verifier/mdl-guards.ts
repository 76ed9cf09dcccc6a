import type { DdiName } from "../ddi/table.js";
import { type Address, hexAddress } from "../memory/address.js";
import { MDL_STATE } from "../mdl/mdl.js";
import type { Guards } from "./guards.js";
import { KIND } from "./ledger.js";
import type { Verifier } from "./verifier.js";

/** MDL-DFREE, MDL-NOTALONE, MDL-WRONGFREE: true when the MDL may be freed by `ddi`. */
function checkFree(v: Verifier, ddi: DdiName, mdl: Address): boolean {
  const { ledger } = v;
  const wrong = ddi === "NdisFreeMdl" ? MDL_STATE.io : MDL_STATE.pooled;
  if (ledger.isLive(mdl, KIND.mdl) && v.machine.mdls.stateOf(mdl) !== wrong) {
    ledger.freed(mdl, v.site);
    return true;
  }
  if (ledger.wasFreed(mdl, KIND.mdl))
    v.report("MDL-DFREE", `${ddi}: MDL ${hexAddress(mdl)} was freed already, at ${v.place(ledger.freeSite(mdl))}; free it once.`, {
      object: mdl,
      allocationSite: ledger.allocationSite(mdl),
    });
  else if (ledger.isLive(mdl, KIND.mdl) || ledger.isLive(mdl, KIND.buffer))
    v.report(
      "MDL-WRONGFREE",
      `${ddi}: MDL ${hexAddress(mdl)} is not of the kind it frees; free an MDL with the counterpart of what allocated it.`,
      { object: mdl, kind: "MDL", allocationSite: ledger.allocationSite(mdl) },
    );
  else
    v.report(
      "MDL-NOTALONE",
      `${ddi}: MDL ${hexAddress(mdl)} belongs to a NET_BUFFER or to a retreat; free the NET_BUFFER, or advance with FreeMdl.`,
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
