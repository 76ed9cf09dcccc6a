import { MDL, MDL_FLAGS, PAGE } from "../layout/mdl.js";
import type { Address } from "../memory/address.js";
import { TAG } from "../testing/lab.js";
import type { Act } from "./act.js";
import type { Block, Mdl, MdlOrigin } from "./block.js";
import type { Draw } from "./draw.js";
import { same } from "./expect.js";
import { pagesOf } from "./invariants.js";
import { allMdls } from "./memory-acts.js";
import { spanOf } from "./packet.js";
import type { World } from "./world.js";

const KERNEL_MODE = 0;
/** MEMORY_CACHING_TYPE: MmCached. */
const CACHED = 1;
/** MM_PAGE_PRIORITY: NormalPagePriority. */
const NORMAL = 16;
const { PAGE_SIZE } = PAGE;

const MOST_CHAINS = 10;

/** An MDL with one of these has a system address. */
const HAS_ADDRESS = MDL_FLAGS.MDL_MAPPED_TO_SYSTEM_VA | MDL_FLAGS.MDL_SOURCE_IS_NONPAGED_POOL;

/** MdlFlags: the macros of drivers, too, look at them. */
const flagsOf = ({ lab }: World, { address }: Mdl): number =>
  lab.machine.memory.u16[(address + MDL.offset.MdlFlags) >>> 1];

/** A part of an MDL: where it starts in it, and how long it is. */
function drawPart(draw: Draw, { length }: Mdl): [skipped: number, length: number] {
  const skipped = draw.near([0, length, length - PAGE_SIZE], length);
  return [skipped, draw.near([length - skipped], length - skipped)];
}

/** MDLs that partial ones can be built over. */
const wholes = ({ chains }: World): Mdl[] => chains.flat().filter(({ length }) => length > 0);

/** IoBuildPartialMdl over a part of `source`; 0 bytes mean all the rest. */
function build(world: World, source: Mdl, target: Mdl, skipped: number, length: number): void {
  const rest = source.length - skipped;
  world.say(`IoBuildPartialMdl(${source.name} ${source.length}, ${target.name}, + ${skipped}, ${length})`);
  world.ddi.IoBuildPartialMdl(source.address, target.address, source.start + skipped, length);
  target.moveTo(source.offset + skipped, length === 0 ? rest : length);
  const flags = flagsOf(world, source) & HAS_ADDRESS;
  same("which address the part has of the whole", flagsOf(world, target) & HAS_ADDRESS, flags);
}

/** The memory of a new MDL: of the system, or once in three times the driver's own, with rubbish in it. */
function allocate(world: World, source: Mdl, draw: Draw): [address: Address, origin: MdlOrigin] {
  const { ddi, lab } = world;
  const { start, length } = source;
  if (!draw.once(3))
    return [world.attempt("mdl", () => ddi.IoAllocateMdl(start, length, 0, 0, 0)), "IoBuildPartialMdl"];
  const size = ddi.MmSizeOfMdl(start, length);
  const address = world.attempt("mdl", () => ddi.NdisAllocateMemoryWithTagPriority(0, size, TAG, 0));
  if (address !== 0) {
    lab.machine.memory.u8.fill(0xaa, address, address + size);
    ddi.MmInitializeMdl(address, start, length);
  }
  return [address, "MmInitializeMdl"];
}

/** A partial MDL, with room for as many pages as its source has. */
const BUILD_PARTIAL: Act = {
  name: "IoBuildPartialMdl",
  weight: 2,
  fails: "sometimes",
  ready: (world) => wholes(world).length > 0 && world.chains.length < MOST_CHAINS,
  run(world, draw) {
    const source = draw.pick(wholes(world));
    world.say(`IoAllocateMdl(${source.name} ${source.length})`);
    const [address, origin] = allocate(world, source, draw);
    if (!world.succeeded(address !== 0)) return;
    const target = world.view(address, source.block, source.offset, source.length, origin);
    target.room = pagesOf(target);
    target.copyOf(source);
    build(world, source, target, ...drawPart(draw, source));
    world.chains.push([target]);
  },
};

/** MmPrepareMdlForReuse, and another part of the same MDL. */
const REBUILD_PARTIAL: Act = {
  name: "MmPrepareMdlForReuse",
  weight: 2,
  ready: (world) => rebuildable(world).length > 0,
  run(world, draw) {
    const target = draw.pick(rebuildable(world));
    const [source] = target.sources;
    world.say(`MmPrepareMdlForReuse(${target.name})`);
    world.ddi.MmPrepareMdlForReuse(target.address);
    build(world, source, target, ...drawPart(draw, source));
  },
};

/** Partial MDLs of chains that nothing was made of, whose source has still bytes. */
const rebuildable = ({ chains }: World): Mdl[] =>
  chains.flat().filter(({ copies, sources: [source] }) => copies === 0 && source !== undefined && source.length > 0);

/** An MDL in memory of the driver's own: MmInitializeMdl. */
const INITIALIZE: Act = {
  name: "MmInitializeMdl",
  weight: 1,
  fails: "sometimes",
  ready: (world) => blocks(world).length > 0 && world.chains.length < MOST_CHAINS,
  run(world, draw) {
    const { ddi } = world;
    const block = draw.pick(blocks(world));
    const offset = draw.near([0, block.bytes.length], block.bytes.length - 1);
    const length = draw.near([block.bytes.length - offset], block.bytes.length - offset);
    const start = block.address + offset;
    world.say(`MmInitializeMdl(${block.name} + ${offset}, ${length}), MmBuildMdlForNonPagedPool`);
    const size = ddi.MmSizeOfMdl(start, length);
    same("MmSizeOfMdl", size, MDL.size + 4 * Math.ceil(((start % PAGE_SIZE) + length) / PAGE_SIZE));
    const address = world.attempt("memory", () => ddi.NdisAllocateMemoryWithTagPriority(0, size, TAG, 0));
    if (!world.succeeded(address !== 0)) return;
    world.lab.machine.memory.u8.fill(0xaa, address, address + size);
    ddi.MmInitializeMdl(address, start, length);
    ddi.MmBuildMdlForNonPagedPool(address);
    world.chains.push([world.view(address, block, offset, length, "MmInitializeMdl")]);
  },
};

const blocks = (world: World): Block[] => world.blocks.filter(({ owner }) => owner === "driver");

const isMapped = (world: World, mdl: Mdl): boolean => (flagsOf(world, mdl) & MDL_FLAGS.MDL_MAPPED_TO_SYSTEM_VA) !== 0;

/** MDLs whose pages are locked, mapped or not, and that nobody else shows. */
function locked(world: World, mapped: boolean): Mdl[] {
  const unshared = world.netBuffers.filter(({ borrowers }) => borrowers === 0);
  return [...world.chains, ...world.packets.map(({ chain }) => chain), ...unshared.map(({ chain }) => chain)]
    .flat()
    .filter((mdl) => mdl.origin === "MmProbeAndLockPages" && mdl.copies === 0 && isMapped(world, mdl) === mapped);
}

/** The forms that ask for a system address; the last two cannot fail. */
const FORMS = ["MmMapLockedPagesSpecifyCache", "MmGetSystemAddressForMdl", "MmMapLockedPages"] as const;

const MAP: Act = {
  name: "map locked pages",
  weight: 1,
  fails: "sometimes",
  ready: (world) => locked(world, false).length > 0,
  run(world, draw) {
    const { ddi } = world;
    const mdl = draw.pick(locked(world, false));
    const form = world.mappingFault === undefined ? draw.pick(FORMS) : FORMS[0];
    world.say(`${form}(${mdl.name})`);
    let address = 0;
    const unmapped = world.mapping(() => {
      address =
        form === "MmMapLockedPagesSpecifyCache"
          ? ddi[form](mdl.address, KERNEL_MODE, CACHED, 0, 0, NORMAL)
          : ddi[form](mdl.address, KERNEL_MODE);
    });
    same("the system address", address, unmapped === 0 ? mdl.start : 0);
    same("whether it is mapped", isMapped(world, mdl), unmapped === 0);
  },
};

/** Unmaps all that is mapped, so that whoever reads it next has to map it again. */
const UNMAP: Act = {
  name: "MmUnmapLockedPages",
  weight: 4,
  ready: (world) => locked(world, true).length > 0,
  run(world) {
    for (const mdl of locked(world, true)) {
      world.say(`MmUnmapLockedPages(${mdl.name})`);
      world.ddi.MmUnmapLockedPages(mdl.start, mdl.address);
      same("whether it is mapped", isMapped(world, mdl), false);
    }
  },
};

/** A mapping at reserved addresses, which cannot fail, whatever mappings do; and away with it. */
const RESERVE: Act = {
  name: "MmAllocateMappingAddress",
  weight: 1,
  fails: "sometimes",
  ready: (world) => locked(world, false).length > 0,
  run(world, draw) {
    const { ddi } = world;
    const mdl = draw.pick(locked(world, false));
    const pages = spanOf(mdl) + draw.pick([0, 1, -1]);
    world.say(`MmAllocateMappingAddress(${pages * PAGE_SIZE}), MmMapLockedPagesWithReservedMapping(${mdl.name})`);
    const range = world.attempt("mdl", () => ddi.MmAllocateMappingAddress(pages * PAGE_SIZE, TAG));
    if (!world.succeeded(range !== 0)) return;
    const address = ddi.MmMapLockedPagesWithReservedMapping(range, TAG, mdl.address, CACHED);
    const fits = pages * PAGE_SIZE >= (mdl.start % PAGE_SIZE) + mdl.length;
    same("the address in the range", address, fits ? mdl.start : 0);
    if (fits) ddi.MmUnmapReservedMapping(range, TAG, mdl.address);
    same("whether it is mapped", isMapped(world, mdl), false);
    ddi.MmFreeMappingAddress(range, TAG);
  },
};

/** What the macros and queries say of an MDL. */
const QUERY: Act = {
  name: "query an MDL",
  weight: 2,
  ready: (world) => allMdls(world).length > 0,
  run(world, draw) {
    const { ddi, lab } = world;
    const mdl = draw.pick(allMdls(world));
    const { address, start, length } = mdl;
    world.say(`query ${mdl.name}`);
    const pages = spanOf(mdl);
    same("NDIS_MDL_TO_SPAN_PAGES", ddi.NDIS_MDL_TO_SPAN_PAGES(address), pages);
    ddi.NdisGetMdlPhysicalArraySize(address, lab.out);
    same("NdisGetMdlPhysicalArraySize", lab.u32(lab.out), pages);
    same("MmGetMdlVirtualAddress", ddi.MmGetMdlVirtualAddress(address), start);
    same("MmGetMdlBaseVa", ddi.MmGetMdlBaseVa(address), start - (start % PAGE_SIZE));
    same("MmGetMdlByteOffset", ddi.MmGetMdlByteOffset(address), start % PAGE_SIZE);
    same("MmGetMdlByteCount", ddi.MmGetMdlByteCount(address), length);
    same("MmGetMdlPfnArray", ddi.MmGetMdlPfnArray(address), address + MDL.size);
    same("MmGetSystemAddressForMdlSafe", ddi.MmGetSystemAddressForMdlSafe(address, NORMAL), start);
    ddi.NdisQueryMdlOffset(address, lab.out, lab.length);
    same("the offset of NdisQueryMdlOffset", lab.u32(lab.out), start % PAGE_SIZE);
    same("the length of NdisQueryMdlOffset", lab.u32(lab.length), length);
    ddi.NdisGetNextMdl(address, lab.out);
    same("NdisGetNextMdl", lab.u32(lab.out), ddi.NDIS_MDL_LINKAGE(address));
  },
};

/** MDLs as the kernel has them: parts of others, in memory of the driver's own, mapped and not. */
export const MDL_ACTS: readonly Act[] = [BUILD_PARTIAL, REBUILD_PARTIAL, INITIALIZE, MAP, UNMAP, RESERVE, QUERY];
