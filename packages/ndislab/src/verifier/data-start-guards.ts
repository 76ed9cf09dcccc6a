import { NET_BUFFER } from "../layout/net-buffer.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Address } from "../memory/address.js";
import { chainLength } from "./chain-checks.js";
import type { Guards } from "./guards.js";
import { checkIsNetBuffer, checkNetBuffer } from "./net-buffer-checks.js";
import type { Verifier } from "./verifier.js";

/** Keeps account of a data start for RET-UNBAL; `bytes` is positive for a retreat. */
function moved(v: Verifier, nb: Address, bytes: number): void {
  v.ledger.setValue(nb, v.ledger.value(nb) + bytes);
  v.ledger.touched(nb, v.site);
}

export const DATA_START_GUARDS: Guards = {
  NdisRetreatNetBufferDataStart: (next, v) => (nb, delta, backFill, handler) => {
    if (!checkNetBuffer(v, "NdisRetreatNetBufferDataStart", nb)) return NDIS_STATUS.NDIS_STATUS_FAILURE;
    const status = next(nb, delta, backFill, handler);
    if (status === NDIS_STATUS.NDIS_STATUS_SUCCESS) moved(v, nb, delta | 0);
    return status;
  },
  NdisAdvanceNetBufferDataStart: (next, v) => (nb, delta, freeMdl, handler) => {
    if (!checkNetBuffer(v, "NdisAdvanceNetBufferDataStart", nb)) return;
    // An advance beyond the data does nothing, so it counts for nothing.
    if (delta >>> 0 <= v.machine.memory.u32[(nb + NET_BUFFER.offset.DataLength) >>> 2]) moved(v, nb, -(delta | 0));
    next(nb, delta, freeMdl, handler);
  },
  NdisAdjustNetBufferCurrentMdl: (next, v) => (nb) => {
    const ddi = "NdisAdjustNetBufferCurrentMdl";
    if (
      !checkIsNetBuffer(v, ddi, nb) ||
      chainLength(v, ddi, v.machine.memory.u32[(nb + NET_BUFFER.offset.MdlChain) >>> 2]) < 0
    )
      return;
    next(nb);
  },
};
