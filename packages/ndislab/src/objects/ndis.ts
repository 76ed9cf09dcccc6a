import { Machine, type MachineOptions } from "../ddi/machine.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NB_STATE, NBL_LIVE } from "../layout/pool.js";
import { MDL_STATE } from "../mdl/mdl.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { PACKET_LIVE } from "../ndis5/packet-pools.js";
import { NB_STATE_OFFSET } from "../ndis6/net-buffer.js";
import { NBL_STATE_OFFSET } from "../ndis6/net-buffer-list-pools.js";
import { BufferPool } from "./buffer-pool.js";
import { DISPOSE } from "./dispose.js";
import { Mdl } from "./mdl.js";
import { checkCount, count, NdisError, outOfMemory } from "./ndis-error.js";
import type { NetBuffer } from "./net-buffer.js";
import type { NetBufferList } from "./net-buffer-list.js";
import { NetBufferListPool } from "./net-buffer-list-pool.js";
import { NetBufferPool } from "./net-buffer-pool.js";
import { NonpagedMemory } from "./nonpaged-memory.js";
import type { Packet } from "./packet.js";
import { PacketPool } from "./packet-pool.js";
import { Ring } from "./ring.js";
import { SlotTable } from "./slot-table.js";
import { tagNumber } from "./tag.js";

type AnyPool = NetBufferPool | NetBufferListPool | BufferPool | PacketPool;

const POOLS = {
  netBuffer: NetBufferPool,
  netBufferList: NetBufferListPool,
  buffer: BufferPool,
  packet: PacketPool,
} as const;

const NB_STATES: readonly number[] = Object.values(NB_STATE);
const DEFAULT_TAG = "ndis";

/** Smallest distance of two MDLs: the smallest block of the nonpaged pool. */
const MDL_DISTANCE = 32;

export interface NetBufferPoolOptions {
  /** Bytes of data that each NET_BUFFER comes with; 0, the default, for NET_BUFFERs over chains of the caller's. */
  readonly dataSize?: number;
  /** Four characters that name the pool in reports, as they shall read there. */
  readonly tag?: string;
}

export interface NetBufferListPoolOptions {
  /** Whether each list comes with a NET_BUFFER. */
  readonly netBuffers?: boolean;
  /** Bytes of data that this NET_BUFFER comes with. */
  readonly dataSize?: number;
  /** Bytes of context that are reserved in each list. */
  readonly contextSize?: number;
  /** NDIS_PROTOCOL_ID_…: 0 unless given. */
  readonly protocolId?: number;
  readonly tag?: string;
}

export interface PacketPoolOptions {
  /** Packets that the pool can give beyond those it was made for; 0 unless given. */
  readonly overflow?: number;
  /** Bytes that each packet reserves for the protocol: 16 unless given. */
  readonly reservedLength?: number;
}

/**
 * NDIS, in a memory of its own: pools and blocks come from here and go before it. The objects show what lies in the
 * memory and add nothing to it; `machine` and the addresses and handles of objects lead to the DDI face of the same.
 */
export class Ndis implements Disposable {
  readonly machine: Machine;
  /** Pools that have objects: those created here, and those of the DDI face that something was looked up in. */
  private readonly pools = new Map<Handle, AnyPool>();
  private readonly created = new Set<Handle>();
  private readonly blocks = new Set<NonpagedMemory>();
  private readonly mdls = new SlotTable<Mdl>(MDL_DISTANCE);

  /** @param machine one that is there already, or what a new one is made of: 64 MiB unless `memorySize` says otherwise */
  constructor(machine: Machine | MachineOptions = {}) {
    this.machine = machine instanceof Machine ? machine : new Machine(machine);
  }

  /** NdisAllocateNetBufferPool. @throws NdisError `NDIS_STATUS_RESOURCES`, `NDIS_STATUS_INVALID_PARAMETER` */
  createNetBufferPool({ dataSize = 0, tag = DEFAULT_TAG }: NetBufferPoolOptions = {}): NetBufferPool {
    checkCount(dataSize, "A data size");
    return this.keep(new NetBufferPool(this, issued(this.machine.netBuffers.create(tagNumber(tag), dataSize))));
  }

  /** NdisAllocateNetBufferListPool. @throws NdisError `POOL-PARAMS` for data without NET_BUFFERs, and as above */
  createNetBufferListPool(options: NetBufferListPoolOptions = {}): NetBufferListPool {
    const { netBuffers = false, dataSize = 0, contextSize = 0, protocolId = 0, tag = DEFAULT_TAG } = options;
    checkCount(dataSize, "A data size");
    checkCount(contextSize, "A context size");
    if (dataSize !== 0 && !netBuffers)
      throw new NdisError("POOL-PARAMS", "A pool of lists has data only in NET_BUFFERs; give it netBuffers: true.");
    const handle = this.machine.netBufferLists.create({
      tag: tagNumber(tag),
      allocateNetBuffer: netBuffers,
      dataSize,
      contextSize,
      protocolId,
    });
    return this.keep(new NetBufferListPool(this, issued(handle)));
  }

  /**
   * NdisAllocateBufferPool of NDIS 5.
   * @param descriptors the most that are out at once; with the profile `windows` a number that nobody heeds
   */
  createBufferPool(descriptors: number): BufferPool {
    checkCount(descriptors, "A number of descriptors");
    const { u32, scratch } = this.machine.memory;
    this.machine.buffers.create(scratch, scratch + 4, descriptors);
    return this.keep(new BufferPool(this, issued(u32[(scratch + 4) >>> 2])));
  }

  /**
   * NdisAllocatePacketPoolEx of NDIS 5.
   * @param packets the most that are out at once, without overflow: 65535 at most
   * @throws NdisError `NDIS_STATUS_RESOURCES`, which too many packets or reserved bytes give too
   */
  createPacketPool(packets: number, { overflow = 0, reservedLength = 16 }: PacketPoolOptions = {}): PacketPool {
    checkCount(packets, "A number of packets");
    checkCount(overflow, "An overflow");
    checkCount(reservedLength, "A reserved length");
    const { u32, scratch } = this.machine.memory;
    this.machine.packetPools.create(scratch, scratch + 4, packets, overflow, reservedLength);
    return this.keep(new PacketPool(this, issued(u32[(scratch + 4) >>> 2])));
  }

  /**
   * A ring that takes the addresses of packets from one processor of a shared memory to another.
   * @param capacity entries at least
   * @throws NdisError `NDIS_STATUS_RESOURCES`, `NDIS_STATUS_INVALID_PARAMETER`
   */
  createRing(capacity: number): Ring {
    return Ring.create(this.machine, capacity);
  }

  /** The other side of a ring, by its `address`. */
  ringAt(address: Address): Ring {
    return new Ring(this.machine, address);
  }

  /** NdisAllocateMemoryWithTagPriority: `size` bytes. @throws NdisError `NDIS_STATUS_RESOURCES` */
  allocateMemory(size: number, tag = DEFAULT_TAG): NonpagedMemory {
    const block = new NonpagedMemory(this, size, tag);
    this.blocks.add(block);
    return block;
  }

  /**
   * NdisAllocateMdl: an MDL over `length` bytes of `memory`, which stays the caller's.
   * @throws NdisError `BUF-RANGE` when the bytes are not in the memory, `NDIS_STATUS_RESOURCES`
   */
  allocateMdl(memory: NonpagedMemory, offset = 0, length = memory.size - offset): Mdl {
    const { mdls, mdlPool } = this.machine;
    const address = mdls.allocate(mdlPool, memory.range(this, offset, length), length);
    if (address === 0) throw outOfMemory("an MDL");
    const mdl = this.mdlAt(address);
    mdl.allocated = true;
    return mdl;
  }

  /** The object of a NET_BUFFER pool of the DDI face. @throws NdisError `POOL-HANDLE` when none is alive there */
  netBufferPoolAt(handle: Handle): NetBufferPool {
    const pool = this.poolAt(handle);
    if (pool instanceof NetBufferPool) return pool;
    throw new NdisError("POOL-HANDLE", `There is no live NET_BUFFER pool at ${hexAddress(handle)}.`);
  }

  /** As `netBufferPoolAt`. */
  netBufferListPoolAt(handle: Handle): NetBufferListPool {
    const pool = this.poolAt(handle);
    if (pool instanceof NetBufferListPool) return pool;
    throw new NdisError("POOL-HANDLE", `There is no live NET_BUFFER_LIST pool at ${hexAddress(handle)}.`);
  }

  /** The object of a NET_BUFFER of the DDI face. @throws NdisError `NB-NOTPOOL` when none is alive there */
  netBufferAt(address: Address): NetBuffer {
    const { u32 } = this.machine.memory;
    const pool = u32[(address + NET_BUFFER.offset.NdisPoolHandle) >>> 2];
    if ((address & 7) !== 0 || !NB_STATES.includes(u32[(address + NB_STATE_OFFSET) >>> 2]))
      throw new NdisError("NB-NOTPOOL", `There is no live NET_BUFFER at ${hexAddress(address)}.`);
    return this.netBufferOf(pool, address);
  }

  /** The object of a NET_BUFFER_LIST of the DDI face. @throws NdisError `NBL-NOTPOOL` when none is alive there */
  netBufferListAt(address: Address): NetBufferList {
    const { u32 } = this.machine.memory;
    const pool = this.poolAt(u32[(address + NET_BUFFER_LIST.offset.NdisPoolHandle) >>> 2]);
    const alive = (address & 7) === 0 && u32[(address + NBL_STATE_OFFSET) >>> 2] === NBL_LIVE;
    if (alive && pool instanceof NetBufferListPool) return pool.at(address);
    throw new NdisError("NBL-NOTPOOL", `There is no live NET_BUFFER_LIST at ${hexAddress(address)}.`);
  }

  /** The object of an NDIS_PACKET of the DDI face. @throws NdisError `PKT-NOTPOOL` when none is alive there */
  packetAt(address: Address): Packet {
    const { packetPools } = this.machine;
    const alive = (address & 7) === 0 && packetPools.stateOf(address) === PACKET_LIVE;
    const pool = alive ? this.poolAt(packetPools.ownerOf(address)) : undefined;
    if (pool instanceof PacketPool) return pool.at(address);
    throw new NdisError("PKT-NOTPOOL", `There is no live NDIS_PACKET at ${hexAddress(address)}.`);
  }

  /** The object of an MDL or NDIS_BUFFER of the DDI face. @throws NdisError `BUF-NOTPOOL` when none is alive there */
  mdlAt(address: Address): Mdl {
    const { mdls, mdlPool, memory } = this.machine;
    const owner = mdls.ownerOf(address);
    switch (mdls.stateOf(address)) {
      case MDL_STATE.embedded:
        return this.netBufferOf(memory.u32[(owner + NET_BUFFER.offset.NdisPoolHandle) >>> 2], owner).embeddedMdl();
      case MDL_STATE.pooled:
      case MDL_STATE.large: {
        const pool = owner === mdlPool ? undefined : this.poolAt(owner);
        if (pool instanceof BufferPool) return pool.at(address);
        break;
      }
      case MDL_STATE.io:
      case MDL_STATE.derived:
      case MDL_STATE.derivedLarge:
        break;
      default:
        throw new NdisError("BUF-NOTPOOL", `There is no live MDL at ${hexAddress(address)}.`);
    }
    return this.mdls.get(address) ?? this.mdls.set(address, new Mdl(this, address));
  }

  /**
   * Says goodbye to the machine; its memory goes with the last reference to it.
   * @throws NdisError `POOL-LEAK`, `MEM-LEAK`, `MDL-LEAK` when something that was asked for here was not given back
   */
  dispose(): void {
    let mdls = 0;
    for (const mdl of this.mdls.values()) if (mdl.allocated && mdl.live) mdls++;
    const left = [
      ["POOL-LEAK", this.created.size, "pool"],
      ["MEM-LEAK", this.blocks.size, "block"],
      ["MDL-LEAK", mdls, "MDL"],
    ] as const;
    const lost = left.filter(([, number]) => number !== 0);
    if (lost.length === 0) return;
    const list = lost.map(([, number, noun]) => count(number, noun)).join(", ");
    throw new NdisError(lost[0][0], `The machine cannot be disposed before what came from it: ${list}.`);
  }

  /** As `dispose`. */
  [DISPOSE](): void {
    this.dispose();
  }

  /** @internal */
  forget(pool: Handle): void {
    this.pools.delete(pool);
    this.created.delete(pool);
  }

  /** @internal */
  forgetMemory(block: NonpagedMemory): void {
    this.blocks.delete(block);
  }

  /** @internal Where a live MDL lies. @throws NdisError `POOL-HANDLE` for one of another machine, `BUF-NOTPOOL` */
  addressOfMdl(mdl: Mdl): Address {
    if (mdl.ndis.machine !== this.machine) throw new NdisError("POOL-HANDLE", "The MDL is one of another machine.");
    return mdl.use();
  }

  /** @internal Bytes from `offset` of a chain on: `length` when given, else all. @throws NdisError `NB-RANGE` */
  usedLength(chain: Address, offset: number, length: number | undefined): number {
    checkCount(offset, "An offset");
    if (length !== undefined) checkCount(length, "A length");
    const bytes = this.machine.chains.byteLength(chain);
    if (offset + (length ?? 0) > bytes)
      throw new NdisError("NB-RANGE", `A chain of ${bytes} bytes has no ${length ?? 0} bytes from ${offset} on.`);
    return length ?? bytes - offset;
  }

  private keep<P extends AnyPool>(pool: P): P {
    this.pools.set(pool.handle, pool);
    this.created.add(pool.handle);
    return pool;
  }

  /** The object of a live pool. */
  private poolAt(handle: Handle): AnyPool | undefined {
    const known = this.pools.get(handle);
    if (known !== undefined) return known;
    const kind = this.machine.pools.kindOf(handle);
    if (kind === undefined || kind === "dead") return undefined;
    const pool = new POOLS[kind](this, handle);
    this.pools.set(handle, pool);
    return pool;
  }

  private netBufferOf(pool: Handle, address: Address): NetBuffer {
    const owner = this.poolAt(pool);
    if (owner instanceof NetBufferPool) return owner.at(address);
    if (owner instanceof NetBufferListPool) return owner.netBufferAt(address);
    throw new NdisError("NB-NOTPOOL", `The NET_BUFFER at ${hexAddress(address)} is of no live pool.`);
  }
}

/** A handle that NDIS gave, unless it gave none. */
function issued(handle: Handle): Handle {
  if (handle === 0) throw outOfMemory("a pool");
  return handle;
}
