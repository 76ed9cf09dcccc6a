import { NDIS_STATUS } from "../layout/status.js";
import type { Act } from "./act.js";
import type { Mdl } from "./block.js";
import { byteLength, bytesOf, chainText, ends, overlap, overlapsItself, piecesOf, shows, writeOver } from "./chain.js";
import { same } from "./expect.js";
import { PACKET_FUNCTIONS, Packet, type PacketFunction, sizeOf } from "./packet.js";
import type { Pool } from "./pool.js";
import { remove, type World } from "./world.js";

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_RESOURCES: RESOURCES } = NDIS_STATUS;
const MOST_PACKETS = 8;
const NORMAL = 16;

/** NdisAllocatePacketPool or its Ex twin; undefined when memory is short, as planned. */
export function makePacketPool(
  world: World,
  base: number,
  overflow: number,
  reservedLength: number,
  protocolId: number,
): Pool | undefined {
  const { ddi, lab } = world;
  const name = world.name("packetPool");
  world.say(`NdisAllocatePacketPoolEx(&Status, &${name}, ${base}, ${overflow}, ${reservedLength}), id ${protocolId}`);
  if (overflow === 0)
    world.attempt("pool", () => ddi.NdisAllocatePacketPool(lab.status, lab.out, base, reservedLength));
  else world.attempt("pool", () => ddi.NdisAllocatePacketPoolEx(lab.status, lab.out, base, overflow, reservedLength));
  const handle = lab.u32(lab.out);
  same("the status", lab.u32(lab.status), handle === 0 ? RESOURCES : SUCCESS);
  if (!world.succeeded(handle !== 0)) return undefined;
  if (protocolId !== 0) ddi.NdisSetPacketPoolProtocolId(handle, protocolId);
  const pool = world.addPool({ kind: "packet", limit: base + overflow, reservedLength, protocolId }, handle, name);
  same("NdisPacketSize", ddi.NdisPacketSize(reservedLength), sizeOf(pool));
  return pool;
}

const MAKE_POOL: Act = {
  name: "NdisAllocatePacketPoolEx",
  weight: 2,
  fails: "sometimes",
  ready: (world) => world.poolsOf("packet").length < 3,
  run(world, draw) {
    const [base, overflow] = [draw.pick([2, 0, 1, 5]), draw.pick([0, 1, 3])];
    makePacketPool(world, base, overflow, draw.pick([16, 0, 4, 9]), draw.pick([0, 2, 6]));
  },
};

const FREE_POOL: Act = {
  name: "NdisFreePacketPool",
  weight: 1,
  ready: (world) => world.poolsOf("packet").some(({ live }) => live === 0),
  run(world, draw) {
    const pool = draw.pick(world.poolsOf("packet").filter(({ live }) => live === 0));
    world.say(`NdisFreePacketPool(${pool.name})`);
    world.ddi.NdisFreePacketPool(pool.handle);
    world.forgetPool(pool);
  },
};

const usablePools = (world: World): Pool[] =>
  world.poolsOf("packet").filter(({ live, limit }) => !world.verified || live < limit);

function atTheirIrql(world: World, allocate: PacketFunction, call: () => void): void {
  if (allocate === "NdisAllocatePacket") call();
  else world.atDispatch(call);
}

/** NdisAllocatePacket and its twins; undefined when the pool has no more or memory is short, as planned. */
export function makePacket(
  world: World,
  pool: Pool,
  allocate: PacketFunction = "NdisAllocatePacket",
): Packet | undefined {
  const { ddi, lab } = world;
  const name = world.name("packet");
  world.say(`${allocate}(&Status, &${name}, ${pool.name})`);
  atTheirIrql(world, allocate, () => {
    world.attempt("object", () => ddi[allocate](lab.status, lab.out, pool.handle));
  });
  const address = lab.u32(lab.out);
  same("the status", lab.u32(lab.status), address === 0 ? RESOURCES : SUCCESS);
  let packet: Packet | undefined;
  if (pool.live === pool.limit) {
    same("a packet beyond the limit", address, 0);
    world.fails();
  } else if (world.succeeded(address !== 0)) {
    packet = new Packet(name, address, pool, allocate);
    pool.out();
    world.packets.push(packet);
  }
  same("NdisPacketPoolUsage", ddi.NdisPacketPoolUsage(pool.handle), pool.live);
  return packet;
}

const ALLOCATE: Act = {
  name: "NdisAllocatePacket",
  weight: 4,
  fails: "sometimes",
  ready: (world) => usablePools(world).length > 0 && world.packets.length < MOST_PACKETS,
  run(world, draw) {
    const pool = draw.pick(usablePools(world));
    makePacket(world, pool, draw.pick(Object.keys(PACKET_FUNCTIONS) as PacketFunction[]));
  },
};

/** NdisFreePacket of a packet whose descriptors were taken off. */
export function freePacket(world: World, packet: Packet): void {
  while (packet.chain.length > 0) takeFront(world, packet);
  const free = PACKET_FUNCTIONS[packet.allocatedBy];
  world.say(`${free}(${packet.name})`);
  atTheirIrql(world, packet.allocatedBy, () => world.ddi[free](packet.address));
  packet.pool.in();
  remove(world.packets, packet);
}

const FREE: Act = {
  name: "NdisFreePacket",
  weight: 2,
  ready: (world) => world.packets.length > 0,
  run(world, draw) {
    freePacket(world, draw.pick(world.packets));
  },
};

/** NdisChainBufferAtFront or its twin: what hangs on the first descriptor comes along. */
export function chainBuffers(
  world: World,
  packet: Packet,
  chain: Mdl[],
  name: "NdisChainBufferAtFront" | "NdisChainBufferAtBack",
): void {
  world.say(`${name}(${packet.name} ${chainText(packet.chain)}, ${chainText(chain)})`);
  world.ddi[name](packet.address, chain[0].address);
  remove(world.descriptors.includes(chain) ? world.descriptors : world.chains, chain);
  packet.chain = name === "NdisChainBufferAtFront" ? [...chain, ...packet.chain] : [...packet.chain, ...chain];
  packet.tail = packet.chain[packet.chain.length - 1].address;
  packet.areCountsValid = false;
}

/** Descriptors, and MDLs of other making where no verifier has something to say of them. */
const chainable = ({ verified, descriptors, chains }: World): Mdl[][] =>
  verified ? descriptors : [...descriptors, ...chains];

const CHAIN: Act = {
  name: "chain descriptors",
  weight: 6,
  ready: (world) => world.packets.length > 0 && chainable(world).length > 0,
  run(world, draw) {
    const name = draw.once(2) ? "NdisChainBufferAtFront" : "NdisChainBufferAtBack";
    chainBuffers(world, draw.pick(world.packets), draw.pick(chainable(world)), name);
  },
};

function takeFront(world: World, packet: Packet): void {
  const { ddi, lab } = world;
  world.say(`NdisUnchainBufferAtFront(${packet.name} ${chainText(packet.chain)})`);
  ddi.NdisUnchainBufferAtFront(packet.address, lab.out);
  taken(world, packet, packet.chain.shift());
}

/** A descriptor that was taken off, alone; none of an empty packet. */
function taken(world: World, packet: Packet, mdl: Mdl | undefined): void {
  const { lab } = world;
  same("the descriptor taken off", lab.u32(lab.out), mdl?.address ?? 0);
  packet.areCountsValid = false;
  if (mdl === undefined) return;
  world.descriptors.push([mdl]);
  packet.tail = packet.chain[packet.chain.length - 1]?.address ?? 0;
}

const UNCHAIN: Act = {
  name: "unchain a descriptor",
  weight: 5,
  ready: (world) => world.packets.length > 0,
  run(world, draw) {
    const { ddi, lab } = world;
    const packet = draw.pick(world.packets);
    if (draw.once(2)) {
      takeFront(world, packet);
      return;
    }
    world.say(`NdisUnchainBufferAtBack(${packet.name} ${chainText(packet.chain)})`);
    ddi.NdisUnchainBufferAtBack(packet.address, lab.out);
    taken(world, packet, packet.chain.pop());
  },
};

/** Cuts the chain behind its first descriptor by hand, and lets NDIS find the new end. */
const RECALCULATE: Act = {
  name: "NdisRecalculatePacketCounts",
  weight: 1,
  ready: (world) => world.packets.length > 0,
  run(world, draw) {
    const { ddi } = world;
    const packet = draw.pick(world.packets);
    const rest = packet.chain.length > 1 ? packet.chain.splice(1 + draw.below(packet.chain.length - 1)) : [];
    world.say(`${packet.name}: cut to ${chainText(packet.chain)}; NdisRecalculatePacketCounts`);
    if (rest.length > 0) {
      ddi.NDIS_MDL_LINKAGE.set(packet.chain[packet.chain.length - 1].address, 0);
      world.descriptors.push(rest);
    }
    ddi.NdisRecalculatePacketCounts(packet.address);
    packet.areCountsValid = false;
    if (packet.chain.length > 0) packet.tail = packet.chain[packet.chain.length - 1].address;
  },
};

/** Forgets the descriptors, which the driver keeps; a verifier wants them taken off before. */
const REINITIALIZE: Act = {
  name: "NdisReinitializePacket",
  weight: 1,
  ready: (world) => world.packets.some(({ chain }) => !world.verified || chain.length === 0),
  run(world, draw) {
    const packet = draw.pick(world.packets.filter(({ chain }) => !world.verified || chain.length === 0));
    world.say(`NdisReinitializePacket(${packet.name} ${chainText(packet.chain)})`);
    world.ddi.NdisReinitializePacket(packet.address);
    if (packet.chain.length > 0) world.descriptors.push(packet.chain);
    packet.chain = [];
    packet.areCountsValid = false;
  },
};

/** NdisQueryPacket and NdisGetFirstBufferFromPacket, compared with what they must say; the counts not for `firstOnly`. */
export function queryPacket(world: World, packet: Packet, firstOnly: boolean): void {
  const { ddi, lab } = world;
  const { address, chain } = packet;
  const { out } = lab;
  world.say(`NdisQueryPacket(${packet.name} ${chainText(chain)})`);
  if (firstOnly) ddi.NdisQueryPacket(address, 0, 0, out + 8, 0);
  else ddi.NdisQueryPacket(address, out, out + 4, out + 8, out + 12);
  same("FirstBuffer", lab.u32(out + 8), chain[0]?.address ?? 0);
  same("NDIS_PACKET_FIRST_NDIS_BUFFER", ddi.NDIS_PACKET_FIRST_NDIS_BUFFER(address), chain[0]?.address ?? 0);
  same("NDIS_PACKET_LAST_NDIS_BUFFER", ddi.NDIS_PACKET_LAST_NDIS_BUFFER(address), packet.tail);
  if (!firstOnly) {
    if (!packet.areCountsValid) packet.counts = packet.counted;
    packet.areCountsValid = true;
    same("PhysicalBufferCount", lab.u32(out), packet.counts.pages);
    same("BufferCount", lab.u32(out + 4), packet.counts.count);
    same("TotalPacketLength", lab.u32(out + 12), packet.counts.bytes);
    ddi.NdisQueryPacketLength(address, out);
    same("NdisQueryPacketLength", lab.u32(out), packet.counts.bytes);
  }
  for (const name of ["NdisGetFirstBufferFromPacket", "NdisGetFirstBufferFromPacketSafe"] as const) {
    ddi[name](address, out, out + 4, out + 8, out + 12, NORMAL);
    same("the first buffer", lab.u32(out), chain[0]?.address ?? 0);
    same("its address", lab.u32(out + 4), chain[0]?.start ?? 0);
    same("its length", lab.u32(out + 8), chain[0]?.length ?? 0);
    same("the length of all", lab.u32(out + 12), byteLength(chain));
  }
}

const QUERY: Act = {
  name: "NdisQueryPacket",
  weight: 5,
  ready: (world) => world.packets.length > 0,
  run(world, draw) {
    queryPacket(world, draw.pick(world.packets), draw.once(4));
  },
};

/** NdisCopyFromPacketToPacket and its Safe twin, compared with what must come of it, where nothing overlaps. */
export function copyPacket(
  world: World,
  to: Packet,
  toOffset: number,
  length: number,
  from: Packet,
  fromOffset: number,
  safe: boolean,
): void {
  const { ddi, lab } = world;
  const source = piecesOf(from.chain, fromOffset, length);
  const target = piecesOf(to.chain, toOffset, length);
  if (overlap(source, target) || overlapsItself(target)) return;
  const name = safe ? "NdisCopyFromPacketToPacketSafe" : "NdisCopyFromPacketToPacket";
  world.say(
    `${name}(${to.name} ${chainText(to.chain)}, ${toOffset}, ${length}, ${from.name} ${chainText(from.chain)}, ${fromOffset})`,
  );
  const bytes = bytesOf(source).subarray(0, bytesOf(target).length);
  const copy = (): void => ddi[name](to.address, toOffset, length, from.address, fromOffset, lab.out, NORMAL);
  if (!safe) copy();
  else {
    const unmapped = world.mapping(copy);
    if (unmapped !== 0) {
      const isNeeded =
        shows(from.chain, unmapped, fromOffset, bytes.length) || shows(to.chain, unmapped, toOffset, bytes.length);
      same("whether what could not be mapped was needed", isNeeded, true);
      same("BytesCopied", lab.u32(lab.out), 0);
      return;
    }
  }
  same("BytesCopied", lab.u32(lab.out), bytes.length);
  writeOver(target, bytes);
}

const hasBytes = ({ chain }: Packet): boolean => byteLength(chain) > 0;

const COPY: Act = {
  name: "NdisCopyFromPacketToPacket",
  weight: 5,
  fails: "sometimes",
  ready: (world) => world.packets.length > 1,
  run(world, draw) {
    const from = draw.prefer(world.packets, hasBytes);
    const others = world.packets.filter((packet) => packet !== from);
    const to = draw.prefer(others, hasBytes);
    const [has, space] = [byteLength(from.chain), byteLength(to.chain)];
    const fromOffset = draw.near([0, ...ends(from.chain)], has + 2);
    const toOffset = draw.near([0, ...ends(to.chain)], space + 2);
    const length = draw.near([has, space, ...ends(from.chain), ...ends(to.chain)], has + 50);
    if (draw.once(2)) world.mappingFault ??= 0; // what is not mapped in packets is rare enough
    const safe = world.mappingFault !== undefined || draw.once(2);
    copyPacket(world, to, toOffset, length, from, fromOffset, safe);
  },
};

/** Packet pools and packets of NDIS 5. */
export const PACKET_ACTS: readonly Act[] = [
  MAKE_POOL,
  FREE_POOL,
  ALLOCATE,
  FREE,
  CHAIN,
  UNCHAIN,
  RECALCULATE,
  REINITIALIZE,
  QUERY,
  COPY,
];
