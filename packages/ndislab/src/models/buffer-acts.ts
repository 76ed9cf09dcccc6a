import { NDIS_STATUS } from "../layout/status.js";
import type { Act } from "./act.js";
import type { Block, Mdl } from "./block.js";
import { byteLength, type Chain, chainText, ends, piecesOf } from "./chain.js";
import { discoverViews } from "./discover.js";
import { same } from "./expect.js";
import { drawLarge, freeMdl, isUncopied } from "./memory-acts.js";
import { spanOf } from "./packet.js";
import type { Pool } from "./pool.js";
import { remove, type World } from "./world.js";

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_FAILURE: FAILURE } = NDIS_STATUS;
const MOST_CHAINS = 10;

/** MM_PAGE_PRIORITY: NormalPagePriority. */
const NORMAL = 16;

/** NdisAllocateBufferPool; undefined when memory is short, as planned. */
export function makeBufferPool(world: World, limit: number): Pool | undefined {
  const { ddi, lab } = world;
  const name = world.name("bufferPool");
  world.say(`NdisAllocateBufferPool(&Status, &${name}, ${limit})`);
  world.attempt("pool", () => ddi.NdisAllocateBufferPool(lab.status, lab.out, limit));
  same("the status", lab.u32(lab.status), SUCCESS);
  const handle = lab.u32(lab.out);
  return world.succeeded(handle !== 0) ? world.addPool({ kind: "buffer", limit }, handle, name) : undefined;
}

const MAKE_POOL: Act = {
  name: "NdisAllocateBufferPool",
  weight: 2,
  fails: "sometimes",
  ready: (world) => world.poolsOf("buffer").length < 3,
  run(world, draw) {
    makeBufferPool(world, draw.pick([8, 1, 40, 3]));
  },
};

const FREE_POOL: Act = {
  name: "NdisFreeBufferPool",
  weight: 1,
  ready: (world) => world.poolsOf("buffer").some(({ live }) => live === 0),
  run(world, draw) {
    const pool = draw.pick(world.poolsOf("buffer").filter(({ live }) => live === 0));
    world.say(`NdisFreeBufferPool(${pool.name})`);
    world.ddi.NdisFreeBufferPool(pool.handle);
    world.forgetPool(pool);
  },
};

/** Pools that have a descriptor left; a full one, too, where no verifier has something to say of it. */
const usablePools = (world: World): Pool[] =>
  world.poolsOf("buffer").filter(({ live, limit }) => !world.verified || live < limit);

/** Status and descriptor of a call that made `wanted` of them, or none when the pool or memory has no more. */
function given(world: World, pool: Pool, wanted: number): number {
  const { lab } = world;
  const buffer = lab.u32(lab.out);
  same("the status", lab.u32(lab.status), buffer === 0 ? FAILURE : SUCCESS);
  if (pool.live + wanted > pool.limit) {
    same("a descriptor beyond the limit", buffer, 0);
    world.fails();
    world.gaveUp = true;
  } else if (!world.succeeded(buffer !== 0)) return 0;
  return buffer;
}

/** NdisAllocateBuffer over bytes of a block; undefined when the pool has no more or memory is short, as planned. */
export function makeBuffer(world: World, pool: Pool, block: Block, offset: number, size: number): Mdl | undefined {
  const { ddi, lab } = world;
  world.say(`NdisAllocateBuffer(&Status, &Buffer, ${pool.name}, ${block.name} + ${offset}, ${size})`);
  world.attempt("object", () => ddi.NdisAllocateBuffer(lab.status, lab.out, pool.handle, block.address + offset, size));
  const buffer = given(world, pool, 1);
  if (buffer === 0) return undefined;
  pool.out();
  const mdl = world.view(buffer, block, offset, size, "NdisAllocateBuffer");
  mdl.pool = pool;
  world.descriptors.push([mdl]);
  return mdl;
}

const ALLOCATE: Act = {
  name: "NdisAllocateBuffer",
  weight: 6,
  fails: "sometimes",
  ready: (world) => usablePools(world).length > 0 && world.descriptors.length < MOST_CHAINS,
  run(world, draw) {
    const pool = draw.pick(usablePools(world));
    const size = drawLarge(world, draw) || draw.pick([16, 1, 40, 7, 100, 5000]);
    const shared = world.blocks.filter(({ owner, bytes }) => owner === "driver" && bytes.length >= size);
    const block = draw.once(3) && shared.length > 0 ? draw.pick(shared) : world.block(size + draw.below(3));
    if (block !== undefined) makeBuffer(world, pool, block, draw.below(block.bytes.length - size + 1), size);
  },
};

/** Chains that NdisCopyBuffer can copy from. */
const sources = (world: World): Chain[] =>
  [...world.descriptors, ...world.packets.map(({ chain }) => chain), ...world.chains].filter(
    ({ length }) => length > 0,
  );

/** NdisCopyBuffer, compared with what must come of it; undefined when it copies nothing. */
export function copyBuffer(world: World, pool: Pool, chain: Chain, offset: number, length: number): Mdl[] | undefined {
  const { ddi, lab } = world;
  const pieces = piecesOf(chain, offset, length);
  world.say(`NdisCopyBuffer(&Status, &Buffer, ${pool.name}, ${chainText(chain)}, ${offset}, ${length})`);
  world.attempt("derived", () =>
    ddi.NdisCopyBuffer(lab.status, lab.out, pool.handle, chain[0].address, offset, length),
  );
  if (length === 0 || offset + length > byteLength(chain)) {
    same("the status", lab.u32(lab.status), FAILURE);
    same("the descriptor", lab.u32(lab.out), 0);
    world.fails();
    return undefined;
  }
  const buffer = given(world, pool, pieces.length);
  if (buffer === 0) return undefined;
  const copies = discoverViews(world, buffer, pieces, "NdisAllocateBuffer");
  for (const copy of copies) {
    pool.out();
    copy.pool = pool;
    for (const source of chain) copy.copyOf(source);
  }
  world.descriptors.push(copies);
  return copies;
}

const COPY: Act = {
  name: "NdisCopyBuffer",
  weight: 5,
  fails: "sometimes",
  ready: (world) =>
    sources(world).length > 0 && usablePools(world).length > 0 && world.descriptors.length < MOST_CHAINS,
  run(world, draw) {
    const { verified } = world;
    const pool = draw.pick(usablePools(world));
    const chain = draw.pick(sources(world));
    const total = byteLength(chain);
    const offset = draw.near([0, ...ends(chain)], total);
    const length = draw.near([total - offset, ...ends(chain)], total - offset + (verified ? 0 : 2));
    // Of no bytes, and of more than there are or the pool has descriptors for, a verifier has something to say.
    const wanted = piecesOf(chain, offset, length).length;
    if (!verified || (length > 0 && pool.live + wanted <= pool.limit)) copyBuffer(world, pool, chain, offset, length);
  },
};

/** Frees the descriptors of a chain, one by one; other MDLs that a packet had as what they are. */
export function freeDescriptors(world: World, chain: Mdl[]): void {
  const { ddi } = world;
  remove(world.descriptors, chain);
  for (const mdl of chain) {
    if (mdl.origin !== "NdisAllocateBuffer") {
      freeMdl(world, mdl);
      continue;
    }
    world.say(`NdisFreeBuffer(${mdl.name})`);
    ddi.NDIS_MDL_LINKAGE.set(mdl.address, 0);
    if (mdl.length !== mdl.whole) ddi.NdisAdjustBufferLength(mdl.address, mdl.whole);
    ddi.NdisFreeBuffer(mdl.address);
    mdl.pool?.in();
    world.drop(mdl);
  }
}

const FREE: Act = {
  name: "NdisFreeBuffer",
  weight: 3,
  ready: (world) => world.descriptors.some(isUncopied),
  run(world, draw) {
    freeDescriptors(world, draw.pick(world.descriptors.filter(isUncopied)));
  },
};

const all = (world: World): Mdl[] => [...world.descriptors.flat(), ...world.packets.flatMap(({ chain }) => chain)];

const ADJUST_LENGTH: Act = {
  name: "NdisAdjustBufferLength",
  weight: 2,
  ready: (world) => all(world).length > 0,
  run(world, draw) {
    const { ddi } = world;
    const mdl = draw.pick(all(world));
    const length = draw.near([mdl.whole], mdl.whole);
    const packet = world.packets.find(({ chain }) => chain.includes(mdl));
    world.say(`NdisAdjustBufferLength(${mdl.name}, ${length})`);
    ddi.NdisAdjustBufferLength(mdl.address, length);
    mdl.length = length;
    // The counts of a packet are the driver's to make stale: a verifier holds it to that.
    if (packet === undefined || (!world.verified && draw.once(2))) return;
    ddi.NDIS_PACKET_VALID_COUNTS.set(packet.address, 0);
    packet.areCountsValid = false;
  },
};

const QUERY: Act = {
  name: "query a descriptor",
  weight: 2,
  ready: (world) => all(world).length > 0,
  run(world, draw) {
    const { ddi, lab } = world;
    const mdl = draw.pick(all(world));
    const { address, start, length } = mdl;
    world.say(`query ${mdl.name}`);
    if (draw.once(2)) ddi.NdisQueryBuffer(address, lab.out, lab.length);
    else ddi.NdisQueryBufferSafe(address, lab.out, lab.length, NORMAL);
    same("the address of NdisQueryBuffer", lab.u32(lab.out), start);
    same("the length of NdisQueryBuffer", lab.u32(lab.length), length);
    ddi.NdisQueryBufferOffset(address, lab.out, lab.length);
    same("the offset of NdisQueryBufferOffset", lab.u32(lab.out), start % 4096);
    same("the length of NdisQueryBufferOffset", lab.u32(lab.length), length);
    ddi.NdisGetBufferPhysicalArraySize(address, lab.out);
    same("NdisGetBufferPhysicalArraySize", lab.u32(lab.out), spanOf(mdl));
    same("NDIS_BUFFER_TO_SPAN_PAGES", ddi.NDIS_BUFFER_TO_SPAN_PAGES(address), spanOf(mdl));
    ddi.NdisGetNextBuffer(address, lab.out);
    same("NdisGetNextBuffer", lab.u32(lab.out), ddi.NDIS_BUFFER_LINKAGE(address));
    same("NdisBufferLength", ddi.NdisBufferLength(address), length);
    same("NdisBufferVirtualAddress", ddi.NdisBufferVirtualAddress(address), start);
    same("NdisBufferVirtualAddressSafe", ddi.NdisBufferVirtualAddressSafe(address, NORMAL), start);
  },
};

/** Buffer pools and descriptors of NDIS 5. */
export const BUFFER_ACTS: readonly Act[] = [MAKE_POOL, FREE_POOL, ALLOCATE, COPY, FREE, ADJUST_LENGTH, QUERY];
