import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Address } from "../memory/address.js";
import { chainLength } from "./chain-checks.js";
import {
  checkAdvanceFits,
  checkFreeHandler,
  checkHandlerMdl,
  checkOffset,
  checkReceived,
  checkRetreatFits,
  moved,
} from "./data-start-checks.js";
import type { Guards } from "./guards.js";
import { checkNetBuffersOn } from "./list-checks.js";
import { checkIsNetBuffer, checkNetBuffer } from "./net-buffer-checks.js";
import { checkIsNetBufferList } from "./net-buffer-list-guards.js";
import type { Verifier } from "./verifier.js";

const FIRST_NB = NET_BUFFER_LIST.offset.FirstNetBuffer >>> 2;
const FAILURE = NDIS_STATUS.NDIS_STATUS_FAILURE;
const SUCCESS = NDIS_STATUS.NDIS_STATUS_SUCCESS;

/** A list that the driver has, with sound NET_BUFFERs. */
const checkList = (v: Verifier, ddi: DdiName, nbl: Address): boolean =>
  checkIsNetBufferList(v, ddi, nbl) && checkNetBuffersOn(v, ddi, nbl);

/** What stands before the advance of one NET_BUFFER. One beyond the data does nothing, so it counts for nothing. */
function beforeAdvance(v: Verifier, ddi: DdiName, nb: Address, delta: number, freeMdl: boolean): void {
  if (!checkAdvanceFits(v, ddi, nb, delta)) return;
  if (freeMdl) checkReceived(v, ddi, nb, delta);
  moved(v, nb, -delta);
}

export const DATA_START_GUARDS: Guards = {
  NdisRetreatNetBufferDataStart: (next, v) => (nb, delta, backFill, handler) => {
    const ddi = "NdisRetreatNetBufferDataStart";
    if (!checkNetBuffer(v, ddi, nb) || !checkRetreatFits(v, ddi, nb, delta >>> 0, backFill >>> 0)) return FAILURE;
    const { site } = v;
    const status = next(nb, delta, backFill, handler);
    v.site = site; // a handler of the driver's has made calls of its own
    if (status === SUCCESS) moved(v, nb, delta >>> 0);
    else checkHandlerMdl(v, ddi, status, (delta >>> 0) + (backFill >>> 0));
    return status;
  },
  NdisAdvanceNetBufferDataStart: (next, v) => (nb, delta, freeMdl, handler) => {
    const ddi = "NdisAdvanceNetBufferDataStart";
    if (!checkNetBuffer(v, ddi, nb)) return;
    beforeAdvance(v, ddi, nb, delta >>> 0, !!freeMdl);
    const { site } = v;
    next(nb, delta, freeMdl, handler);
    v.site = site;
    if (freeMdl) checkFreeHandler(v, ddi, nb, handler);
  },
  NdisRetreatNetBufferListDataStart: (next, v) => (nbl, delta, backFill, allocateHandler, freeHandler) => {
    const ddi = "NdisRetreatNetBufferListDataStart";
    if (!checkList(v, ddi, nbl)) return FAILURE;
    const { u32 } = v.machine.memory;
    const first: Address = u32[(nbl >>> 2) + FIRST_NB];
    for (let nb = first; nb !== 0; nb = u32[nb >>> 2])
      if (!checkRetreatFits(v, ddi, nb, delta >>> 0, backFill >>> 0)) return FAILURE;
    const { site } = v;
    const status = next(nbl, delta, backFill, allocateHandler, freeHandler);
    v.site = site;
    if (status !== SUCCESS) checkHandlerMdl(v, ddi, status, (delta >>> 0) + (backFill >>> 0));
    else for (let nb = first; nb !== 0; nb = u32[nb >>> 2]) moved(v, nb, delta >>> 0);
    return status;
  },
  NdisAdvanceNetBufferListDataStart: (next, v) => (nbl, delta, freeMdl, handler) => {
    const ddi = "NdisAdvanceNetBufferListDataStart";
    if (!checkList(v, ddi, nbl)) return;
    const { u32 } = v.machine.memory;
    const first: Address = u32[(nbl >>> 2) + FIRST_NB];
    for (let nb = first; nb !== 0; nb = u32[nb >>> 2]) beforeAdvance(v, ddi, nb, delta >>> 0, !!freeMdl);
    const { site } = v;
    next(nbl, delta, freeMdl, handler);
    v.site = site;
    if (freeMdl) for (let nb = first; nb !== 0; nb = u32[nb >>> 2]) checkFreeHandler(v, ddi, nb, handler);
  },
  NdisAdjustNetBufferCurrentMdl: (next, v) => (nb) => {
    const ddi = "NdisAdjustNetBufferCurrentMdl";
    if (!checkIsNetBuffer(v, ddi, nb)) return;
    const length = chainLength(v, ddi, v.machine.memory.u32[(nb + NET_BUFFER.offset.MdlChain) >>> 2]);
    if (length < 0) return;
    checkOffset(v, ddi, nb, length);
    next(nb);
  },
};
