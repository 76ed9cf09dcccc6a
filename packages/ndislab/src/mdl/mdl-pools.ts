import { MDL } from "../layout/mdl.js";
import { MDL_PREFIX, POOL, POOL_SIGNATURE } from "../layout/pool.js";
import type { Address, Handle } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";
import { type SlotPools, UNLIMITED } from "../memory/slot-pool.js";
import { buildMdl, MDL_STATE, mdlBlockSize, mdlSize, spanPages } from "./mdl.js";

const PREFIX = MDL_PREFIX.size;
const OWNER = -(PREFIX - MDL_PREFIX.offset.Owner) >> 2;
const STATE = -(PREFIX - MDL_PREFIX.offset.State) >> 2;
const SIGNATURE = POOL.offset.Signature >>> 2;
const FREE_LIST = POOL.offset.FreeList >>> 2;
const LIVE = POOL.offset.Live >>> 2;
const PEAK = POOL.offset.Peak >>> 2;
const ALLOCATIONS = POOL.offset.Allocations >>> 2;
const LIMIT = POOL.offset.Limit >>> 2;

/** Pages that the MDLs of a slot can describe: 64 KiB at any offset. Longer ranges get a block of their own. */
const SLOT_PAGES = 17;

/**
 * Allocation of MDLs: the descriptors of NDIS 5 buffer pools, of NdisAllocateMdl and of IoAllocateMdl.
 *
 * ```
 *  mdl-8   mdl-4   mdl
 *  ┌───────┬───────┬──────────────────┬──────────────┐
 *  │ Owner │ State │ MDL (28 bytes)   │ page numbers │
 *  └───────┴───────┴──────────────────┴──────────────┘
 *    pool    alive, or the next free MDL
 * ```
 */
export class MdlPools {
  private readonly prepare = (slot: Address, next: Address): Address => {
    const mdl = slot + PREFIX;
    this.memory.u32[(mdl >>> 2) + STATE] = next;
    return mdl;
  };

  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
    private readonly pools: SlotPools,
  ) {}

  /** A pool of descriptors for at most `limit` at once; 0 when there is no memory. */
  create(tag: number, limit = UNLIMITED, system = false): Handle {
    return this.pools.create({ kind: "buffer", tag, slotSize: mdlBlockSize(SLOT_PAGES), limit, system });
  }

  /**
   * A descriptor of `pool` over `length` bytes at `address`, which stay the caller's; 0 when the pool is not a live
   * buffer pool, its limit is reached, or memory is short.
   */
  allocate(pool: Handle, address: Address, length: number): Address {
    const u32 = this.memory.u32;
    const p = pool >>> 2;
    if (u32[p + SIGNATURE] !== POOL_SIGNATURE.buffer || (pool & 3) !== 0) return 0;
    const live = u32[p + LIVE] + 1;
    if (live > u32[p + LIMIT]) return 0;
    let mdl: Address;
    if (length <= SLOT_PAGES * 4096 - 4095) {
      mdl = u32[p + FREE_LIST];
      if (mdl === 0) {
        if (!this.pools.grow(pool, this.prepare)) return 0;
        mdl = u32[p + FREE_LIST];
      }
      u32[p + FREE_LIST] = u32[(mdl >>> 2) + STATE];
      u32[(mdl >>> 2) + STATE] = MDL_STATE.pooled;
    } else {
      mdl = this.block(address, length, u32[p + (POOL.offset.Tag >>> 2)], MDL_STATE.large);
      if (mdl === 0) return 0;
    }
    u32[(mdl >>> 2) + OWNER] = pool;
    u32[p + LIVE] = live;
    if (live > u32[p + PEAK]) u32[p + PEAK] = live;
    u32[p + ALLOCATIONS]++;
    buildMdl(this.memory, mdl, address, length);
    return mdl;
  }

  /** An MDL with a block of its own, not built: IoAllocateMdl. 0 when memory is short. */
  allocateIo(address: Address, length: number, tag: number): Address {
    const mdl = this.block(address, length, tag, MDL_STATE.io);
    if (mdl === 0) return 0;
    const u32 = this.memory.u32;
    const at = mdl >>> 2;
    u32.fill(0, at, at + (MDL.size >>> 2));
    u32[at + (MDL.offset.Size >>> 2)] = mdlSize(address, length) & 0xffff;
    u32[at + (MDL.offset.StartVa >>> 2)] = address & -4096;
    u32[at + (MDL.offset.ByteCount >>> 2)] = length;
    u32[at + (MDL.offset.ByteOffset >>> 2)] = address & 0xfff;
    return mdl;
  }

  /**
   * Gives one descriptor back, not what hangs on its Next and not the memory it maps. False, and nothing done, when
   * it is not a live descriptor of a live pool or of IoAllocateMdl.
   */
  free(mdl: Address): boolean {
    const u32 = this.memory.u32;
    const at = mdl >>> 2;
    const state = u32[at + STATE];
    if (state === MDL_STATE.io) {
      u32[at + STATE] = 0;
      return this.nonpaged.free(mdl - PREFIX);
    }
    if (state !== MDL_STATE.pooled && state !== MDL_STATE.large) return false;
    const p = u32[at + OWNER] >>> 2;
    if (u32[p + SIGNATURE] !== POOL_SIGNATURE.buffer) return false;
    u32[p + LIVE]--;
    if (state === MDL_STATE.large) {
      u32[at + STATE] = 0;
      return this.nonpaged.free(mdl - PREFIX);
    }
    u32[at + STATE] = u32[p + FREE_LIST];
    u32[p + FREE_LIST] = mdl;
    return true;
  }

  /** One of MDL_STATE while the MDL is alive, another number when it is free or never was one of ours. */
  stateOf(mdl: Address): number {
    return this.memory.u32[(mdl >>> 2) + STATE];
  }

  /** The pool of a pooled MDL, the NET_BUFFER of an embedded one. */
  ownerOf(mdl: Address): Handle {
    return this.memory.u32[(mdl >>> 2) + OWNER];
  }

  private block(address: Address, length: number, tag: number, state: number): Address {
    const block = this.nonpaged.allocate(mdlBlockSize(Math.max(1, spanPages(address, length))), tag, "system");
    if (block === 0) return 0;
    const mdl = block + PREFIX;
    this.memory.u32[(mdl >>> 2) + STATE] = state;
    return mdl;
  }
}
