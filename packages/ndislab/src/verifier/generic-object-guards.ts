import { type Handle, hexAddress } from "../memory/address.js";
import type { Guards } from "./guards.js";
import { KIND, type Kind, OBJECT_KINDS } from "./ledger.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

/** Pools that are allocated with a handle, which the ledger keeps as their value. */
const POOLS_WITH_HANDLE: readonly Kind[] = [KIND.netBufferPool, KIND.netBufferListPool];

/** POOL-GENERIC: false when there is nothing to free. */
function checkFree(v: Verifier, object: Handle): boolean {
  const { ledger } = v;
  if (!ledger.isLive(object, KIND.genericObject)) {
    const freed = ledger.wasFreed(object, KIND.genericObject);
    v.report(
      "POOL-GENERIC",
      freed
        ? `NdisFreeGenericObject: object ${hexAddress(object)} was freed already, at ${v.place(ledger.freeSite(object))}; free it once.`
        : `NdisFreeGenericObject: ${hexAddress(object)} is no object of NdisAllocateGenericObject but ${whereabouts(v, object)}.`,
      { object, kind: "NDIS_GENERIC_OBJECT", allocationSite: freed ? ledger.allocationSite(object) : 0 },
    );
    return false;
  }
  for (const kind of POOLS_WITH_HANDLE)
    for (const pool of ledger.liveObjects(kind)) {
      if (ledger.value(pool) !== object) continue;
      v.report(
        "POOL-GENERIC",
        `NdisFreeGenericObject: ${OBJECT_KINDS[kind]} ${hexAddress(pool)} was allocated with object ${hexAddress(object)} and is not freed; free it first.`,
        { object: pool, allocationSite: ledger.allocationSite(pool) },
      );
      ledger.setValue(pool, 0);
    }
  return true;
}

/** POOL-GENERIC, of objects that are alive when the driver is unloaded. */
export function reportGenericLeaks(v: Verifier): void {
  for (const object of v.ledger.liveObjects(KIND.genericObject)) {
    const site = v.ledger.allocationSite(object);
    v.report(
      "POOL-GENERIC",
      `NDIS_GENERIC_OBJECT ${hexAddress(object)} was never freed; call NdisFreeGenericObject before the driver unloads.`,
      { object, at: v.locationOf(site), allocationSite: site },
    );
  }
}

export const GENERIC_OBJECT_GUARDS: Guards = {
  NdisAllocateGenericObject: (next, v) => (driverObject, tag, size) => {
    const object = next(driverObject, tag, size);
    if (object !== 0) v.ledger.allocated(object, KIND.genericObject, v.site);
    return object;
  },
  NdisFreeGenericObject: (next, v) => (object) => {
    if (!checkFree(v, object)) return;
    v.ledger.freed(object, v.site);
    next(object);
  },
};
