import type { DdiName } from "../ddi/table.js";
import { NDIS_STATUS } from "../layout/status.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Guards } from "./guards.js";
import { KIND, type Kind, OBJECT_KINDS } from "./ledger.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

// What NDIS gives out beside memory and buffers, and wants back: copies of OID requests, devices, registrations.

/** Notes what a call that succeeded wrote to `out`. */
function issued(v: Verifier, status: number, out: Address, kind: Kind): number {
  const object = v.machine.memory.u32[out >>> 2];
  if (status === NDIS_STATUS.NDIS_STATUS_SUCCESS && object !== 0) v.ledger.allocated(object, kind, v.site);
  return status;
}

/** MEM-DFREE and MEM-BADADDR: true when the object is the driver's to give back. */
function takenBack(v: Verifier, ddi: DdiName, object: Address, kind: Kind, source: DdiName): boolean {
  const { ledger } = v;
  const name = OBJECT_KINDS[kind];
  if (ledger.isLive(object, kind)) {
    ledger.freed(object, v.site);
    return true;
  }
  if (ledger.wasFreed(object, kind))
    v.report(
      "MEM-DFREE",
      `${ddi}: ${name} ${hexAddress(object)} was given back already, at ${v.place(ledger.freeSite(object))}; give it back once.`,
      { object, kind: name, allocationSite: ledger.allocationSite(object) },
    );
  else
    v.report(
      "MEM-BADADDR",
      `${ddi}: ${hexAddress(object)} is ${whereabouts(v, object)} and not what ${source} gave; give that back.`,
      { object, kind: name },
    );
  return false;
}

export const ISSUED_OBJECT_GUARDS: Guards = {
  NdisFRegisterFilterDriver: (next, v) => (driver, context, characteristics, handle) => {
    const status = issued(v, next(driver, context, characteristics, handle), handle, KIND.filterDriver);
    if (status === NDIS_STATUS.NDIS_STATUS_SUCCESS) v.isFilter = true;
    return status;
  },
  NdisFDeregisterFilterDriver: (next, v) => (handle) => {
    if (takenBack(v, "NdisFDeregisterFilterDriver", handle, KIND.filterDriver, "NdisFRegisterFilterDriver"))
      next(handle);
  },
  NdisRegisterDeviceEx: (next, v) => (driver, attributes, device, handle) =>
    issued(v, next(driver, attributes, device, handle), handle, KIND.device),
  NdisDeregisterDeviceEx: (next, v) => (handle) => {
    if (takenBack(v, "NdisDeregisterDeviceEx", handle, KIND.device, "NdisRegisterDeviceEx")) next(handle);
  },
  NdisAllocateCloneOidRequest: (next, v) => (source, request, tag, clone) =>
    issued(v, next(source, request, tag, clone), clone, KIND.oidClone),
  NdisFreeCloneOidRequest: (next, v) => (source, request) => {
    if (takenBack(v, "NdisFreeCloneOidRequest", request, KIND.oidClone, "NdisAllocateCloneOidRequest"))
      next(source, request);
  },
};
