import type { Machine } from "../ddi/machine.js";
import {
  NDIS_RECEIVE_FLAGS,
  NDIS_RETURN_FLAGS,
  NDIS_SEND_COMPLETE_FLAGS,
  NDIS_SEND_FLAGS,
} from "../layout/data-path-flags.js";
import { MDL } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { IRQL } from "../layout/spin-lock.js";
import { NDIS_STATUS } from "../layout/status.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { poolTag } from "../memory/tag.js";
import { listIsBack } from "../verifier/filter-guards.js";
import { allCameBack } from "../verifier/ownership.js";
import type { Verifier } from "../verifier/verifier.js";
import { HostLists, OWNER } from "./host-lists.js";
import type { Callback, LoadedDriver } from "./loaded-driver.js";
import type { NativeLists } from "./native-ddis.js";

/** `receive`: frames are indicated up through the driver. `send`: they are sent down through it. */
export type Direction = "receive" | "send";

/**
 * Takes a frame that came out of the driver. The bytes are valid during the call only.
 * @param number of the list that brought the frame in, see `DataPath.deliver`; -1 for a frame of the driver's own
 */
export type FrameSink = (number: number, bytes: Uint8Array, address: Address, length: number) => void;

/** The entry points through which lists travel; one that is missing is passed by. */
export interface DataHandlers {
  readonly down: Callback | undefined;
  readonly downComplete: Callback | undefined;
  readonly up: Callback | undefined;
  readonly upReturn: Callback | undefined;
}

const FIRST_NB = NET_BUFFER_LIST.offset.FirstNetBuffer >>> 2;
const PARENT = NET_BUFFER_LIST.offset.ParentNetBufferList >>> 2;
const STATUS = NET_BUFFER_LIST.offset.Status >>> 2;
const NB_NEXT = NET_BUFFER.offset.Next >>> 2;
const CURRENT = NET_BUFFER.offset.CurrentMdl >>> 2;
const CURRENT_OFFSET = NET_BUFFER.offset.CurrentMdlOffset >>> 2;
const DATA_LENGTH = NET_BUFFER.offset.DataLength >>> 2;
const START = MDL.offset.StartVa >>> 2;
const BYTE_OFFSET = MDL.offset.ByteOffset >>> 2;
const BYTE_COUNT = MDL.offset.ByteCount >>> 2;

/** Lists handed to the driver in one call. */
const BATCH = 32;

/** A frame that comes out, in words of a row, and how many of them are asked for at once. */
const FRAME_WORDS = 3;
const FRAMES_AT_ONCE = 16;

/** Bytes in front of a room that stay unused. */
const ROOM_MARGIN = 1 << 16;

/** A driver's list longer than this goes round in a circle. */
const LONGEST_LIST = 1 << 16;

/** Lists linked by Next, appended at the end. */
class Queue {
  head: Address = 0;
  private tail: Address = 0;
  length = 0;

  constructor(private readonly u32: Uint32Array) {}

  append(nbl: Address): void {
    this.u32[nbl >>> 2] = 0;
    if (this.head === 0) this.head = nbl;
    else this.u32[this.tail >>> 2] = nbl;
    this.tail = nbl;
    this.length++;
  }

  /** The whole chain; the queue is empty afterwards. */
  take(): Address {
    const { head } = this;
    this.head = 0;
    this.length = 0;
    return head;
  }
}

/**
 * The two edges between which a driver works, and the lists on their way.
 *
 * ```
 *                 upper edge: protocols
 *   indicate ▲      │ return         send │       ▲ complete
 *            │      ▼                     ▼       │
 *          ┌────────────────── driver ──────────────┐
 *            ▲      │                     │       ▲
 *   frames   │      ▼ back to the pool    ▼       │
 *                 lower edge: miniport
 * ```
 * What the driver passes on is given back to it after its callback has returned, as a real stack does it.
 */
export class DataPath {
  readonly lists: HostLists;
  received = 0;
  emitted = 0;
  dropped = 0;
  private readonly batch: Queue;
  private readonly toReturn: Queue;
  private readonly toComplete: Queue;
  /** Linear copy of a frame that lies in several MDLs. */
  private linear: Address = 0;
  private linearSize = 0;

  /**
   * @param source the SourceHandle of the host's lists
   * @param settle called when the driver has had a batch: lets all that is on its way arrive, by `pump` and beyond it
   */
  constructor(
    private readonly machine: Machine,
    private readonly native: NativeLists,
    private readonly driver: LoadedDriver,
    private readonly verifier: Verifier | undefined,
    private readonly context: Handle,
    private readonly handlers: DataHandlers,
    source: Handle,
    private readonly direction: Direction,
    private readonly sink: FrameSink,
    private readonly settle: () => void,
  ) {
    const { u32 } = machine.memory;
    this.lists = new HostLists(machine, native, source, BATCH);
    this.batch = new Queue(u32);
    this.toReturn = new Queue(u32);
    this.toComplete = new Queue(u32);
  }

  /**
   * Puts a frame into a list for the next batch and returns the list's number, which the sink gets when the frame
   * comes out. The number is free for reuse once the driver gave the list back. -1 when the memory is full.
   */
  deliver(frame: Uint8Array, offset: number, length: number): number {
    const nbl = this.lists.take(length);
    if (nbl === 0) return -1;
    const whole = offset === 0 && length === frame.length;
    this.lists.fill(nbl, whole ? frame : frame.subarray(offset, offset + length));
    return this.arrive(nbl);
  }

  /** As `deliver`, with a frame that lies in the memory: 80 ns less, and no garbage. */
  deliverFrom(frame: Address, length: number): number {
    const nbl = this.lists.take(length);
    if (nbl === 0) return -1;
    this.native.fillList(nbl, frame, length);
    return this.arrive(nbl);
  }

  /**
   * Bytes in the memory for whoever feeds the data path or takes from it, for as long as there is the machine. Undefined
   * when memory is short. A driver that runs out of its block in front of them has `ROOM_MARGIN` bytes to go.
   */
  room(size: number): Uint8Array | undefined {
    const { memory, nonpaged } = this.machine;
    const address = nonpaged.allocate(ROOM_MARGIN + size, poolTag("NDio"), "system");
    return address === 0 ? undefined : memory.bytes(address + ROOM_MARGIN, size);
  }

  get batchIsFull(): boolean {
    return this.batch.length >= BATCH;
  }

  /** Hands the batch to the driver; then whatever it passed on is given back. */
  flush(): void {
    const count = this.batch.length;
    if (count === 0) return;
    const lists = this.batch.take();
    this.verifier?.plain.arrived(lists, this.direction === "receive");
    if (this.direction === "receive") {
      if (this.handlers.up === undefined) this.indicated(lists, 0);
      else
        this.driver.invoke(
          this.handlers.up,
          IRQL.DISPATCH_LEVEL,
          this.context,
          lists,
          0,
          count,
          NDIS_RECEIVE_FLAGS.NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL,
        );
    } else if (this.handlers.down === undefined) this.sent(lists);
    else
      this.driver.invoke(
        this.handlers.down,
        IRQL.DISPATCH_LEVEL,
        this.context,
        lists,
        0,
        NDIS_SEND_FLAGS.NDIS_SEND_FLAGS_DISPATCH_LEVEL,
      );
    this.settle();
  }

  /** Gives the lists that are on their way back to the driver. True when there were any. */
  pump(): boolean {
    const returned = this.toReturn.take();
    if (returned !== 0) {
      this.giveBack(returned);
      if (this.handlers.upReturn === undefined) this.returned(returned);
      else
        this.driver.invoke(
          this.handlers.upReturn,
          IRQL.DISPATCH_LEVEL,
          this.context,
          returned,
          NDIS_RETURN_FLAGS.NDIS_RETURN_FLAGS_DISPATCH_LEVEL,
        );
    }
    const completed = this.toComplete.take();
    if (completed !== 0) {
      this.giveBack(completed);
      if (this.handlers.downComplete === undefined) this.completed(completed);
      else
        this.driver.invoke(
          this.handlers.downComplete,
          IRQL.DISPATCH_LEVEL,
          this.context,
          completed,
          NDIS_SEND_COMPLETE_FLAGS.NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL,
        );
    }
    return returned !== 0 || completed !== 0;
  }

  /** Frees what the data path has of the driver's memory. Its counters stay. */
  release(): void {
    this.lists.release();
    this.machine.nonpaged.free(this.linear);
    this.linear = 0;
    this.linearSize = 0;
  }

  /** NdisFIndicateReceiveNetBufferLists: the upper edge has the lists, until the call ends or until it returns them. */
  indicated(lists: Address, flags: number): void {
    const { u32 } = this.machine.memory;
    const borrowed = (flags & NDIS_RECEIVE_FLAGS.NDIS_RECEIVE_FLAGS_RESOURCES) !== 0;
    if (this.direction === "receive") this.emitAll(lists);
    for (let nbl = lists, next = 0, steps = 0; nbl !== 0 && steps < LONGEST_LIST; nbl = next, steps++) {
      next = u32[nbl >>> 2];
      if (!borrowed) {
        this.passOn(nbl);
        this.toReturn.append(nbl);
      } else if (this.lists.ownerOf(nbl) === OWNER.driver) this.lists.markPassed(nbl);
    }
  }

  /** NdisFSendNetBufferLists: the lower edge has the lists until it completes them. */
  sent(lists: Address): void {
    const { u32 } = this.machine.memory;
    if (this.direction === "send") this.emitAll(lists);
    for (let nbl = lists, next = 0, steps = 0; nbl !== 0 && steps < LONGEST_LIST; nbl = next, steps++) {
      next = u32[nbl >>> 2];
      u32[(nbl >>> 2) + STATUS] = NDIS_STATUS.NDIS_STATUS_SUCCESS;
      this.passOn(nbl);
      this.toComplete.append(nbl);
    }
  }

  /** NdisFReturnNetBufferLists: the lists go back to whoever indicated them first. */
  returned(lists: Address): void {
    this.takeAllBack(lists, "NdisFReturnNetBufferLists");
  }

  /** NdisFSendNetBufferListsComplete: the lists go back to whoever sent them first. */
  completed(lists: Address): void {
    this.takeAllBack(lists, "NdisFSendNetBufferListsComplete");
  }

  /** NBL-LEAK for every list of the host that the driver kept, at the end of a pause. True when there are any. */
  reportKept(): boolean {
    if (this.verifier === undefined) return false;
    let any = false;
    const up = this.direction === "receive";
    const way = up
      ? {
          entry: this.handlers.up,
          on: "NdisFIndicateReceiveNetBufferLists",
          exit: this.handlers.upReturn,
          back: "NdisFReturnNetBufferLists",
        }
      : {
          entry: this.handlers.down,
          on: "NdisFSendNetBufferLists",
          exit: this.handlers.downComplete,
          back: "NdisFSendNetBufferListsComplete",
        };
    for (const nbl of this.lists.with(OWNER.driver)) {
      if (this.verifier.broken.has(nbl)) continue;
      any = true;
      const cameBack = this.lists.wasPassedOn(nbl);
      const holder = cameBack ? way.exit : way.entry;
      const at = holder === undefined ? null : this.driver.placeOf(holder);
      const name = at?.function ?? holder?.name ?? "the driver";
      this.verifier.report(
        "NBL-LEAK",
        cameBack
          ? `NET_BUFFER_LIST ${hexAddress(nbl)}, passed on at ${this.verifier.place(this.verifier.ledger.value(nbl))}, came back to ${name} and was not given back by ${way.back} before the filter paused; give every list back.`
          : `NET_BUFFER_LIST ${hexAddress(nbl)}, handed to ${name}, was neither passed on by ${way.on} nor given back by ${way.back} before the filter paused; do one of them on every path.`,
        { object: nbl, kind: "NET_BUFFER_LIST", at },
      );
    }
    return any;
  }

  /** The list goes with the next batch. */
  private arrive(nbl: Address): number {
    this.received++;
    this.batch.append(nbl);
    return this.lists.numberOf(nbl);
  }

  private passOn(nbl: Address): void {
    if (this.lists.ownerOf(nbl) === OWNER.driver) this.lists.passOn(nbl);
  }

  private giveBack(lists: Address): void {
    const { u32 } = this.machine.memory;
    for (let nbl = lists, steps = 0; nbl !== 0 && steps < LONGEST_LIST; nbl = u32[nbl >>> 2], steps++)
      if (this.lists.ownerOf(nbl) === OWNER.passedOn) this.lists.comeBack(nbl);
    if (this.verifier !== undefined) allCameBack(this.verifier, lists);
  }

  private takeAllBack(lists: Address, ddi: string): void {
    const count = this.lists.countOf(lists);
    if (count !== 0 && this.verifier?.plain.areBalanced(lists) !== false) {
      this.dropped += this.lists.freeAll(lists, count);
      return;
    }
    const { u32 } = this.machine.memory;
    for (let nbl = lists, next = 0, steps = 0; nbl !== 0 && steps < LONGEST_LIST; nbl = next, steps++) {
      next = u32[nbl >>> 2];
      this.takeBack(nbl, ddi);
    }
  }

  private takeBack(nbl: Address, ddi: string): void {
    const owner = this.lists.ownerOf(nbl);
    if (owner === OWNER.driver) {
      if (!this.lists.wasPassedOn(nbl)) this.dropped++;
      if (this.verifier !== undefined) listIsBack(this.verifier, nbl);
      this.lists.free(nbl);
      return;
    }
    if (this.verifier === undefined) return;
    if (owner === OWNER.host) this.verifier.broken.add(nbl);
    this.verifier.report(
      "NBL-DCOMPLETE",
      owner === OWNER.passedOn
        ? `${ddi}: NET_BUFFER_LIST ${hexAddress(nbl)} was passed on and has not come back yet; give it back from the return or complete handler.`
        : `${ddi}: NET_BUFFER_LIST ${hexAddress(nbl)} is the driver's own, and nobody waits for it; free it with NdisFreeNetBufferList.`,
      { object: nbl, kind: "NET_BUFFER_LIST", allocationSite: this.verifier.ledger.allocationSite(nbl) },
    );
  }

  /** Shows the sink all frames of a chain. */
  private emitAll(lists: Address): void {
    const { native } = this;
    const { scratch, u8, u32 } = this.machine.memory;
    const plain = this.verifier === undefined || this.verifier.broken.size === 0;
    for (let nbl = lists, left = LONGEST_LIST; nbl !== 0 && left > 0; ) {
      const count = plain ? native.framesOf(nbl, scratch, Math.min(FRAMES_AT_ONCE, left)) : 0;
      if (count === 0) this.emit(nbl);
      left -= count === 0 ? 1 : count;
      for (let i = 0, row = scratch >>> 2; i < count; i++, row += FRAME_WORDS) {
        nbl = u32[row];
        this.emitted++;
        this.sink(this.numberFor(nbl), u8, u32[row + 1], u32[row + 2]);
      }
      nbl = u32[nbl >>> 2];
    }
  }

  private emit(nbl: Address): void {
    if (this.verifier !== undefined && this.verifier.broken.size > 0 && this.verifier.broken.has(nbl)) return;
    const { u8, u32 } = this.machine.memory;
    const number = this.numberFor(nbl);
    let steps = 0;
    for (
      let nb: Address = u32[(nbl >>> 2) + FIRST_NB];
      nb !== 0 && steps < LONGEST_LIST;
      nb = u32[(nb >>> 2) + NB_NEXT], steps++
    ) {
      const w = nb >>> 2;
      const length = u32[w + DATA_LENGTH];
      const mdl = u32[w + CURRENT] >>> 2;
      const offset = u32[w + CURRENT_OFFSET];
      // Where the pages are, mapped by the driver or not.
      const whole = u32[mdl + BYTE_COUNT] - offset >= length;
      const address = whole ? u32[mdl + START] + u32[mdl + BYTE_OFFSET] + offset : this.linearize(nb, length);
      if (address === 0 || address + length > u8.length) {
        // Nobody sees what is not in the memory, or does not fit into what is left of it.
        if (number >= 0) this.dropped++;
        continue;
      }
      this.emitted++;
      this.sink(number, u8, address, length);
    }
  }

  /** The list that brought the frame in: this one, or the one it was derived from, which counts as passed on then. */
  private numberFor(nbl: Address): number {
    if (this.lists.ownerOf(nbl) !== OWNER.host) return this.lists.numberOf(nbl);
    const parent = this.machine.memory.u32[(nbl >>> 2) + PARENT];
    if (parent === 0 || this.lists.ownerOf(parent) === OWNER.host) return -1;
    this.lists.markPassed(parent);
    return this.lists.numberOf(parent);
  }

  /** The frame in one piece, until the next one; 0 when memory is short. */
  private linearize(nb: Address, length: number): Address {
    const { nonpaged, dataBuffers } = this.machine;
    if (length > this.linearSize) {
      nonpaged.free(this.linear);
      this.linearSize = 2 ** Math.ceil(Math.log2(Math.max(length, 4096)));
      this.linear = nonpaged.allocate(this.linearSize, poolTag("NDln"), "system");
      if (this.linear === 0) this.linearSize = 0;
    }
    if (this.linear !== 0) dataBuffers.read(nb, length, this.linear);
    return this.linear;
  }
}
