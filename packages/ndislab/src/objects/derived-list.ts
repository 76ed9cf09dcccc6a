import { NBL_FLAGS } from "../layout/net-buffer-list.js";
import type { Address, Handle } from "../memory/address.js";
import { checkCount, NdisError, outOfMemory } from "./ndis-error.js";
import type { NetBufferList } from "./net-buffer-list.js";
import type { NetBufferListPool } from "./net-buffer-list-pool.js";
import type { NetBufferPool } from "./net-buffer-pool.js";

/** Where a derived list comes from; without pools, out of those that NDIS keeps. */
export interface DerivedPools {
  /** A pool of lists. */
  readonly pool?: NetBufferListPool;
  /** A pool of NET_BUFFERs without data. */
  readonly netBufferPool?: NetBufferPool;
}

export interface CloneOptions extends DerivedPools {
  /** The clone's NET_BUFFERs have the very MDLs of the original, unused bytes and all, and none of their own. */
  readonly shareMdls?: boolean;
}

export interface FragmentOptions extends DerivedPools {
  /** The most bytes of the original in one fragment. */
  readonly maximum: number;
  /** Bytes left out at the start of each NET_BUFFER of the original; 0 unless given. */
  readonly start?: number;
  /** Bytes in front of each fragment for a header, used already; 0 unless given. */
  readonly header?: number;
  /** Unused bytes in front of that header; 0 unless given. */
  readonly backFill?: number;
}

export interface ReassembleOptions {
  /** A pool of lists with NET_BUFFERs without data. */
  readonly pool?: NetBufferListPool;
  /** Bytes left out at the start of each fragment, as its header; 0 unless given. */
  readonly start?: number;
  /** Bytes in front of the whole for a header, used already; 0 unless given. */
  readonly header?: number;
  /** Unused bytes in front of that header; 0 unless given. */
  readonly backFill?: number;
}

/** NdisAllocateCloneNetBufferList. */
export function cloneOf(original: NetBufferList, { shareMdls = false, pool, netBufferPool }: CloneOptions): Address {
  const { machine } = original.pool;
  const flags = shareMdls ? NBL_FLAGS.NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS : 0;
  const [lists, netBuffers] = handlesOf(original, pool, netBufferPool);
  return made(machine.derivedLists.clone(original.address, lists, netBuffers, flags), "a clone");
}

/** NdisAllocateFragmentNetBufferList. */
export function fragmentsOf(original: NetBufferList, options: FragmentOptions): Address {
  const { maximum, start = 0, header = 0, backFill = 0, pool, netBufferPool } = options;
  const { machine } = original.pool;
  checkCount(maximum, "A fragment's length");
  if (maximum === 0) throw new NdisError("NDIS_STATUS_INVALID_PARAMETER", "A fragment has 1 byte at the least, not 0.");
  checkRoom(start, header, backFill);
  const [lists, netBuffers] = handlesOf(original, pool, netBufferPool);
  const { address } = original;
  return made(
    machine.derivedLists.fragment(address, lists, netBuffers, start, maximum, header, backFill),
    "the fragments",
  );
}

/** NdisAllocateReassembledNetBufferList. */
export function reassembledFrom(fragments: NetBufferList, options: ReassembleOptions): Address {
  const { pool, start = 0, header = 0, backFill = 0 } = options;
  checkRoom(start, header, backFill);
  const [lists] = handlesOf(fragments, pool);
  if (pool !== undefined && (!pool.hasNetBuffer || pool.dataSize !== 0))
    throw new NdisError("NBL-WRONGPOOL", "A reassembled list needs a pool with NET_BUFFERs, and those without data.");
  const { derivedLists } = fragments.pool.machine;
  return made(derivedLists.reassemble(fragments.address, lists, start, header, backFill), "a reassembled list");
}

function checkRoom(start: number, header: number, backFill: number): void {
  checkCount(start, "A start");
  checkCount(header, "A header's length");
  checkCount(backFill, "A back fill");
}

/** The handles of the pools, 0 for those of NDIS. */
function handlesOf(
  list: NetBufferList,
  pool: NetBufferListPool | undefined,
  netBufferPool?: NetBufferPool,
): readonly [Handle, Handle] {
  for (const one of [pool, netBufferPool])
    if (one !== undefined && (one.disposed || one.machine !== list.pool.machine))
      throw new NdisError("POOL-HANDLE", "The pool for the derived list was disposed, or is one of another machine.");
  if (netBufferPool !== undefined && netBufferPool.dataSize !== 0)
    throw new NdisError("NB-DATAPOOL", "The NET_BUFFERs of a derived list come from a pool with dataSize 0.");
  return [pool?.handle ?? 0, netBufferPool?.handle ?? 0];
}

function made(list: Address, what: string): Address {
  if (list === 0) throw outOfMemory(what);
  return list;
}
