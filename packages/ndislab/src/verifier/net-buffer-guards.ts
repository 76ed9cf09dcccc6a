import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { POOL_PARAMETER_REVISIONS } from "../layout/object-header.js";
import { POOL } from "../layout/pool.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { NB_STATE, NB_STATE_OFFSET } from "../ndis6/net-buffer.js";
import type { Guards } from "./guards.js";
import { KIND } from "./ledger.js";
import { checkChainArguments, checkIsNetBuffer } from "./net-buffer-checks.js";
import { checkPool, checkPoolFree, isOfDeadPool } from "./pool-checks.js";
import type { Verifier } from "./verifier.js";

/** POOL-HEADER: what is wrong with the header of pool parameters that NDIS refused. */
export function reportHeader(v: Verifier, ddi: DdiName, parameters: Address, size: number): boolean {
  const { u8, u16 } = v.machine.memory;
  const found = `Type 0x${u8[parameters].toString(16)}, Revision ${u8[parameters + 1]}, Size ${u16[(parameters + 2) >>> 1]}`;
  if (u8[parameters] === 0x80 && u8[parameters + 1] === 1 && u16[(parameters + 2) >>> 1] >= size) return false;
  v.report(
    "POOL-HEADER",
    `${ddi}: the parameters have ${found}; NDIS_OBJECT_TYPE_DEFAULT (0x80), revision 1 and at least ${size} bytes are needed.`,
  );
  return true;
}

const dataSizeOf = (v: Verifier, pool: Handle): number => v.machine.memory.u32[(pool + POOL.offset.DataSize) >>> 2];

// Allocate and free are on the path of every packet: their checks are short enough to be compiled into the caller, and
// what they report stands apart.

/** A module constant: an import would be looked up at each use. */
const LIVE = KIND.netBuffer;

/** POOL-*, NB-NODATA: why NdisAllocateNetBufferMdlAndData gave nothing. */
function reportNoNetBuffer(v: Verifier, pool: Handle): void {
  if (checkPool(v, "NdisAllocateNetBufferMdlAndData", pool, "netBuffer") && dataSizeOf(v, pool) === 0)
    v.report(
      "NB-NODATA",
      `NdisAllocateNetBufferMdlAndData: pool ${hexAddress(pool)} was made with DataSize 0; use NdisAllocateNetBuffer, or give the pool a DataSize.`,
      {
        object: pool,
        allocationSite: v.ledger.allocationSite(pool),
      },
    );
}

/** The list that a preallocated NET_BUFFER came with: both lie in one slot of its pool. */
function listOfPreallocated(v: Verifier, nb: Address): Address {
  const { u32 } = v.machine.memory;
  const pool = u32[(nb + NET_BUFFER.offset.NdisPoolHandle) >>> 2];
  return nb - u32[(pool + POOL.offset.NetBufferStart) >>> 2];
}

/** NB-DFREE, NB-PREALLOC, NB-NOTPOOL: why `nb`, which is no live NET_BUFFER of the driver, is not to be freed. */
function reportFree(v: Verifier, nb: Address): void {
  const { ledger } = v;
  if (ledger.wasFreed(nb, KIND.netBuffer)) {
    const state = v.machine.memory.u32[(nb + NB_STATE_OFFSET) >>> 2];
    // Out when its pool was freed: POOL-OUTSTANDING has said so.
    if ((state === NB_STATE.bare || state === NB_STATE.withData) && isOfDeadPool(v, nb, "netBuffer")) return;
    v.report(
      "NB-DFREE",
      `NdisFreeNetBuffer: NET_BUFFER ${hexAddress(nb)} was freed already, at ${v.place(ledger.freeSite(nb))}; free it once.`,
      {
        object: nb,
        allocationSite: ledger.allocationSite(nb),
      },
    );
    return;
  }
  if (!checkIsNetBuffer(v, "NdisFreeNetBuffer", nb)) return;
  if (v.machine.memory.u32[(nb + NB_STATE_OFFSET) >>> 2] === NB_STATE.preallocated) {
    const list = listOfPreallocated(v, nb);
    v.report(
      "NB-PREALLOC",
      `NdisFreeNetBuffer: NET_BUFFER ${hexAddress(nb)} came with NET_BUFFER_LIST ${hexAddress(list)} and goes with it; call NdisFreeNetBufferList.`,
      { object: nb, kind: "NET_BUFFER", allocationSite: ledger.allocationSite(list) },
    );
    return;
  }
  v.report(
    "NB-NOTPOOL",
    `NdisFreeNetBuffer: NET_BUFFER ${hexAddress(nb)} belongs to another driver; give its list back instead of freeing.`,
    {
      object: nb,
      kind: "NET_BUFFER",
    },
  );
}

export const NET_BUFFER_GUARDS: Guards = {
  NdisAllocateNetBufferPool: (next, v) => (handle, parameters) => {
    if (
      reportHeader(
        v,
        "NdisAllocateNetBufferPool",
        parameters,
        POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1,
      )
    )
      return 0;
    const pool = next(handle, parameters);
    if (pool !== 0) v.ledger.allocated(pool, KIND.netBufferPool, v.site);
    return pool;
  },
  NdisFreeNetBufferPool: (next, v) => (pool) => {
    if (!checkPoolFree(v, "NdisFreeNetBufferPool", pool, "netBuffer")) return;
    v.ledger.freed(pool, v.site);
    next(pool);
  },
  NdisAllocateNetBuffer: (next, v) => (pool, chain, dataOffset, dataLength) => {
    if (!checkPool(v, "NdisAllocateNetBuffer", pool, "netBuffer")) return 0;
    if (dataSizeOf(v, pool) !== 0) {
      v.report(
        "NB-DATAPOOL",
        `NdisAllocateNetBuffer: pool ${hexAddress(pool)} comes with data; use NdisAllocateNetBufferMdlAndData.`,
        {
          object: pool,
          allocationSite: v.ledger.allocationSite(pool),
        },
      );
      return 0;
    }
    if (!checkChainArguments(v, "NdisAllocateNetBuffer", chain, dataOffset >>> 0, dataLength >>> 0)) return 0;
    const nb = next(pool, chain, dataOffset, dataLength);
    if (nb !== 0) v.ledger.allocated(nb, KIND.netBuffer, v.site);
    return nb;
  },
  NdisAllocateNetBufferMdlAndData: (next, v) => (pool) => {
    const nb = next(pool);
    if (nb !== 0) v.ledger.allocated(nb, LIVE, v.site);
    else reportNoNetBuffer(v, pool);
    return nb;
  },
  NdisFreeNetBuffer: (next, v) => (nb) => {
    if (!v.ledger.isLive(nb, LIVE)) {
      reportFree(v, nb);
      return;
    }
    v.ledger.freed(nb, v.site);
    next(nb);
  },
  NdisGetPoolFromNetBuffer: (next, v) => (nb) => (checkIsNetBuffer(v, "NdisGetPoolFromNetBuffer", nb) ? next(nb) : 0),
};
