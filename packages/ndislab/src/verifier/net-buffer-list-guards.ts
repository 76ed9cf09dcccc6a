import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NET_BUFFER_LIST_POOL_PARAMETERS, POOL_PARAMETER_REVISIONS } from "../layout/object-header.js";
import { POOL } from "../layout/pool.js";
import { type Address, hexAddress } from "../memory/address.js";
import { NBL_LIVE, NBL_STATE_OFFSET } from "../ndis6/net-buffer-list-pools.js";
import type { Guards } from "./guards.js";
import { KIND } from "./ledger.js";
import { checkChainArguments } from "./net-buffer-checks.js";
import { reportHeader } from "./net-buffer-guards.js";
import { checkPool, checkPoolFree, isOfDeadPool } from "./pool-checks.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

/** NBL-NOTPOOL: whether `nbl` is a live NET_BUFFER_LIST of a pool, the driver's or another's. */
export function checkIsNetBufferList(v: Verifier, ddi: DdiName, nbl: Address): boolean {
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

function checkFree(v: Verifier, nbl: Address): boolean {
  const { ledger } = v;
  if (ledger.isLive(nbl, KIND.netBufferList)) {
    ledger.freed(nbl, v.site);
    v.broken.delete(nbl);
    return true;
  }
  if (ledger.wasFreed(nbl, KIND.netBufferList)) {
    // Out when its pool was freed: POOL-OUTSTANDING has said so.
    if (v.machine.memory.u32[(nbl + NBL_STATE_OFFSET) >>> 2] === NBL_LIVE && isOfDeadPool(v, nbl, "netBufferList"))
      return false;
    v.report(
      "NBL-DFREE",
      `NdisFreeNetBufferList: NET_BUFFER_LIST ${hexAddress(nbl)} was freed already, at ${v.place(ledger.freeSite(nbl))}; free it once.`,
      {
        object: nbl,
        allocationSite: ledger.allocationSite(nbl),
      },
    );
    return false;
  }
  if (checkIsNetBufferList(v, "NdisFreeNetBufferList", nbl)) {
    v.broken.add(nbl);
    v.report(
      "NBL-NOTPOOL",
      `NdisFreeNetBufferList: NET_BUFFER_LIST ${hexAddress(nbl)} belongs to another driver; complete or return it instead of freeing it.`,
      { object: nbl, kind: "NET_BUFFER_LIST" },
    );
  }
  return false;
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

export const NET_BUFFER_LIST_GUARDS: Guards = {
  NdisAllocateNetBufferListPool: (next, v) => (handle, parameters) => {
    const size = POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    if (reportHeader(v, "NdisAllocateNetBufferListPool", parameters, size)) return 0;
    const pool = next(handle, parameters);
    if (pool !== 0) v.ledger.allocated(pool, KIND.netBufferListPool, v.site);
    else reportParameters(v, parameters);
    return pool;
  },
  NdisFreeNetBufferListPool: (next, v) => (pool) => {
    if (!checkPoolFree(v, "NdisFreeNetBufferListPool", pool, "netBufferList")) return;
    v.ledger.freed(pool, v.site);
    next(pool);
  },
  NdisAllocateNetBufferList: (next, v) => (pool, contextSize, contextBackFill) => {
    const nbl = next(pool, contextSize, contextBackFill);
    if (nbl !== 0) v.ledger.allocated(nbl, KIND.netBufferList, v.site);
    else checkPool(v, "NdisAllocateNetBufferList", pool, "netBufferList");
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
    const nbl = next(pool, contextSize, backFill, chain, dataOffset, dataLength);
    if (nbl !== 0) v.ledger.allocated(nbl, KIND.netBufferList, v.site);
    return nbl;
  },
  NdisFreeNetBufferList: (next, v) => (nbl) => {
    if (checkFree(v, nbl)) next(nbl);
  },
  NdisGetPoolFromNetBufferList: (next, v) => (nbl) =>
    checkIsNetBufferList(v, "NdisGetPoolFromNetBufferList", nbl) ? next(nbl) : 0,
};
