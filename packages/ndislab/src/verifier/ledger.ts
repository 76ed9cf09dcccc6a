import type { Address } from "../memory/address.js";
import { columnMemory } from "../memory/columns.js";
import { NativeModule } from "../memory/native-module.js";
import type { WasmImports } from "../memory/wasm.js";
import { LEDGER_CODE } from "./ledger-code.js";

/** What the driver has allocated. The text is the kind's name in findings. */
export const OBJECT_KINDS = [
  "nothing",
  "memory",
  "MDL",
  "NDIS_BUFFER",
  "NET_BUFFER",
  "NET_BUFFER_LIST",
  "NDIS_BUFFER pool",
  "NET_BUFFER pool",
  "NET_BUFFER_LIST pool",
  "NDIS_PACKET",
  "NDIS_PACKET pool",
  "NDIS_GENERIC_OBJECT",
  "NDIS_RW_LOCK_EX",
  "NDIS_OID_REQUEST",
  "DEVICE_OBJECT",
  "NDIS filter driver",
] as const;

export const KIND = {
  nothing: 0,
  memory: 1,
  mdl: 2,
  buffer: 3,
  netBuffer: 4,
  netBufferList: 5,
  bufferPool: 6,
  netBufferPool: 7,
  netBufferListPool: 8,
  packet: 9,
  packetPool: 10,
  genericObject: 11,
  rwLock: 12,
  oidClone: 13,
  device: 14,
  filterDriver: 15,
} as const;

export type Kind = (typeof KIND)[keyof typeof KIND];

/** Of a kind: the object was freed. */
export const FREED = 0x80;
const GRANULE_SHIFT = 3;
const PAGE_SHIFT = 12;

/** Where the ledger's numbers lie in its memory: single ones first, of which some say where the columns start. */
export const LEDGER = {
  kinds: 16,
  systemPages: 20,
  /** Live objects of each kind. */
  counts: 64,
  rows: 4096,
} as const;

const module = new NativeModule(LEDGER_CODE);

/** A row, in numbers: what is kept of one entry besides its kind. The notes of an object start in the next one. */
export const ROW = 4;
export const MEMBER = { allocatedBy: 0, freedBy: 1, value: 2, holder: 3 } as const;
const { allocatedBy: ALLOCATED_BY, freedBy: FREED_BY, value: VALUE, holder: HOLDER } = MEMBER;

/**
 * The history of every object of the driver, one entry for each 8 bytes of memory: every object starts on a
 * multiple of 8. Plain numbers, so that tracking a packet makes no garbage; pages that no object lies in are never
 * touched. The kinds stand by themselves, to be scanned; the rest of an entry is one row, to be on one cache line.
 *
 * ```
 *  address >> 3 ──▶ kind │ freed ┊ allocation site   free site   value (by kind)   holder
 *             + 1 ──▶            ┊ note 0            note 1      note 2            note 3
 *             + 2 ──▶            ┊ note 4            …
 * ```
 * The rows behind an object's own stand for bytes within it, where no other object starts: rules note there what they
 * have to know of it.
 */
export class Ledger {
  /** Code that works on the same numbers, in a memory of theirs: see native/ledger.c. */
  readonly native: WasmImports[string];
  /** 1 for a page of the memory that is the system's. */
  readonly systemPages: Uint8Array;
  private readonly kinds: Uint8Array;
  private readonly rows: Int32Array;
  private readonly counts: Int32Array;

  constructor(memorySize: number) {
    const entries = memorySize >>> GRANULE_SHIFT;
    const kinds = LEDGER.rows + entries * ROW * 4;
    const systemPages = kinds + entries;
    const pages = memorySize >>> PAGE_SHIFT;
    const { memory, shared } = columnMemory(systemPages + pages);
    const { buffer } = memory;
    this.native = module.over(memory, shared);
    const cells = new Uint32Array(buffer, 0, LEDGER.counts >>> 2);
    cells[LEDGER.kinds >>> 2] = kinds;
    cells[LEDGER.systemPages >>> 2] = systemPages;
    this.counts = new Int32Array(buffer, LEDGER.counts, OBJECT_KINDS.length);
    this.rows = new Int32Array(buffer, LEDGER.rows, entries * ROW);
    this.kinds = new Uint8Array(buffer, kinds, entries);
    this.systemPages = new Uint8Array(buffer, systemPages, pages);
  }

  allocated(address: Address, kind: Kind, site: number): void {
    const at = address >>> GRANULE_SHIFT;
    this.kinds[at] = kind;
    this.rows[at * ROW + ALLOCATED_BY] = site;
    this.rows[at * ROW + VALUE] = 0;
    this.rows[at * ROW + HOLDER] = 0;
    this.rows[(at + 1) * ROW + VALUE] = 0;
    this.counts[kind]++;
  }

  freed(address: Address, site: number): void {
    const at = address >>> GRANULE_SHIFT;
    this.counts[this.kinds[at]]--;
    this.kinds[at] |= FREED;
    this.rows[at * ROW + FREED_BY] = site;
  }

  isLive(address: Address, kind: Kind): boolean {
    return this.kinds[address >>> GRANULE_SHIFT] === kind;
  }

  /** True when the last object at `address` was of this kind and was freed. */
  wasFreed(address: Address, kind: Kind): boolean {
    return this.kinds[address >>> GRANULE_SHIFT] === (kind | FREED);
  }

  /** The kind of the object at `address`, alive or freed. */
  kindAt(address: Address): Kind {
    return (this.kinds[address >>> GRANULE_SHIFT] & ~FREED) as Kind;
  }

  /** Number of the C call that allocated the object at `address`, 0 when unknown. */
  allocationSite(address: Address): number {
    return this.row(address, ALLOCATED_BY) ?? 0;
  }

  freeSite(address: Address): number {
    return this.row(address, FREED_BY) ?? 0;
  }

  /** Notes a call that a later finding tells of: it gave the object back, or moved its data start. */
  touched(address: Address, site: number): void {
    this.rows[(address >>> GRANULE_SHIFT) * ROW + FREED_BY] = site;
  }

  touchSite(address: Address): number {
    return this.freeSite(address);
  }

  /**
   * A number the rules keep with an object, 0 at allocation: of a NET_BUFFER the bytes retreated less those advanced,
   * of a list the call that passed it on last.
   */
  value(address: Address): number {
    return this.row(address, VALUE) as number;
  }

  setValue(address: Address, value: number): void {
    this.rows[(address >>> GRANULE_SHIFT) * ROW + VALUE] = value;
  }

  /**
   * Further numbers of an object, from 1 on. Each 8 bytes of memory have a row and an object starts in the first of its
   * rows only, so an object of n bytes keeps n / 8 numbers. The first of them is 0 at allocation.
   */
  extra(address: Address, index: number): number {
    return this.row(address + (index << GRANULE_SHIFT), VALUE) as number;
  }

  setExtra(address: Address, index: number, value: number): void {
    this.rows[((address >>> GRANULE_SHIFT) + index) * ROW + VALUE] = value;
  }

  /** The list with which an object was passed on, and by which call, as ownership has it; 0 while the driver has it. */
  holder(address: Address): number {
    return this.rows[(address >>> GRANULE_SHIFT) * ROW + HOLDER];
  }

  setHolder(address: Address, holder: number): void {
    this.rows[(address >>> GRANULE_SHIFT) * ROW + HOLDER] = holder;
  }

  /** One of the numbers that rules note with an object, of which there is one for every two bytes less four. */
  note(address: Address, index: number): number {
    return this.rows[((address >>> GRANULE_SHIFT) + 1) * ROW + index];
  }

  setNote(address: Address, index: number, value: number): void {
    this.rows[((address >>> GRANULE_SHIFT) + 1) * ROW + index] = value;
  }

  /** Notes the first `count` words of an object, from note 0 on. */
  noteWords(address: Address, u32: Uint32Array, count: number): void {
    const { rows } = this;
    const note = ((address >>> GRANULE_SHIFT) + 1) * ROW;
    const word = address >>> 2;
    for (let i = 0; i < count; i++) rows[note + i] = u32[word + i];
  }

  /** The first of these words that is not as it was noted; -1 when all are. */
  changedWord(address: Address, u32: Uint32Array, count: number): number {
    const { rows } = this;
    const note = ((address >>> GRANULE_SHIFT) + 1) * ROW;
    const word = address >>> 2;
    for (let i = 0; i < count; i++) if (rows[note + i] !== (u32[word + i] | 0)) return i;
    return -1;
  }

  live(kind: Kind): number {
    return this.counts[kind];
  }

  /** Address of every live object of a kind. Scans the column up to the last: for the end of a run only. */
  *liveObjects(kind: Kind): Generator<Address> {
    let left = this.counts[kind];
    for (let at = -1; left > 0; left--) {
      at = this.kinds.indexOf(kind, at + 1);
      if (at < 0) return; // some were freed in between
      yield at << GRANULE_SHIFT;
    }
  }

  private row(address: Address, member: number): number | undefined {
    return this.rows[(address >>> GRANULE_SHIFT) * ROW + member];
  }
}
