import type { FunctionPointer } from "../kernel/callbacks.js";
import { type Address, hexAddress } from "../memory/address.js";
import { TAG } from "../testing/lab.js";
import type { Mdl } from "./block.js";
import { remove, type World } from "./world.js";

/** Sizes beyond this the handlers refuse, as a driver with buffers of its own does. */
const LARGEST = 4096;

/** NET_BUFFER_ALLOCATE_MDL and NET_BUFFER_FREE_MDL of the driver, in several tempers. */
export class Handlers {
  /** What the allocate handlers gave, oldest first. */
  readonly made: Mdl[] = [];
  /** What they were asked for. */
  readonly asked: number[] = [];
  /** What the free handler got, oldest first. */
  readonly freed: Mdl[] = [];
  /** Gives what is asked for. */
  readonly exact: FunctionPointer;
  /** Gives more, and says so in *BufferSize. */
  readonly generous: FunctionPointer;
  /** Gives nothing. */
  readonly failing: FunctionPointer;
  /** Gives less than is asked for. */
  readonly short: FunctionPointer;
  readonly free: FunctionPointer;
  /** MDLs of these handlers that nobody gave back. */
  private readonly alive = new Map<Address, Mdl>();

  constructor(private readonly world: World) {
    const { callbacks } = world.lab.machine;
    this.exact = callbacks.register((size) => this.allocate(size, 0));
    this.generous = callbacks.register((size) => this.allocate(size, 7));
    this.short = callbacks.register((size) => this.allocate(size, -1));
    this.failing = callbacks.register((size) => {
      this.asked.push(world.lab.u32(size));
      return 0;
    });
    this.free = callbacks.register((address) => {
      const mdl = this.alive.get(address);
      if (mdl === undefined) throw new Error(`the free handler got ${hexAddress(address)}, which is no MDL of its`);
      this.give(mdl);
      this.freed.push(mdl);
      return 0;
    });
  }

  /** Before a call: nothing was asked of the handlers yet. */
  reset(): void {
    this.made.length = 0;
    this.asked.length = 0;
    this.freed.length = 0;
  }

  nameOf(handler: FunctionPointer): string {
    const names = new Map([
      [0, "NULL"],
      [this.exact, "exact"],
      [this.generous, "generous"],
      [this.failing, "failing"],
      [this.short, "short"],
      [this.free, "free"],
    ]);
    return names.get(handler) ?? hexAddress(handler);
  }

  /** Frees an MDL of the allocate handlers and its memory. */
  give(mdl: Mdl): void {
    this.alive.delete(mdl.address);
    this.world.ddi.NdisFreeMdl(mdl.address);
    this.world.ddi.NdisFreeMemory(mdl.block.address, 0, 0);
    this.world.drop(mdl);
    remove(this.world.blocks, mdl.block);
  }

  /** Memory and MDL: of `extra` bytes more than *BufferSize says, which then says so. */
  private allocate(size: Address, extra: number): Address {
    const { world } = this;
    const { lab, ddi } = world;
    const asked = lab.u32(size);
    this.asked.push(asked);
    const length = asked + extra;
    if (length > LARGEST) return 0;
    const memory = ddi.NdisAllocateMemoryWithTagPriority(0, length, TAG, 0);
    if (memory === 0) return 0;
    const mdl = ddi.NdisAllocateMdl(0, memory, length);
    if (mdl === 0) {
      ddi.NdisFreeMemory(memory, 0, 0);
      return 0;
    }
    if (extra > 0) lab.setU32(size, length);
    const block = world.adopt(world.name("block"), memory, length, "purpose");
    const view = world.view(mdl, block, 0, length, "handler");
    this.made.push(view);
    this.alive.set(mdl, view);
    return mdl;
  }
}
