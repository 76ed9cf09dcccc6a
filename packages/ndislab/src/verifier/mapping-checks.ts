import type { DdiName } from "../ddi/table.js";
import { MappingFault } from "../mdl/mappings.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Verifier } from "./verifier.js";

/**
 * BUF-UNSAFE: maps an MDL for a function that has no way to say that it could not, and ends the driver there.
 * @param safe the function that can fail
 */
export function checkMapping(v: Verifier, ddi: DdiName, mdl: Address, safe: string): void {
  if (mdl === 0 || v.machine.mappings.map(mdl) !== 0) return;
  v.report(
    "BUF-UNSAFE",
    `${ddi}: the pages of MDL ${hexAddress(mdl)} could not be mapped, where Windows stops the machine; call ${safe} and test for NULL.`,
    { object: mdl, kind: "MDL", allocationSite: v.ledger.allocationSite(mdl) },
  );
  throw new MappingFault(mdl);
}
