// Who takes part: the ways to allocate and free a NET_BUFFER with MDL and 2 KiB of data, and Node's own buffers. Each
// runs in a process of its own, with loops of its own: what the compiler learns from one tells it nothing of another.
import { createDdi, Machine, MDL, Ndis, NET_BUFFER, poolTag, Verifier } from "../packages/ndislab/dist/index.js";
import { BATCH, ORDER } from "./lib/order.mjs";

export const DATA_SIZE = 2048;

/**
 * @typedef {object} Loops
 * @property {(pairs: number) => void} one allocates and frees, one at a time
 * @property {(pairs: number) => void} random allocates 256 and frees them in random order
 * @property {() => import("./lib/fields.mjs").Slot} [slot] what an allocation leaves in a slot that was dirty
 */

/** What a loop computed, so that none is left out. */
let sink = 0;
export const result = () => sink;

const addresses = new Uint32Array(BATCH);
/** @type {unknown[]} */
const objects = new Array(BATCH).fill(undefined);

/** @param {Machine} machine */
const poolOf = (machine) => machine.netBuffers.create(poolTag("Demo"), DATA_SIZE);

/**
 * The words of a NET_BUFFER and its MDL that were all dirty before, but for the link of the free list.
 * @param {Machine} machine
 * @param {number} pool
 * @param {() => number} allocate
 * @param {(nb: number) => void} free
 */
function slotOf(machine, pool, allocate, free) {
  const { u32 } = machine.memory;
  const wordAt = (/** @type {number} */ address) => u32[address >>> 2];
  const nb = allocate();
  const mdl = wordAt(nb + NET_BUFFER.offset.MdlChain);
  const data = wordAt(mdl + MDL.offset.MappedSystemVa);
  free(nb);
  const parts = [u32.subarray(nb >>> 2, (nb + NET_BUFFER.size) >>> 2), u32.subarray(mdl >>> 2, (mdl + MDL.size) >>> 2)];
  const state = NET_BUFFER.offset.NdisReserved >>> 2;
  const link = parts[0][state];
  for (const part of parts) part.fill(0xaaaaaaaa);
  parts[0][state] = link;
  if (allocate() !== nb) throw new Error("the slot that was freed last is not handed out first");
  const words = parts.flatMap((part) => [...part]);
  free(nb);
  return { pool, nb, data, words };
}

/** @returns {Loops} */
function core() {
  const machine = new Machine();
  const pool = poolOf(machine);
  const { netBuffers } = machine;
  return {
    one(pairs) {
      let sum = 0;
      for (let i = 0; i < pairs; i++) {
        const nb = netBuffers.allocateMdlAndData(pool);
        sum ^= nb;
        netBuffers.free(nb);
      }
      sink ^= sum;
    },
    random(pairs) {
      for (let done = 0; done < pairs; done += BATCH) {
        for (let i = 0; i < BATCH; i++) addresses[i] = netBuffers.allocateMdlAndData(pool);
        for (let i = 0; i < BATCH; i++) netBuffers.free(addresses[ORDER[i]]);
      }
    },
    slot: () =>
      slotOf(
        machine,
        pool,
        () => netBuffers.allocateMdlAndData(pool),
        (nb) => netBuffers.free(nb),
      ),
  };
}

/**
 * @param {import("../packages/ndislab/dist/index.js").Ddi} ddi
 * @param {number} pool
 * @param {number} pairs
 */
function oneByDdi(ddi, pool, pairs) {
  let sum = 0;
  for (let i = 0; i < pairs; i++) {
    const nb = ddi.NdisAllocateNetBufferMdlAndData(pool);
    sum ^= nb;
    ddi.NdisFreeNetBuffer(nb);
  }
  sink ^= sum;
}

/**
 * @param {import("../packages/ndislab/dist/index.js").Ddi} ddi
 * @param {number} pool
 * @param {number} pairs
 */
function randomByDdi(ddi, pool, pairs) {
  for (let done = 0; done < pairs; done += BATCH) {
    for (let i = 0; i < BATCH; i++) addresses[i] = ddi.NdisAllocateNetBufferMdlAndData(pool);
    for (let i = 0; i < BATCH; i++) ddi.NdisFreeNetBuffer(addresses[ORDER[i]]);
  }
}

/**
 * @param {number} machines that take turns
 * @param {boolean} verified
 * @returns {Loops}
 */
function byDdi(machines, verified) {
  const sides = Array.from({ length: machines }, () => {
    const machine = new Machine();
    const plain = createDdi(machine);
    return { machine, pool: poolOf(machine), ddi: verified ? new Verifier(machine).wrap(plain) : plain };
  });
  const share = (/** @type {number} */ pairs) => Math.ceil(pairs / machines / BATCH) * BATCH;
  const [{ machine, pool, ddi }] = sides;
  return {
    one(pairs) {
      for (const side of sides) oneByDdi(side.ddi, side.pool, share(pairs));
    },
    random(pairs) {
      for (const side of sides) randomByDdi(side.ddi, side.pool, share(pairs));
    },
    slot: () =>
      slotOf(
        machine,
        pool,
        () => ddi.NdisAllocateNetBufferMdlAndData(pool),
        (nb) => ddi.NdisFreeNetBuffer(nb),
      ),
  };
}

/** @returns {Loops} */
function objectFace() {
  const ndis = new Ndis();
  const pool = ndis.createNetBufferPool({ dataSize: DATA_SIZE });
  /** @type {import("../packages/ndislab/dist/index.js").NetBuffer[]} */
  const packets = new Array(BATCH);
  return {
    one(pairs) {
      let sum = 0;
      for (let i = 0; i < pairs; i++) {
        const packet = pool.allocate();
        sum ^= packet.address;
        packet.free();
      }
      sink ^= sum;
    },
    random(pairs) {
      for (let done = 0; done < pairs; done += BATCH) {
        for (let i = 0; i < BATCH; i++) packets[i] = pool.allocate();
        for (let i = 0; i < BATCH; i++) packets[ORDER[i]].free();
      }
    },
    slot: () =>
      slotOf(
        ndis.machine,
        pool.handle,
        () => pool.allocate().address,
        (nb) => ndis.netBufferAt(nb).free(),
      ),
  };
}

/** @returns {Loops} */
function allocUnsafe() {
  return {
    one(pairs) {
      let sum = 0;
      for (let i = 0; i < pairs; i++) sum ^= Buffer.allocUnsafe(DATA_SIZE).length;
      sink ^= sum;
    },
    random(pairs) {
      for (let done = 0; done < pairs; done += BATCH) {
        for (let i = 0; i < BATCH; i++) objects[i] = Buffer.allocUnsafe(DATA_SIZE);
        for (let i = 0; i < BATCH; i++) objects[ORDER[i]] = undefined;
      }
    },
  };
}

/** @returns {Loops} */
function alloc() {
  return {
    one(pairs) {
      let sum = 0;
      for (let i = 0; i < pairs; i++) sum ^= Buffer.alloc(DATA_SIZE).length;
      sink ^= sum;
    },
    random(pairs) {
      for (let done = 0; done < pairs; done += BATCH) {
        for (let i = 0; i < BATCH; i++) objects[i] = Buffer.alloc(DATA_SIZE);
        for (let i = 0; i < BATCH; i++) objects[ORDER[i]] = undefined;
      }
    },
  };
}

/** In the order of the table. @type {Record<string, { title: string, make: () => Loops }>} */
export const CONTENDERS = {
  ddi: { title: "DDI face", make: () => byDdi(1, false) },
  ddi4: { title: "DDI face, four machines in turn", make: () => byDdi(4, false) },
  verifier: { title: "DDI face, verifier in front", make: () => byDdi(1, true) },
  core: { title: "core class", make: core },
  objects: { title: "object face", make: objectFace },
  allocUnsafe: { title: "Buffer.allocUnsafe(2048), no fields", make: allocUnsafe },
  alloc: { title: "Buffer.alloc(2048), no fields", make: alloc },
};
