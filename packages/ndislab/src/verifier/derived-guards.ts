import type { DdiName } from "../ddi/table.js";
import { NBL_FLAGS, NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { POOL } from "../layout/pool.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { DERIVED, type DerivedKind, MOST_ARGUMENT } from "../ndis6/derived-lists.js";
import { checkContextLeft } from "./context-checks.js";
import { derivedFrom, freeDerived, reportWrongFree } from "./derived-checks.js";
import type { Guards } from "./guards.js";
import { KIND } from "./ledger.js";
import { checkNetBuffersOn } from "./list-checks.js";
import { checkIsNetBufferList, checkListLives } from "./net-buffer-list-guards.js";
import { listIsAllocated } from "./net-buffer-list-notes.js";
import { reportAway } from "./ownership.js";
import { checkPool } from "./pool-checks.js";
import type { Verifier } from "./verifier.js";

const POOL_HANDLE = NET_BUFFER_LIST.offset.NdisPoolHandle >>> 2;
const DATA_SIZE = POOL.offset.DataSize >>> 2;
const HAS_NET_BUFFER = POOL.offset.HasNetBuffer >>> 2;
const { NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS: USE_ORIGINAL_MDLS, NDIS_CLONE_FLAGS_RESERVED: RESERVED } = NBL_FLAGS;

const hex = (flags: number): string => `0x${(flags >>> 0).toString(16)}`;

/** API-RESFLAGS: flags that do not exist. */
function checkFlags(v: Verifier, ddi: DdiName, flags: number, known: number): void {
  if ((flags & ~known) === 0) return;
  v.report(
    "API-RESFLAGS",
    `${ddi}: the flags are ${hex(flags)}, of which ${hex(flags & ~known)} ${known === 0 ? "do not exist; pass 0." : "do not exist; pass 0 or NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS (0x2)."}`,
  );
}

/** POOL-HANDLE, POOL-TYPE, NB-DATAPOOL of the pools that a caller names; none is right, too. */
function checkPools(v: Verifier, ddi: DdiName, listPool: Handle, netBufferPool: Handle): boolean {
  if (listPool !== 0 && !checkPool(v, ddi, listPool, "netBufferList")) return false;
  if (netBufferPool === 0) return true;
  if (!checkPool(v, ddi, netBufferPool, "netBuffer")) return false;
  const dataSize = v.machine.memory.u32[(netBufferPool >>> 2) + DATA_SIZE];
  if (dataSize === 0) return true;
  v.report(
    "NB-DATAPOOL",
    `${ddi}: pool ${hexAddress(netBufferPool)} comes with ${dataSize} bytes of data for each NET_BUFFER, and a derived list has none of its own; use a pool with DataSize 0.`,
    { object: netBufferPool, allocationSite: v.ledger.allocationSite(netBufferPool) },
  );
  return false;
}

/** NBL-WRONGPOOL of NdisAllocateReassembledNetBufferList. */
function checkReassemblyPool(v: Verifier, ddi: DdiName, pool: Handle): boolean {
  if (pool === 0) return true;
  if (!checkPool(v, ddi, pool, "netBufferList")) return false;
  const { u32 } = v.machine.memory;
  const hasNetBuffer = u32[(pool >>> 2) + HAS_NET_BUFFER] !== 0;
  const dataSize = u32[(pool >>> 2) + DATA_SIZE];
  if (hasNetBuffer && dataSize === 0) return true;
  v.report(
    "NBL-WRONGPOOL",
    `${ddi}: pool ${hexAddress(pool)} was made with fAllocateNetBuffer ${hasNetBuffer ? "TRUE" : "FALSE"} and DataSize ${dataSize}; ` +
      "use one with fAllocateNetBuffer TRUE and DataSize 0.",
    { object: pool, allocationSite: v.ledger.allocationSite(pool) },
  );
  return false;
}

/** What a list is derived from: a list that the driver has, with sound NET_BUFFERs. */
const checkOriginal = (v: Verifier, ddi: DdiName, original: Address): boolean =>
  checkIsNetBufferList(v, ddi, original) && checkNetBuffersOn(v, ddi, original);

/** Takes a new derived list into account. */
function made(v: Verifier, nbl: Address, original: Address): Address {
  if (nbl === 0) return 0;
  v.ledger.allocated(nbl, KIND.netBufferList, v.site);
  listIsAllocated(v, nbl, v.machine.memory.u32[(nbl >>> 2) + POOL_HANDLE]);
  derivedFrom(v, nbl, original);
  return nbl;
}

/** NBL-DFREE, NBL-NOTPOOL, NBL-OWNER, NBL-WRONGFREE: whether a list can be freed by this function. */
function checkFree(v: Verifier, ddi: DdiName, nbl: Address, kind: DerivedKind): boolean {
  const { ledger } = v;
  if (!ledger.isLive(nbl, KIND.netBufferList)) {
    reportFree(v, ddi, nbl);
    return false;
  }
  if (ledger.holder(nbl) !== 0 && reportAway(v, ddi, "NET_BUFFER_LIST", nbl)) return false;
  const found = v.machine.derivedLists.kindOf(nbl);
  if (found !== kind) reportWrongFree(v, ddi, nbl);
  if (found === DERIVED.none) {
    ledger.freed(nbl, v.site);
    v.machine.netBufferLists.free(nbl);
    return false;
  }
  checkContextLeft(v, ddi, nbl);
  return true;
}

function reportFree(v: Verifier, ddi: DdiName, nbl: Address): void {
  const { ledger } = v;
  if (ledger.wasFreed(nbl, KIND.netBufferList))
    v.report(
      "NBL-DFREE",
      `${ddi}: NET_BUFFER_LIST ${hexAddress(nbl)} was freed already, at ${v.place(ledger.freeSite(nbl))}; free it once.`,
      { object: nbl, allocationSite: ledger.allocationSite(nbl) },
    );
  else if (checkListLives(v, ddi, nbl)) {
    v.broken.add(nbl);
    v.report(
      "NBL-NOTPOOL",
      `${ddi}: NET_BUFFER_LIST ${hexAddress(nbl)} belongs to another driver; complete or return it instead of freeing it.`,
      { object: nbl, kind: "NET_BUFFER_LIST" },
    );
  }
}

/** NBL-FREEFLAGS. */
function checkCloneFlags(v: Verifier, ddi: DdiName, nbl: Address, flags: number): void {
  const { derivedLists } = v.machine;
  const allocated = derivedLists.argumentOf(nbl);
  if (derivedLists.kindOf(nbl) !== DERIVED.clone || allocated === (flags & MOST_ARGUMENT)) return;
  v.report(
    "NBL-FREEFLAGS",
    `${ddi}: clone ${hexAddress(nbl)} was made with flags ${hex(allocated)} and is freed with ${hex(flags)}; pass the same, which tell NDIS whose the MDLs are.`,
    { object: nbl, allocationSite: v.ledger.allocationSite(nbl) },
  );
}

/** NBL-FREEDELTA, when the list is freed by the right function. */
function checkDelta(v: Verifier, ddi: DdiName, nbl: Address, kind: DerivedKind, delta: number): void {
  const { derivedLists } = v.machine;
  const allocated = derivedLists.argumentOf(nbl);
  if (derivedLists.kindOf(nbl) !== kind || allocated === delta >>> 0) return;
  v.report(
    "NBL-FREEDELTA",
    `${ddi}: NET_BUFFER_LIST ${hexAddress(nbl)} was made with DataOffsetDelta ${allocated} and is freed with ${delta >>> 0}; pass the same, by which the data starts go back.`,
    { object: nbl, allocationSite: v.ledger.allocationSite(nbl) },
  );
}

export const DERIVED_GUARDS: Guards = {
  NdisAllocateCloneNetBufferList: (next, v) => (original, listPool, netBufferPool, flags) => {
    const ddi = "NdisAllocateCloneNetBufferList";
    checkFlags(v, ddi, flags, USE_ORIGINAL_MDLS | RESERVED);
    if (!checkOriginal(v, ddi, original) || !checkPools(v, ddi, listPool, netBufferPool)) return 0;
    return made(v, next(original, listPool, netBufferPool, flags), original);
  },
  NdisFreeCloneNetBufferList: (_, v) => (nbl, flags) => {
    const ddi = "NdisFreeCloneNetBufferList";
    if (!checkFree(v, ddi, nbl, DERIVED.clone)) return;
    checkCloneFlags(v, ddi, nbl, flags);
    freeDerived(v, ddi, nbl);
  },
  NdisAllocateFragmentNetBufferList:
    (next, v) => (original, listPool, netBufferPool, start, maximum, delta, backFill, flags) => {
      const ddi = "NdisAllocateFragmentNetBufferList";
      checkFlags(v, ddi, flags, 0);
      if (!checkOriginal(v, ddi, original) || !checkPools(v, ddi, listPool, netBufferPool)) return 0;
      return made(v, next(original, listPool, netBufferPool, start, maximum, delta, backFill, flags), original);
    },
  NdisFreeFragmentNetBufferList: (_, v) => (nbl, delta, flags) => {
    const ddi = "NdisFreeFragmentNetBufferList";
    checkFlags(v, ddi, flags, 0);
    if (!checkFree(v, ddi, nbl, DERIVED.fragment)) return;
    checkDelta(v, ddi, nbl, DERIVED.fragment, delta);
    freeDerived(v, ddi, nbl);
  },
  NdisAllocateReassembledNetBufferList: (next, v) => (source, listPool, start, delta, backFill, flags) => {
    const ddi = "NdisAllocateReassembledNetBufferList";
    checkFlags(v, ddi, flags, 0);
    if (!checkOriginal(v, ddi, source) || !checkReassemblyPool(v, ddi, listPool)) return 0;
    return made(v, next(source, listPool, start, delta, backFill, flags), source);
  },
  NdisFreeReassembledNetBufferList: (_, v) => (nbl, delta, flags) => {
    const ddi = "NdisFreeReassembledNetBufferList";
    checkFlags(v, ddi, flags, 0);
    if (!checkFree(v, ddi, nbl, DERIVED.reassembled)) return;
    checkDelta(v, ddi, nbl, DERIVED.reassembled, delta);
    freeDerived(v, ddi, nbl);
  },
};
