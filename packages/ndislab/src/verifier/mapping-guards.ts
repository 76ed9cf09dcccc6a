import type { DdiName } from "../ddi/table.js";
import { irqlName } from "../kernel/irql.js";
import { MDL_FLAGS } from "../layout/mdl.js";
import { IRQL } from "../layout/spin-lock.js";
import { mdlFlags, mdlVirtualAddress } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Guards } from "./guards.js";
import { checkMapping } from "./mapping-checks.js";
import type { RuleId } from "./rule.js";
import type { Verifier } from "./verifier.js";

const { MDL_PAGES_LOCKED, MDL_PARTIAL, MDL_PARTIAL_HAS_BEEN_MAPPED, MDL_SOURCE_IS_NONPAGED_POOL } = MDL_FLAGS;

/** What the macros of unsafe queries call in C. */
const SAFE_FORMS = "MmGetSystemAddressForMdlSafe, or of an NDIS 5 function the form that ends in Safe,";

function report(v: Verifier, rule: RuleId, ddi: DdiName, mdl: Address, what: string): void {
  v.report(rule, `${ddi}: MDL ${hexAddress(mdl)} ${what}`, {
    object: mdl,
    kind: "MDL",
    allocationSite: v.ledger.allocationSite(mdl),
  });
}

/** MDL-LOCKNP, and MEM-IRQL of pages that may have to be read in: true when the pages can be locked. */
function checkLock(v: Verifier, mdl: Address): boolean {
  const { memory, nonpaged, irql } = v.machine;
  const ddi = "MmProbeAndLockPages";
  const flags = mdlFlags(memory, mdl);
  if ((flags & MDL_PAGES_LOCKED) !== 0)
    report(v, "MDL-LOCKNP", ddi, mdl, "is locked already; call MmUnlockPages before it is locked again.");
  else if ((flags & MDL_PARTIAL) !== 0)
    report(v, "MDL-LOCKNP", ddi, mdl, "is a partial MDL, whose pages its source keeps; do not lock them again.");
  else if ((flags & MDL_SOURCE_IS_NONPAGED_POOL) !== 0)
    report(v, "MDL-LOCKNP", ddi, mdl, "was built for nonpaged memory, which needs no lock; leave the call out.");
  else {
    if (irql.current > IRQL.APC_LEVEL && nonpaged.find(mdlVirtualAddress(memory, mdl))?.purpose === "paged")
      v.report(
        "MEM-IRQL",
        `MmProbeAndLockPages called at ${irqlName(irql.current)} on paged memory; the limit is APC_LEVEL. Lock the pages at a lower IRQL.`,
      );
    return true;
  }
  return false;
}

/** MDL-PARTUNLOCK and MDL-LOCKNP: true when the pages are locked, and by this MDL. */
function checkUnlock(v: Verifier, mdl: Address): boolean {
  const flags = mdlFlags(v.machine.memory, mdl);
  if ((flags & MDL_PARTIAL) !== 0)
    report(v, "MDL-PARTUNLOCK", "MmUnlockPages", mdl, "is a partial MDL; unlock the MDL that it was built from.");
  else if ((flags & MDL_SOURCE_IS_NONPAGED_POOL) !== 0)
    report(
      v,
      "MDL-LOCKNP",
      "MmUnlockPages",
      mdl,
      "was built for nonpaged memory, which was never locked; leave the call out.",
    );
  else if ((flags & MDL_PAGES_LOCKED) === 0)
    report(v, "MDL-LOCKNP", "MmUnlockPages", mdl, "is not locked; call it once for each MmProbeAndLockPages.");
  else return true;
  return false;
}

/** MDL-PARTUNLOCK: a partial MDL may give back only a mapping of its own. */
function checkUnmap(v: Verifier, mdl: Address): boolean {
  const flags = mdlFlags(v.machine.memory, mdl);
  if ((flags & MDL_PARTIAL) === 0 || (flags & MDL_PARTIAL_HAS_BEEN_MAPPED) !== 0) return true;
  report(
    v,
    "MDL-PARTUNLOCK",
    "MmUnmapLockedPages",
    mdl,
    "is a partial MDL, which shares the mapping of its source; use MmPrepareMdlForReuse, which knows the difference.",
  );
  return false;
}

export const MAPPING_GUARDS: Guards = {
  MmProbeAndLockPages: (next, v) => (mdl, mode, operation) => {
    if (checkLock(v, mdl)) next(mdl, mode, operation);
  },
  MmUnlockPages: (next, v) => (mdl) => {
    if (checkUnlock(v, mdl)) next(mdl);
  },
  MmUnmapLockedPages: (next, v) => (address, mdl) => {
    if (checkUnmap(v, mdl)) next(address, mdl);
  },
  MmGetSystemAddressForMdl: (next, v) => (mdl) => {
    checkMapping(v, "MmGetSystemAddressForMdl", mdl, "MmGetSystemAddressForMdlSafe");
    return next(mdl);
  },
  MmMapLockedPages: (next, v) => (mdl, mode) => {
    checkMapping(v, "MmMapLockedPages", mdl, SAFE_FORMS);
    return next(mdl, mode);
  },
  MmMapLockedPagesSpecifyCache: (next, v) => (mdl, mode, cache, requested, bugCheckOnFailure, priority) => {
    if (bugCheckOnFailure !== 0)
      checkMapping(v, "MmMapLockedPagesSpecifyCache", mdl, "it with BugCheckOnFailure FALSE");
    return next(mdl, mode, cache, requested, bugCheckOnFailure, priority);
  },
};
