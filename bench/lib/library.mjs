// The library as the jobs use it: the shipped build, with room for whatever is held at once.
import { createDdi, Machine, NDIS_STATUS, Ndis, poolTag, Verifier } from "ndislab";
import { DATA_SIZE } from "./fields.mjs";

export const TAG = poolTag("Demo");

/** More than 64 Ki packets of 2 KiB. */
const MEMORY_SIZE = 256 << 20;

/**
 * A machine with its DDI functions; with `verified`, the verifier of `ndislab run` stands in front of them.
 * @param {{ verified?: boolean, memorySize?: number }} [options]
 */
export function createMachine({ verified = false, memorySize = MEMORY_SIZE } = {}) {
  const machine = new Machine({ memorySize });
  const plain = createDdi(machine);
  return { machine, ddi: verified ? new Verifier(machine).wrap(plain) : plain };
}

export const createNdis = (memorySize = MEMORY_SIZE) => new Ndis({ memorySize });

/** A pool of NET_BUFFERs with 2 KiB of data. @param {Machine} machine */
export const dataPool = (machine) => machine.netBuffers.create(TAG, DATA_SIZE);

/** A pool of lists that come with a NET_BUFFER without data. @param {Machine} machine */
export const listPool = (machine) => machine.netBufferLists.create({ tag: TAG, allocateNetBuffer: true });

/** A block of nonpaged pool. @param {Machine} machine @param {number} size */
export function block(machine, size) {
  const address = machine.nonpaged.allocate(size, TAG, "system");
  if (address === 0) throw new Error("the machine's memory is too small");
  return address;
}

/**
 * A chain of MDLs over a block each; the first byte of block number i is at 64 * i of a cache line row, so that all
 * sides have their pieces at the same places in the cache.
 * @param {Machine} machine
 * @param {number[]} sizes
 * @returns {number} the first MDL
 */
export function chainOf(machine, sizes) {
  const { u32 } = machine.memory;
  let chain = 0;
  for (const size of [...sizes].reverse()) {
    const mdl = machine.mdls.allocate(machine.mdlPool, block(machine, size), size);
    u32[mdl >>> 2] = chain;
    chain = mdl;
  }
  return chain;
}

export { NDIS_STATUS };
