import { hexAddress } from "../memory/address.js";
import { poolTag, tagText } from "../memory/tag.js";
import type { Mdl } from "./block.js";
import { freeDescriptors } from "./buffer-acts.js";
import { freeDerived } from "./derived-acts.js";
import { Deviation, same } from "./expect.js";
import { checkWorld } from "./invariants.js";
import type { List } from "./list.js";
import { freeList } from "./list-acts.js";
import { freeBlocks, freeMdl, isUncopied } from "./memory-acts.js";
import { freeNetBuffer } from "./net-buffer-acts.js";
import { freePacket } from "./packet-acts.js";
import { remove, type World } from "./world.js";

/** Tags of what pools of NDIS itself keep for the next one. */
const GROWTH = new Set([poolTag("NDmd"), poolTag("NDdm"), poolTag("NDdl")]);

/** The driver unloads: it gives everything back, and nothing may be left. */
export function endWorld(world: World): void {
  const { lab, ddi } = world;
  const { nonpaged, pools } = lab.machine;
  world.fault = undefined;
  for (let list = freeable(world); list !== undefined; list = freeable(world)) {
    if (list.derivation === undefined) freeList(world, list);
    else freeDerived(world, list);
  }
  same("lists that something still shows", world.lists.length, 0);
  for (const nb of [...world.netBuffers]) freeNetBuffer(world, nb);
  for (const packet of [...world.packets]) freePacket(world, packet);
  freeMdls(world);
  for (const block of freeBlocks(world)) world.freeBlock(block);
  world.freeBlock(world.storage);
  for (const pool of [...world.pools]) {
    world.say(`free ${pool.name}`);
    if (pool.kind === "netBuffer") ddi.NdisFreeNetBufferPool(pool.handle);
    else if (pool.kind === "netBufferList") ddi.NdisFreeNetBufferListPool(pool.handle);
    else if (pool.kind === "buffer") ddi.NdisFreeBufferPool(pool.handle);
    else ddi.NdisFreePacketPool(pool.handle);
    world.forgetPool(pool);
  }
  checkWorld(world);
  same("blocks of the model", world.blocks.length, 0);
  if (world.verified) {
    lab.verifier.finish();
    checkWorld(world);
  }
  const [left] = nonpaged.live("driver");
  if (left !== undefined) throw new Deviation(`${left.size} bytes of the driver are left`);
  same("MDLs that NDIS has out", pools.live(lab.machine.mdlPool), world.systemMdlsAtStart);
  for (const pool of world.systemPools) same("objects that a pool of NDIS has out", pools.live(pool), 0);
  for (const block of nonpaged.live("system"))
    if (!world.atStart.has(block.address) && !world.freedPools.has(block.address) && !GROWTH.has(block.tag))
      throw new Deviation(
        `${block.size} bytes of NDIS at ${hexAddress(block.address)}, tag '${tagText(block.tag)}', are lost`,
      );
}

/** A list that nothing is derived from any more. */
const freeable = (world: World): List | undefined => world.lists.find(({ isFree }) => isFree);

/** What was copied from another MDL, or is a part of it, goes first. */
function freeMdls(world: World): void {
  const { descriptors, chains } = world;
  for (const chain of [...descriptors]) takeApart(world, descriptors, chain);
  for (const chain of [...chains]) takeApart(world, chains, chain);
  const free = (): number => {
    const last = [descriptors.filter(isUncopied), chains.filter(isUncopied)] as const;
    for (const chain of last[0]) freeDescriptors(world, chain);
    for (const chain of last[1]) {
      freeMdl(world, chain[0]);
      remove(chains, chain);
    }
    return last[0].length + last[1].length;
  };
  while (free() > 0);
  same("MDLs that something was copied from", descriptors.length + chains.length, 0);
}

/** MDLs of one chain may be copies or parts of each other: each is freed when its time has come. */
function takeApart(world: World, chains: Mdl[][], chain: Mdl[]): void {
  remove(chains, chain);
  for (const mdl of chain) {
    world.ddi.NDIS_MDL_LINKAGE.set(mdl.address, 0);
    chains.push([mdl]);
  }
}
