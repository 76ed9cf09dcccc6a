import type { Ddi, DdiName } from "../ddi/table.js";
import type { Address, Handle } from "../memory/address.js";
import { Lab, TAG } from "../testing/lab.js";
import { Block, type BlockOwner, Mdl, type MdlOrigin } from "./block.js";
import type { Chain } from "./chain.js";
import { Handlers } from "./handlers.js";
import type { List } from "./list.js";
import type { NetBuffer } from "./net-buffer.js";
import type { Packet } from "./packet.js";
import { Pool, type PoolShape } from "./pool.js";
import type { Outcome } from "./tally.js";

/** Enough for the objects of a life; small, since each life has a machine of its own. */
const MEMORY_SIZE = 1 << 20;

/** POOL_TYPE: PagedPool. */
const PAGED_POOL = 1;

/** Bytes of the block that calls copy to. */
export const STORAGE_SIZE = 512;

/** Functions and macros that a life has called. */
export const CALLED = new Set<string>();

/** A DDI that notes what is called of it. */
const noted = (ddi: Ddi): Ddi =>
  new Proxy(ddi, {
    get(target, name) {
      CALLED.add(name as DdiName);
      return target[name as DdiName];
    },
  });

/** What a call allocates for. */
export const WANTS = ["memory", "mdl", "pool", "object", "retreat", "derived", "context"] as const;
export type Want = (typeof WANTS)[number];

/** Which allocations fail of the next call for `want`, or of the next that allocates: the one after `skip` others, or all from there on. */
export interface Fault {
  readonly want: Want | "anything";
  readonly skip: number;
  readonly all: boolean;
  /** Whether the pools have no free slots at hand meanwhile, so that each object is asked for. */
  readonly bare: boolean;
}

/** The largest block that there is where memory is short: pools then get their slots one by one, each of which can fail. */
const LARGEST_IF_SHORT = 2040;

/** What takes no larger block in any model: only a fault that was planned makes it fail. */
const SMALL: ReadonlySet<Want> = new Set<Want>(["mdl", "object", "derived"]);

/**
 * A machine, and beside it what a driver that did the same with plain arrays would have. Addresses are learned from
 * what the DDI returns; nothing else of the model is read from the machine.
 */
export class World {
  readonly lab: Lab;
  /** The DDI of this life: with the verifier in front or without. */
  readonly ddi: Ddi;
  /** What was done, as calls. */
  readonly log: string[] = [];
  /** What came of the last call. */
  outcome: Outcome = "idle";
  readonly pools: Pool[] = [];
  /** Handles of pools that were freed: nothing has them again. */
  readonly freedPools = new Set<number>();
  /** Pools of NDIS itself that gave something to the driver. */
  readonly systemPools = new Set<number>();
  readonly blocks: Block[] = [];
  /** Chains of the driver that are in no NET_BUFFER or packet. Their MDLs, too, are alive. */
  readonly chains: Mdl[][] = [];
  readonly netBuffers: NetBuffer[] = [];
  readonly lists: List[] = [];
  readonly packets: Packet[] = [];
  /** Chains of NDIS 5 descriptors that are in no packet. */
  readonly descriptors: Mdl[][] = [];
  readonly handlers: Handlers;
  /** Where NdisGetDataBuffer copies to. */
  readonly storage: Block;
  /** The fault plan of the next call that allocates. */
  fault: Fault | undefined;
  /** Mappings that are made before one fails, in the next call that needs some. */
  mappingFault: number | undefined;
  /** Whether the last allocation failed that the last call asked for. */
  failed = false;
  /** Whether a call failed that may have allocated something before: pools count what came and went, too. */
  gaveUp = false;
  /** Blocks of NDIS that were there when the driver had nothing yet, and MDLs. */
  readonly atStart: ReadonlySet<number>;
  readonly systemMdlsAtStart: number;
  private readonly largest: number;
  private readonly counts = new Map<string, number>();
  private stamp = 0;

  /**
   * @param verified whether the verifier stands in front
   * @param short whether only small blocks are to be had
   */
  constructor(
    readonly verified: boolean,
    short = false,
  ) {
    this.largest = short ? LARGEST_IF_SHORT : Number.POSITIVE_INFINITY;
    this.lab = new Lab({ memorySize: MEMORY_SIZE });
    this.lab.poison();
    this.ddi = noted(verified ? this.lab.ddi : this.lab.plain);
    const { nonpaged } = this.lab.machine;
    this.atStart = new Set([...nonpaged.live("system")].map(({ address }) => address));
    this.systemMdlsAtStart = this.lab.machine.pools.live(this.lab.machine.mdlPool);
    this.handlers = new Handlers(this);
    this.storage = this.block(STORAGE_SIZE, "storage", "purpose") as Block;
  }

  /** A new name: nb1, nb2, … */
  name(kind: string): string {
    const number = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, number);
    return `${kind}${number}`;
  }

  /** Notes a call that is about to be made. */
  say(call: string): void {
    this.log.push(call);
    this.outcome = "done";
  }

  /** Notes that the call failed, as it had to. */
  fails(): void {
    this.outcome = "failed";
  }

  /** Notes what came of it. */
  saw(result: string | number): void {
    this.log[this.log.length - 1] += ` -> ${result}`;
  }

  /** Makes a call that may allocate, under the fault plan when it waits for one like this. */
  attempt<T>(want: Want, call: () => T): T {
    const plan = this.fault?.want === want || this.fault?.want === "anything" ? this.fault : undefined;
    if (plan !== undefined) this.fault = undefined;
    if (plan?.bare) this.lab.machine.pools.withhold();
    this.failed = false;
    let asked = 0;
    this.lab.machine.nonpaged.fault = (size) => {
      const isPlanned = plan !== undefined && (plan.all ? asked >= plan.skip : asked === plan.skip);
      asked++;
      // What could be had after all, a slot where there was no room for many, did not fail.
      this.failed = isPlanned || (size > this.largest && !SMALL.has(want));
      return isPlanned || size > this.largest;
    };
    try {
      return call();
    } finally {
      this.lab.machine.nonpaged.fault = (size) => size > this.largest;
    }
  }

  /** Makes a call that may map MDLs, under the plan that waits for one; the MDL that could not be mapped, 0 for none. */
  mapping(call: () => void): Address {
    const { mappings } = this.lab.machine;
    const plan = this.mappingFault;
    let asked = 0;
    let failed: Address = 0;
    mappings.fault = (mdl) => {
      this.mappingFault = undefined;
      if (asked++ !== plan) return false;
      failed = mdl;
      return true;
    };
    try {
      call();
    } finally {
      mappings.fault = () => false;
    }
    if (failed !== 0) {
      this.saw("a mapping failed");
      this.fails();
    }
    return failed;
  }

  /** As `saw`, of a status; the call failed when it says so. */
  sawStatus(status: number): void {
    this.saw(`0x${status.toString(16)}`);
    if (status !== 0) this.fails();
  }

  /** Makes a call at DISPATCH_LEVEL. */
  atDispatch(call: () => void): void {
    const before = this.ddi.KeRaiseIrqlToDpcLevel();
    call();
    this.ddi.KeLowerIrql(before);
  }

  /** True when the call that was attempted did what it says it did; without a fault it must have. */
  succeeded(ok: boolean): boolean {
    this.saw(ok ? "done" : "failed");
    this.gaveUp = !ok;
    if (!ok) this.fails();
    if (!ok && !this.failed) throw new Error("the call failed although no allocation did");
    return ok;
  }

  /** Bytes that were nowhere before. */
  fresh(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.stamp += 37;
    for (let i = 0; i < length; i++) bytes[i] = (this.stamp + i * 7 + (i >>> 8) * 13) & 0xff;
    return bytes;
  }

  /** NdisAllocateMemoryWithTagPriority, filled; undefined when memory is short, as planned. */
  block(size: number, name = this.name("block"), owner: BlockOwner = "driver"): Block | undefined {
    this.say(`${name} = NdisAllocateMemoryWithTagPriority(${size})`);
    const address = this.attempt("memory", () => this.ddi.NdisAllocateMemoryWithTagPriority(0, size, TAG, 0));
    if (!this.succeeded(address !== 0)) return undefined;
    return this.adopt(name, address, size, owner);
  }

  /** ExAllocatePoolWithTag of the paged pool, filled; undefined when memory is short, as planned. */
  pagedBlock(size: number): Block | undefined {
    const name = this.name("block");
    this.say(`${name} = ExAllocatePoolWithTag(PagedPool, ${size})`);
    const address = this.attempt("memory", () => this.ddi.ExAllocatePoolWithTag(PAGED_POOL, size, TAG));
    return this.succeeded(address !== 0) ? this.adopt(name, address, size, "paged") : undefined;
  }

  /** A block at an address that a call gave, filled by the driver. */
  adopt(name: string, address: Address, size: number, owner: BlockOwner): Block {
    const bytes = this.fresh(size);
    this.lab.machine.memory.u8.set(bytes, address);
    const block = new Block(name, address, bytes, owner);
    this.blocks.push(block);
    return block;
  }

  /** Frees a block without views. */
  freeBlock(block: Block): void {
    this.say(`free ${block.name}`);
    if (block.owner === "paged") this.ddi.ExFreePoolWithTag(block.address, TAG);
    else this.ddi.NdisFreeMemory(block.address, 0, 0);
    remove(this.blocks, block);
  }

  /** An MDL that a call gave, over bytes of a block. */
  view(address: Address, block: Block, offset: number, length: number, origin: MdlOrigin): Mdl {
    return new Mdl(this.name("mdl"), address, block, offset, length, origin);
  }

  /** An MDL of NDIS with memory of its own, as NdisQueryMdl shows it: filled by the driver. */
  discover(mdl: Address, origin: MdlOrigin): Mdl {
    const { lab } = this;
    this.ddi.NdisQueryMdl(mdl, lab.out, lab.length, 16);
    const length = lab.u32(lab.length);
    const block = this.adopt(this.name("block"), lab.u32(lab.out), length, "ndis");
    return this.view(mdl, block, 0, length, origin);
  }

  /** Forgets an MDL; memory that came with it goes too. */
  drop(mdl: Mdl): void {
    mdl.forget();
    if (mdl.block.owner === "ndis" && mdl.block.views === 0) remove(this.blocks, mdl.block);
  }

  addPool(shape: PoolShape, handle: Handle, name: string): Pool {
    const pool = new Pool(name, handle, shape);
    this.pools.push(pool);
    return pool;
  }

  /** Of a pool that the driver has freed. */
  forgetPool(pool: Pool): void {
    remove(this.pools, pool);
    this.freedPools.add(pool.handle);
  }

  poolsOf(kind: PoolShape["kind"]): Pool[] {
    return this.pools.filter((pool) => pool.kind === kind);
  }

  /** Links the MDLs of a chain of the driver. */
  link(chain: Chain): void {
    for (let i = 0; i < chain.length; i++)
      this.ddi.NDIS_MDL_LINKAGE.set(chain[i].address, i + 1 < chain.length ? chain[i + 1].address : 0);
  }
}

export function remove<T>(list: T[], item: T): void {
  const at = list.indexOf(item);
  if (at < 0) throw new Error("the model does not have it");
  list.splice(at, 1);
}
