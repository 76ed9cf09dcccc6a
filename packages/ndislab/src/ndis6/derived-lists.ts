import { NET_BUFFER } from "../layout/net-buffer.js";
import { NBL_FLAGS, NDIS_NET_BUFFER_LIST_INFO, NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NB_STATE, NBL_LIVE, POOL, POOL_SIGNATURE } from "../layout/pool.js";
import { NDIS_STATUS } from "../layout/status.js";
import { MDL_STATE } from "../mdl/mdl.js";
import type { Address, Handle } from "../memory/address.js";
import type { Helper } from "../memory/helper.js";
import type { Memory } from "../memory/memory.js";
import type { SlotPools } from "../memory/slot-pool.js";
import { poolTag } from "../memory/tag.js";
import type { DataStart } from "./data-start.js";
import { type DerivedMdls, NO_LINK } from "./derived-mdls.js";
import { NB_RETREATS_OFFSET } from "./net-buffer.js";
import { NBL_STATE_OFFSET, type NetBufferListPools } from "./net-buffer-list-pools.js";
import type { NetBufferPools } from "./net-buffer-pools.js";

const NBL = NET_BUFFER_LIST.offset;
const FIRST_NB = NBL.FirstNetBuffer >>> 2;
const CONTEXT = NBL.Context >>> 2;
const POOL_HANDLE = NBL.NdisPoolHandle >>> 2;
const STATE = NBL_STATE_OFFSET >>> 2;
const SIGNATURE = POOL.offset.Signature >>> 2;
const DATA_SIZE = POOL.offset.DataSize >>> 2;
const HAS_NET_BUFFER = POOL.offset.HasNetBuffer >>> 2;

const CURRENT = NET_BUFFER.offset.CurrentMdl >>> 2;
const CURRENT_OFFSET = NET_BUFFER.offset.CurrentMdlOffset >>> 2;
const DATA_LENGTH = NET_BUFFER.offset.DataLength >>> 2;
const CHAIN = NET_BUFFER.offset.MdlChain >>> 2;
const DATA_OFFSET = NET_BUFFER.offset.DataOffset >>> 2;
const RETREATS = NB_RETREATS_OFFSET >>> 2;

const LIST_POOL = POOL_SIGNATURE.netBufferList;
const PREALLOCATED = NB_STATE.preallocated;

const TAG = poolTag("NDdl");
const MAX_LENGTH = 0xffffffff;
const USE_ORIGINAL_MDLS = NBL_FLAGS.NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS;

/** What a list is; 0 for one that is derived from no other. */
export const DERIVED = { none: 0, clone: 1, fragment: 2, reassembled: 3 } as const;
export type DerivedKind = (typeof DERIVED)[keyof typeof DERIVED];

/** One of DERIVED, and above these bits the flags of a clone or the DataOffsetDelta of the other two. */
const KIND_BITS = 2;
const KIND_MASK = 3;
/** What `argumentOf` can tell. There are no flags beyond, and no memory for such a delta. */
export const MOST_ARGUMENT = MAX_LENGTH >>> KIND_BITS;

/** What a clone that shares the original's MDLs has under this mask. */
const SHARED = DERIVED.clone | (USE_ORIGINAL_MDLS << KIND_BITS);
const SHARED_MASK = KIND_MASK | (USE_ORIGINAL_MDLS << KIND_BITS);

/**
 * Where a list says how it was derived: behind its last information slot, where the structure is filled up to a
 * multiple of 8 and NDIS keeps information of its own on Windows too. An allocation leaves 0 there.
 */
export const DERIVED_OFFSET = NBL.NetBufferListInfo + 4 * NDIS_NET_BUFFER_LIST_INFO.values.MaxNetBufferListInfo;
const DERIVATION = DERIVED_OFFSET >>> 2;

/**
 * Lists made from lists: clones, fragments and reassembled lists. No byte is copied.
 *
 * ```
 *  original   NET_BUFFER ─▶ │ unused │···· used data ····│        │ MDL │─▶│ MDL │
 *                                    ▲                                ▲ partial MDLs
 *  clone      NET_BUFFER ─▶          │···· used data ····│
 *  fragment   NET_BUFFER ─▶   │ delta │·· piece ··│   NET_BUFFER ─▶ │ delta │·· piece ·│
 * ```
 * The original keeps its data and must outlive what is derived from it; neither ParentNetBufferList nor ChildRefCount
 * is written, they are the caller's. All functions give 0, with nothing lost, when memory is short or a pool is not
 * of the kind that is needed.
 */
export class DerivedLists {
  private readonly u32: Uint32Array<ArrayBuffer>;
  private readonly helper: Helper;
  /** NDIS' own pools, for callers that name none. */
  private readonly listPool: Handle;
  private readonly netBufferPool: Handle;

  constructor(
    memory: Memory,
    private readonly netBuffers: NetBufferPools,
    private readonly netBufferLists: NetBufferListPools,
    private readonly dataStart: DataStart,
    private readonly mdls: DerivedMdls,
    private readonly pools: SlotPools,
  ) {
    this.u32 = memory.u32;
    this.helper = memory.helper;
    this.listPool = netBufferLists.create({ tag: TAG, allocateNetBuffer: true, system: true });
    this.netBufferPool = netBuffers.create(TAG, 0, true);
  }

  kindOf(nbl: Address): DerivedKind {
    return (this.u32[(nbl >>> 2) + DERIVATION] & KIND_MASK) as DerivedKind;
  }

  /** The flags a clone, or the DataOffsetDelta a fragment or reassembled list was made with. */
  argumentOf(nbl: Address): number {
    return this.u32[(nbl >>> 2) + DERIVATION] >>> KIND_BITS;
  }

  /**
   * NdisAllocateCloneNetBufferList: a NET_BUFFER over the same used data for each of the original's, with MDLs of its
   * own over nothing but that; with NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS with the original's chain, offset and length.
   */
  clone(original: Address, listPool: Handle, netBufferPool: Handle, flags: number): Address {
    const u32 = this.u32;
    const share = (flags & USE_ORIGINAL_MDLS) !== 0;
    if (netBufferPool === 0 && !share) {
      const clone = this.cloneAtOnce(original, listPool === 0 ? this.listPool : listPool, flags);
      if (clone !== 0) return clone;
    }
    const nbl = this.begin(listPool, DERIVED.clone, flags & MOST_ARGUMENT);
    if (nbl === 0) return 0;
    let link = (nbl >>> 2) + FIRST_NB;
    for (let from: Address = u32[(original >>> 2) + FIRST_NB]; from !== 0; from = u32[from >>> 2]) {
      const nb = this.addNetBuffer(nbl, link, netBufferPool);
      if (nb === 0) return this.abandon(nbl);
      link = nb >>> 2;
      if (share) shareData(u32, nb, from);
      else if (!this.describeData(nb, from, 0, u32[(from >>> 2) + DATA_LENGTH])) return this.abandon(nbl);
    }
    return nbl;
  }

  /**
   * NdisAllocateFragmentNetBufferList: of the used data of each NET_BUFFER of the original, from `start` on, pieces of
   * `maximum` bytes and a last one with the rest, each in a NET_BUFFER of its own whose data start is then retreated
   * by `delta`. A NET_BUFFER without data behind `start` gives none. 0 also for a `maximum` of 0.
   */
  fragment(
    original: Address,
    listPool: Handle,
    netBufferPool: Handle,
    start: number,
    maximum: number,
    delta: number,
    backFill: number,
  ): Address {
    const u32 = this.u32;
    if (maximum === 0 || delta > MOST_ARGUMENT) return 0;
    const nbl = this.begin(listPool, DERIVED.fragment, delta);
    if (nbl === 0) return 0;
    let link = (nbl >>> 2) + FIRST_NB;
    for (let from: Address = u32[(original >>> 2) + FIRST_NB]; from !== 0; from = u32[from >>> 2]) {
      const end = u32[(from >>> 2) + DATA_LENGTH];
      for (let at = start; at < end; at += maximum) {
        const nb = this.addNetBuffer(nbl, link, netBufferPool);
        if (nb === 0) return this.abandon(nbl);
        link = nb >>> 2;
        if (!this.describeData(nb, from, at, Math.min(maximum, end - at)) || !this.makeRoom(nb, delta, backFill))
          return this.abandon(nbl);
      }
    }
    return nbl;
  }

  /**
   * NdisAllocateReassembledNetBufferList: one NET_BUFFER over the used data of all of the source's, without the first
   * `start` bytes of each, its data start then retreated by `delta`. The list's pool is one with NET_BUFFERs without
   * data; 0 for another.
   */
  reassemble(source: Address, listPool: Handle, start: number, delta: number, backFill: number): Address {
    const u32 = this.u32;
    const pool = (listPool === 0 ? this.listPool : listPool) >>> 2;
    if (u32[pool + HAS_NET_BUFFER] === 0 || u32[pool + DATA_SIZE] !== 0 || delta > MOST_ARGUMENT) return 0;
    const nbl = this.begin(listPool, DERIVED.reassembled, delta);
    if (nbl === 0) return 0;
    const nb = this.addNetBuffer(nbl, (nbl >>> 2) + FIRST_NB, 0);
    let link = (nb >>> 2) + CHAIN;
    let length = 0;
    for (let from: Address = u32[(source >>> 2) + FIRST_NB]; from !== 0; from = u32[from >>> 2]) {
      const w = from >>> 2;
      const rest = u32[w + DATA_LENGTH] - start;
      if (rest <= 0) continue;
      link = this.mdls.append(nb, link, u32[w + CURRENT], u32[w + CURRENT_OFFSET] + start, rest);
      length += rest;
      if (link === NO_LINK || length > MAX_LENGTH) return this.abandon(nbl);
    }
    u32[(nb >>> 2) + CURRENT] = u32[(nb >>> 2) + CHAIN];
    u32[(nb >>> 2) + DATA_LENGTH] = length;
    return this.makeRoom(nb, delta, backFill) ? nbl : this.abandon(nbl);
  }

  /**
   * NdisFreeCloneNetBufferList, NdisFreeFragmentNetBufferList and NdisFreeReassembledNetBufferList: the data starts
   * are advanced by `delta`; then list, NET_BUFFERs and the MDLs that NDIS made for them go, and what NDIS put in
   * front of them for a retreat. The original's MDLs and data, and MDLs of the driver, stay. False, and nothing done,
   * when it is no derived list that is alive.
   */
  free(nbl: Address, delta = 0): boolean {
    const u32 = this.u32;
    const w = nbl >>> 2;
    const derivation = u32[w + DERIVATION];
    if (u32[w + STATE] !== NBL_LIVE || derivation === DERIVED.none) return false;
    const own = (derivation & SHARED_MASK) !== SHARED;
    if (delta === 0 && own && this.freeAtOnce(nbl)) return true;
    for (let nb: Address = u32[w + FIRST_NB]; nb !== 0; ) {
      const at = nb >>> 2;
      const next = u32[at];
      if (delta !== 0) this.dataStart.advance(nb, delta, true, 0);
      if (own) this.mdls.free(nb, u32[at + CHAIN]);
      if (u32[at + RETREATS] !== 0) this.dataStart.forget(nb);
      this.netBuffers.free(nb); // not one that came with the list, which goes with it
      nb = next;
    }
    u32[w + DERIVATION] = DERIVED.none;
    return this.netBufferLists.free(nbl);
  }

  /** By native code, which takes half the time where it can do it; 0 where not. */
  private cloneAtOnce(original: Address, pool: Handle, flags: number): Address {
    const lists = pool + this.pools.ownHeader;
    if (this.u32[(lists >>> 2) + SIGNATURE] !== LIST_POOL || (pool & 3) !== 0) return 0;
    return this.helper.cloneList(
      original,
      pool,
      lists,
      this.mdls.pool + this.pools.ownHeader,
      DERIVED.clone | ((flags & MOST_ARGUMENT) << KIND_BITS),
      NBL_LIVE,
      PREALLOCATED,
      MDL_STATE.derived,
    );
  }

  /** As `cloneAtOnce`. */
  private freeAtOnce(nbl: Address): boolean {
    const pool: Handle = this.u32[(nbl >>> 2) + POOL_HANDLE];
    const lists = pool + this.pools.ownHeader;
    if (this.u32[(lists >>> 2) + SIGNATURE] !== LIST_POOL || this.netBufferLists.delays) return false;
    const mdls = this.mdls.pool;
    if (this.helper.freeClone(nbl, lists, mdls + this.pools.ownHeader, MDL_STATE.derived) === 0) return false;
    this.pools.share(pool);
    this.pools.share(mdls);
    return true;
  }

  /** A list that says what it is, without NET_BUFFER and context; what its pool gave it of both waits in its slot. */
  private begin(listPool: Handle, kind: DerivedKind, argument: number): Address {
    const nbl = this.netBufferLists.allocate(listPool === 0 ? this.listPool : listPool, 0, 0);
    if (nbl === 0) return 0;
    const u32 = this.u32;
    const w = nbl >>> 2;
    u32[w + FIRST_NB] = 0;
    u32[w + CONTEXT] = 0;
    u32[w + DERIVATION] = kind | (argument << KIND_BITS);
    return nbl;
  }

  /**
   * An empty NET_BUFFER at the end of the list: of the pool that the caller named, else the first is the one that came
   * with the list, unless that has data, and the others are NDIS' own.
   */
  private addNetBuffer(nbl: Address, link: number, netBufferPool: Handle): Address {
    const u32 = this.u32;
    const w = nbl >>> 2;
    let nb: Address = 0;
    if (netBufferPool === 0 && link === w + FIRST_NB && u32[(u32[w + POOL_HANDLE] >>> 2) + DATA_SIZE] === 0)
      nb = this.netBufferLists.preallocatedNetBuffer(nbl);
    if (nb === 0) nb = this.netBuffers.allocate(netBufferPool === 0 ? this.netBufferPool : netBufferPool, 0, 0, 0);
    u32[link] = nb;
    return nb;
  }

  /** Gives an empty NET_BUFFER MDLs of its own over `length` bytes of another's used data, from `start` on. */
  private describeData(nb: Address, from: Address, start: number, length: number): boolean {
    const u32 = this.u32;
    const at = nb >>> 2;
    const w = from >>> 2;
    const link = this.mdls.append(nb, at + CHAIN, u32[w + CURRENT], u32[w + CURRENT_OFFSET] + start, length);
    if (link === NO_LINK) return false;
    u32[at + CURRENT] = u32[at + CHAIN];
    u32[at + DATA_LENGTH] = length;
    return true;
  }

  private makeRoom(nb: Address, delta: number, backFill: number): boolean {
    return this.dataStart.retreat(nb, delta, backFill, 0) === NDIS_STATUS.NDIS_STATUS_SUCCESS;
  }

  private abandon(nbl: Address): 0 {
    this.free(nbl);
    return 0;
  }
}

/** The same chain, and the same place in it. */
function shareData(u32: Uint32Array, nb: Address, from: Address): void {
  const at = nb >>> 2;
  const w = from >>> 2;
  u32[at + CHAIN] = u32[w + CHAIN];
  u32[at + DATA_OFFSET] = u32[w + DATA_OFFSET];
  u32[at + CURRENT] = u32[w + CURRENT];
  u32[at + CURRENT_OFFSET] = u32[w + CURRENT_OFFSET];
  u32[at + DATA_LENGTH] = u32[w + DATA_LENGTH];
}
