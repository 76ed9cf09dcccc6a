import { LAYOUTS } from "../testing/layouts.js";
import type { Act } from "./act.js";
import type { Block, Mdl } from "./block.js";
import { type Chain, chainText } from "./chain.js";
import type { Draw } from "./draw.js";
import { remove, WANTS, type World } from "./world.js";

const KERNEL_MODE = 0;
/** LOCK_OPERATION: IoModifyAccess. */
const IO_MODIFY_ACCESS = 2;

const MOST_CHAINS = 8;

/** Lengths whose page numbers have no room in a slot of the pools, or just have. */
const LARGE = [28_000, 30_000, 69_000, 80_000];

/** Now and then a length of many pages, when nothing has one yet; else 0. */
export const drawLarge = (world: World, draw: Draw): number =>
  draw.once(20) && world.blocks.every(({ bytes }) => bytes.length < LARGE[0]) ? draw.pick(LARGE) : 0;

/** Lengths of MDLs: now and then those of a layout that code must not care about, or one of many pages. */
function drawSizes(world: World, draw: Draw): readonly number[] {
  const large = drawLarge(world, draw);
  if (large > 0) return [large];
  if (draw.once(3)) return draw.pick(LAYOUTS.filter(({ sizes }) => sizes.length < 10 || draw.once(8))).sizes;
  return Array.from({ length: draw.pick([1, 2, 3, 1, 4]) }, () => draw.pick([16, 1, 40, 0, 7, 100, 14]));
}

/** A new MDL over new memory, or over a part of a block that is there already. */
function newMdl(world: World, size: number, draw: Draw): Mdl | undefined {
  const shared = world.blocks.filter(({ owner, bytes }) => owner === "driver" && bytes.length >= size);
  const block = draw.once(5) && shared.length > 0 ? draw.pick(shared) : world.block(Math.max(1, size + draw.below(3)));
  if (block === undefined) return undefined;
  const offset = draw.below(block.bytes.length - size + 1);
  return draw.once(8) ? ioMdl(world, block, offset, size) : ndisMdl(world, block, offset, size);
}

/** A new MDL over paged memory: its pages are locked, and not mapped until somebody asks for their address. */
function lockedMdl(world: World, size: number): Mdl | undefined {
  const { ddi } = world;
  const block = world.pagedBlock(size);
  if (block === undefined) return undefined;
  world.say(`IoAllocateMdl(${block.name}, ${size}), MmProbeAndLockPages`);
  const mdl = world.attempt("mdl", () => ddi.IoAllocateMdl(block.address, size, 0, 0, 0));
  if (!world.succeeded(mdl !== 0)) return undefined;
  ddi.MmProbeAndLockPages(mdl, KERNEL_MODE, IO_MODIFY_ACCESS);
  return world.view(mdl, block, 0, size, "MmProbeAndLockPages");
}

/** A chain of MDLs of these lengths, each over memory of its own: what a layout lies in. */
export function makeChain(world: World, sizes: readonly number[], locked = false): Mdl[] {
  const chain = sizes.map((size) =>
    locked && size > 0
      ? (lockedMdl(world, size) as Mdl)
      : (ndisMdl(world, world.block(size + 1) as Block, 1, size) as Mdl),
  );
  world.link(chain);
  world.chains.push(chain);
  return chain;
}

function ndisMdl(world: World, block: Block, offset: number, size: number): Mdl | undefined {
  world.say(`NdisAllocateMdl(${block.name} + ${offset}, ${size})`);
  const mdl = world.attempt("mdl", () => world.ddi.NdisAllocateMdl(0, block.address + offset, size));
  return world.succeeded(mdl !== 0) ? world.view(mdl, block, offset, size, "NdisAllocateMdl") : undefined;
}

function ioMdl(world: World, block: Block, offset: number, size: number): Mdl | undefined {
  world.say(`IoAllocateMdl(${block.name} + ${offset}, ${size}), MmBuildMdlForNonPagedPool`);
  const mdl = world.attempt("mdl", () => world.ddi.IoAllocateMdl(block.address + offset, size, 0, 0, 0));
  if (!world.succeeded(mdl !== 0)) return undefined;
  world.ddi.MmBuildMdlForNonPagedPool(mdl);
  return world.view(mdl, block, offset, size, "IoAllocateMdl");
}

/** Frees one MDL of the driver. */
export function freeMdl(world: World, mdl: Mdl): void {
  world.say(`free ${mdl.name}`);
  if (mdl.length !== mdl.whole) world.ddi.NdisAdjustMdlLength(mdl.address, mdl.whole);
  if (mdl.origin === "MmProbeAndLockPages") world.ddi.MmUnlockPages(mdl.address);
  if (mdl.sources.length > 0) world.ddi.MmPrepareMdlForReuse(mdl.address);
  if (mdl.origin === "MmInitializeMdl") world.ddi.NdisFreeMemory(mdl.address, 0, 0);
  else if (mdl.origin === "NdisAllocateMdl") world.ddi.NdisFreeMdl(mdl.address);
  else world.ddi.IoFreeMdl(mdl.address);
  world.drop(mdl);
}

/** A chain of the driver, as many MDLs as memory was there for. */
const MAKE_CHAIN: Act = {
  name: "make a chain",
  weight: 8,
  ready: (world) => world.chains.length < MOST_CHAINS,
  run(world, draw) {
    const chain: Mdl[] = [];
    for (const size of drawSizes(world, draw)) {
      const mdl = size > 0 && draw.once(6) ? lockedMdl(world, size) : newMdl(world, size, draw);
      if (mdl === undefined) break;
      chain.push(mdl);
    }
    world.say(`link ${chainText(chain)}`);
    world.link(chain);
    if (chain.length > 0) world.chains.push(chain);
  },
};

/** Whether nothing is left that was copied from it or is a part of it. */
export const isUncopied = (chain: Chain): boolean => chain.every(({ copies }) => copies === 0);

const FREE_CHAIN: Act = {
  name: "free a chain",
  weight: 1,
  ready: (world) => world.chains.some(isUncopied),
  run(world, draw) {
    const chain = draw.pick(world.chains.filter(isUncopied));
    for (const mdl of chain) freeMdl(world, mdl);
    remove(world.chains, chain);
  },
};

const FREE_BLOCK: Act = {
  name: "free a block",
  weight: 1,
  ready: (world) => freeBlocks(world).length > 0,
  run(world, draw) {
    world.freeBlock(draw.pick(freeBlocks(world)));
  },
};

/** Blocks of the driver that no MDL shows. */
export const freeBlocks = (world: World): Block[] =>
  world.blocks.filter(({ owner, views }) => (owner === "driver" || owner === "paged") && views === 0);

/** Cuts one chain in two, or puts two together, by the Next members. */
const RELINK: Act = {
  name: "relink",
  weight: 1,
  ready: (world) => world.chains.length > 0,
  run(world, draw) {
    const chain = draw.pick(world.chains);
    const other = draw.pick(world.chains);
    const { NDIS_MDL_LINKAGE } = world.ddi;
    if (chain !== other && chain.length + other.length < 12) {
      world.say(`NDIS_MDL_LINKAGE(${chain[chain.length - 1].name}) = ${other[0].name}`);
      NDIS_MDL_LINKAGE.set(chain[chain.length - 1].address, other[0].address);
      chain.push(...other);
      remove(world.chains, other);
    } else if (chain.length > 1) {
      const rest = chain.splice(1 + draw.below(chain.length - 1));
      world.say(`NDIS_MDL_LINKAGE(${chain[chain.length - 1].name}) = NULL`);
      NDIS_MDL_LINKAGE.set(chain[chain.length - 1].address, 0);
      world.chains.push(rest);
    }
  },
};

const ADJUST_LENGTH: Act = {
  name: "NdisAdjustMdlLength",
  weight: 1,
  ready: (world) => world.chains.length > 0,
  run(world, draw) {
    const mdl = draw.pick(draw.pick(world.chains));
    const length = draw.near([mdl.whole], mdl.whole);
    world.say(`NdisAdjustMdlLength(${mdl.name}, ${length})`);
    world.ddi.NdisAdjustMdlLength(mdl.address, length);
    mdl.length = length;
  },
};

/** Bytes written through the system address of an MDL, whoever has it. */
const WRITE: Act = {
  name: "write through an MDL",
  weight: 3,
  ready: (world) => allMdls(world).length > 0,
  run(world, draw) {
    const { ddi, lab } = world;
    const mdl = draw.pick(allMdls(world));
    const offset = draw.near([mdl.length], mdl.length);
    const bytes = world.fresh(draw.near([mdl.length], mdl.length - offset));
    world.say(`write ${bytes.length} bytes at ${mdl.name} + ${offset}`);
    const before = mdl.block.bytes;
    before.set(bytes, mdl.offset + offset);
    ddi.NdisQueryMdl(mdl.address, lab.out, lab.length, 16);
    lab.machine.memory.u8.set(bytes, lab.u32(lab.out) + offset);
  },
};

export const allMdls = ({ netBuffers, chains, descriptors, packets }: World): Mdl[] => [
  ...netBuffers.flatMap(({ chain }) => chain),
  ...chains.flat(),
  ...descriptors.flat(),
  ...packets.flatMap(({ chain }) => chain),
];

/** The next call that allocates for something like this finds memory short. */
const SHORTAGE: Act = {
  name: "run short of memory",
  weight: 3,
  ready: () => true,
  run(world, draw) {
    const want = draw.once(2) ? draw.pick(WANTS) : "anything";
    const skip = draw.pick([0, 0, 0, 1, 2, 3, 5]);
    const all = !draw.once(3);
    const bare = !draw.once(4);
    world.fault = { want, skip, all, bare };
    world.say(
      all
        ? `allocations fail from number ${skip + 1} of the next call for ${want} on`
        : `allocation ${skip + 1} of the next call for ${want} fails`,
    );
  },
};

/** The next call that reads or copies data finds no room for a mapping. */
const MAPPING_SHORTAGE: Act = {
  name: "run short of mappings",
  weight: 2,
  ready: () => true,
  run(world, draw) {
    world.mappingFault = draw.pick([0, 0, 1, 2]);
    world.say(`mapping ${world.mappingFault + 1} of the next call that needs some fails`);
  },
};

/** Memory, MDLs and chains of the driver, and the shortage of memory. */
export const MEMORY_ACTS: readonly Act[] = [
  MAKE_CHAIN,
  FREE_CHAIN,
  FREE_BLOCK,
  RELINK,
  ADJUST_LENGTH,
  WRITE,
  SHORTAGE,
  MAPPING_SHORTAGE,
];
