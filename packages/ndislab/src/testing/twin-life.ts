import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NBL_LIVE, POOL } from "../layout/pool.js";
import type { Address, Handle } from "../memory/address.js";
import type { Draw } from "../models/draw.js";
import { STACK } from "./lab.js";
import { ADDRESSED, KEEPING_SHAPES, type Members, OUT, POOL_SHAPES, type ShapeName, TwinWorld } from "./twin-world.js";
import type { TwinOptions } from "./twins.js";

const STORAGE: Address = STACK + 0x1000;

/** Sizes of the MDLs of the chains that lie ready. */
const CHAINS: readonly (readonly number[])[] = [[40], [20, 0, 30], [0, 7, 0, 60], [100, 1], [16, 16, 16, 16], [0]];

const NAMES = Object.keys(POOL_SHAPES) as ShapeName[];
const KEEPING = Object.keys(KEEPING_SHAPES) as ShapeName[];

const NBL = NET_BUFFER_LIST.offset;
const NB = NET_BUFFER.offset;

/** Numbers that do not fit where they are looked for. */
const LARGE = [0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff];

/** What no structure is at. */
const NOWHERE = [0, 0x7fff_fff8, 0x8000_0000, 0xfefe_fefe, 0xffff_fff8, 0xffff_fffc];

type Act = (life: TwinLife, draw: Draw) => void;

/**
 * A random life of a driver on twins, one that stores what it should not into lists, NET_BUFFERs and MDLs; though no
 * pointer that leads out of the memory.
 */
export class TwinLife {
  readonly world: TwinWorld;
  readonly shapes: readonly ShapeName[];
  /** Lists that ever were, the freed ones too. */
  protected readonly lists: Address[] = [];
  /** NET_BUFFERs and MDLs whose bytes are what they were, though they may be free. */
  readonly netBuffers: Address[] = [0];
  private readonly mdls: Address[];

  /** @param keeps whether there are pools whose freed lists wait */
  constructor(keeps: boolean, options: TwinOptions = {}) {
    this.world = new TwinWorld(options);
    const { twins } = this.world;
    this.shapes = keeps ? [...NAMES, ...KEEPING] : NAMES;
    this.mdls = CHAINS.flatMap((sizes) => twins.chain(sizes));
    for (const shape of this.shapes) this.lists.push(...this.world.stock(shape, 3));
    for (const mdl of [...this.mdls])
      this.born(twins.call("NdisAllocateNetBufferAndNetBufferList", this.world.pool("netBuffer"), 0, 0, mdl, 12, 14));
    for (const shape of ["data", "all"] as const) this.born(this.world.list(shape));
    this.world.failMappings(3, 6, 9);
  }

  step(draw: Draw): void {
    draw.pick(ACTS)(this, draw);
  }

  /** @param names those that promise more */
  handle(draw: Draw, names: readonly ShapeName[]): Handle {
    const pool = this.world.pool(draw.prefer(this.shapes, (shape) => names.includes(shape)));
    if (!draw.once(10)) return pool;
    const { machine } = this.world.twins.native;
    return draw.pick([...NOWHERE, pool + 1, pool + 2, pool + 4, machine.memory.byteLength, machine.mdlPool]);
  }

  list(draw: Draw): Address {
    const { twins } = this.world;
    return draw.prefer(this.lists, (list) => twins.u32(list + NBL.NdisReserved) === NBL_LIVE);
  }

  netBuffer(draw: Draw): Address {
    const { twins } = this.world;
    return draw.prefer(this.netBuffers, (nb) => nb !== 0 && twins.u32(nb + NB.DataLength) !== 0);
  }

  mdl(draw: Draw): Address {
    return draw.pick(this.mdls);
  }

  /** Takes in what an allocation gave. Of lists that are to wait nothing is used but themselves: they will be useless. */
  born(list: Address): void {
    if (list === 0) return;
    const { world } = this;
    this.lists.push(list);
    const pool = world.twins.u32(list + NBL.NdisPoolHandle);
    const netBuffer = world.onList(list);
    if (netBuffer === 0 || KEEPING.some((shape) => this.shapes.includes(shape) && world.pool(shape) === pool)) return;
    this.netBuffers.push(netBuffer);
    const mdl = world.twins.u32(netBuffer + NB.MdlChain);
    if (mdl === 0 || this.mdls.includes(mdl)) return;
    this.mdls.push(mdl);
    world.store(netBuffer, { DataOffset: 10, CurrentMdlOffset: 10, DataLength: 50 });
  }

  /** A number that matters to the data of a NET_BUFFER: one of its own or of its MDL, a small one or a very large one. */
  near(draw: Draw, netBuffer: Address): number {
    if (draw.once(16)) return draw.pick(LARGE);
    const { twins } = this.world;
    const member = (name: keyof typeof NB): number => twins.u32(netBuffer + NB[name]);
    const bytes = twins.u32(member("CurrentMdl") + MDL.offset.ByteCount);
    const [offset, length] = [member("CurrentMdlOffset"), member("DataLength")];
    const marks = [length, offset, member("DataOffset"), bytes - offset, bytes, length + offset];
    return draw.near(
      marks.filter((mark) => mark > 0 && mark < 1000),
      60,
    );
  }
}

const context = (draw: Draw): number => (draw.once(12) ? draw.pick([8, 16, 24]) : 0);
const handlers = ({ world }: TwinLife, draw: Draw): { allocate: number; free: number } =>
  draw.once(3) ? { allocate: world.allocateMdl, free: world.freeMdl } : { allocate: 0, free: 0 };

const allocate: Act = (life, draw) => {
  const { twins } = life.world;
  life.born(twins.call("NdisAllocateNetBufferList", life.handle(draw, ["data", "all"]), context(draw), context(draw)));
};

const allocateWithChain: Act = (life, draw) => {
  const { twins } = life.world;
  const chain = draw.once(8) ? 0 : life.mdl(draw);
  const offset = draw.near([twins.u32(chain + MDL.offset.ByteCount)], 130);
  const length = draw.once(8) ? draw.pick(LARGE) : draw.near([], 130);
  const sizes = [context(draw), context(draw)] as const;
  const handle = life.handle(draw, ["netBuffer", "protocol"]);
  life.born(twins.call("NdisAllocateNetBufferAndNetBufferList", handle, ...sizes, chain, offset, length));
};

const free: Act = (life, draw) => {
  const list = life.list(draw);
  life.world.twins.call("NdisFreeNetBufferList", draw.once(8) ? draw.pick([...NOWHERE, list + 4, list + 8]) : list);
};

const getPool: Act = (life, draw) => {
  life.world.twins.call("NdisGetPoolFromNetBufferList", draw.once(8) ? 0 : life.list(draw));
};

const retreat: Act = (life, draw) => {
  const nb = life.netBuffer(draw);
  const backFill = draw.pick([0, 0, 5, 100]);
  life.world.twins.call(
    "NdisRetreatNetBufferDataStart",
    nb,
    life.near(draw, nb),
    backFill,
    draw.once(12) ? 7 : handlers(life, draw).allocate,
  );
};

const advance: Act = (life, draw) => {
  const nb = life.netBuffer(draw);
  const delta = life.near(draw, nb);
  life.world.twins.call("NdisAdvanceNetBufferDataStart", nb, delta, draw.below(2), handlers(life, draw).free);
};

const getData: Act = (life, draw) => {
  const nb = life.netBuffer(draw);
  const bytes = life.near(draw, nb);
  const [multiple, offset] = draw.once(4) ? [draw.pick([0, 1, 2, 3, 4, 64]), draw.pick([0, 0, 1])] : [1, 0];
  life.world.twins.call("NdisGetDataBuffer", nb, bytes, draw.pick([0, STORAGE]), multiple, offset);
};

const copy: Act = (life, draw) => {
  const [to, from] = [life.netBuffer(draw), life.netBuffer(draw)];
  const toOffset = draw.once(2) ? 0 : life.near(draw, to);
  const length = life.near(draw, from);
  const fromOffset = draw.once(2) ? 0 : life.near(draw, from);
  life.world.twins.call("NdisCopyFromNetBufferToNetBuffer", to, toOffset, length, from, fromOffset, OUT);
};

/** Says something else of an MDL, most of the time that it is mapped. */
const describeMdl: Act = (life, draw) => {
  const flags = draw.pick([...ADDRESSED, 0, MDL_FLAGS.MDL_PAGES_LOCKED, MDL_FLAGS.MDL_PARTIAL]);
  life.world.describe(life.mdl(draw), flags, !draw.once(4));
};

/** Gives a member of a NET_BUFFER another value, without a thought for the others. */
const storeMember: Act = (life, draw) => {
  const nb = life.netBuffer(draw);
  const mdl = draw.once(6) ? 0 : life.mdl(draw);
  const value = life.near(draw, nb);
  life.world.store(
    nb,
    draw.pick<Members>([
      { DataOffset: value },
      { DataLength: value },
      { CurrentMdlOffset: value },
      { CurrentMdl: mdl },
      {
        CurrentMdl: life.world.twins.u32(nb + NB.MdlChain),
        CurrentMdlOffset: life.world.twins.u32(nb + NB.DataOffset),
      },
      { MdlChain: mdl },
    ]),
  );
};

/** Frees a list that is not what it was, which then is again. */
const freeSpoiled: Act = (life, draw) => {
  const { twins } = life.world;
  const list = life.list(draw);
  const pool = twins.u32(list + NBL.NdisPoolHandle);
  const [member, value] = draw.pick([
    [NBL.NdisReserved, 0x4e42_0001],
    [NBL.NdisReserved, 0],
    [NBL.NdisReserved + 4, twins.block(16)],
    [NBL.NdisPoolHandle, draw.pick([...NOWHERE, pool + 1, twins.native.machine.mdlPool])],
  ] as const);
  const before = twins.u32(list + member);
  const frees = twins.u32(pool + POOL.offset.Frees);
  twins.set(list + member, value);
  twins.call("NdisFreeNetBufferList", list);
  // A verifier mends NdisReserved, and frees it: the word is the link of the free list then.
  if (member !== NBL.NdisReserved || twins.u32(pool + POOL.offset.Frees) === frees) twins.set(list + member, before);
};

const shorten: Act = ({ world }, draw) => world.shorten(draw.once(4));

/** Frees a pool of which something is out, so that its memory stays. */
const freePool: Act = (life, draw) => {
  const { twins } = life.world;
  const pool = life.world.pool(draw.pick(life.shapes));
  if (draw.once(4) && twins.native.machine.pools.live(pool) > 0) twins.call("NdisFreeNetBufferListPool", pool);
};

const ACTS: readonly Act[] = [
  ...[allocate, allocateWithChain, free, free, retreat, retreat, advance, advance, getData, getData, copy, copy],
  ...[allocate, allocateWithChain, free, free, retreat, retreat, advance, advance, getData, getData, copy, copy],
  ...[getPool, describeMdl, describeMdl, storeMember, storeMember, freeSpoiled, shorten, freePool],
];
