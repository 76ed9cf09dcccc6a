import { MDL, MDL_FLAGS, PAGE_FRAME_SIZE } from "../layout/mdl.js";
import { MDL_PREFIX, POOL } from "../layout/pool.js";
import { MDL_STATE } from "../mdl/mdl.js";
import type { Address, Handle } from "../memory/address.js";
import { DERIVED_POOL_CELL, type Memory } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";
import { SHARE_MASK, type SlotPools } from "../memory/slot-pool.js";
import { poolTag } from "../memory/tag.js";

const TAG = poolTag("NDdm");
const PREFIX = MDL_PREFIX.size;
const OWNER = -(PREFIX - MDL_PREFIX.offset.Owner) >> 2;
const LINK = MDL_PREFIX.offset.State - PREFIX;
const STATE = LINK >> 2;
const FREE_LIST = POOL.offset.FreeList >>> 2;
const ALLOCATIONS = POOL.offset.Allocations >>> 2;
const FREES = POOL.offset.Frees >>> 2;
const STOCK = POOL.offset.Stock >>> 2;

const SIZE = MDL.offset.Size >>> 2; // with MdlFlags in its upper half
const PROCESS = MDL.offset.Process >>> 2;
const MAPPED = MDL.offset.MappedSystemVa >>> 2;
const START = MDL.offset.StartVa >>> 2;
const COUNT = MDL.offset.ByteCount >>> 2;
const OFFSET = MDL.offset.ByteOffset >>> 2;
const FRAMES = MDL.size >>> 2;
const HEADER_SIZE = MDL.size;

const PARTIAL = MDL_FLAGS.MDL_PARTIAL << 16;
const MAPPED_FLAG = MDL_FLAGS.MDL_MAPPED_TO_SYSTEM_VA << 16;
/** A source with one of these has a system address, and so has what is derived from it. */
const HAS_ADDRESS = MAPPED_FLAG | (MDL_FLAGS.MDL_SOURCE_IS_NONPAGED_POOL << 16);
/** From MDL_MAPPED_TO_SYSTEM_VA to MDL_PARENT_MAPPED_SYSTEM_VA. */
const PARENT_SHIFT = Math.log2(MDL_FLAGS.MDL_PARENT_MAPPED_SYSTEM_VA / MDL_FLAGS.MDL_MAPPED_TO_SYSTEM_VA);

const DERIVED = MDL_STATE.derived;
const DERIVED_LARGE = MDL_STATE.derivedLarge;

/** Offsets and lengths are signed here: what lies behind the first 2 GiB of a chain, which shows some memory often, is out of reach. */
const LONGEST = 0x7fffffff;

/** Bytes of a slot: one cache line. */
const SLOT = 64;
/** Pages that the MDL of a slot can describe: more than 24 KiB at any offset. Longer pieces get a block of their own. */
const SLOT_PAGES = (SLOT - PREFIX - MDL.size) / PAGE_FRAME_SIZE;

/** `append` found no memory, or less data than it was told of. */
export const NO_LINK = -1;

/**
 * The MDLs of clones, fragments and reassembled lists: partial MDLs over what the MDLs of another list map.
 *
 * ```
 *  mdl-8        mdl-4   mdl
 *  ┌────────────┬───────┬──────────────────┬──────────────┐
 *  │ NET_BUFFER │ State │ MDL (28 bytes)   │ page numbers │   64 bytes
 *  └────────────┴───────┴──────────────────┴──────────────┘
 *                 alive, or the next free MDL
 * ```
 * No page is locked or mapped by them; the MDLs they were made from stay where they are until these are freed.
 */
export class DerivedMdls {
  /** Signed: addresses and lengths are below 2³¹, and sums of them then need no doubles. */
  private readonly i32: Int32Array<ArrayBuffer>;
  readonly pool: Handle;
  private readonly prepare = (slot: Address): Address => {
    const mdl = slot + PREFIX;
    this.i32[(mdl >>> 2) + STATE] = 0;
    return mdl;
  };

  constructor(
    memory: Memory,
    private readonly nonpaged: NonpagedPool,
    private readonly pools: SlotPools,
  ) {
    this.i32 = memory.i32;
    const shape = { kind: "buffer", tag: TAG, slotSize: SLOT, link: LINK, system: true } as const;
    this.pool = pools.common(DERIVED_POOL_CELL, () => pools.create(shape));
  }

  /** MDLs that are out. */
  get live(): number {
    return this.pools.live(this.pool);
  }

  /**
   * Puts MDLs over `length` bytes, which start `offset` bytes into `source` and go on along its chain, at the end of
   * a chain of `nb`: each gets what one MDL has of them, none is empty.
   * @param link the word that names the next MDL: that of MdlChain, or what the call before returned
   * @returns the word that names the next one then; NO_LINK when memory or the source runs out. What was made until
   *   then hangs on the chain, for `free`.
   */
  append(nb: Address, link: number, source: Address, offset: number, length: number): number {
    const i32 = this.i32;
    const p = (this.pool + this.pools.ownHeader) >> 2;
    if (offset + length > LONGEST) return NO_LINK;
    let last = link;
    let skipped = offset | 0;
    let rest = length | 0;
    for (let from = source | 0; rest > 0; from = i32[from >> 2]) {
      if (from === 0) return NO_LINK;
      const s = from >> 2;
      const piece = Math.min(i32[s + COUNT] - skipped, rest);
      if (piece <= 0) {
        skipped -= i32[s + COUNT];
        continue;
      }
      const pages = (((i32[s + OFFSET] + skipped) & 0xfff) + piece + 0xfff) >> 12;
      let mdl = pages > SLOT_PAGES ? this.block(pages) : i32[p + FREE_LIST];
      if (mdl === 0 && pages <= SLOT_PAGES) mdl = this.pools.refill(this.pool, this.prepare);
      if (mdl === 0) return NO_LINK;
      const at = mdl >> 2;
      if (pages <= SLOT_PAGES) {
        i32[p + FREE_LIST] = i32[at + STATE];
        i32[at + STATE] = DERIVED;
      }
      i32[p + ALLOCATIONS]++;
      i32[at + OWNER] = nb;
      describe(i32, at, s, skipped, piece, pages);
      i32[last] = mdl;
      last = at;
      skipped = 0;
      rest -= piece;
    }
    return last;
  }

  /** Frees those MDLs of a chain that were made for `nb`. Others stay whose they are. */
  free(nb: Address, chain: Address): void {
    const i32 = this.i32;
    const p = (this.pool + this.pools.ownHeader) >> 2;
    for (let mdl = chain | 0; mdl !== 0; ) {
      const at = mdl >> 2;
      const next = i32[at];
      if (i32[at + OWNER] === nb) {
        if (i32[at + STATE] === DERIVED) {
          i32[at + STATE] = i32[p + FREE_LIST];
          i32[p + FREE_LIST] = mdl;
          if ((++i32[p + FREES] & SHARE_MASK) === 0) this.pools.share(this.pool);
        } else if (i32[at + STATE] === DERIVED_LARGE) {
          i32[at + STATE] = 0;
          i32[p + FREES]++;
          i32[p + STOCK]--;
          this.nonpaged.free(mdl - PREFIX);
        }
      }
      mdl = next;
    }
  }

  private block(pages: number): Address {
    const block = this.nonpaged.allocate(PREFIX + HEADER_SIZE + PAGE_FRAME_SIZE * pages, TAG, "system");
    if (block === 0) return 0;
    this.i32[(block >>> 2) + (MDL_PREFIX.offset.State >>> 2)] = DERIVED_LARGE;
    this.i32[((this.pool + this.pools.ownHeader) >>> 2) + STOCK]++;
    return block + PREFIX;
  }
}

/**
 * Writes a whole MDL, at word `at`, over `length` bytes from `offset` of what the one at word `source` maps. It has a
 * system address when that has.
 */
function describe(i32: Int32Array, at: number, source: number, offset: number, length: number, pages: number): void {
  const start = i32[source + OFFSET] + offset; // from StartVa
  const byteOffset = start & 0xfff;
  const flags = i32[source + SIZE];
  i32[at] = 0;
  i32[at + SIZE] =
    ((HEADER_SIZE + PAGE_FRAME_SIZE * pages) & 0xffff) |
    PARTIAL |
    (flags & HAS_ADDRESS) |
    ((flags & MAPPED_FLAG) << PARENT_SHIFT);
  i32[at + PROCESS] = i32[source + PROCESS];
  i32[at + MAPPED] = (flags & HAS_ADDRESS) === 0 ? 0 : i32[source + MAPPED] + offset;
  i32[at + START] = i32[source + START] + start - byteOffset;
  i32[at + COUNT] = length;
  i32[at + OFFSET] = byteOffset;
  const frames = at + FRAMES;
  const sourceFrames = source + FRAMES + (start >> 12);
  for (let page = 0; page < pages; page++) i32[frames + page] = i32[sourceFrames + page];
}
