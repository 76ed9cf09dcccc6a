import { Callbacks, Irql, SpinLocks } from "../kernel/index.js";
import { MdlChains, MdlPools } from "../mdl/index.js";
import { alignUp, type Handle } from "../memory/address.js";
import { IMAGE_BASE, Memory } from "../memory/memory.js";
import { NonpagedPool } from "../memory/nonpaged-pool.js";
import { SlotPools, UNLIMITED } from "../memory/slot-pool.js";
import { poolTag } from "../memory/tag.js";
import { BufferPools, PacketChains, type Profile } from "../ndis5/index.js";
import { DataBuffers, DataStart, NetBufferListPools, NetBufferPools } from "../ndis6/index.js";
import { type DriverModel, NO_DRIVER_MODEL } from "./driver-model.js";

export interface MachineOptions {
  /** Bytes of the address space, 64 MiB unless given; at most 2 GiB. */
  readonly memorySize?: number;
  /** Where the nonpaged pool starts: behind the driver image. */
  readonly poolBase?: number;
  readonly profile?: Profile;
  /** Takes each line of DbgPrint. */
  readonly print?: (text: string) => void;
}

/** One simulated computer: an address space and the NDIS that works in it. Nothing is shared between two of them. */
export class Machine {
  readonly memory: Memory;
  readonly profile: Profile;
  readonly nonpaged: NonpagedPool;
  readonly pools: SlotPools;
  readonly irql = new Irql();
  readonly locks: SpinLocks;
  readonly callbacks = new Callbacks();
  readonly chains: MdlChains;
  readonly mdls: MdlPools;
  /** The pool behind NdisAllocateMdl and the MDLs that NDIS makes itself. */
  readonly mdlPool: Handle;
  readonly buffers: BufferPools;
  readonly packetChains: PacketChains;
  readonly netBuffers: NetBufferPools;
  readonly netBufferLists: NetBufferListPools;
  readonly dataStart: DataStart;
  readonly dataBuffers: DataBuffers;
  readonly print: (text: string) => void;
  /** The NDIS around a loaded driver: what NdisF… functions talk to. */
  model: DriverModel = NO_DRIVER_MODEL;

  constructor(options: MachineOptions = {}) {
    this.profile = options.profile ?? "strict";
    this.print = options.print ?? (() => {});
    const memory = new Memory(options.memorySize ?? 64 << 20);
    this.memory = memory;
    this.nonpaged = new NonpagedPool(memory, alignUp(options.poolBase ?? IMAGE_BASE, 0x10000));
    this.pools = new SlotPools(memory, this.nonpaged);
    this.locks = new SpinLocks(memory, this.irql);
    this.chains = new MdlChains(memory);
    this.mdls = new MdlPools(memory, this.nonpaged, this.pools);
    this.mdlPool = this.mdls.create(poolTag("NDmd"), UNLIMITED, true);
    this.buffers = new BufferPools(memory, this.mdls, this.pools, this.profile);
    this.packetChains = new PacketChains(memory, this.chains);
    this.netBuffers = new NetBufferPools(memory, this.pools, this.chains);
    this.netBufferLists = new NetBufferListPools(memory, this.nonpaged, this.pools, this.chains);
    this.dataStart = new DataStart(memory, this.nonpaged, this.mdls, this.mdlPool, this.chains, this.callbacks);
    this.dataBuffers = new DataBuffers(memory);
  }
}
