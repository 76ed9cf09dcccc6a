import type { DdiName } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_POOL_PARAMETERS, POOL_PARAMETER_REVISIONS } from "../layout/object-header.js";
import { NB_STATE, POOL } from "../layout/pool.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { NB_RETREATS_OFFSET, NB_STATE_OFFSET } from "../ndis6/net-buffer.js";
import { checkForeignMdl, mayHaveForeignMdl } from "./foreign-mdl.js";
import type { Guards } from "./guards.js";
import { KIND } from "./ledger.js";
import { checkChainArguments, checkIsNetBuffer } from "./net-buffer-checks.js";
import { NET_BUFFER_POOL_NOTE } from "./net-buffer-list-notes.js";
import { holderOf, markBroken, transferText } from "./ownership.js";
import { checkPool, checkPoolFree, isOfDeadPool } from "./pool-checks.js";
import type { Verifier } from "./verifier.js";

/**
 * POOL-HEADER: what is wrong with the header of pool parameters that NDIS refused.
 * @param sizes least bytes of each revision, from 1 on
 */
export function reportHeader(v: Verifier, ddi: DdiName, parameters: Address, sizes: readonly number[]): boolean {
  const { u8, u16 } = v.machine.memory;
  const [type, revision, size] = [u8[parameters], u8[parameters + 1], u16[(parameters + 2) >>> 1]];
  if (type === 0x80 && size >= (sizes[revision - 1] ?? Number.POSITIVE_INFINITY)) return false;
  const known = sizes.map((least, i) => `revision ${i + 1} and at least ${least} bytes`).join(", or ");
  v.report(
    "POOL-HEADER",
    `${ddi}: the parameters have Type 0x${type.toString(16)}, Revision ${revision}, Size ${size}; NDIS_OBJECT_TYPE_DEFAULT (0x80), ${known} are needed.`,
  );
  return true;
}

/** POOL-TAG: a tag is one to four printable characters; where there are fewer, the highest bytes are 0. */
export function checkTag(v: Verifier, ddi: DdiName, tag: number): void {
  let rest = tag;
  while ((rest & 0xff) >= 0x20 && (rest & 0xff) < 0x7f) rest >>>= 8;
  if (rest === 0 && tag !== 0) return;
  v.report(
    "POOL-TAG",
    `${ddi}: PoolTag is 0x${tag.toString(16).padStart(8, "0")}, which nobody can read in a list of pools; give it up to four printable characters.`,
  );
}

/** Bytes of the parameters that NDIS knows, by revision. */
const SIZES = [POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1];

const dataSizeOf = (v: Verifier, pool: Handle): number => v.machine.memory.u32[(pool + POOL.offset.DataSize) >>> 2];

// Allocate and free are on the path of every packet: their checks are short enough to be compiled into the caller, and
// what they report stands apart.

/** Module constants: an import would be looked up at each use. */
const LIVE = KIND.netBuffer;
const POOL_NOTE = NET_BUFFER_POOL_NOTE;
const mayHaveForeign = mayHaveForeignMdl;
const POOL_HANDLE = NET_BUFFER.offset.NdisPoolHandle >>> 2;
const STATE = NB_STATE_OFFSET >>> 2;
const { bare: BARE, withData: WITH_DATA } = NB_STATE;

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

/** NB-LINKED: a NET_BUFFER whose list another driver has. */
function reportLinked(v: Verifier, nb: Address): void {
  const holder = holderOf(v, nb);
  if (holder === 0) return;
  markBroken(v, holder);
  v.report(
    "NB-LINKED",
    `NdisFreeNetBuffer: NET_BUFFER ${hexAddress(nb)} is on a list that is another driver's since ${transferText(v, holder)}; free it when the list is back.`,
    { object: nb, allocationSite: v.ledger.allocationSite(nb) },
  );
}

/** NB-POOLFIELD: puts back what a NET_BUFFER needs to be freed. */
function repair(v: Verifier, nb: Address): void {
  const { u32 } = v.machine.memory;
  const pool = v.ledger.note(nb, POOL_NOTE) >>> 0;
  if (v.machine.pools.kindOf(pool) !== "netBuffer") return;
  reportOverwritten(v, "NdisFreeNetBuffer", "NET_BUFFER", nb, u32[(nb >>> 2) + POOL_HANDLE], pool);
  u32[(nb >>> 2) + POOL_HANDLE] = pool;
  u32[(nb >>> 2) + STATE] = dataSizeOf(v, pool) === 0 ? BARE : WITH_DATA;
  u32[(nb + NB_RETREATS_OFFSET) >>> 2] = 0;
}

/** NB-POOLFIELD. */
export function reportOverwritten(
  v: Verifier,
  ddi: DdiName,
  kind: "NET_BUFFER" | "NET_BUFFER_LIST",
  object: Address,
  found: Handle,
  pool: Handle,
): void {
  const what =
    found === pool
      ? "NdisReserved was overwritten"
      : `NdisPoolHandle was overwritten: it is ${found === 0 ? "NULL" : hexAddress(found)} and was ${hexAddress(pool)}`;
  v.report(
    "NB-POOLFIELD",
    `${ddi}: of ${kind} ${hexAddress(object)} ${what}; set the members that the macros name and never clear or copy the whole structure.`,
    { object, kind, allocationSite: v.ledger.allocationSite(object) },
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
    `NdisFreeNetBuffer: NET_BUFFER ${hexAddress(nb)} is on a list that another driver or NDIS made, and goes with it; give that list back, or free it as a whole.`,
    {
      object: nb,
      kind: "NET_BUFFER",
    },
  );
}

export const NET_BUFFER_GUARDS: Guards = {
  NdisAllocateNetBufferPool: (next, v) => (handle, parameters) => {
    if (reportHeader(v, "NdisAllocateNetBufferPool", parameters, SIZES)) return 0;
    const tag = v.machine.memory.u32[(parameters + NET_BUFFER_POOL_PARAMETERS.offset.PoolTag) >>> 2];
    checkTag(v, "NdisAllocateNetBufferPool", tag);
    const pool = next(handle, parameters);
    if (pool !== 0) {
      v.ledger.allocated(pool, KIND.netBufferPool, v.site);
      v.ledger.setValue(pool, handle);
    }
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
    if (nb !== 0) {
      v.ledger.allocated(nb, LIVE, v.site);
      v.ledger.setNote(nb, POOL_NOTE, pool);
    }
    return nb;
  },
  NdisAllocateNetBufferMdlAndData: (next, v) => (pool) => {
    const nb = next(pool);
    if (nb !== 0) {
      v.ledger.allocated(nb, LIVE, v.site);
      v.ledger.setNote(nb, POOL_NOTE, pool);
    } else reportNoNetBuffer(v, pool);
    return nb;
  },
  NdisFreeNetBuffer: (next, v) => (nb) => {
    if (!v.ledger.isLive(nb, LIVE)) {
      reportFree(v, nb);
      return;
    }
    const { ledger } = v;
    if (ledger.holder(nb) !== 0) reportLinked(v, nb);
    const { u32 } = v.machine.memory;
    const w = nb >>> 2;
    const state = u32[w + STATE];
    if ((u32[w + POOL_HANDLE] | 0) !== ledger.note(nb, POOL_NOTE) || (state !== WITH_DATA && state !== BARE))
      repair(v, nb);
    if (mayHaveForeign(u32, nb)) checkForeignMdl(v, "NdisFreeNetBuffer", nb);
    ledger.freed(nb, v.site);
    if (v.broken.size !== 0) v.broken.delete(nb);
    next(nb);
  },
  NdisGetPoolFromNetBuffer: (next, v) => (nb) => (checkIsNetBuffer(v, "NdisGetPoolFromNetBuffer", nb) ? next(nb) : 0),
};
