import { MDL, MDL_FLAGS, PAGE_FRAME_SIZE } from "../layout/mdl.js";
import { MDL_PREFIX } from "../layout/pool.js";
import { type Address, alignUp } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

const SIZE = MDL.offset.Size >>> 2; // Size and MdlFlags share one word; beyond 64 MiB Size wraps, as its 16 bits do in C
const PROCESS = MDL.offset.Process >>> 2;
const MAPPED = MDL.offset.MappedSystemVa >>> 2;
const START = MDL.offset.StartVa >>> 2;
const COUNT = MDL.offset.ByteCount >>> 2;
const OFFSET = MDL.offset.ByteOffset >>> 2;
const FRAMES = MDL.size >>> 2;
const HEADER_SIZE = MDL.size;
const FRAME_SIZE = PAGE_FRAME_SIZE;
const PAGE_MASK = 0xfff;
const PAGE_SIZE = 0x1000;
const NONPAGED = MDL_FLAGS.MDL_SOURCE_IS_NONPAGED_POOL << 16;
/** Next, Size and MdlFlags of an MDL over nonpaged memory within one page, as one number of 8 bytes. */
const NEXT_AND_ONE_PAGE = new Float64Array(new Uint32Array([0, (HEADER_SIZE + FRAME_SIZE) | NONPAGED]).buffer)[0];

/** States of an allocated MDL, in its prefix. Odd, so that none can be taken for the link of a free one. */
export const MDL_STATE = {
  /** From a buffer pool or from NdisAllocateMdl: its owner is the pool. */
  pooled: 0x4d44_4c01,
  /** As `pooled`, but too large for a slot of the pool: a block of its own. */
  large: 0x4d44_4c03,
  /** From IoAllocateMdl: a block of its own, no pool. */
  io: 0x4d44_4c05,
  /** Part of a NET_BUFFER's block: its owner is the NET_BUFFER. */
  embedded: 0x4d44_4c07,
  /** Made by NDIS over data of another list: its owner is the NET_BUFFER of the clone, fragment or reassembled list. */
  derived: 0x4d44_4c09,
  /** As `derived`, but too large for a slot: a block of its own. */
  derivedLarge: 0x4d44_4c0b,
} as const;

/** Pages that `[address, address + length)` touches; for no bytes 0 at the start of a page, else 1. 53-bit arithmetic: the sum may pass 4 GiB. */
export const spanPages = (address: Address, length: number): number =>
  Math.floor(((address & PAGE_MASK) + length + PAGE_MASK) / 4096);

/** Bytes of an MDL that describes `length` bytes at `address`: header and page numbers, not the prefix. */
export const mdlSize = (address: Address, length: number): number =>
  MDL.size + PAGE_FRAME_SIZE * Math.max(1, spanPages(address, length));

/** As `mdlSize`, with the prefix in front, rounded so that MDLs can stand one behind the other. */
export const mdlBlockSize = (pages: number): number => alignUp(MDL_PREFIX.size + MDL.size + PAGE_FRAME_SIZE * pages, 8);

/**
 * Writes a complete MDL over nonpaged memory at `mdl`, page numbers included; Next is NULL.
 * In this system the page number of an address is the address itself shifted.
 */
export function buildMdl(u32: Uint32Array, f64: Float64Array, mdl: Address, address: Address, length: number): void {
  const at = mdl >>> 2;
  const byteOffset = address & PAGE_MASK;
  f64[mdl >>> 3] = NEXT_AND_ONE_PAGE;
  u32[at + PROCESS] = 0;
  u32[at + MAPPED] = address;
  u32[at + START] = address - byteOffset;
  u32[at + COUNT] = length;
  u32[at + OFFSET] = byteOffset;
  u32[at + FRAMES] = address >>> 12;
  if (byteOffset + length > PAGE_SIZE) describePages(u32, at, address, length);
}

/** The rest of a complete MDL over more than one page: its size and the page numbers behind the first. */
function describePages(u32: Uint32Array, at: number, address: Address, length: number): void {
  // As spanPages, in parts none of which passes 32 bits.
  const pages = (length >>> 12) + (((length & PAGE_MASK) + (address & PAGE_MASK) + PAGE_MASK) >>> 12);
  u32[at + SIZE] = ((HEADER_SIZE + FRAME_SIZE * pages) & 0xffff) | NONPAGED;
  const frames = at + FRAMES;
  const first = address >>> 12;
  for (let page = 1; page < pages; page++) u32[frames + page] = first + page;
}

/** MmInitializeMdl: writes the header of an MDL over a range, but for what only its builder knows: no page, no address. */
export function initializeMdl(memory: Memory, mdl: Address, address: Address, length: number): void {
  const u32 = memory.u32;
  const at = mdl >>> 2;
  const byteOffset = address & PAGE_MASK;
  u32[at] = 0;
  u32[at + SIZE] = (MDL.size + PAGE_FRAME_SIZE * spanPages(address, length)) & 0xffff; // and no flags
  u32[at + START] = address - byteOffset;
  u32[at + COUNT] = length;
  u32[at + OFFSET] = byteOffset;
}

/** Virtual address of the first byte an MDL describes: MmGetMdlVirtualAddress. */
export const mdlVirtualAddress = (memory: Memory, mdl: Address): Address =>
  (memory.u32[(mdl >>> 2) + START] + memory.u32[(mdl >>> 2) + OFFSET]) >>> 0;

export const mdlFlags = (memory: Memory, mdl: Address): number => memory.u32[(mdl >>> 2) + SIZE] >>> 16;

/** System address of the first byte an MDL maps, as MappedSystemVa has it. */
export const mdlAddress = (memory: Memory, mdl: Address): Address => memory.u32[(mdl >>> 2) + MAPPED];

export const mdlByteCount = (memory: Memory, mdl: Address): number => memory.u32[(mdl >>> 2) + COUNT];

export const mdlByteOffset = (memory: Memory, mdl: Address): number => memory.u32[(mdl >>> 2) + OFFSET];

export const mdlNext = (memory: Memory, mdl: Address): Address => memory.u32[mdl >>> 2];

/** NDIS_BUFFER_TO_SPAN_PAGES and NDIS_MDL_TO_SPAN_PAGES: pages touched, 1 for a length of zero, 0 for NULL. */
export function mdlSpanPages(memory: Memory, mdl: Address): number {
  if (mdl === 0) return 0;
  const length = mdlByteCount(memory, mdl);
  return length === 0 ? 1 : spanPages(mdlByteOffset(memory, mdl), length);
}
