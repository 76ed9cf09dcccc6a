import type { Machine } from "../ddi/machine.js";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import type { Address, Handle } from "../memory/address.js";
import { columnBytes } from "../memory/columns.js";
import { poolTag } from "../memory/tag.js";
import { EMBEDDED_MDL } from "../ndis6/net-buffer.js";
import type { NativeLists } from "./native-ddis.js";

const TAG = poolTag("NDlb");

/** Data of most frames' lists, in bytes. */
const FRAME_ROOM = 2048;

const FIRST_NB = NET_BUFFER_LIST.offset.FirstNetBuffer >>> 2;
const NBL_SOURCE = NET_BUFFER_LIST.offset.SourceHandle >>> 2;
const DATA_LENGTH = NET_BUFFER.offset.DataLength >>> 2;
const SIZE_AND_FLAGS = (EMBEDDED_MDL + MDL.offset.Size) >>> 2;
const LOCKED = (MDL_FLAGS.MDL_PAGES_LOCKED | MDL_FLAGS.MDL_WRITE_OPERATION) << 16;
const MAPPED = (EMBEDDED_MDL + MDL.offset.MappedSystemVa) >>> 2;

const START = (EMBEDDED_MDL + MDL.offset.StartVa) >>> 2;
const BYTE_OFFSET = (EMBEDDED_MDL + MDL.offset.ByteOffset) >>> 2;

/** Where a list of the host is. */
export const OWNER = { host: 0, driver: 1, passedOn: 2 } as const;
const WHERE = 3;

/** Besides: the list was shown to the other side at least once. */
const PASSED = 4;

/**
 * The NET_BUFFER_LISTs that the host puts frames in: one NET_BUFFER, one MDL, data from DataOffset 0 on. A list is
 * known by its number, which columns of the host and of whoever feeds it are indexed by.
 *
 * ```
 *   take ──▶ ┌────────┐ handed in ┌─────────┐ passed on ┌──────────┐ given back ┌────────┐
 *            │ host   │──────────▶│ driver  │──────────▶│ passedOn │───────────▶│ driver │──▶ free
 *            └────────┘           └─────────┘           └──────────┘            └────────┘
 * ```
 */
export class HostLists {
  /** For most frames; 0 when memory is too short for it. */
  private pool: Handle;
  /** Pools of larger data, by powers of two from 4 KiB. */
  private readonly largePools = new Map<number, Handle>();
  /** By number: where each list is, and whether it was shown. */
  private readonly states: Uint8Array;
  /** Lists that are out. */
  outstanding = 0;

  /** Lists of the pool that are next to be taken, from the end. */
  private readonly stock: Uint32Array;
  private stocked = 0;

  /**
   * @param source the SourceHandle of the lists
   * @param batch how many are taken one after another, as a rule
   */
  constructor(
    private readonly machine: Machine,
    private readonly native: NativeLists,
    private readonly source: Handle,
    batch: number,
  ) {
    this.pool = this.create(FRAME_ROOM);
    this.stock = new Uint32Array(batch);
    this.states = new Uint8Array(columnBytes(machine.memory.byteLength >>> 6));
  }

  /** Numbers of lists are below this. */
  get numbers(): number {
    return this.states.length;
  }

  /** The number of a list of the host; slots lie on multiples of 64. */
  numberOf(nbl: Address): number {
    return nbl >>> 6;
  }

  /** A list for a frame of `length` bytes, which are to be filled in; 0 when memory is short. */
  take(length: number): Address {
    const { u32 } = this.machine.memory;
    let nbl: Address = 0;
    if (length > FRAME_ROOM) nbl = this.allocate(this.largePool(length));
    else if (this.stocked !== 0) nbl = this.stock[--this.stocked];
    else nbl = this.restock();
    if (nbl === 0) return 0;
    if (this.machine.mappings.onDemand) {
      const nb = u32[(nbl >>> 2) + FIRST_NB] >>> 2;
      u32[nb + MAPPED] = 0;
      u32[nb + SIZE_AND_FLAGS] = (u32[nb + SIZE_AND_FLAGS] & 0xffff) | LOCKED;
    }
    this.states[nbl >>> 6] = OWNER.driver;
    this.outstanding++;
    return nbl;
  }

  /** Puts a frame into a list just taken. */
  fill(nbl: Address, frame: Uint8Array): void {
    const { u8, u32 } = this.machine.memory;
    const nb = u32[(nbl >>> 2) + FIRST_NB] >>> 2;
    u32[nb + DATA_LENGTH] = frame.length;
    u8.set(frame, u32[nb + START] + u32[nb + BYTE_OFFSET]);
  }

  ownerOf(nbl: Address): number {
    return this.states[nbl >>> 6] & WHERE;
  }

  /** A list that the driver has is the other side's from now on. */
  passOn(nbl: Address): void {
    this.states[nbl >>> 6] = OWNER.passedOn | PASSED;
  }

  /** A list that was passed on is the driver's again. */
  comeBack(nbl: Address): void {
    this.states[nbl >>> 6] = OWNER.driver | PASSED;
  }

  /** Notes that a list was shown to the other side, which did not keep it. */
  markPassed(nbl: Address): void {
    this.states[nbl >>> 6] |= PASSED;
  }

  /** True when the list was passed on at least once. */
  wasPassedOn(nbl: Address): boolean {
    return (this.states[nbl >>> 6] & PASSED) !== 0;
  }

  free(nbl: Address): void {
    this.states[nbl >>> 6] = OWNER.host;
    this.outstanding--;
    this.machine.netBufferLists.free(nbl);
  }

  /** How many lists a chain has, when the driver has all of them; 0 when not. */
  countOf(lists: Address): number {
    const { states } = this;
    const { u32 } = this.machine.memory;
    // A chain that is longer than there are lists goes round in a circle.
    const most = this.outstanding;
    let count = 0;
    for (let nbl = lists; nbl !== 0; nbl = u32[nbl >>> 2])
      if ((states[nbl >>> 6] & WHERE) !== OWNER.driver || count++ === most) return 0;
    return count;
  }

  /** Frees the lists of a chain, which are so many; how many of them were never shown. */
  freeAll(lists: Address, count: number): number {
    const { states } = this;
    const { u32 } = this.machine.memory;
    let shown = 0;
    for (let nbl = lists; nbl !== 0; nbl = u32[nbl >>> 2]) {
      shown += states[nbl >>> 6] & PASSED;
      states[nbl >>> 6] = OWNER.host;
    }
    this.outstanding -= count;
    for (let left = this.native.giveLists(lists); left !== 0; left = this.native.giveLists(u32[left >>> 2]))
      this.machine.netBufferLists.free(left);
    return count - shown / PASSED;
  }

  /** The lists that a driver still has. Scans: for the end of a run. */
  *with(owner: number): Generator<Address> {
    if (this.outstanding === 0) return;
    for (let at = 0; at < this.states.length; at++) if ((this.states[at] & WHERE) === owner) yield at << 6;
  }

  /** Frees the pools, with the lists that a driver kept. */
  release(): void {
    while (this.stocked !== 0) this.machine.netBufferLists.free(this.stock[--this.stocked]);
    for (const pool of [this.pool, ...this.largePools.values()]) this.machine.netBufferLists.destroy(pool);
    this.pool = 0;
    this.largePools.clear();
  }

  /** A list of the pool and, when it has more at hand, those of the next batch into the stock. */
  private restock(): Address {
    const { memory } = this.machine;
    const { stock } = this;
    const count = this.native.takeLists(this.pool, this.source, memory.scratch, stock.length);
    if (count === 0) return this.allocate(this.pool);
    const from = memory.scratch >>> 2;
    for (let i = 0; i < count; i++) stock[i] = memory.u32[from + count - 1 - i];
    this.stocked = count - 1;
    return stock[this.stocked];
  }

  private allocate(pool: Handle): Address {
    const nbl = this.machine.netBufferLists.allocate(pool, 0, 0);
    if (nbl !== 0) this.machine.memory.u32[(nbl >>> 2) + NBL_SOURCE] = this.source;
    return nbl;
  }

  private largePool(length: number): Handle {
    const room = 2 ** Math.ceil(Math.log2(length));
    let pool = this.largePools.get(room);
    if (pool === undefined) {
      pool = this.create(room);
      if (pool !== 0) this.largePools.set(room, pool);
    }
    return pool;
  }

  private create(dataSize: number): Handle {
    return this.machine.netBufferLists.create({ tag: TAG, allocateNetBuffer: true, dataSize, system: true });
  }
}
