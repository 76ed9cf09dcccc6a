import type { DdiName } from "../ddi/table.js";
import { irqlName } from "../kernel/irql.js";
import { IRQL } from "../layout/spin-lock.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Guards } from "./guards.js";
import type { Severity } from "./rule.js";
import type { Verifier } from "./verifier.js";

/** SPIN-HELD: the documents of `ddi` ask the caller to release any spin lock first. */
export function checkNoLockHeld(v: Verifier, ddi: DdiName, severity: Severity): void {
  if (v.locks.count === 0) return;
  const held: string[] = [];
  v.locks.forEach((lock, site) => {
    held.push(`NDIS_SPIN_LOCK ${hexAddress(lock)}, acquired at ${v.place(site)}`);
  });
  v.report(
    "SPIN-HELD",
    `${ddi} called while holding ${held.join(", and ")}. Release it first; DISPATCH_LEVEL by itself is allowed.`,
    { object: v.locks.newest, kind: "NDIS_SPIN_LOCK", severity },
  );
}

function acquiring(v: Verifier, ddi: DdiName, lock: Address): void {
  const site = v.locks.siteOf(lock);
  if (site >= 0)
    v.report(
      "SPIN-RECUR",
      `${ddi}: spin lock ${hexAddress(lock)} is already held, acquired at ${v.place(site)}; on Windows the processor would spin for ever. Release it before.`,
      { object: lock, kind: "NDIS_SPIN_LOCK" },
    );
}

function releasing(v: Verifier, ddi: DdiName, lock: Address): boolean {
  if (v.locks.released(lock)) return true;
  v.report("SPIN-UNHELD", `${ddi}: spin lock ${hexAddress(lock)} is not held; release it once for each acquire.`, {
    object: lock,
    kind: "NDIS_SPIN_LOCK",
  });
  return false;
}

export const SPIN_LOCK_GUARDS: Guards = {
  NdisAcquireSpinLock: (next, v) => (lock) => {
    acquiring(v, "NdisAcquireSpinLock", lock);
    next(lock);
    v.locks.acquired(lock, v.site);
  },
  NdisDprAcquireSpinLock: (next, v) => (lock) => {
    acquiring(v, "NdisDprAcquireSpinLock", lock);
    next(lock);
    v.locks.acquired(lock, v.site);
  },
  NdisReleaseSpinLock: (next, v) => (lock) => {
    if (!releasing(v, "NdisReleaseSpinLock", lock)) return;
    const irql = v.machine.irql.current; // above DISPATCH_LEVEL the limit of the function says so
    if (irql < IRQL.DISPATCH_LEVEL)
      v.report(
        "SPIN-IRQL-REL",
        `NdisReleaseSpinLock called at ${irqlName(irql)} with spin lock ${hexAddress(lock)} held; who holds one stays at ${irqlName(IRQL.DISPATCH_LEVEL)} until it is released.`,
        { object: lock, kind: "NDIS_SPIN_LOCK" },
      );
    next(lock);
  },
  NdisDprReleaseSpinLock: (next, v) => (lock) => {
    if (releasing(v, "NdisDprReleaseSpinLock", lock)) next(lock);
  },
};
