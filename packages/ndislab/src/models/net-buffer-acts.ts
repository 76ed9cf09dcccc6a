import type { Act } from "./act.js";
import type { Mdl } from "./block.js";
import { byteLength, type Chain, chainText, ends, placesOf } from "./chain.js";
import { advance } from "./data-start-acts.js";
import type { Draw } from "./draw.js";
import { same } from "./expect.js";
import { NetBuffer } from "./net-buffer.js";
import type { Pool } from "./pool.js";
import { remove, type World } from "./world.js";

const MOST_NET_BUFFERS = 12;

/** NdisAllocateNetBufferPool; undefined when memory is short, as planned. */
export function makeNetBufferPool(world: World, dataSize: number): Pool | undefined {
  const name = world.name("nbPool");
  world.say(`${name} = NdisAllocateNetBufferPool(DataSize ${dataSize})`);
  const parameters = world.lab.netBufferPoolParameters(dataSize);
  const handle = world.attempt("pool", () => world.ddi.NdisAllocateNetBufferPool(0, parameters));
  return world.succeeded(handle !== 0) ? world.addPool({ kind: "netBuffer", dataSize }, handle, name) : undefined;
}

const MAKE_POOL: Act = {
  name: "NdisAllocateNetBufferPool",
  weight: 1,
  fails: "sometimes",
  ready: (world) => world.poolsOf("netBuffer").length < 4,
  run(world, draw) {
    makeNetBufferPool(world, draw.pick([0, 0, 64, 1, 200, 1514]));
  },
};

const FREE_POOL: Act = {
  name: "NdisFreeNetBufferPool",
  weight: 1,
  ready: (world) => world.poolsOf("netBuffer").some(({ live }) => live === 0),
  run(world, draw) {
    const pool = draw.pick(world.poolsOf("netBuffer").filter(({ live }) => live === 0));
    world.say(`NdisFreeNetBufferPool(${pool.name})`);
    world.ddi.NdisFreeNetBufferPool(pool.handle);
    world.forgetPool(pool);
  },
};

/** DataOffset and DataLength for a chain, at the ends of its MDLs as often as not, and mostly with bytes. */
export function drawRange(draw: Draw, chain: Chain): [offset: number, length: number] {
  const total = byteLength(chain);
  const offset = draw.once(3) ? draw.near([0, ...ends(chain)], total) : draw.below((total >>> 1) + 1);
  return [offset, draw.near([total - offset, ...ends(chain)], total - offset)];
}

const ALLOCATE: Act = {
  name: "NdisAllocateNetBuffer",
  weight: 5,
  fails: "sometimes",
  ready: (world) =>
    world.netBuffers.length < MOST_NET_BUFFERS && world.poolsOf("netBuffer").some(({ dataSize }) => dataSize === 0),
  run(world, draw) {
    const pool = draw.pick(world.poolsOf("netBuffer").filter(({ dataSize }) => dataSize === 0));
    const chain = draw.once(8) || world.chains.length === 0 ? [] : draw.pick(world.chains);
    const [offset, length] = chain.length === 0 ? [0, 0] : drawRange(draw, chain);
    allocateNetBuffer(world, pool, chain, offset, length);
  },
};

/** NdisAllocateNetBuffer over a chain of the driver's; undefined when memory is short, as planned. */
export function allocateNetBuffer(
  world: World,
  pool: Pool,
  chain: Mdl[],
  offset: number,
  length: number,
): NetBuffer | undefined {
  const name = world.name("nb");
  world.say(`${name} = NdisAllocateNetBuffer(${pool.name}, ${chainText(chain)}, ${offset}, ${length})`);
  const first = chain[0]?.address ?? 0;
  const address = world.attempt("object", () => world.ddi.NdisAllocateNetBuffer(pool.handle, first, offset, length));
  if (!world.succeeded(address !== 0)) return undefined;
  if (chain.length > 0) remove(world.chains, chain);
  pool.out();
  const nb = new NetBuffer(name, address, pool, pool.handle, "bare", chain, offset, length);
  world.netBuffers.push(nb);
  return nb;
}

const ALLOCATE_WITH_DATA: Act = {
  name: "NdisAllocateNetBufferMdlAndData",
  weight: 3,
  fails: "sometimes",
  ready: (world) =>
    world.netBuffers.length < MOST_NET_BUFFERS && world.poolsOf("netBuffer").some(({ dataSize }) => dataSize > 0),
  run(world, draw) {
    const { ddi } = world;
    const pool = draw.pick(world.poolsOf("netBuffer").filter(({ dataSize }) => dataSize > 0));
    const name = world.name("nb");
    world.say(`${name} = NdisAllocateNetBufferMdlAndData(${pool.name})`);
    const address = world.attempt("object", () => ddi.NdisAllocateNetBufferMdlAndData(pool.handle));
    if (!world.succeeded(address !== 0)) return;
    pool.out();
    world.netBuffers.push(withData(world, name, address, pool));
  },
};

/** A NET_BUFFER that came with MDL and data. */
function withData(world: World, name: string, address: number, pool: Pool): NetBuffer {
  const mdl = world.discover(world.ddi.NET_BUFFER_FIRST_MDL(address), "embedded");
  same(`bytes of data of ${name}`, mdl.length, pool.dataSize);
  return new NetBuffer(name, address, pool, pool.handle, "withData", [mdl], 0, 0);
}

/** Takes the MDLs of all retreats off: the driver sets the data over the whole chain and advances behind it. */
export function undoRetreats(world: World, nb: NetBuffer): void {
  if (nb.retreats.length === 0) return;
  setGeometry(world, nb, 0, nb.chainLength);
  advance(world, nb, nb.chainLength, true, world.handlers.free);
}

/** NdisFreeNetBuffer, once nothing of a retreat is left; the chain is the driver's again. */
export function freeNetBuffer(world: World, nb: NetBuffer): void {
  undoRetreats(world, nb);
  if (nb.origin === "withData") spoil(world, nb.chain[0]);
  world.say(`NdisFreeNetBuffer(${nb.name})`);
  world.ddi.NdisFreeNetBuffer(nb.address);
  remove(world.netBuffers, nb);
  nb.pool?.in();
  release(world, nb);
}

/** Leaves an MDL that goes with its NET_BUFFER otherwise than it came: a verifier has something to say of that. */
export function spoil({ ddi, verified }: World, { address }: Mdl): void {
  if (verified) return;
  ddi.NDIS_MDL_LINKAGE.set(address, address);
  ddi.NdisAdjustMdlLength(address, 0);
}

/** What becomes of the chain of a NET_BUFFER that is gone: the driver's own is free again. */
export function release(world: World, nb: NetBuffer): void {
  if (nb.origin === "withData" || nb.pool?.dataSize !== 0) for (const mdl of nb.chain) world.drop(mdl);
  else if (nb.chain.length > 0) world.chains.push(nb.chain);
}

/** On no list, shown by none, and not come with one. */
export const isLoose = (nb: NetBuffer): boolean =>
  nb.list === undefined && nb.borrowers === 0 && (nb.origin === "bare" || nb.origin === "withData");

const FREE: Act = {
  name: "NdisFreeNetBuffer",
  weight: 3,
  ready: (world) => world.netBuffers.some(isLoose),
  run(world, draw) {
    freeNetBuffer(world, draw.pick(world.netBuffers.filter(isLoose)));
  },
};

/** Assigns the members through the macros; CurrentMdl in the form NDIS writes, or in any that means the same. */
export function setGeometry(world: World, nb: NetBuffer, offset: number, length: number, place = -1): void {
  const { ddi } = world;
  nb.moveTo(offset, length);
  const places = placesOf(nb.chain, offset);
  if (place >= 0 && places.length > 0) nb.current = places[place % places.length];
  const { index, inMdl } = nb.current;
  const mdl = nb.chain[index];
  world.say(
    `${nb.name}: ${chainText(nb.chain)}, DataOffset = ${offset}, DataLength = ${length}, CurrentMdl = ${mdl?.name ?? "NULL"} + ${inMdl}`,
  );
  ddi.NET_BUFFER_FIRST_MDL.set(nb.address, nb.chain[0]?.address ?? 0);
  ddi.NET_BUFFER_DATA_OFFSET.set(nb.address, offset);
  ddi.NET_BUFFER_DATA_LENGTH.set(nb.address, length);
  ddi.NET_BUFFER_CURRENT_MDL.set(nb.address, mdl?.address ?? 0);
  ddi.NET_BUFFER_CURRENT_MDL_OFFSET.set(nb.address, inMdl);
}

/** Re-use: other data in the same chain, or another chain. */
const POINT: Act = {
  name: "re-point",
  weight: 3,
  ready: (world) => world.netBuffers.length > 0,
  run(world, draw) {
    const nb = draw.pick(world.netBuffers);
    if (draw.once(3) && world.chains.length > 0 && nb.pool?.dataSize === 0 && isOwners(nb)) {
      const chain = draw.pick(world.chains);
      remove(world.chains, chain);
      if (nb.chain.length > 0) world.chains.push(nb.chain);
      nb.chain = chain;
    }
    const [offset, length] = drawRange(draw, nb.chain);
    setGeometry(world, nb, offset, length, draw.below(4));
  },
};

/** Whether the driver may put another chain in: its own NET_BUFFER, nothing of a retreat, and nobody who shares it. */
const isOwners = (nb: NetBuffer): boolean =>
  nb.retreats.length === 0 && nb.borrowers === 0 && (nb.origin === "bare" || nb.origin === "preallocated");

const ADJUST_CURRENT: Act = {
  name: "NdisAdjustNetBufferCurrentMdl",
  weight: 1,
  ready: (world) => world.netBuffers.length > 0,
  run(world, draw) {
    const { ddi } = world;
    const nb = draw.pick(world.netBuffers);
    const [offset, length] = drawRange(draw, nb.chain);
    ddi.NET_BUFFER_DATA_OFFSET.set(nb.address, offset);
    ddi.NET_BUFFER_DATA_LENGTH.set(nb.address, length);
    world.say(`${nb.name}: DataOffset = ${offset}, DataLength = ${length}; NdisAdjustNetBufferCurrentMdl(${nb.name})`);
    ddi.NdisAdjustNetBufferCurrentMdl(nb.address);
    nb.moveTo(offset, length);
  },
};

/** What drivers keep in a NET_BUFFER for themselves: nothing of it is left when it is allocated again. */
const SCRIBBLE: Act = {
  name: "scribble",
  weight: 2,
  ready: (world) => world.netBuffers.length > 0,
  run(world, draw) {
    const { ddi, lab } = world;
    const nb = draw.pick(world.netBuffers);
    world.say(`scribble over the reserved members of ${nb.name}`);
    const word = 0x5ca1_ab00 + draw.below(256);
    nb.checksumBias = word & 0xffff;
    ddi.NET_BUFFER_CHECKSUM_BIAS.set(nb.address, nb.checksumBias);
    nb.reserved.fill(word);
    for (let i = 0; i < 6; i++) lab.setU32(ddi.NET_BUFFER_PROTOCOL_RESERVED(nb.address) + 4 * i, word);
    for (let i = 0; i < 4; i++) lab.setU32(ddi.NET_BUFFER_MINIPORT_RESERVED(nb.address) + 4 * i, word);
    nb.physical.fill(word);
    ddi.NET_BUFFER_DATA_PHYSICAL_ADDRESS.set(nb.address, BigInt(word) * 0x1_0000_0001n);
  },
};

const GET_POOL: Act = {
  name: "NdisGetPoolFromNetBuffer",
  weight: 1,
  ready: (world) => world.netBuffers.some(({ pool }) => pool !== undefined),
  run(world, draw) {
    const nb = draw.pick(world.netBuffers.filter(({ pool }) => pool !== undefined));
    world.say(`NdisGetPoolFromNetBuffer(${nb.name})`);
    same("the pool", world.ddi.NdisGetPoolFromNetBuffer(nb.address), nb.poolHandle);
  },
};

/** NET_BUFFER pools and NET_BUFFERs, and what drivers assign to them. */
export const NET_BUFFER_ACTS: readonly Act[] = [
  MAKE_POOL,
  FREE_POOL,
  ALLOCATE,
  ALLOCATE_WITH_DATA,
  FREE,
  POINT,
  ADJUST_CURRENT,
  SCRIBBLE,
  GET_POOL,
];
