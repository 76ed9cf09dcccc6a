import type { DdiName } from "../ddi/table.js";
import { NBL_FLAGS, NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NET_BUFFER_LIST_POOL_PARAMETERS, POOL_PARAMETER_REVISIONS } from "../layout/object-header.js";
import { NBL_LIVE, POOL } from "../layout/pool.js";
import { NDIS_STATUS } from "../layout/status.js";
import { type Address, alignUp, type Handle, hexAddress } from "../memory/address.js";
import { CONTEXT_BLOCK_OFFSET, MOST_CONTEXT } from "../ndis6/net-buffer-list-context.js";
import { NBL_STATE_OFFSET } from "../ndis6/net-buffer-list-pools.js";
import {
  checkAddedSizes,
  checkContextFree,
  checkContextLeft,
  checkContextSizes,
  checkHasContext,
  contextWasAdded,
  reportContextSize,
} from "./context-checks.js";
import { checkChildren, freedDerived } from "./derived-checks.js";
import { checkForeignMdlOfOwn } from "./foreign-mdl.js";
import type { Guards } from "./guards.js";
import { KIND } from "./ledger.js";
import { checkChainArguments } from "./net-buffer-checks.js";
import { checkTag, reportHeader, reportOverwritten } from "./net-buffer-guards.js";
import { LIST_NOTE, listIsAllocated } from "./net-buffer-list-notes.js";
import { reportAway } from "./ownership.js";
import { checkPool, checkPoolFree, isOfDeadPool } from "./pool-checks.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

const POOL_HANDLE = NET_BUFFER_LIST.offset.NdisPoolHandle >>> 2;
const FIRST_NB = NET_BUFFER_LIST.offset.FirstNetBuffer >>> 2;
const STATE = NBL_STATE_OFFSET >>> 2;

/** Bytes of the parameters that NDIS knows, by revision. */
const SIZES = [
  POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
  POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_2,
];

const PROTOCOL_IDS: readonly number[] = [
  NBL_FLAGS.NDIS_PROTOCOL_ID_DEFAULT,
  NBL_FLAGS.NDIS_PROTOCOL_ID_TCP_IP,
  NBL_FLAGS.NDIS_PROTOCOL_ID_IPX,
  NBL_FLAGS.NDIS_PROTOCOL_ID_NBF,
];

/** NBL-NOTPOOL and NBL-OWNER: whether `nbl` is a live list; one that another driver has was told of, and may go on. */
export function checkIsNetBufferList(v: Verifier, ddi: DdiName, nbl: Address): boolean {
  if (!checkListLives(v, ddi, nbl)) return false;
  if (v.ledger.holder(nbl) !== 0) reportAway(v, ddi, "NET_BUFFER_LIST", nbl);
  return true;
}

/** NBL-NOTPOOL: whether `nbl` is a live NET_BUFFER_LIST of a pool, the driver's or another's, whoever has it. */
export function checkListLives(v: Verifier, ddi: DdiName, nbl: Address): boolean {
  const { ledger, machine } = v;
  if (ledger.isLive(nbl, KIND.netBufferList)) return true;
  const { memory, nonpaged } = machine;
  // Another driver's. The ledger may still know one of this driver's that was at the same place before.
  if ((nbl & 7) === 0 && memory.contains(nbl, NET_BUFFER_LIST.size) && nonpaged.isSystem(nbl))
    if (memory.u32[(nbl + NBL_STATE_OFFSET) >>> 2] === NBL_LIVE && !isOfDeadPool(v, nbl, "netBufferList")) return true;
  const freed = ledger.wasFreed(nbl, KIND.netBufferList);
  v.report(
    "NBL-NOTPOOL",
    freed
      ? `${ddi}: NET_BUFFER_LIST ${hexAddress(nbl)} was freed at ${v.place(ledger.freeSite(nbl))}; use it only while it is yours.`
      : `${ddi}: ${hexAddress(nbl)} is not a live NET_BUFFER_LIST of a pool but ${whereabouts(v, nbl)}; get one from NdisAllocateNetBufferList, never from private memory or the stack.`,
    { object: nbl, kind: "NET_BUFFER_LIST", allocationSite: freed ? ledger.allocationSite(nbl) : 0 },
  );
  return false;
}

/** NBL-DCOMPLETE: false for a list of another driver that was given back before. */
export function checkIsOut(v: Verifier, ddi: DdiName, nbl: Address): boolean {
  const { ledger, machine } = v;
  const { memory, nonpaged, pools } = machine;
  if (ledger.isLive(nbl, KIND.netBufferList) || (nbl & 7) !== 0 || !nonpaged.isSystem(nbl)) return true;
  if (memory.u32[(nbl + NBL_STATE_OFFSET) >>> 2] === NBL_LIVE) return true;
  const pool = memory.u32[(nbl + NET_BUFFER_LIST.offset.NdisPoolHandle) >>> 2];
  if (pools.kindOf(pool) !== "netBufferList" || ledger.isLive(pool, KIND.netBufferListPool)) return true;
  v.report(
    "NBL-DCOMPLETE",
    `${ddi}: NET_BUFFER_LIST ${hexAddress(nbl)} was given back already, at ${v.place(ledger.touchSite(nbl))}; give it back once.`,
    { object: nbl, kind: "NET_BUFFER_LIST" },
  );
  return false;
}

/**
 * The rules of freeing a list: NBL-NOTPOOL, NBL-DFREE, NBL-OWNER, NB-POOLFIELD, and what would be lost with it. True
 * when the call may go on.
 */
function checkFree(v: Verifier, nbl: Address): boolean {
  const { ledger } = v;
  if (!ledger.isLive(nbl, KIND.netBufferList)) {
    reportFree(v, nbl);
    return false;
  }
  if (ledger.holder(nbl) !== 0 && reportAway(v, "NdisFreeNetBufferList", "NET_BUFFER_LIST", nbl)) return false;
  if (freedDerived(v, nbl)) return false;
  const { u32 } = v.machine.memory;
  const w = nbl >>> 2;
  if ((u32[w + POOL_HANDLE] | 0) !== ledger.note(nbl, LIST_NOTE.pool) || u32[w + STATE] !== NBL_LIVE) repair(v, nbl);
  checkContextLeft(v, "NdisFreeNetBufferList", nbl);
  const first: Address = u32[w + FIRST_NB];
  if (first !== 0) {
    checkNetBuffersLeft(v, nbl, first);
    checkForeignMdlOfOwn(v, nbl);
  }
  checkChildren(v, "NdisFreeNetBufferList", nbl);
  return true;
}

/** Keeps account of a list of the driver's that is about to be freed. */
function goes(v: Verifier, nbl: Address): void {
  const { ledger, site } = v;
  const next: Address = v.machine.memory.u32[nbl >>> 2];
  if (next !== 0 && ledger.isLive(next, KIND.netBufferList)) ledger.setNote(next, LIST_NOTE.behind, site + 1);
  ledger.freed(nbl, site);
  if (v.broken.size !== 0) v.broken.delete(nbl);
}

/** NBL-DFREE, NBL-NOTPOOL: why `nbl`, which is no live list of the driver, is not to be freed. */
function reportFree(v: Verifier, nbl: Address): void {
  const { ledger } = v;
  if (ledger.wasFreed(nbl, KIND.netBufferList)) {
    // Out when its pool was freed: POOL-OUTSTANDING has said so.
    if (v.machine.memory.u32[(nbl + NBL_STATE_OFFSET) >>> 2] === NBL_LIVE && isOfDeadPool(v, nbl, "netBufferList"))
      return;
    v.report(
      "NBL-DFREE",
      `NdisFreeNetBufferList: NET_BUFFER_LIST ${hexAddress(nbl)} was freed already, at ${v.place(ledger.freeSite(nbl))}; free it once.`,
      {
        object: nbl,
        allocationSite: ledger.allocationSite(nbl),
      },
    );
    return;
  }
  if (checkListLives(v, "NdisFreeNetBufferList", nbl)) {
    v.broken.add(nbl);
    v.report(
      "NBL-NOTPOOL",
      `NdisFreeNetBufferList: NET_BUFFER_LIST ${hexAddress(nbl)} belongs to another driver; complete or return it instead of freeing it.`,
      { object: nbl, kind: "NET_BUFFER_LIST" },
    );
  }
}

/** NB-POOLFIELD: puts back what a list needs to be freed. */
function repair(v: Verifier, nbl: Address): void {
  const { u32 } = v.machine.memory;
  const pool = v.ledger.note(nbl, LIST_NOTE.pool) >>> 0;
  if (v.machine.pools.kindOf(pool) !== "netBufferList") return;
  reportOverwritten(v, "NdisFreeNetBufferList", "NET_BUFFER_LIST", nbl, u32[(nbl >>> 2) + POOL_HANDLE], pool);
  u32[(nbl >>> 2) + POOL_HANDLE] = pool;
  u32[(nbl >>> 2) + STATE] = NBL_LIVE;
  u32[(nbl + CONTEXT_BLOCK_OFFSET) >>> 2] = 0;
}

/** NBL-NBLEFT: NET_BUFFERs of the driver's that were put on the list and are still there. */
function checkNetBuffersLeft(v: Verifier, nbl: Address, first: Address): void {
  const { ledger, machine } = v;
  const { u32 } = machine.memory;
  let count = 0;
  let lost: Address = 0;
  // A list may still point to a NET_BUFFER that was freed before: nothing is lost then, and its Next means nothing.
  for (let nb = first; nb !== 0; nb = u32[nb >>> 2]) {
    if (!ledger.isLive(nb, KIND.netBuffer)) {
      if (nb !== machine.netBufferLists.preallocatedNetBuffer(nbl)) break;
      continue;
    }
    if (v.broken.has(nb)) break;
    v.broken.add(nb);
    if (count++ === 0) lost = nb;
  }
  if (count === 0) return;
  v.report(
    "NBL-NBLEFT",
    `NdisFreeNetBufferList: ${count} NET_BUFFER${count === 1 ? "" : "s"} that did not come with NET_BUFFER_LIST ${hexAddress(nbl)} ` +
      `${count === 1 ? "is" : "are"} still on it, ${count === 1 ? "" : "the first of them "}${hexAddress(lost)}, and not freed with it; ` +
      "take them off first, and free or keep them.",
    { object: nbl, allocationSite: ledger.allocationSite(lost) },
  );
}

/** POOL-PARAMS, when that is why there is no pool. */
function reportParameters(v: Verifier, parameters: Address): void {
  const { memory } = v.machine;
  const { fAllocateNetBuffer, DataSize } = NET_BUFFER_LIST_POOL_PARAMETERS.offset;
  const dataSize = memory.u32[(parameters + DataSize) >>> 2];
  if (memory.u8[parameters + fAllocateNetBuffer] !== 0 || dataSize === 0) return;
  v.report(
    "POOL-PARAMS",
    `NdisAllocateNetBufferListPool: fAllocateNetBuffer is FALSE and DataSize ${dataSize}; ` +
      "only FALSE with 0 (lists alone), TRUE with 0 (with a NET_BUFFER) and TRUE with a size (with MDL and data) are possible.",
  );
}

/** POOL-TAG, POOL-CTXALIGN, POOL-PROTOID: what can be said of parameters before there is a pool. */
function checkParameters(v: Verifier, parameters: Address): void {
  const ddi = "NdisAllocateNetBufferListPool";
  const { u8, u16, u32 } = v.machine.memory;
  const offset = NET_BUFFER_LIST_POOL_PARAMETERS.offset;
  checkTag(v, ddi, u32[(parameters + offset.PoolTag) >>> 2]);
  const contextSize = u16[(parameters + offset.ContextSize) >>> 1];
  if (contextSize % 8 !== 0)
    v.report(
      "POOL-CTXALIGN",
      `${ddi}: ContextSize is ${contextSize} and must be a multiple of 8, MEMORY_ALLOCATION_ALIGNMENT on x86; make it ${alignUp(contextSize, 8)}.`,
    );
  const protocolId = u8[parameters + offset.ProtocolId];
  if (protocolId !== 0 && (v.isFilter || !PROTOCOL_IDS.includes(protocolId)))
    v.report(
      "POOL-PROTOID",
      v.isFilter
        ? `${ddi}: ProtocolId is ${protocolId}, and the driver is a filter; only a protocol has an id of its own, set NDIS_PROTOCOL_ID_DEFAULT (0).`
        : `${ddi}: ProtocolId is ${protocolId}; there are 0 (default), 2 (TCP/IP), 6 (IPX) and 7 (NBF).`,
    );
}

/** A list is the driver's from now on. */
function allocated(v: Verifier, nbl: Address, pool: Handle): void {
  v.ledger.allocated(nbl, KIND.netBufferList, v.site);
  listIsAllocated(v, nbl, pool);
}

export const NET_BUFFER_LIST_GUARDS: Guards = {
  NdisAllocateNetBufferListPool: (next, v) => (handle, parameters) => {
    if (reportHeader(v, "NdisAllocateNetBufferListPool", parameters, SIZES)) return 0;
    checkParameters(v, parameters);
    const pool = next(handle, parameters);
    if (pool !== 0) {
      v.ledger.allocated(pool, KIND.netBufferListPool, v.site);
      v.ledger.setValue(pool, handle);
    } else reportParameters(v, parameters);
    return pool;
  },
  NdisFreeNetBufferListPool: (next, v) => (pool) => {
    if (!checkPoolFree(v, "NdisFreeNetBufferListPool", pool, "netBufferList")) return;
    v.ledger.freed(pool, v.site);
    next(pool);
  },
  NdisAllocateNetBufferList: (next, v, limit) => (pool, contextSize, contextBackFill) => {
    limit.check();
    const ddi = "NdisAllocateNetBufferList";
    checkContextSizes(v, ddi, contextSize, contextBackFill);
    const nbl = next(pool, contextSize, contextBackFill);
    if (nbl !== 0) allocated(v, nbl, pool);
    else if (checkPool(v, ddi, pool, "netBufferList") && contextSize + contextBackFill > MOST_CONTEXT)
      reportContextSize(v, ddi, contextSize, contextBackFill);
    return nbl;
  },
  NdisAllocateNetBufferAndNetBufferList: (next, v) => (pool, contextSize, backFill, chain, dataOffset, dataLength) => {
    const ddi = "NdisAllocateNetBufferAndNetBufferList";
    if (!checkPool(v, ddi, pool, "netBufferList")) return 0;
    const { u32 } = v.machine.memory;
    const hasNetBuffer = u32[(pool + POOL.offset.HasNetBuffer) >>> 2] !== 0;
    const dataSize = u32[(pool + POOL.offset.DataSize) >>> 2];
    if (!hasNetBuffer || dataSize !== 0) {
      const made = `fAllocateNetBuffer ${hasNetBuffer ? "TRUE" : "FALSE"} and DataSize ${dataSize}`;
      v.report(
        "NBL-WRONGPOOL",
        `${ddi}: pool ${hexAddress(pool)} was made with ${made}; use one with fAllocateNetBuffer TRUE and DataSize 0.`,
        {
          object: pool,
          allocationSite: v.ledger.allocationSite(pool),
        },
      );
      return 0;
    }
    if (!checkChainArguments(v, ddi, chain, dataOffset >>> 0, dataLength >>> 0)) return 0;
    checkContextSizes(v, ddi, contextSize, backFill);
    const nbl = next(pool, contextSize, backFill, chain, dataOffset, dataLength);
    if (nbl !== 0) allocated(v, nbl, pool);
    else if (contextSize + backFill > MOST_CONTEXT) reportContextSize(v, ddi, contextSize, backFill);
    return nbl;
  },
  NdisFreeNetBufferList: (next, v, limit) => (nbl) => {
    limit.check();
    if (!v.plain.mayBeFreed(nbl) && !checkFree(v, nbl)) return;
    goes(v, nbl);
    next(nbl);
  },
  NdisGetPoolFromNetBufferList: (next, v, limit) => (nbl) => {
    limit.check();
    return checkIsNetBufferList(v, "NdisGetPoolFromNetBufferList", nbl) ? next(nbl) : 0;
  },
  NdisAllocateNetBufferListContext: (next, v) => (nbl, contextSize, backFill, tag) => {
    const ddi = "NdisAllocateNetBufferListContext";
    if (!checkIsNetBufferList(v, ddi, nbl)) return NDIS_STATUS.NDIS_STATUS_FAILURE;
    checkAddedSizes(v, ddi, contextSize, backFill);
    const status = next(nbl, contextSize, backFill, tag);
    if (status === NDIS_STATUS.NDIS_STATUS_SUCCESS) contextWasAdded(v, nbl, contextSize);
    else if (status === NDIS_STATUS.NDIS_STATUS_FAILURE && contextSize + backFill > MOST_CONTEXT)
      reportContextSize(v, ddi, contextSize, backFill);
    return status;
  },
  NdisFreeNetBufferListContext: (next, v) => (nbl, contextSize) => {
    if (!checkIsNetBufferList(v, "NdisFreeNetBufferListContext", nbl)) return;
    if (checkContextFree(v, nbl, contextSize)) next(nbl, contextSize);
  },
  NET_BUFFER_LIST_CONTEXT_DATA_START: (next, v) => (nbl) =>
    checkHasContext(v, "NET_BUFFER_LIST_CONTEXT_DATA_START", nbl) ? next(nbl) : 0,
  NET_BUFFER_LIST_CONTEXT_DATA_SIZE: (next, v) => (nbl) =>
    checkHasContext(v, "NET_BUFFER_LIST_CONTEXT_DATA_SIZE", nbl) ? next(nbl) : 0,
};
