import { type Address, hexAddress } from "../memory/address.js";
import { INFO_SLOTS } from "../ndis6/net-buffer-list-info.js";
import type { Guards } from "./guards.js";
import { checkIsNetBufferList } from "./net-buffer-list-guards.js";
import type { Verifier } from "./verifier.js";

/** NBL-INFOID. In C the macro is an array's element, and the slot is the compiler's to check. */
function checkSlot(v: Verifier, nbl: Address, id: number): boolean {
  if (id >= 0 && id < INFO_SLOTS) return true;
  v.report(
    "NBL-INFOID",
    `NET_BUFFER_LIST_INFO: NET_BUFFER_LIST ${hexAddress(nbl)} has slots 0 to ${INFO_SLOTS - 1}, and ${id} is asked for; use a name of NDIS_NET_BUFFER_LIST_INFO.`,
    { object: nbl, kind: "NET_BUFFER_LIST", allocationSite: v.ledger.allocationSite(nbl) },
  );
  return false;
}

export const NET_BUFFER_LIST_INFO_GUARDS: Guards = {
  NET_BUFFER_LIST_INFO: (next, v) =>
    Object.assign((nbl: Address, id: number): number => (checkSlot(v, nbl, id) ? next(nbl, id) : 0), {
      set: (nbl: Address, id: number, value: number): void => {
        if (checkSlot(v, nbl, id)) next.set(nbl, id, value);
      },
    }),
  NdisGetNetBufferListProtocolId: (next, v) => (nbl) =>
    checkIsNetBufferList(v, "NdisGetNetBufferListProtocolId", nbl) ? next(nbl) : 0,
  NdisCopySendNetBufferListInfo: (next, v) => (to, from) => {
    const ddi = "NdisCopySendNetBufferListInfo";
    if (checkIsNetBufferList(v, ddi, to) && checkIsNetBufferList(v, ddi, from)) next(to, from);
  },
  NdisCopyReceiveNetBufferListInfo: (next, v) => (to, from) => {
    const ddi = "NdisCopyReceiveNetBufferListInfo";
    if (checkIsNetBufferList(v, ddi, to) && checkIsNetBufferList(v, ddi, from)) next(to, from);
  },
};
