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
const PAGE_MASK = 0xfff;
const NONPAGED = MDL_FLAGS.MDL_SOURCE_IS_NONPAGED_POOL << 16;

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
} as const;

/** Pages that `[address, address + length)` touches; 0 for no bytes. 53-bit arithmetic: the sum may pass 4 GiB. */
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
export function buildMdl(memory: Memory, mdl: Address, address: Address, length: number): void {
  const u32 = memory.u32;
  const at = mdl >>> 2;
  const byteOffset = address & PAGE_MASK;
  const pages = Math.max(1, spanPages(address, length));
  u32[at] = 0;
  u32[at + SIZE] = ((MDL.size + PAGE_FRAME_SIZE * pages) & 0xffff) | NONPAGED;
  u32[at + PROCESS] = 0;
  u32[at + MAPPED] = address;
  u32[at + START] = address - byteOffset;
  u32[at + COUNT] = length;
  u32[at + OFFSET] = byteOffset;
  const first = address >>> 12;
  for (let page = 0; page < pages; page++) u32[at + FRAMES + page] = first + page;
}

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
