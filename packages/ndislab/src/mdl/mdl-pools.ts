import { IRP } from "../layout/irp.js";
import { MDL, PAGE } from "../layout/mdl.js";
import { MDL_PREFIX, POOL, POOL_SIGNATURE } from "../layout/pool.js";
import type { Address, Handle } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";
import { SHARE_MASK, type SlotPools, UNLIMITED } from "../memory/slot-pool.js";
import { buildMdl, initializeMdl, MDL_STATE, mdlBlockSize, spanPages } from "./mdl.js";

const PREFIX = MDL_PREFIX.size;
const OWNER = -(PREFIX - MDL_PREFIX.offset.Owner) >> 2;
const LINK = MDL_PREFIX.offset.State - PREFIX;
const STATE = LINK >> 2;
const SIGNATURE = POOL.offset.Signature >>> 2;
const FREE_LIST = POOL.offset.FreeList >>> 2;
const ALLOCATIONS = POOL.offset.Allocations >>> 2;
const FREES = POOL.offset.Frees >>> 2;
const PEAK = POOL.offset.Peak >>> 2;
const STOCK = POOL.offset.Stock >>> 2;
const LIMIT_ALONE = POOL.offset.LimitAlone >>> 2;
const TAG = POOL.offset.Tag >>> 2;

// Constants of the module's own: Node 20 looks an import up, and checks it, at each use.
const BUFFER_POOL = POOL_SIGNATURE.buffer;
const { pooled: POOLED, large: LARGE } = MDL_STATE;
const build = buildMdl;
const SHARE_AFTER = SHARE_MASK;

/** Bytes that addresses reach. */
const SPACE = 2 ** 32;

/** The longest range of IoAllocateMdl since Windows 7: all but one page. */
const LONGEST_IO = SPACE - PAGE.PAGE_SIZE;

/** Pages that the MDLs of a slot can describe: 64 KiB at any offset. Longer ranges get a block of their own. */
const SLOT_PAGES = 17;
const LONGEST_IN_SLOT = SLOT_PAGES * 4096 - 4095;

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
  private readonly u32: Uint32Array<ArrayBuffer>;
  private readonly f64: Float64Array<ArrayBuffer>;
  private readonly ownHeader: number;
  /** In a pool's header: as many may be out without a look at the limit. Alone, what once were; among others, its share. */
  private readonly outBefore: number;
  private readonly prepare = (slot: Address): Address => {
    const mdl = slot + PREFIX;
    this.memory.u32[(mdl >>> 2) + STATE] = 0;
    return mdl;
  };

  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
    private readonly pools: SlotPools,
  ) {
    this.u32 = memory.u32;
    this.f64 = memory.f64;
    this.ownHeader = pools.ownHeader;
    this.outBefore = memory.shared ? LIMIT_ALONE : PEAK;
  }

  /** A pool of descriptors for at most `limit` at once; 0 when there is no memory. */
  create(tag: number, limit = UNLIMITED, system = false): Handle {
    return this.pools.create({ kind: "buffer", tag, slotSize: mdlBlockSize(SLOT_PAGES), link: LINK, limit, system });
  }

  /**
   * A descriptor of `pool` over `length` bytes at `address`, which stay the caller's; 0 when the pool is not a live
   * buffer pool, its limit is reached, the range wraps, or memory is short.
   */
  allocate(pool: Handle, address: Address, length: number): Address {
    const u32 = this.u32;
    const p = (pool + this.ownHeader) >>> 2;
    if (u32[p + SIGNATURE] !== BUFFER_POOL || (pool & 3) !== 0 || address + length > SPACE) return 0;
    const list = p + FREE_LIST;
    const counter = p + ALLOCATIONS;
    const allocations = (u32[counter] + 1) | 0;
    const mdl: Address = u32[list];
    if (mdl === 0 || length > LONGEST_IN_SLOT || (allocations - u32[p + FREES]) >>> 0 > u32[p + this.outBefore])
      return this.allocateAnew(pool, address, length);
    const link = (mdl >>> 2) + STATE;
    u32[list] = u32[link];
    u32[link] = POOLED; // its Owner stands there since the slot was first out: to write it each time costs 2 ns of 10
    u32[counter] = allocations;
    build(u32, this.f64, mdl, address, length);
    return mdl;
  }

  /** `allocate` where it is not as ones before it were: with a look at the limit and, if need be, for more memory. */
  private allocateAnew(pool: Handle, address: Address, length: number): Address {
    const u32 = this.u32;
    const p = (pool + this.ownHeader) >>> 2;
    const live = (u32[p + ALLOCATIONS] + 1 - u32[p + FREES]) >>> 0;
    if (live > u32[p + LIMIT_ALONE] && !this.pools.belowLimit(pool)) return 0;
    const mdl =
      length > LONGEST_IN_SLOT
        ? this.block(address, length, u32[p + TAG], LARGE)
        : u32[p + FREE_LIST] || this.pools.refill(pool, this.prepare);
    if (mdl === 0) return 0;
    const at = mdl >>> 2;
    if (length > LONGEST_IN_SLOT) u32[p + STOCK]++;
    else {
      u32[p + FREE_LIST] = u32[at + STATE];
      u32[at + STATE] = POOLED;
    }
    u32[at + OWNER] = pool;
    u32[p + ALLOCATIONS]++;
    if (live > u32[p + PEAK]) u32[p + PEAK] = live; // those with a block of their own come from no list
    build(u32, this.f64, mdl, address, length);
    return mdl;
  }

  /** An MDL with a block of its own, not built: IoAllocateMdl. 0 when memory is short or the range too long. */
  allocateIo(address: Address, length: number, tag: number): Address {
    if (length > LONGEST_IO) return 0;
    const mdl = this.block(address, length, tag, MDL_STATE.io);
    if (mdl === 0) return 0;
    const u32 = this.memory.u32;
    const at = mdl >>> 2;
    u32.fill(0, at, at + (MDL.size >>> 2));
    initializeMdl(this.memory, mdl, address, length);
    return mdl;
  }

  /**
   * IoAllocateMdl with an IRP: the MDL becomes the IRP's, its first and only one or, `secondary`, the last of its chain.
   */
  attach(mdl: Address, irp: Address, secondary: boolean): void {
    const u32 = this.memory.u32;
    let link = (irp + IRP.offset.MdlAddress) >>> 2;
    if (secondary) while (u32[link] !== 0) link = u32[link] >>> 2;
    u32[link] = mdl;
  }

  /**
   * Gives one descriptor back, not what hangs on its Next and not the memory it maps. False, and nothing done, when
   * it is not a live descriptor of a live pool or of IoAllocateMdl.
   */
  free(mdl: Address): boolean {
    const u32 = this.u32;
    const link = (mdl >>> 2) + STATE;
    if (u32[link] !== POOLED) return this.freeBlock(mdl);
    const pool: Handle = u32[(mdl >>> 2) + OWNER];
    const p = (pool + this.ownHeader) >>> 2;
    if (u32[p + SIGNATURE] !== BUFFER_POOL) return false;
    const counter = p + FREES;
    const list = p + FREE_LIST;
    const frees = (u32[counter] + 1) | 0;
    u32[counter] = frees;
    u32[link] = u32[list];
    u32[list] = mdl;
    if ((frees & SHARE_AFTER) === 0) this.pools.share(pool);
    return true;
  }

  /** One with a block of its own. */
  private freeBlock(mdl: Address): boolean {
    const u32 = this.u32;
    const at = mdl >>> 2;
    const state = u32[at + STATE];
    if (state === MDL_STATE.io) {
      u32[at + STATE] = 0;
      return this.nonpaged.free(mdl - PREFIX);
    }
    const p = (u32[at + OWNER] + this.ownHeader) >>> 2;
    if (state !== LARGE || u32[p + SIGNATURE] !== BUFFER_POOL) return false;
    u32[p + FREES]++;
    u32[p + STOCK]--;
    u32[at + STATE] = 0;
    return this.nonpaged.free(mdl - PREFIX);
  }

  /** One of MDL_STATE while the MDL is alive, another number when it is free or never was one of ours. */
  stateOf(mdl: Address): number {
    return this.memory.u32[(mdl >>> 2) + STATE];
  }

  /** The pool of a pooled MDL, the NET_BUFFER of an embedded one. */
  ownerOf(mdl: Address): Handle {
    return this.memory.u32[(mdl >>> 2) + OWNER];
  }

  /** @param state one of MDL_STATE */
  private block(address: Address, length: number, tag: number, state: number): Address {
    const block = this.nonpaged.allocate(mdlBlockSize(Math.max(1, spanPages(address, length))), tag, "system");
    if (block === 0) return 0;
    const mdl = block + PREFIX;
    this.memory.u32[(mdl >>> 2) + STATE] = state;
    return mdl;
  }
}
