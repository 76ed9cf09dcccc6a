import { NBL_FLAGS, NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import type { Address } from "../memory/address.js";
import type { Act } from "./act.js";
import type { Mdl } from "./block.js";
import type { Piece } from "./chain.js";
import { freeContexts } from "./context-acts.js";
import { advance } from "./data-start-acts.js";
import { discoverViews } from "./discover.js";
import type { Draw } from "./draw.js";
import { same } from "./expect.js";
import { type Derivation, List } from "./list.js";
import { MOST_LISTS, unlink } from "./list-acts.js";
import { hasData, NetBuffer, type Retreat } from "./net-buffer.js";
import { setGeometry } from "./net-buffer-acts.js";
import type { Pool } from "./pool.js";
import { remove, type World } from "./world.js";

const SHARE = NBL_FLAGS.NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS;

/** NET_BUFFERs of one fragment list. */
const MOST_FRAGMENTS = 12;

/** A new derived list is registered, with its parent, whose memory it shows. */
function adopt(world: World, list: List, original: List, derivation: Derivation): void {
  const { lab } = world;
  list.derivation = derivation;
  list.parent = original;
  original.children++;
  lab.setU32(list.address + NET_BUFFER_LIST.offset.ParentNetBufferList, original.address);
  lab.setU32(original.address + NET_BUFFER_LIST.offset.ChildRefCount, original.children);
  list.sources.push(...original.netBuffers);
  for (const source of original.netBuffers) source.borrowers++;
  list.pool?.out();
  if (list.pool === undefined) world.systemPools.add(list.poolHandle);
  world.lists.push(list);
}

/** One NET_BUFFER of a derived list, which its pool counts when the caller named one. */
function adoptNetBuffer(
  world: World,
  list: List,
  address: Address,
  pool: Pool | undefined,
  chain: readonly Mdl[],
  place: { readonly dataOffset: number; readonly dataLength: number },
  retreat?: Retreat,
): NetBuffer {
  const handle = world.ddi.NdisGetPoolFromNetBuffer(address);
  if (pool !== undefined) same("the pool of the new NET_BUFFER", handle, pool.handle);
  else if (handle !== list.poolHandle) world.systemPools.add(handle);
  pool?.out();
  const name = world.name("nb");
  const nb = new NetBuffer(name, address, pool, handle, "derived", chain, place.dataOffset, place.dataLength, retreat);
  nb.list = list;
  list.netBuffers.push(nb);
  world.netBuffers.push(nb);
  return nb;
}

/** The new list of a call, of the pool that was named or of one of NDIS. */
function newList(world: World, name: string, address: Address, pool: Pool | undefined): List {
  const handle = world.ddi.NdisGetPoolFromNetBufferList(address);
  if (pool !== undefined) same("the pool of the new list", handle, pool.handle);
  return new List(name, address, pool, handle);
}

/** Pools for a derived list: none more often than not. */
function drawPools(world: World, draw: Draw): Pools {
  const lists = world.poolsOf("netBufferList").filter(({ dataSize }) => dataSize === 0);
  const netBuffers = world.poolsOf("netBuffer").filter(({ dataSize }) => dataSize === 0);
  return {
    lists: draw.once(2) && lists.length > 0 ? draw.pick(lists) : undefined,
    netBuffers: draw.once(2) && netBuffers.length > 0 ? draw.pick(netBuffers) : undefined,
  };
}

const hasSome = ({ netBuffers }: List): boolean => netBuffers.some(hasData);

/** Pools that a derived list is to come from: of NDIS itself where none is named. */
export interface Pools {
  readonly lists?: Pool | undefined;
  readonly netBuffers?: Pool | undefined;
}

/** NdisAllocateCloneNetBufferList, compared with what must come of it; undefined when memory is short, as planned. */
export function clone(world: World, original: List, { lists, netBuffers }: Pools, flags: number): List | undefined {
  const { ddi } = world;
  const name = world.name("clone");
  world.say(
    `${name} = NdisAllocateCloneNetBufferList(${original.text}, ${lists?.name}, ${netBuffers?.name}, ${flags})`,
  );
  const address = world.attempt("derived", () =>
    ddi.NdisAllocateCloneNetBufferList(original.address, lists?.handle ?? 0, netBuffers?.handle ?? 0, flags),
  );
  if (!world.succeeded(address !== 0)) return undefined;
  const list = newList(world, name, address, lists);
  let nb = ddi.NET_BUFFER_LIST_FIRST_NB(address);
  for (const source of original.netBuffers) {
    same("whether the clone has a NET_BUFFER for each", nb !== 0, true);
    if (flags === SHARE) {
      const chain = source.chain.map((mdl) => mdl.shared());
      adoptNetBuffer(world, list, nb, netBuffers, chain, source).current = source.current;
    } else {
      const chain = discoverViews(world, ddi.NET_BUFFER_FIRST_MDL(nb), source.used(), "partial");
      adoptNetBuffer(world, list, nb, netBuffers, chain, { dataOffset: 0, dataLength: source.dataLength });
    }
    nb = ddi.NET_BUFFER_NEXT_NB(nb);
  }
  same("a NET_BUFFER more than the original has", nb, 0);
  adopt(world, list, original, { kind: "clone", flags, delta: 0 });
  return list;
}

const CLONE: Act = {
  name: "NdisAllocateCloneNetBufferList",
  weight: 6,
  fails: "sometimes",
  ready: (world) => world.lists.length > 0 && world.lists.length < MOST_LISTS,
  run(world, draw) {
    clone(world, draw.prefer(world.lists, hasSome), drawPools(world, draw), draw.once(3) ? SHARE : 0);
  },
};

/** The pieces that a list is cut into: of each NET_BUFFER those of `most` bytes and one with the rest. */
function cut(list: List, start: number, most: number): [source: NetBuffer, from: number, length: number][] {
  return list.netBuffers.flatMap((nb) => {
    const cuts: [NetBuffer, number, number][] = [];
    for (let at = start; at < nb.dataLength; at += most) cuts.push([nb, at, Math.min(most, nb.dataLength - at)]);
    return cuts;
  });
}

/** Learns the chain of a NET_BUFFER that shows `pieces`, with room for `delta` bytes in front. */
function adoptRetreated(
  world: World,
  list: List,
  address: Address,
  pool: Pool | undefined,
  pieces: readonly Piece[],
  delta: number,
  backFill: number,
): void {
  const { ddi } = world;
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const first = ddi.NET_BUFFER_FIRST_MDL(address);
  if (delta === 0) {
    const chain = discoverViews(world, first, pieces, "partial");
    adoptNetBuffer(world, list, address, pool, chain, { dataOffset: 0, dataLength: length });
    return;
  }
  const mdl = world.discover(first, "retreat");
  same("bytes of the MDL in front", mdl.length, delta + backFill);
  const chain = [mdl, ...discoverViews(world, ddi.NDIS_MDL_LINKAGE(first), pieces, "partial")];
  const place = { dataOffset: backFill, dataLength: delta + length };
  adoptNetBuffer(world, list, address, pool, chain, place, { mdl, byHandler: false });
}

/** NdisAllocateFragmentNetBufferList, compared with what must come of it; undefined when there is no list. */
export function fragment(
  world: World,
  original: List,
  { lists, netBuffers }: Pools,
  start: number,
  most: number,
  [delta, backFill]: readonly [number, number],
): List | undefined {
  const { ddi } = world;
  const cuts = cut(original, start, most);
  const name = world.name("fragments");
  world.say(
    `${name} = NdisAllocateFragmentNetBufferList(${original.text}, ${lists?.name}, ${netBuffers?.name}, ${start}, ${most}, ${delta}, ${backFill}, 0)`,
  );
  const address = world.attempt("derived", () =>
    ddi.NdisAllocateFragmentNetBufferList(
      original.address,
      lists?.handle ?? 0,
      netBuffers?.handle ?? 0,
      start,
      most,
      delta,
      backFill,
      0,
    ),
  );
  // Whether there is a list of nothing no page says.
  if ((address === 0 && cuts.length === 0) || !world.succeeded(address !== 0)) return undefined;
  const list = newList(world, name, address, lists);
  let nb = ddi.NET_BUFFER_LIST_FIRST_NB(address);
  for (const [source, from, length] of cuts) {
    same("whether there is a NET_BUFFER for each piece", nb !== 0, true);
    adoptRetreated(world, list, nb, netBuffers, source.used(from, length), delta, backFill);
    nb = ddi.NET_BUFFER_NEXT_NB(nb);
  }
  same("a NET_BUFFER more than there are pieces", nb, 0);
  adopt(world, list, original, { kind: "fragment", flags: 0, delta });
  return list;
}

/** DataOffsetDelta and DataBackFill. */
const drawRoom = (draw: Draw): [delta: number, backFill: number] => [draw.pick([0, 14, 1, 20]), draw.pick([0, 8, 1])];

const FRAGMENT: Act = {
  name: "NdisAllocateFragmentNetBufferList",
  weight: 4,
  fails: "sometimes",
  ready: (world) => world.lists.length > 0 && world.lists.length < MOST_LISTS,
  run(world, draw) {
    const original = draw.prefer(world.lists, hasSome);
    const lengths = original.netBuffers.map(({ dataLength }) => dataLength);
    const start = draw.once(2) ? 0 : draw.near([0, ...lengths], 100);
    let most = Math.max(1, draw.near([...lengths, ...lengths.map((length) => length >>> 1)], 0x10000));
    while (cut(original, start, most).length > MOST_FRAGMENTS) most *= 2;
    fragment(world, original, drawPools(world, draw), start, most, drawRoom(draw));
  },
};

/** NdisAllocateReassembledNetBufferList, compared with what must come of it; undefined when memory is short, as planned. */
export function reassemble(
  world: World,
  original: List,
  pool: Pool | undefined,
  start: number,
  [delta, backFill]: readonly [number, number],
): List | undefined {
  const { ddi } = world;
  const name = world.name("reassembled");
  world.say(
    `${name} = NdisAllocateReassembledNetBufferList(${original.text}, ${pool?.name}, ${start}, ${delta}, ${backFill}, 0)`,
  );
  const address = world.attempt("derived", () =>
    ddi.NdisAllocateReassembledNetBufferList(original.address, pool?.handle ?? 0, start, delta, backFill, 0),
  );
  if (!world.succeeded(address !== 0)) return undefined;
  const list = newList(world, name, address, pool);
  const pieces = original.netBuffers.flatMap((source) => source.used(start));
  const nb = ddi.NET_BUFFER_LIST_FIRST_NB(address);
  adoptRetreated(world, list, nb, undefined, pieces, delta, backFill);
  same("a second NET_BUFFER", ddi.NET_BUFFER_NEXT_NB(nb), 0);
  adopt(world, list, original, { kind: "reassembled", flags: 0, delta });
  return list;
}

const REASSEMBLE: Act = {
  name: "NdisAllocateReassembledNetBufferList",
  weight: 4,
  fails: "sometimes",
  ready: (world) => world.lists.length > 0 && world.lists.length < MOST_LISTS,
  run(world, draw) {
    const original = draw.prefer(world.lists, hasSome);
    const pools = world.poolsOf("netBufferList").filter(({ hasNetBuffer, dataSize }) => hasNetBuffer && dataSize === 0);
    const pool = draw.once(2) && pools.length > 0 ? draw.pick(pools) : undefined;
    const start = draw.once(2) ? 0 : draw.near([0, ...original.netBuffers.map(({ dataLength }) => dataLength)], 100);
    reassemble(world, original, pool, start, drawRoom(draw));
  },
};

/** Frees a derived list as it was made, once what the driver did to it since is undone. */
export function freeDerived(world: World, list: List): void {
  const { ddi } = world;
  const { kind, flags, delta } = list.derivation as Derivation;
  for (const nb of list.netBuffers) restore(world, nb);
  freeContexts(world, list);
  unlink(world, list);
  disown(world, list);
  if (kind === "clone") {
    world.say(`NdisFreeCloneNetBufferList(${list.name}, ${flags})`);
    ddi.NdisFreeCloneNetBufferList(list.address, flags);
  } else if (kind === "fragment") {
    world.say(`NdisFreeFragmentNetBufferList(${list.name}, ${delta}, 0)`);
    ddi.NdisFreeFragmentNetBufferList(list.address, delta, 0);
  } else {
    world.say(`NdisFreeReassembledNetBufferList(${list.name}, ${delta}, 0)`);
    ddi.NdisFreeReassembledNetBufferList(list.address, delta, 0);
  }
  remove(world.lists, list);
  list.pool?.in();
  for (const nb of list.netBuffers) {
    remove(world.netBuffers, nb);
    nb.pool?.in();
    for (const mdl of nb.chain) world.drop(mdl);
  }
  for (const source of list.sources) source.borrowers--;
}

/** Takes off what was put in front since the list was made, and puts the data where it was then. */
function restore(world: World, nb: NetBuffer): void {
  const { made } = nb;
  const added = nb.retreats.slice(made.retreats);
  if (added.length > 0) {
    setGeometry(world, nb, 0, nb.chainLength);
    const length = added.reduce((sum, { mdl }) => sum + mdl.length, 0);
    advance(world, nb, length, true, world.handlers.free);
  }
  setGeometry(world, nb, made.dataOffset, made.dataLength);
}

/** The driver's own account of children: nobody else keeps it. */
function disown({ lab }: World, list: List): void {
  const { parent } = list;
  if (parent === undefined) return;
  parent.children--;
  list.parent = undefined;
  lab.setU32(parent.address + NET_BUFFER_LIST.offset.ChildRefCount, parent.children);
}

const isFreeable = (list: List): boolean => list.derivation !== undefined && list.isFree;

const FREE: Act = {
  name: "free a derived list",
  weight: 5,
  ready: (world) => world.lists.some(isFreeable),
  run(world, draw) {
    freeDerived(world, draw.pick(world.lists.filter(isFreeable)));
  },
};

/** Lists made from lists. */
export const DERIVED_ACTS: readonly Act[] = [CLONE, FRAGMENT, REASSEMBLE, FREE];
