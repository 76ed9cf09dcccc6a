import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import type { Address, Handle } from "../memory/address.js";
import { KIND } from "../verifier/ledger.js";
import { STACK, TAG } from "./lab.js";
import { type Call, type TwinOptions, Twins } from "./twins.js";

/** Pools of every shape. */
export const POOL_SHAPES = {
  bare: {},
  netBuffer: { allocateNetBuffer: true },
  protocol: { allocateNetBuffer: true, protocolId: 2 },
  data: { allocateNetBuffer: true, dataSize: 64 },
  pages: { allocateNetBuffer: true, dataSize: 5000, protocolId: 6 },
  context: { contextSize: 16 },
  netBufferAndContext: { allocateNetBuffer: true, contextSize: 16 },
  all: { allocateNetBuffer: true, contextSize: 8, dataSize: 100, protocolId: 7 },
} as const;

/** Those whose freed lists wait. */
export const KEEPING_SHAPES = {
  keepsBare: { verify: true },
  keepsData: { allocateNetBuffer: true, dataSize: 64, verify: true },
} as const;

export type ShapeName = keyof typeof POOL_SHAPES | keyof typeof KEEPING_SHAPES;

const SHAPES = { ...POOL_SHAPES, ...KEEPING_SHAPES };

/** A freed list of a pool that keeps them comes back after this many. */
export const KEPT = 64;

/** Where an out-parameter is, and what it holds before a call. */
export const OUT: Address = STACK;
const POISON = 0xaaaa_aaaa;

const { MDL_MAPPED_TO_SYSTEM_VA, MDL_PAGES_LOCKED, MDL_SOURCE_IS_NONPAGED_POOL } = MDL_FLAGS;

/** What an MDL may say of its address. */
export const ADDRESSED = [
  MDL_MAPPED_TO_SYSTEM_VA,
  MDL_SOURCE_IS_NONPAGED_POOL,
  MDL_MAPPED_TO_SYSTEM_VA | MDL_PAGES_LOCKED,
];

/** Values of members of a NET_BUFFER. */
export type Members = { readonly [K in keyof typeof NET_BUFFER.offset]?: number };

/** What makes a call, and makes sure that it is one of those meant. */
export type Case = readonly [what: string, call: (world: TwinWorld) => Call];

/**
 * Calls of one function: plain ones, which native code does alone, and those that it hands over.
 *
 * Two kinds of input are in no case, since native code does what C does: an address outside the memory, which traps where
 * TypeScript reads nothing, and one of a structure or a number that is not aligned, which TypeScript takes to be where it
 * would lie if it were. Handles of pools, and lists to be freed, are looked at before and may be anything.
 */
export interface Cases {
  readonly name: string;
  readonly plain: readonly Case[];
  readonly handedOver: readonly Case[];
}

/** Twins with pools, lists and chains, and what a driver does to them with its own stores. */
export class TwinWorld {
  readonly twins: Twins;
  private readonly pools = new Map<ShapeName, Handle>();
  /** Functions of the driver that make an MDL of the size that they are asked for, and free one. */
  readonly allocateMdl: number;
  readonly freeMdl: number;

  constructor(options: TwinOptions = {}) {
    const twins = new Twins(options);
    this.twins = twins;
    twins.set(OUT, POISON);
    this.allocateMdl = twins.both("a handler", ({ machine, ddi }) =>
      machine.callbacks.register((sizeAt) => {
        const size = machine.memory.u32[sizeAt >>> 2];
        return ddi.NdisAllocateMdl(0, machine.nonpaged.allocate(size, TAG, "driver"), size);
      }),
    );
    this.freeMdl = twins.both("a handler", ({ machine, ddi }) =>
      machine.callbacks.register((mdl) => {
        ddi.NdisFreeMdl(mdl);
        return 0;
      }),
    );
  }

  /** The pool of a shape, made when it is first asked for. */
  pool(shape: ShapeName): Handle {
    const known = this.pools.get(shape);
    if (known !== undefined) return known;
    const made = this.twins.both(`a pool: ${shape}`, ({ machine, verifier }) => {
      const pool = machine.netBufferLists.create({ tag: TAG, ...SHAPES[shape] });
      verifier?.ledger.allocated(pool, KIND.netBufferListPool, 0);
      return pool;
    });
    this.pools.set(shape, made);
    return made;
  }

  /** The pool of a shape with lists on its free list; the lists. */
  stock(shape: ShapeName, count = 2): Address[] {
    const lists = Array.from({ length: count }, () => this.list(shape));
    for (const list of lists) this.twins.call("NdisFreeNetBufferList", list);
    return lists;
  }

  /** As `stock`; the pool. */
  stocked(shape: ShapeName): Handle {
    this.stock(shape);
    return this.pool(shape);
  }

  list(shape: ShapeName): Address {
    return this.twins.call("NdisAllocateNetBufferList", this.pool(shape), 0, 0);
  }

  /** The first NET_BUFFER of a list. */
  onList(list: Address): Address {
    return this.twins.u32(list + NET_BUFFER_LIST.offset.FirstNetBuffer);
  }

  /** A NET_BUFFER over MDLs of these sizes, and then with other values of some members. */
  netBuffer(sizes: readonly number[], dataOffset = 0, dataLength = 0, members: Members = {}): Address {
    const { twins } = this;
    const pool = this.pool("netBuffer");
    const [chain = 0] = twins.chain(sizes);
    const list = twins.call("NdisAllocateNetBufferAndNetBufferList", pool, 0, 0, chain, dataOffset, dataLength);
    const netBuffer = this.onList(list);
    this.store(netBuffer, members);
    return netBuffer;
  }

  /** A NET_BUFFER that comes with no list, with an MDL of its own when it has no data: 100 bytes behind 50 unused ones. */
  alone(dataSize: number): Address {
    const { twins } = this;
    const pool = twins.both("a NET_BUFFER pool", ({ machine, verifier }) => {
      const made = machine.netBuffers.create(TAG, dataSize);
      verifier?.ledger.allocated(made, KIND.netBufferPool, 0);
      return made;
    });
    if (dataSize === 0) return twins.call("NdisAllocateNetBuffer", pool, twins.chain([200])[0], 50, 100);
    const netBuffer = twins.call("NdisAllocateNetBufferMdlAndData", pool);
    this.store(netBuffer, { DataOffset: 50, CurrentMdlOffset: 50, DataLength: 100 });
    return netBuffer;
  }

  /** Writes members of a NET_BUFFER. */
  store(netBuffer: Address, members: Members): void {
    for (const [name, value] of Object.entries(members))
      this.twins.set(netBuffer + NET_BUFFER.offset[name as keyof typeof NET_BUFFER.offset], value);
  }

  /** Copies a structure to another address, at any distance. */
  copied(from: Address, to: Address, size: number): Address {
    this.twins.both("a copy", ({ machine: { memory } }) => {
      memory.u8.copyWithin(to, from, from + size);
    });
    return to;
  }

  /** The MDLs of a NET_BUFFER's chain. */
  mdls(netBuffer: Address): Address[] {
    const found: Address[] = [];
    const { twins } = this;
    for (let mdl = twins.u32(netBuffer + NET_BUFFER.offset.MdlChain); mdl !== 0; mdl = twins.u32(mdl)) found.push(mdl);
    return found;
  }

  /** Gives an MDL these flags, and its address or none. */
  describe(mdl: Address, flags: number, isMapped: boolean): void {
    const { twins } = this;
    const { Size, StartVa, ByteOffset, MappedSystemVa } = MDL.offset;
    twins.set(mdl + Size, (twins.u32(mdl + Size) & 0xffff) | (flags << 16));
    twins.set(mdl + MappedSystemVa, isMapped ? twins.u32(mdl + StartVa) + twins.u32(mdl + ByteOffset) : 0);
  }

  /** Leaves an MDL its locked pages, and no more. */
  unmap(mdl: Address): void {
    this.describe(mdl, MDL_PAGES_LOCKED, false);
  }

  /** Lets the mappings fail that have these numbers, from 1 on. */
  failMappings(...numbers: readonly number[]): void {
    this.twins.both("mappings", ({ machine }) => {
      let asked = 0;
      machine.mappings.fault = () => numbers.includes(++asked);
    });
  }

  /** Whether nonpaged memory is short. */
  shorten(isShort: boolean): void {
    this.twins.both("memory", ({ machine }) => {
      machine.nonpaged.fault = () => isShort;
    });
  }
}
