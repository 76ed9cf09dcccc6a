import { type Address, alignUp } from "./address.js";
import { Inbox } from "./inbox.js";
import type { Memory } from "./memory.js";

const PAGE_SHIFT = 12;
const PAGE = 1 << PAGE_SHIFT;

/** Slot sizes of small blocks, in bytes; every slot keeps at least GUARD bytes behind what was asked for. */
const SIZE_CLASSES = [32, 48, 64, 80, 96, 128, 160, 192, 256, 320, 384, 512, 640, 768, 1024, 1344, 2048] as const;
const LARGEST_SMALL = SIZE_CLASSES[SIZE_CLASSES.length - 1];

/** Bytes behind every block that nobody may write, and what they hold. */
const GUARD = 8;
const GUARD_BYTE = 0xfd;

/** What every block is aligned to at least. */
const ALIGNMENT = 16;

/**
 * Who asked for a block: the driver through a memory DDI, or the system for storage of its own. `paged` is the driver's
 * memory of the paged pool: here it never leaves, but nobody may build upon that.
 */
export type Purpose = "driver" | "system" | "paged";

/** What the pool knows of one block, alive or freed. */
export interface Block {
  readonly address: Address;
  /** Bytes asked for. */
  readonly size: number;
  /** Four characters, little-endian. */
  readonly tag: number;
  readonly live: boolean;
  readonly purpose: Purpose;
}

/** How one tag was used by the driver, in blocks. */
export interface TagUse {
  readonly tag: number;
  live: number;
  peak: number;
  allocations: number;
}

/**
 * A page of slots of one size, or the pages of one large block. So no block of a page or less goes on in the next one.
 * Bookkeeping lies outside the memory, so that a driver that overruns its block cannot spoil the answer to what it
 * overran.
 */
interface Span {
  readonly base: Address;
  readonly pages: number;
  readonly slotSize: number;
  readonly sizes: Uint32Array;
  readonly tags: Uint32Array;
  /** 0 never used, 1 driver, 2 system, 3 paged; as much and FREED for a block that was freed. */
  readonly states: Uint8Array;
  readonly free: number[];
  fresh: number;
}

const LIVE_DRIVER = 1;
const LIVE_SYSTEM = 2;
const LIVE_PAGED = 3;
const FREED = 4; // added to the live state
const PURPOSES: readonly Purpose[] = ["driver", "driver", "system", "paged"];
const LIVE = { driver: LIVE_DRIVER, system: LIVE_SYSTEM, paged: LIVE_PAGED } as const;

/**
 * The pool: every byte that drivers and NDIS allocate, nonpaged but for blocks of purpose `paged`. First come, first
 * fit on pages; slots of a size class are reused last in, first out. Content of a fresh block is whatever was there.
 *
 * In a shared memory each processor has an equal part of the pool, from which it allocates; any of them may free. Its
 * bookkeeping is of its own part.
 */
export class NonpagedPool {
  readonly base: Address;
  readonly end: Address;
  /** The fault plan: asked before every allocation, which fails when it answers true. */
  fault: (size: number, tag: number) => boolean = () => false;
  private readonly memory: Memory;
  private readonly inbox: Inbox | undefined;
  private readonly spanOfPage: (Span | undefined)[];
  /** 1 for the pages of a large live block of the system's: most objects lie in one, and rules ask of each. */
  private systemPages: Uint8Array;
  private readonly partial: Span[][] = SIZE_CLASSES.map(() => []);
  private readonly freeRuns: { page: number; pages: number }[] = [];
  private readonly firstPage: number;
  private nextPage: number;
  private readonly lastPage: number;
  private readonly uses = new Map<number, TagUse>();
  private bytes = 0;
  private blocks = 0;

  constructor(memory: Memory, base: Address, end: Address = memory.byteLength) {
    const { number, count } = memory.processor;
    const start = alignUp(base, PAGE);
    const part = Math.floor((end - start) / count) & -PAGE;
    this.memory = memory;
    this.inbox = memory.shared ? new Inbox(memory) : undefined;
    this.base = start + number * part;
    this.end = this.base + part;
    this.firstPage = this.base >>> PAGE_SHIFT;
    this.spanOfPage = new Array(this.firstPage);
    this.nextPage = this.firstPage;
    this.lastPage = this.end >>> PAGE_SHIFT;
    this.systemPages = new Uint8Array(this.lastPage);
  }

  /** Keeps from now on in `pages`, for code that reads them there, which pages of the memory are the system's. */
  keepSystemPagesIn(pages: Uint8Array): void {
    pages.set(this.systemPages);
    this.systemPages = pages;
  }

  /** Bytes asked for by blocks that are alive. */
  get liveBytes(): number {
    return this.bytes;
  }

  get liveBlocks(): number {
    return this.blocks;
  }

  /** Bytes of the pool's pages that were ever handed out: the high-water mark of the pool's growth. */
  get grownBytes(): number {
    return (this.nextPage - this.firstPage) << PAGE_SHIFT;
  }

  /**
   * A block of `size` bytes, aligned to 16 or to `alignment`, a power of two up to 64; to a page from 4096 bytes on.
   * 0 when there is no room. The caller owns it and gives it back with `free`.
   */
  allocate(size: number, tag: number, purpose: Purpose, alignment = ALIGNMENT): Address {
    if (!(size >= 0 && size <= this.end - this.base) || this.fault(size, tag)) return 0;
    // The smallest class that holds a multiple of the alignment is one: its slots lie on multiples of it.
    const room = alignUp(size + GUARD, alignment);
    const span = room <= LARGEST_SMALL ? this.smallSpan(room) : this.newSpan(alignUp(room, PAGE), 1);
    if (span === undefined) return 0;
    const slot = span.free.pop() ?? span.fresh++;
    span.sizes[slot] = size;
    span.tags[slot] = tag;
    span.states[slot] = LIVE[purpose];
    this.bytes += size;
    this.blocks++;
    if (purpose !== "system") this.countUse(tag);
    else if (span.sizes.length === 1) this.markSystem(span, 1);
    const address = span.base + slot * span.slotSize;
    this.memory.u8.fill(GUARD_BYTE, address + size, address + Math.min(span.slotSize, size + GUARD + 8));
    return address;
  }

  /**
   * Takes a block back. False, and nothing done, when `address` is not the start of a live block; of another
   * processor's blocks that is not known.
   */
  free(address: Address): boolean {
    const span = this.spanOfPage[address >>> PAGE_SHIFT];
    if (span === undefined) return this.freeElsewhere(address);
    const slot = Math.floor((address - span.base) / span.slotSize);
    const state = span.states[slot];
    if (span.base + slot * span.slotSize !== address || !(state > 0 && state < FREED)) return false;
    span.states[slot] = state + FREED;
    if (state !== LIVE_SYSTEM) (this.uses.get(span.tags[slot]) as TagUse).live--;
    else if (span.sizes.length === 1) this.markSystem(span, 0);
    this.bytes -= span.sizes[slot];
    this.blocks--;
    if (span.sizes.length > 1) {
      const full = span.free.length === 0 && span.fresh === span.sizes.length;
      span.free.push(slot);
      if (full) this.partial[classOf(span.slotSize)].push(span);
    } else this.giveBack(span);
    return true;
  }

  /** The block that `address` lies in, alive or freed, or undefined when no block was ever there. */
  find(address: Address): Block | undefined {
    const span = this.spanOfPage[address >>> PAGE_SHIFT];
    if (span === undefined) return undefined;
    const slot = Math.floor((address - span.base) / span.slotSize);
    const state = span.states[slot];
    if (state === undefined || state === 0) return undefined;
    return {
      address: span.base + slot * span.slotSize,
      size: span.sizes[slot],
      tag: span.tags[slot],
      live: state < FREED,
      purpose: PURPOSES[state & ~FREED],
    };
  }

  /** True when `address` lies in a live block of the system's own. Makes no garbage. */
  isSystem(address: Address): boolean {
    if (this.systemPages[address >>> PAGE_SHIFT] === 1) return true;
    const span = this.spanOfPage[address >>> PAGE_SHIFT];
    return span !== undefined && span.states[Math.floor((address - span.base) / span.slotSize)] === LIVE_SYSTEM;
  }

  /** Bytes from `address` to the end of the driver's live block that it lies in; -1 for no such. Makes no garbage. */
  roomAt(address: Address): number {
    const span = this.spanOfPage[address >>> PAGE_SHIFT];
    if (span === undefined) return -1;
    const slot = Math.floor((address - span.base) / span.slotSize);
    const state = span.states[slot];
    if (state !== LIVE_DRIVER && state !== LIVE_PAGED) return -1;
    return Math.max(0, span.base + slot * span.slotSize + span.sizes[slot] - address);
  }

  /** True when `address` lies in a block that was freed and not given out again. Makes no garbage. */
  isFreed(address: Address): boolean {
    const span = this.spanOfPage[address >>> PAGE_SHIFT];
    return span !== undefined && span.states[Math.floor((address - span.base) / span.slotSize)] > FREED;
  }

  /** The tag of the block that starts at `address`, which is known to be one. Makes no garbage. */
  tagOf(address: Address): number {
    const span = this.spanOfPage[address >>> PAGE_SHIFT] as Span;
    return span.tags[Math.floor((address - span.base) / span.slotSize)];
  }

  /** The size of the block that starts at `address`, which is known to be one. Makes no garbage. */
  sizeOf(address: Address): number {
    const span = this.spanOfPage[address >>> PAGE_SHIFT] as Span;
    return span.sizes[Math.floor((address - span.base) / span.slotSize)];
  }

  /** The first guard byte behind the live block at `address` that was written, as an offset from the block; -1 if none. */
  overrun(address: Address): number {
    const block = this.find(address);
    const span = this.spanOfPage[address >>> PAGE_SHIFT];
    if (block === undefined || span === undefined || !block.live) return -1;
    const stop = Math.min(block.address + span.slotSize, block.address + block.size + GUARD + 8);
    for (let at = block.address + block.size; at < stop; at++)
      if (this.memory.u8[at] !== GUARD_BYTE) return at - block.address;
    return -1;
  }

  /** Every live block of the driver, paged or not, or of the system; in address order. */
  *live(owner: Exclude<Purpose, "paged">): Generator<Block> {
    let previous: Span | undefined;
    for (let page = this.firstPage; page < this.nextPage; ) {
      const span = this.spanOfPage[page];
      // Over the pages of a large live block, which would take longer than all others; those of a freed one may be anyone's.
      const isBlock = span !== undefined && span.fresh === 1 && span.states[0] !== 0 && span.states[0] < FREED;
      page += isBlock ? span.pages : 1;
      if (span === undefined || span === previous) continue;
      previous = span;
      for (let slot = 0; slot < span.fresh; slot++) {
        const state = span.states[slot];
        if (state !== 0 && state < FREED && (state === LIVE_SYSTEM) === (owner === "system"))
          yield {
            address: span.base + slot * span.slotSize,
            size: span.sizes[slot],
            tag: span.tags[slot],
            live: true,
            purpose: PURPOSES[state],
          };
      }
    }
  }

  /** The driver's blocks by tag, in the order the tags were first used. */
  usage(): readonly TagUse[] {
    return [...this.uses.values()];
  }

  /** Takes in what other processors freed of this one's blocks: done by itself whenever the pool needs more pages. */
  collect(): void {
    if (this.inbox === undefined) return;
    for (let block = this.inbox.take(); block !== 0; ) {
      const next: Address = this.memory.u32[block >>> 2];
      this.free(block);
      block = next;
    }
  }

  /** Hands what may be a block of another processor's to it. */
  private freeElsewhere(address: Address): boolean {
    const part = this.end - this.base;
    const { number, count } = this.memory.processor;
    const owner = number + Math.floor((address - this.base) / part);
    if (this.inbox === undefined || owner === number || owner < 0 || owner >= count) return false;
    if (address % ALIGNMENT !== 0) return false;
    this.inbox.give(owner, address);
    return true;
  }

  private markSystem(span: Span, mark: 0 | 1): void {
    const page = span.base >>> PAGE_SHIFT;
    this.systemPages.fill(mark, page, page + span.pages);
  }

  private countUse(tag: number): void {
    let use = this.uses.get(tag);
    if (use === undefined) {
      use = { tag, live: 0, peak: 0, allocations: 0 };
      this.uses.set(tag, use);
    }
    use.allocations++;
    if (++use.live > use.peak) use.peak = use.live;
  }

  private smallSpan(size: number): Span | undefined {
    const index = classOf(size);
    const candidates = this.partial[index];
    for (;;) {
      const span = candidates[candidates.length - 1];
      if (span === undefined) break;
      if (span.free.length > 0 || span.fresh < span.sizes.length) return span;
      candidates.pop();
    }
    const slotSize = SIZE_CLASSES[index];
    const span = this.newSpan(PAGE, 0, slotSize);
    if (span !== undefined) candidates.push(span);
    return span;
  }

  /** A span of `bytes`, a multiple of the page; `slots` 0 means as many of `slotSize` as fit. */
  private newSpan(bytes: number, slots: number, slotSize = bytes): Span | undefined {
    this.collect();
    const pages = bytes >>> PAGE_SHIFT;
    const page = this.takePages(pages);
    if (page === undefined) return undefined;
    const count = slots === 0 ? Math.floor(bytes / slotSize) : slots;
    const span: Span = {
      base: page << PAGE_SHIFT,
      pages,
      slotSize,
      sizes: new Uint32Array(count),
      tags: new Uint32Array(count),
      states: new Uint8Array(count),
      free: [],
      fresh: 0,
    };
    for (let i = 0; i < pages; i++) this.spanOfPage[page + i] = span;
    return span;
  }

  private takePages(pages: number): number | undefined {
    const at = this.freeRuns.findIndex((run) => run.pages >= pages);
    if (at >= 0) {
      const run = this.freeRuns[at];
      const page = run.page;
      run.page += pages;
      run.pages -= pages;
      if (run.pages === 0) this.freeRuns.splice(at, 1);
      return page;
    }
    if (this.nextPage + pages > this.lastPage) return undefined;
    const page = this.nextPage;
    this.nextPage += pages;
    return page;
  }

  /** Puts the pages of a large block back, joined with free neighbours. The span stays known as freed until reuse. */
  private giveBack(span: Span): void {
    const run = { page: span.base >>> PAGE_SHIFT, pages: span.pages };
    let at = this.freeRuns.findIndex((other) => other.page > run.page);
    if (at < 0) at = this.freeRuns.length;
    this.freeRuns.splice(at, 0, run);
    const next = this.freeRuns[at + 1];
    if (next !== undefined && run.page + run.pages === next.page) {
      run.pages += next.pages;
      this.freeRuns.splice(at + 1, 1);
    }
    const previous = this.freeRuns[at - 1];
    if (previous !== undefined && previous.page + previous.pages === run.page) {
      previous.pages += run.pages;
      this.freeRuns.splice(at, 1);
    }
  }
}

function classOf(size: number): number {
  for (let index = 0; index < SIZE_CLASSES.length; index++) if (size <= SIZE_CLASSES[index]) return index;
  throw new RangeError(`no size class for ${size} bytes`);
}
