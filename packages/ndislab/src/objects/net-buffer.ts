import { MDL } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NB_STATE } from "../layout/pool.js";
import { NDIS_STATUS } from "../layout/status.js";
import { type Address, hexAddress } from "../memory/address.js";
import { copyNetBufferData } from "../ndis6/copy.js";
import { NOT_MAPPED } from "../ndis6/data-buffer.js";
import { EMBEDDED_MDL, NB_RETREATS_OFFSET, NB_STATE_OFFSET } from "../ndis6/net-buffer.js";
import type { NetBufferPools } from "../ndis6/net-buffer-pools.js";
import { DISPOSE } from "./dispose.js";
import { EmbeddedMdl } from "./embedded-mdl.js";
import type { Mdl } from "./mdl.js";
import { checkCount, NdisError, outOfMemory } from "./ndis-error.js";
import type { NetBufferListPool } from "./net-buffer-list-pool.js";
import type { NetBufferPool } from "./net-buffer-pool.js";
import type { Slot } from "./pool.js";
import { View } from "./view.js";

const CURRENT = NET_BUFFER.offset.CurrentMdl >>> 2;
const CURRENT_OFFSET = NET_BUFFER.offset.CurrentMdlOffset >>> 2;
const DATA_LENGTH = NET_BUFFER.offset.DataLength >>> 2;
const CHAIN = NET_BUFFER.offset.MdlChain >>> 2;
const DATA_OFFSET = NET_BUFFER.offset.DataOffset >>> 2;
const STATE = NB_STATE_OFFSET >>> 2;
const RETREATS = NB_RETREATS_OFFSET >>> 2;
const BARE = NB_STATE.bare;
const WITH_DATA = NB_STATE.withData;
const PREALLOCATED = NB_STATE.preallocated;
const BYTE_COUNT = MDL.offset.ByteCount >>> 2;

/**
 * A packet's data: a chain of MDLs, and which of its bytes are used.
 *
 * ```
 *   ├── headRoom ──┬────────── length ──────────┬── tailRoom ──┤
 *   │   unused     │           used             │    unused    │     all counted in bytes over the whole chain
 *   └──────────────┴────────────────────────────┴──────────────┘
 *                  ◀ retreat          write, length ▶
 *                  ▶ advance
 * ```
 * From `NetBufferPool.allocate`; whoever allocated it frees it. There is one object for each slot of a pool, made when
 * the slot is first handed out and used again with the slot: neither allocate nor free makes garbage, and a reference
 * kept beyond `free` speaks of the slot's next packet once there is one.
 */
export class NetBuffer implements Disposable, Slot {
  private at: Address;
  private readonly u32: Uint32Array<ArrayBuffer>;
  private readonly core: NetBufferPools;
  private readonly view = new View();
  private embedded: EmbeddedMdl | undefined;

  /** @internal */
  constructor(
    readonly pool: NetBufferPool | NetBufferListPool,
    address: Address,
  ) {
    this.at = address;
    this.u32 = pool.machine.memory.u32;
    this.core = pool.machine.netBuffers;
  }

  /** Where the NET_BUFFER lies, for the DDI face. */
  get address(): Address {
    return this.at;
  }

  /** False once it was freed. */
  get live(): boolean {
    const state = this.u32[(this.at >>> 2) + STATE];
    return state === WITH_DATA || state === BARE || state === PREALLOCATED;
  }

  /** Used bytes: NET_BUFFER_DATA_LENGTH. */
  get length(): number {
    return this.u32[this.word() + DATA_LENGTH];
  }

  /** Makes bytes behind the used ones used, or the last of them unused. @throws NdisError `NB-RANGE` */
  set length(length: number) {
    checkCount(length, "A length");
    this.checkRoom(length);
    this.u32[this.word() + DATA_LENGTH] = length;
  }

  /** Unused bytes before the data: NET_BUFFER_DATA_OFFSET. */
  get headRoom(): number {
    return this.u32[this.word() + DATA_OFFSET];
  }

  /** Unused bytes behind the data. */
  get tailRoom(): number {
    return this.room() - this.length;
  }

  /**
   * The used bytes themselves, no copy; the view stays the same object while start and length do. Not to be touched
   * after `free`.
   * @throws NdisError `NDIS_STATUS_BUFFER_TOO_SHORT` when they lie in several MDLs: see `segments` and `readInto`
   */
  get data(): Uint8Array<ArrayBuffer> {
    const { memory } = this.pool.machine;
    const length = this.length;
    const start = this.contiguousStart(length);
    if (start === 0 && length !== 0)
      throw new NdisError(
        "NDIS_STATUS_BUFFER_TOO_SHORT",
        `The ${length} bytes of the NET_BUFFER lie in several MDLs; use segments() or readInto().`,
      );
    return this.view.over(memory, start, length);
  }

  /** True when one MDL has all used bytes, so that `data` can show them. */
  get contiguous(): boolean {
    const length = this.length;
    return length === 0 || this.contiguousStart(length) !== 0;
  }

  /** The used bytes in the pieces that the MDLs have of them, no copy. Makes a view for each piece. */
  *segments(): Generator<Uint8Array<ArrayBuffer>, void> {
    const { memory } = this.pool.machine;
    const { u32 } = memory;
    const w = this.word();
    let rest = u32[w + DATA_LENGTH];
    let offset = u32[w + CURRENT_OFFSET];
    for (let mdl: Address = u32[w + CURRENT]; rest > 0 && mdl !== 0; mdl = u32[mdl >>> 2]) {
      const piece = Math.min(rest, u32[(mdl >>> 2) + BYTE_COUNT] - offset);
      if (piece > 0) yield memory.bytes(this.mapped(mdl) + offset, piece);
      offset = Math.max(0, -piece);
      rest -= Math.max(0, piece);
    }
  }

  /** Copies used bytes, from the first on, into `target`, which stays the caller's; how many there was room for. */
  readInto(target: Uint8Array): number {
    const length = Math.min(this.length, target.length);
    if (length === this.length && this.contiguous) target.set(this.data);
    else {
      let done = 0;
      for (const piece of this.segments()) {
        if (done === length) break;
        const part = done + piece.length > length ? piece.subarray(0, length - done) : piece;
        target.set(part, done);
        done += part.length;
      }
    }
    return length;
  }

  /**
   * Copies `bytes` to the start of the data, which then is these bytes and no others.
   * @throws NdisError `NB-RANGE` when there is too little room from the start of the data on
   */
  write(bytes: Uint8Array): void {
    const { memory } = this.pool.machine;
    this.checkRoom(bytes.length);
    memory.u32[this.word() + DATA_LENGTH] = bytes.length;
    const start = this.contiguousStart(bytes.length);
    if (start !== 0) {
      memory.u8.set(bytes, start);
      return;
    }
    let done = 0;
    for (const piece of this.segments()) {
      piece.set(bytes.subarray(done, done + piece.length));
      done += piece.length;
    }
  }

  /**
   * NdisCopyFromNetBufferToNetBuffer of all of `source`, of the same machine, to the start of the data, which then is
   * as long as the source's. The two share no bytes.
   * @throws NdisError `NB-RANGE`, `POOL-HANDLE`
   */
  copyFrom(source: NetBuffer): void {
    if (source.pool.machine !== this.pool.machine)
      throw new NdisError("POOL-HANDLE", "The NET_BUFFER to copy from is one of another machine.");
    const { length } = source;
    this.checkRoom(length);
    const { memory, mappings } = this.pool.machine;
    if (copyNetBufferData(memory, mappings, this.at, 0, length, source.at, 0) === NOT_MAPPED)
      throw outOfMemory("a mapping of an MDL");
    this.u32[this.word() + DATA_LENGTH] = length;
  }

  /**
   * Empties the data and lets it start `headRoom` bytes into the chain: room for the headers that `retreat` adds.
   * @throws NdisError `NB-RANGE` when the chain is shorter
   */
  reserve(headRoom: number): void {
    const { memory, chains, dataStart } = this.pool.machine;
    checkCount(headRoom, "The head room");
    const w = this.word();
    const bytes = chains.byteLength(memory.u32[w + CHAIN]);
    if (headRoom > bytes)
      throw new NdisError("NB-RANGE", `A NET_BUFFER of ${bytes} bytes has no head room of ${headRoom}.`);
    memory.u32[w + DATA_OFFSET] = headRoom;
    memory.u32[w + DATA_LENGTH] = 0;
    dataStart.adjustCurrent(this.at);
  }

  /**
   * NdisRetreatNetBufferDataStart: `bytes` in front of the data become data. With too little head room a new MDL of
   * `bytes` + `backFill` bytes comes in front of the chain; `advance` and `free` take it off again.
   * @throws NdisError `NDIS_STATUS_RESOURCES` when memory is short; `NB-RANGE` beyond 2³² − 1 bytes
   */
  retreat(bytes: number, backFill = 0): void {
    checkCount(bytes, "A retreat");
    checkCount(backFill, "A back fill");
    this.word();
    const status = this.pool.machine.dataStart.retreat(this.at, bytes, backFill, 0);
    if (status !== NDIS_STATUS.NDIS_STATUS_SUCCESS) throw retreatError(status, bytes);
  }

  /**
   * NdisAdvanceNetBufferDataStart: the first `bytes` of the data become head room, and MDLs of retreats that have no
   * used byte any more go.
   * @throws NdisError `NB-RANGE` when there is less data
   */
  advance(bytes: number): void {
    checkCount(bytes, "An advance");
    this.checkAdvance(bytes);
    this.pool.machine.dataStart.advance(this.at, bytes, true, 0);
  }

  /** The first MDL of the chain; undefined when there is none. `Mdl.next` leads on, without garbage. */
  get firstMdl(): Mdl | undefined {
    return this.mdl(CHAIN);
  }

  /** The MDL that has the first used byte. */
  get currentMdl(): Mdl | undefined {
    return this.mdl(CURRENT);
  }

  /** All MDLs of the chain. */
  get mdls(): Iterable<Mdl> {
    return mdlsFrom(this.firstMdl);
  }

  /** The next NET_BUFFER of the list it is in. */
  get next(): NetBuffer | undefined {
    const next: Address = this.u32[this.word()];
    return next === 0 ? undefined : this.pool.ndis.netBufferAt(next);
  }

  /**
   * NdisFreeNetBuffer: back to the pool, with the MDL and data it came with and the MDLs that retreats put in front.
   * A chain of the caller's stays the caller's.
   * @throws NdisError `NB-DFREE`; `NB-PREALLOC` when it came with a NET_BUFFER_LIST
   */
  free(): void {
    const { at } = this;
    if (this.u32[(at >>> 2) + RETREATS] !== 0) this.undoRetreats();
    if (!this.core.free(at)) this.refuseFree();
  }

  /** As `free`. */
  [DISPOSE](): void {
    this.free();
  }

  /** @internal */
  retire(): void {
    this.at = 0;
  }

  /** @internal The MDL that came with it. */
  embeddedMdl(): EmbeddedMdl {
    this.embedded ??= new EmbeddedMdl(this.pool.ndis, this.at + EMBEDDED_MDL, this, this.pool.dataSize);
    return this.embedded;
  }

  /** @internal */
  checkAdvance(bytes: number): void {
    const { length } = this;
    if (bytes > length)
      throw new NdisError("NB-RANGE", `The data of ${length} bytes cannot start ${bytes} bytes later.`);
  }

  /** @internal With no byte used, every MDL of a retreat goes. */
  undoRetreats(): void {
    if (this.u32[(this.at >>> 2) + RETREATS] !== 0 && this.live) this.advance(this.length);
  }

  /** @internal Its first word, once it is known to be alive. */
  word(): number {
    if (!this.live)
      throw new NdisError("NB-NOTPOOL", `The NET_BUFFER at ${hexAddress(this.at)} is used after it was freed.`);
    return this.at >>> 2;
  }

  private mdl(member: number): Mdl | undefined {
    const mdl: Address = this.u32[this.word() + member];
    return mdl === 0 ? undefined : this.pool.ndis.mdlAt(mdl);
  }

  /** Address of the first used byte when one MDL has `length` bytes from there on, else 0. */
  private contiguousStart(length: number): Address {
    const { u32 } = this.pool.machine.memory;
    const w = this.word();
    const mdl: Address = u32[w + CURRENT];
    const offset = u32[w + CURRENT_OFFSET];
    return mdl !== 0 && offset + length <= u32[(mdl >>> 2) + BYTE_COUNT] ? this.mapped(mdl) + offset : 0;
  }

  /** The system address of an MDL's first byte. @throws NdisError `NDIS_STATUS_RESOURCES` when it cannot be mapped */
  private mapped(mdl: Address): Address {
    const address = this.pool.machine.mappings.map(mdl);
    if (address === 0) throw outOfMemory("a mapping of an MDL");
    return address;
  }

  /** Bytes from the start of the data to the end of the chain. */
  private room(): number {
    const { memory, chains } = this.pool.machine;
    const w = this.word();
    return chains.byteLength(memory.u32[w + CHAIN]) - memory.u32[w + DATA_OFFSET];
  }

  private checkRoom(length: number): void {
    if (length > this.room())
      throw new NdisError(
        "NB-RANGE",
        `The NET_BUFFER has room for ${this.room()} bytes from its data start on, not ${length}.`,
      );
  }

  private refuseFree(): never {
    if (this.live) throw new NdisError("NB-PREALLOC", "The NET_BUFFER came with its NET_BUFFER_LIST; free that.");
    throw new NdisError("NB-DFREE", `The NET_BUFFER at ${hexAddress(this.at)} was freed already.`);
  }
}

/** What a retreat that did not succeed throws. @internal */
export const retreatError = (status: number, bytes: number): NdisError =>
  status === NDIS_STATUS.NDIS_STATUS_RESOURCES
    ? outOfMemory(`a retreat of ${bytes} bytes`)
    : new NdisError("NB-RANGE", `The data would pass 2³² − 1 bytes by a retreat of ${bytes}.`);

function* mdlsFrom(first: Mdl | undefined): Generator<Mdl, void> {
  for (let mdl = first; mdl !== undefined; mdl = mdl.next) yield mdl;
}
