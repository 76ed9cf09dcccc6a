import { MDL, MDL_FLAGS, PAGE } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST, NET_BUFFER_LIST_CONTEXT } from "../layout/net-buffer-list.js";
import { POOL } from "../layout/pool.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Block, Mdl } from "./block.js";
import { bytesOf, type Chain } from "./chain.js";
import { Deviation, same } from "./expect.js";
import type { Context, List } from "./list.js";
import type { NetBuffer } from "./net-buffer.js";
import { sizeOf } from "./packet.js";
import { checkPacket } from "./packet-invariants.js";
import type { World } from "./world.js";

const NB = NET_BUFFER.offset;
const NBL = NET_BUFFER_LIST.offset;
const { PAGE_SIZE } = PAGE;

/** More MDLs than any chain of a model has. */
const LONGEST = 1000;

/** A range of addresses that one live object has for itself. */
interface Extent {
  readonly start: Address;
  readonly end: Address;
  readonly name: string;
}

/**
 * Everything that must hold between two calls: I1 to I11 of every NET_BUFFER by a walk of the memory, every member of
 * every live object as the model has it, every byte of every block, no object over another, the counters of all
 * pools, and no finding.
 */
export function checkWorld(world: World): void {
  const { lab } = world;
  if (world.verified) {
    const found = lab.verifier.findings.find(({ severity }) => severity !== "info");
    if (found !== undefined) throw new Deviation(`a correct driver is found guilty of ${found.rule}: ${found.message}`);
  }
  for (const block of world.blocks) checkBlock(world, block);
  const chains: Chain[] = [...world.chains, ...world.descriptors];
  for (const nb of world.netBuffers) {
    checkNetBuffer(world, nb);
    chains.push(nb.chain);
  }
  for (const list of world.lists) checkList(world, list);
  for (const packet of world.packets) {
    checkPacket(world, packet);
    chains.push(packet.chain);
  }
  for (const chain of chains) checkChain(world, chain);
  checkExtents(world, chains);
  checkPools(world);
}

function checkBlock(world: World, { name, address, bytes }: Block): void {
  const { memory, nonpaged } = world.lab.machine;
  checkBytes(name, memory.bytes(address, bytes.length), bytes);
  if (nonpaged.find(address)?.address === address)
    same(`the first byte written behind ${name}`, nonpaged.overrun(address), -1);
}

function checkBytes(name: string, found: Uint8Array, expected: Uint8Array): void {
  if (Buffer.compare(found, expected) === 0) return;
  const at = expected.findIndex((byte, i) => found[i] !== byte);
  same(`byte ${at} of ${name}`, found[at], expected[at]);
}

/** The members of every MDL, its Next among them, and that the chain ends (I6). */
function checkChain(world: World, chain: Chain): void {
  chain.forEach((mdl, i) => {
    checkMdl(world, mdl, i + 1 < chain.length ? chain[i + 1].address : 0);
  });
}

/** Page numbers behind an MDL: those of its length at allocation. For no bytes there may be one, which says nothing. */
export const pagesOf = ({ start, whole }: Mdl): number =>
  whole === 0 ? 0 : Math.ceil(((start % PAGE_SIZE) + whole) / PAGE_SIZE);

function checkMdl({ lab }: World, mdl: Mdl, next: Address): void {
  const { u16, u32 } = lab.machine.memory;
  const { name, address, start, length } = mdl;
  const pages = pagesOf(mdl);
  const room = mdl.room ?? pages;
  const field = (member: keyof typeof MDL.offset): number => u32[(address + MDL.offset[member]) >>> 2];
  same(`${name}->Next`, field("Next"), next);
  same(`${name}->ByteCount`, field("ByteCount"), length);
  same(`${name}->StartVa`, field("StartVa"), start - (start % PAGE_SIZE));
  same(`${name}->ByteOffset`, field("ByteOffset"), start % PAGE_SIZE);
  same(`${name}->Process`, field("Process"), 0);
  if (room > 0) same(`${name}->Size`, u16[(address + MDL.offset.Size) >>> 1], MDL.size + 4 * room);
  const flags = u16[(address + MDL.offset.MdlFlags) >>> 1];
  const hasAddress = MDL_FLAGS.MDL_SOURCE_IS_NONPAGED_POOL | MDL_FLAGS.MDL_MAPPED_TO_SYSTEM_VA;
  // Of locked pages only whoever asked for the address made one.
  if (mdl.block.owner !== "paged") same(`whether ${name} has a system address`, (flags & hasAddress) !== 0, true);
  if ((flags & hasAddress) !== 0) same(`${name}->MappedSystemVa`, field("MappedSystemVa"), start);
  for (let page = 0; page < pages; page++)
    same(`page ${page} of ${name}`, u32[(address + MDL.size) / 4 + page], Math.floor(start / PAGE_SIZE) + page);
}

export function checkNetBuffer(world: World, nb: NetBuffer): void {
  const { u16, u32 } = world.lab.machine.memory;
  const { name, address, chain, current } = nb;
  const field = (member: keyof typeof NB): number => u32[(address + NB[member]) >>> 2];
  const first = chain.length === 0 ? 0 : chain[0].address;
  const currentMdl = chain.length === 0 ? 0 : chain[current.index].address;
  const siblings = nb.list?.netBuffers ?? [];
  const next = siblings[siblings.indexOf(nb) + 1];
  same(`${name}->Next`, field("Next"), nb.list === undefined || next === undefined ? 0 : next.address);
  same(`${name}->MdlChain`, field("MdlChain"), first);
  same(`${name}->DataOffset`, field("DataOffset"), nb.dataOffset);
  same(`${name}->DataLength`, field("DataLength"), nb.dataLength);
  same(`${name}->CurrentMdl`, field("CurrentMdl"), currentMdl);
  same(`${name}->CurrentMdlOffset`, field("CurrentMdlOffset"), current.inMdl);
  same(`${name}->ChecksumBias`, u16[(address + NB.ChecksumBias) >>> 1], nb.checksumBias);
  same(`${name}->Reserved`, u16[(address + NB.Reserved) >>> 1], 0);
  if (nb.poolHandle !== 0) same(`${name}->NdisPoolHandle`, field("NdisPoolHandle"), nb.poolHandle);
  nb.reserved.forEach((word, i) => {
    same(`${name}->ProtocolReserved[${i}]`, u32[((address + NB.ProtocolReserved) >>> 2) + i], word);
  });
  nb.physical.forEach((word, i) => {
    same(`${name}->DataPhysicalAddress word ${i}`, u32[((address + NB.DataPhysicalAddress) >>> 2) + i], word);
  });
  same(`${name}->SharedMemoryInfo`, field("SharedMemoryInfo"), 0);
  walk(world, nb);
}

/** I1 to I7 from the memory alone, and the used bytes as a driver finds them from CurrentMdl on. */
function walk(world: World, nb: NetBuffer): void {
  const { memory } = world.lab.machine;
  const { u32 } = memory;
  const { name } = nb;
  const at = nb.address >>> 2;
  const chain = u32[at + NB.MdlChain / 4];
  const current = u32[at + NB.CurrentMdl / 4];
  const inMdl = u32[at + NB.CurrentMdlOffset / 4];
  const dataLength = u32[at + NB.stDataLength / 4];
  const dataOffset = u32[at + NB.DataOffset / 4];
  const countOf = (mdl: Address): number => u32[(mdl + MDL.offset.ByteCount) >>> 2];
  let before = -1;
  let total = 0;
  let steps = 0;
  for (let mdl = chain; mdl !== 0; mdl = u32[mdl >>> 2]) {
    if (++steps > LONGEST) throw new Deviation(`I6: the chain of ${name} does not end`);
    if (mdl === current) before = total;
    total += countOf(mdl);
  }
  if (chain === 0) same(`I1: the sum of what ${name} says of no chain`, current + inMdl + dataOffset + dataLength, 0);
  else {
    same(`I2: whether CurrentMdl of ${name} is in its chain`, before >= 0, true);
    same(`I3: DataOffset of ${name}`, dataOffset, before + inMdl);
    same(`I4: whether CurrentMdlOffset of ${name} is in the MDL`, inMdl <= countOf(current), true);
  }
  same(`I5: whether the data of ${name} ends within its chain`, dataOffset + dataLength <= total, true);
  const expected = bytesOf(nb.used());
  let done = 0;
  let offset = inMdl;
  for (let mdl = current; done < dataLength; mdl = u32[mdl >>> 2], offset = 0) {
    const length = Math.min(countOf(mdl) - offset, dataLength - done);
    const start = u32[(mdl + MDL.offset.StartVa) >>> 2] + u32[(mdl + MDL.offset.ByteOffset) >>> 2] + offset;
    checkBytes(
      `the data of ${name}, from ${done} on,`,
      memory.bytes(start, length),
      expected.subarray(done, done + length),
    );
    done += length;
  }
}

export function checkList(world: World, list: List): void {
  const { u32 } = world.lab.machine.memory;
  const { name, address, netBuffers, contexts } = list;
  const field = (member: keyof typeof NBL): number => u32[(address + NBL[member]) >>> 2];
  same(`${name}->Next`, field("Next"), list.next?.address ?? 0);
  same(`${name}->FirstNetBuffer`, field("FirstNetBuffer"), netBuffers[0]?.address ?? 0);
  same(`${name}->Context`, field("Context"), contexts[0]?.address ?? 0);
  same(`${name}->ParentNetBufferList`, field("ParentNetBufferList"), list.parent?.address ?? 0);
  same(`${name}->ChildRefCount`, field("ChildRefCount"), list.children);
  if (list.poolHandle !== 0) same(`${name}->NdisPoolHandle`, field("NdisPoolHandle"), list.poolHandle);
  list.reserved.forEach((word, i) => {
    same(`${name}->ProtocolReserved[${i}]`, u32[((address + NBL.ProtocolReserved) >>> 2) + i], word);
  });
  same(`${name}->Scratch`, field("Scratch"), list.scratch);
  same(`${name}->SourceHandle`, field("SourceHandle"), list.sourceHandle);
  same(`${name}->NblFlags`, field("NblFlags"), list.nblFlags);
  same(`${name}->Flags`, field("Flags"), list.flags);
  same(`${name}->Status`, field("Status"), list.status);
  list.info.forEach((value, id) => {
    same(`NetBufferListInfo[${id}] of ${name}`, u32[((address + NBL.NetBufferListInfo) >>> 2) + id], value);
  });
  contexts.forEach((context, i) => {
    checkContext(world, name, context, contexts[i + 1]?.address ?? 0);
  });
}

function checkContext(world: World, list: string, { address, size, used, bytes }: Context, next: Address): void {
  const { memory } = world.lab.machine;
  const { Next, Size, Offset, ContextData } = NET_BUFFER_LIST_CONTEXT.offset;
  const name = `the context ${hexAddress(address)} of ${list}`;
  same(`Next of ${name}`, memory.u32[(address + Next) >>> 2], next);
  same(`Size of ${name}`, memory.u16[(address + Size) >>> 1], size);
  same(`Offset of ${name}`, memory.u16[(address + Offset) >>> 1], size - used);
  const unused = size - used;
  checkBytes(name, memory.bytes(address + ContextData + unused, used), bytes.subarray(unused));
}

/** No live object lies over another. */
function checkExtents(world: World, chains: readonly Chain[]): void {
  const extents: Extent[] = [];
  const add = (name: string, start: Address, size: number): void => {
    extents.push({ start, end: start + size, name });
  };
  for (const { name, address, bytes } of world.blocks) add(name, address, bytes.length);
  for (const { name, address } of world.netBuffers) add(name, address, NET_BUFFER.size);
  for (const { name, address, contexts } of world.lists) {
    add(name, address, NET_BUFFER_LIST.size);
    for (const context of contexts)
      add(`a context of ${name}`, context.address, NET_BUFFER_LIST_CONTEXT.size + context.size);
  }
  for (const { name, address, pool } of world.packets) add(name, address, sizeOf(pool));
  for (const { name, handle } of world.pools) add(name, handle, POOL.size);
  for (const chain of chains)
    for (const mdl of chain)
      if (mdl.origin !== "shared") add(mdl.name, mdl.address, MDL.size + 4 * (mdl.room ?? pagesOf(mdl)));
  extents.sort((a, b) => a.start - b.start);
  for (let i = 1; i < extents.length; i++) {
    const [low, high] = [extents[i - 1], extents[i]];
    if (low.end > high.start)
      throw new Deviation(
        `${high.name} at ${hexAddress(high.start)} lies over ${low.name} at ${hexAddress(low.start)}`,
      );
  }
}

/** The counters that reports show of each pool, also of what a call allocated before it failed. */
function checkPools(world: World): void {
  for (const pool of world.lab.machine.pools.report()) {
    const expected = world.pools.find(({ handle }) => handle === pool.handle);
    same(`whether pool ${hexAddress(pool.handle)} is freed`, pool.freed, expected === undefined);
    if (expected === undefined) continue;
    same(`objects out of ${expected.name}`, pool.live, expected.live);
    if (world.gaveUp) {
      expected.peak = Math.max(expected.peak, pool.peak);
      expected.allocations = Math.max(expected.allocations, pool.allocations);
    }
    same(`most objects out of ${expected.name}`, pool.peak, expected.peak);
    same(`allocations of ${expected.name}`, pool.allocations, expected.allocations);
  }
  world.gaveUp = false;
  const partial = world.netBuffers.flatMap(({ chain }) => chain).filter(({ origin }) => origin === "partial");
  same("partial MDLs that NDIS has out", world.lab.machine.derivedMdls.live, partial.length);
}
