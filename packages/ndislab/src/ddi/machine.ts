import {
  Callbacks,
  ExSpinLocks,
  Irql,
  Lists,
  LookasideLists,
  Mutexes,
  OldRwLocks,
  PoolMemory,
  RwLocks,
  SpinLocks,
} from "../kernel/index.js";
import { Mappings, MdlChains, MdlPools, ReservedMappings } from "../mdl/index.js";
import { alignUp, type Handle } from "../memory/address.js";
import { MEMORY_SIZE } from "../memory/address-space.js";
import { IMAGE_BASE, Memory } from "../memory/memory.js";
import { NonpagedPool } from "../memory/nonpaged-pool.js";
import type { Processor } from "../memory/shared-memory.js";
import { SlotPools, UNLIMITED } from "../memory/slot-pool.js";
import { poolTag } from "../memory/tag.js";
import {
  BufferPools,
  PacketChains,
  PacketCopies,
  PacketInfo,
  PacketPools,
  type Profile,
  ReceivedPackets,
} from "../ndis5/index.js";
import {
  CancelIds,
  DataBuffers,
  DataStart,
  DerivedLists,
  DerivedMdls,
  GenericObjects,
  NetBufferListContexts,
  NetBufferListPools,
  NetBufferPools,
} from "../ndis6/index.js";
import { type DriverModel, NO_DRIVER_MODEL } from "./driver-model.js";

export interface MachineOptions {
  /** Bytes of the address space, 64 MiB unless given; at most 2 GiB. */
  readonly memorySize?: number;
  /** The processor of a SharedMemory that this machine is, in the place of a memory of its own. */
  readonly processor?: Processor;
  /** Where the nonpaged pool starts: behind the driver image. All processors of a memory have to say the same. */
  readonly poolBase?: number;
  readonly profile?: Profile;
  /** Takes each line of DbgPrint. */
  readonly print?: (text: string) => void;
}

/**
 * One simulated computer: an address space and the NDIS that works in it. Nothing is shared between two of them, unless
 * they are processors of one SharedMemory: then pools are, and what comes from them may be freed by any.
 */
export class Machine {
  readonly memory: Memory;
  readonly profile: Profile;
  readonly nonpaged: NonpagedPool;
  readonly poolMemory: PoolMemory;
  readonly pools: SlotPools;
  readonly irql = new Irql();
  readonly locks: SpinLocks;
  readonly exLocks: ExSpinLocks;
  readonly rwLocks: RwLocks;
  readonly oldRwLocks: OldRwLocks;
  readonly mutexes: Mutexes;
  readonly lists: Lists;
  readonly callbacks = new Callbacks();
  readonly lookaside: LookasideLists;
  readonly chains: MdlChains;
  readonly mdls: MdlPools;
  readonly mappings: Mappings;
  readonly reservedMappings: ReservedMappings;
  /** The pool behind NdisAllocateMdl and the MDLs that NDIS makes itself. */
  readonly mdlPool: Handle;
  readonly buffers: BufferPools;
  readonly packetPools: PacketPools;
  readonly packetChains: PacketChains;
  readonly packetCopies: PacketCopies;
  readonly packetInfo: PacketInfo;
  readonly receivedPackets = new ReceivedPackets();
  readonly netBuffers: NetBufferPools;
  readonly netBufferLists: NetBufferListPools;
  readonly contexts: NetBufferListContexts;
  readonly genericObjects: GenericObjects;
  readonly cancelIds = new CancelIds();
  readonly dataStart: DataStart;
  readonly dataBuffers: DataBuffers;
  readonly derivedMdls: DerivedMdls;
  readonly derivedLists: DerivedLists;
  readonly print: (text: string) => void;
  /** The NDIS around a loaded driver: what NdisF… functions talk to. */
  model: DriverModel = NO_DRIVER_MODEL;

  constructor(options: MachineOptions = {}) {
    this.profile = options.profile ?? "strict";
    this.print = options.print ?? (() => {});
    const memory = new Memory(options.memorySize ?? MEMORY_SIZE, options.processor);
    this.memory = memory;
    this.nonpaged = new NonpagedPool(memory, alignUp(options.poolBase ?? IMAGE_BASE, 0x10000));
    this.poolMemory = new PoolMemory(memory, this.nonpaged);
    this.pools = new SlotPools(memory, this.nonpaged);
    this.locks = new SpinLocks(memory, this.irql);
    this.exLocks = new ExSpinLocks(memory, this.irql);
    this.rwLocks = new RwLocks(memory, this.irql, this.nonpaged);
    this.oldRwLocks = new OldRwLocks(memory, this.irql);
    this.mutexes = new Mutexes(memory, this.irql);
    this.lists = new Lists(memory, this.locks);
    this.lookaside = new LookasideLists(memory, this.nonpaged, this.poolMemory, this.callbacks);
    this.chains = new MdlChains(memory);
    this.mdls = new MdlPools(memory, this.nonpaged, this.pools);
    this.mappings = new Mappings(memory);
    this.reservedMappings = new ReservedMappings(memory, this.nonpaged, this.mappings);
    this.mdlPool = this.mdls.create(poolTag("NDmd"), UNLIMITED, true);
    this.buffers = new BufferPools(memory, this.mdls, this.pools, this.profile);
    this.packetPools = new PacketPools(memory, this.nonpaged, this.pools);
    this.packetChains = new PacketChains(memory, this.chains);
    this.packetCopies = new PacketCopies(memory, this.mappings, this.chains, this.packetChains);
    this.packetInfo = new PacketInfo(memory);
    this.netBuffers = new NetBufferPools(memory, this.pools, this.chains);
    this.netBufferLists = new NetBufferListPools(memory, this.nonpaged, this.pools, this.chains);
    this.contexts = new NetBufferListContexts(memory, this.nonpaged);
    this.genericObjects = new GenericObjects(memory, this.nonpaged);
    this.dataStart = new DataStart(memory, this.nonpaged, this.mdls, this.mdlPool, this.chains, this.callbacks);
    this.dataBuffers = new DataBuffers(memory, this.mappings);
    this.derivedMdls = new DerivedMdls(memory, this.nonpaged, this.pools);
    this.derivedLists = new DerivedLists(
      memory,
      this.netBuffers,
      this.netBufferLists,
      this.dataStart,
      this.derivedMdls,
      this.pools,
    );
  }
}
