import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import type { Act } from "./act.js";
import type { Mdl } from "./block.js";
import { chainText } from "./chain.js";
import { adoptContext, freeContexts } from "./context-acts.js";
import type { Draw } from "./draw.js";
import { same } from "./expect.js";
import { List } from "./list.js";
import { hasData, NetBuffer } from "./net-buffer.js";
import { drawRange, isLoose, release, spoil, undoRetreats } from "./net-buffer-acts.js";
import type { Pool, PoolShape } from "./pool.js";
import { remove, type World } from "./world.js";

export const MOST_LISTS = 8;

/** NET_BUFFERs that drivers put on one list. */
const MOST_ON_LIST = 6;

/** NdisAllocateNetBufferListPool; undefined when memory is short, as planned. */
export function makeListPool(world: World, shape: Omit<PoolShape, "kind">): Pool | undefined {
  const { hasNetBuffer = false, dataSize = 0, contextSize = 0, protocolId = 0 } = shape;
  const name = world.name("nblPool");
  world.say(
    `${name} = NdisAllocateNetBufferListPool(fAllocateNetBuffer ${hasNetBuffer}, DataSize ${dataSize}, ContextSize ${contextSize}, ProtocolId ${protocolId})`,
  );
  const parameters = world.lab.netBufferListPoolParameters({
    fAllocateNetBuffer: hasNetBuffer,
    DataSize: dataSize,
    ContextSize: contextSize,
    ProtocolId: protocolId,
  });
  const handle = world.attempt("pool", () => world.ddi.NdisAllocateNetBufferListPool(0, parameters));
  return world.succeeded(handle !== 0) ? world.addPool({ ...shape, kind: "netBufferList" }, handle, name) : undefined;
}

const MAKE_POOL: Act = {
  name: "NdisAllocateNetBufferListPool",
  weight: 2,
  fails: "sometimes",
  ready: (world) => world.poolsOf("netBufferList").length < 5,
  run(world, draw) {
    const hasNetBuffer = !draw.once(3);
    makeListPool(world, {
      hasNetBuffer,
      dataSize: hasNetBuffer ? draw.pick([0, 0, 64, 1, 200]) : 0,
      contextSize: draw.pick([0, 0, 16, 8]),
      // Protocols have one; of a driver further down a verifier has something to say.
      protocolId: world.verified ? 0 : draw.pick([0, 2, 6, 7]),
    });
  },
};

const FREE_POOL: Act = {
  name: "NdisFreeNetBufferListPool",
  weight: 1,
  ready: (world) => world.poolsOf("netBufferList").some(({ live }) => live === 0),
  run(world, draw) {
    const pool = draw.pick(world.poolsOf("netBufferList").filter(({ live }) => live === 0));
    world.say(`NdisFreeNetBufferListPool(${pool.name})`);
    world.ddi.NdisFreeNetBufferListPool(pool.handle);
    world.forgetPool(pool);
  },
};

/** ContextSize and ContextBackFill: none more often than not. */
const drawContext = (draw: Draw): [used: number, unused: number] =>
  draw.once(2) ? [draw.pick([0, 8, 16, 24]), draw.pick([0, 8, 16])] : [0, 0];

/** The list that a call gave, with the context and the NET_BUFFER that its pool gives. */
function adopt(
  world: World,
  list: List,
  pool: Pool,
  [used, unused]: readonly [number, number],
  chain: readonly Mdl[],
  dataOffset: number,
  dataLength: number,
): void {
  const { ddi } = world;
  pool.out();
  world.lists.push(list);
  const contextSize = Math.max(pool.contextSize, used + unused);
  if (contextSize > 0) adoptContext(world, list, contextSize, used, true);
  if (!pool.hasNetBuffer) return;
  const address = ddi.NET_BUFFER_LIST_FIRST_NB(list.address);
  const mdls = pool.dataSize === 0 ? chain : [world.discover(ddi.NET_BUFFER_FIRST_MDL(address), "embedded")];
  if (pool.dataSize !== 0) same(`bytes of data of ${list.name}`, mdls[0].length, pool.dataSize);
  const name = world.name("nb");
  list.own = new NetBuffer(name, address, pool, pool.handle, "preallocated", mdls, dataOffset, dataLength);
  list.own.list = list;
  list.netBuffers.push(list.own);
  world.netBuffers.push(list.own);
}

const ALLOCATE: Act = {
  name: "NdisAllocateNetBufferList",
  weight: 4,
  fails: "sometimes",
  ready: (world) => world.lists.length < MOST_LISTS && world.poolsOf("netBufferList").length > 0,
  run(world, draw) {
    const pool = draw.pick(world.poolsOf("netBufferList"));
    allocateList(world, pool, drawContext(draw));
  },
};

/** NdisAllocateNetBufferList; undefined when memory is short, as planned. */
export function allocateList(world: World, pool: Pool, context: readonly [number, number]): List | undefined {
  const name = world.name("nbl");
  world.say(`${name} = NdisAllocateNetBufferList(${pool.name}, ${context})`);
  const nbl = world.attempt("object", () => world.ddi.NdisAllocateNetBufferList(pool.handle, ...context));
  if (!world.succeeded(nbl !== 0)) return undefined;
  const list = new List(name, nbl, pool, pool.handle);
  adopt(world, list, pool, context, [], 0, 0);
  return list;
}

const takesChain = (pool: Pool): boolean => pool.hasNetBuffer && pool.dataSize === 0;

const ALLOCATE_WITH_CHAIN: Act = {
  name: "NdisAllocateNetBufferAndNetBufferList",
  weight: 6,
  fails: "sometimes",
  ready: (world) => world.lists.length < MOST_LISTS && world.poolsOf("netBufferList").some(takesChain),
  run(world, draw) {
    const pool = draw.pick(world.poolsOf("netBufferList").filter(takesChain));
    const context = drawContext(draw);
    const chain = draw.once(8) || world.chains.length === 0 ? [] : draw.pick(world.chains);
    const [offset, length] = chain.length === 0 ? [0, 0] : drawRange(draw, chain);
    const name = world.name("nbl");
    world.say(
      `${name} = NdisAllocateNetBufferAndNetBufferList(${pool.name}, ${context}, ${chainText(chain)}, ${offset}, ${length})`,
    );
    const first = chain[0]?.address ?? 0;
    const nbl = world.attempt("object", () =>
      world.ddi.NdisAllocateNetBufferAndNetBufferList(pool.handle, ...context, first, offset, length),
    );
    if (!world.succeeded(nbl !== 0)) return;
    if (chain.length > 0) remove(world.chains, chain);
    adopt(world, new List(name, nbl, pool, pool.handle), pool, context, chain, offset, length);
  },
};

/** Writes FirstNetBuffer and every Next again. */
function relink(world: World, list: List): void {
  const { ddi } = world;
  ddi.NET_BUFFER_LIST_FIRST_NB.set(list.address, list.netBuffers[0]?.address ?? 0);
  list.netBuffers.forEach((nb, i) => {
    ddi.NET_BUFFER_NEXT_NB.set(nb.address, list.netBuffers[i + 1]?.address ?? 0);
  });
}

function takeOff(world: World, list: List, nb: NetBuffer): void {
  world.say(`take ${nb.name} off ${list.name}`);
  remove(list.netBuffers, nb);
  nb.list = undefined;
  world.ddi.NET_BUFFER_NEXT_NB.set(nb.address, 0);
  relink(world, list);
}

const isPlain = ({ derivation }: List): boolean => derivation === undefined;

/** The NET_BUFFERs that may go on a list: those that are on none, and the one that came with it. */
const candidates = (world: World, list: List): NetBuffer[] =>
  list.netBuffers.length >= MOST_ON_LIST
    ? []
    : world.netBuffers.filter((nb) => isLoose(nb) || (nb === list.own && nb.list === undefined));

const PUT_ON: Act = {
  name: "put a NET_BUFFER on a list",
  weight: 8,
  ready: (world) => world.lists.some((list) => isPlain(list) && candidates(world, list).length > 0),
  run(world, draw) {
    const list = draw.pick(world.lists.filter((some) => isPlain(some) && candidates(world, some).length > 0));
    putOn(world, list, draw.prefer(candidates(world, list), hasData), draw.below(list.netBuffers.length + 1));
  },
};

/** Puts a NET_BUFFER on a list, behind `at` others. */
export function putOn(world: World, list: List, nb: NetBuffer, at: number): void {
  world.say(`put ${nb.name} on ${list.name} at ${at}`);
  list.netBuffers.splice(at, 0, nb);
  nb.list = list;
  relink(world, list);
}

const TAKE_OFF: Act = {
  name: "take a NET_BUFFER off its list",
  weight: 2,
  ready: (world) => world.lists.some((list) => isPlain(list) && list.netBuffers.length > 0),
  run(world, draw) {
    const list = draw.pick(world.lists.filter((some) => isPlain(some) && some.netBuffers.length > 0));
    takeOff(world, list, draw.pick(list.netBuffers));
  },
};

/** NdisFreeNetBufferList of a list that the driver has stripped of all it put there. */
export function freeList(world: World, list: List): void {
  for (const nb of [...list.netBuffers]) if (nb !== list.own) takeOff(world, list, nb);
  if (list.own !== undefined) undoRetreats(world, list.own);
  freeContexts(world, list);
  unlink(world, list);
  if (list.own?.pool?.dataSize) spoil(world, list.own.chain[0]);
  world.say(`NdisFreeNetBufferList(${list.name})`);
  world.ddi.NdisFreeNetBufferList(list.address);
  remove(world.lists, list);
  list.pool?.in();
  if (list.own === undefined) return;
  remove(world.netBuffers, list.own);
  release(world, list.own);
}

/** Takes a list out of the chain of lists that it is in. */
export function unlink(world: World, list: List): void {
  for (const other of world.lists) if (other.next === list) setNext(world, other, list.next);
  setNext(world, list, undefined);
}

function setNext({ ddi }: World, list: List, next: List | undefined): void {
  list.next = next;
  ddi.NET_BUFFER_LIST_NEXT_NBL.set(list.address, next?.address ?? 0);
}

const FREE: Act = {
  name: "NdisFreeNetBufferList",
  weight: 2,
  ready: (world) => world.lists.some((list) => isPlain(list) && list.isFree),
  run(world, draw) {
    freeList(world, draw.pick(world.lists.filter((list) => isPlain(list) && list.isFree)));
  },
};

/** Puts a list in front of another: what is called for one must leave the next alone. */
const CHAIN_LISTS: Act = {
  name: "chain two lists",
  weight: 1,
  ready: (world) => world.lists.length > 1,
  run(world, draw) {
    const list = draw.pick(world.lists);
    const next = draw.pick(world.lists);
    for (let other: List | undefined = next; other !== undefined; other = other.next) if (other === list) return;
    if (list.next !== undefined) return;
    world.say(`NET_BUFFER_LIST_NEXT_NBL(${list.name}) = ${next.name}`);
    setNext(world, list, next);
  },
};

/** What drivers keep in a list: nothing of it is left when it is allocated again. */
const SCRIBBLE: Act = {
  name: "scribble over a list",
  weight: 2,
  ready: (world) => world.lists.length > 0,
  run(world, draw) {
    const { ddi, lab } = world;
    const list = draw.pick(world.lists);
    const { address } = list;
    const word = 0x5ca1_ab00 + draw.below(256);
    world.say(`scribble over ${list.name}`);
    list.reserved.fill(word);
    for (let i = 0; i < 4; i++) lab.setU32(ddi.NET_BUFFER_LIST_PROTOCOL_RESERVED(address) + 4 * i, word);
    for (let i = 0; i < 2; i++) lab.setU32(ddi.NET_BUFFER_LIST_MINIPORT_RESERVED(address) + 4 * i, word);
    list.scratch = word;
    lab.setU32(address + NET_BUFFER_LIST.offset.Scratch, word);
    list.sourceHandle = word;
    lab.setU32(address + NET_BUFFER_LIST.offset.SourceHandle, word);
    list.flags = 0x000f_0000;
    ddi.NET_BUFFER_LIST_FLAGS.set(address, list.flags);
    list.status = word;
    ddi.NET_BUFFER_LIST_STATUS.set(address, word);
    list.nblFlags |= 0x200;
    ddi.NdisSetNblFlag(address, 0x200);
    list.info.forEach((_, id) => {
      list.info[id] = word + id;
      ddi.NET_BUFFER_LIST_INFO.set(address, id, word + id);
    });
  },
};

/** NET_BUFFER_LIST pools and lists. */
export const LIST_ACTS: readonly Act[] = [
  MAKE_POOL,
  FREE_POOL,
  ALLOCATE,
  ALLOCATE_WITH_CHAIN,
  PUT_ON,
  TAKE_OFF,
  FREE,
  CHAIN_LISTS,
  SCRIBBLE,
];
