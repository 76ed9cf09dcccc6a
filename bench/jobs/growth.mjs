// Whether a packet costs more when there are many.
import { DATA_SIZE } from "../lib/fields.mjs";
import { createMachine, createNdis, dataPool } from "../lib/library.mjs";
import { permutation } from "../lib/order.mjs";
import { typescript } from "../lib/sides.mjs";
import { sink } from "../lib/sink.mjs";

/** The largest machine there is. */
const LARGEST_MEMORY = 2 ** 31 - 65536;

const BATCH = 256;
const TURNS = 200_000;

/**
 * Nanoseconds a packet when so many go through a new pool, 256 at a time: the fastest of a few pools.
 * @template T
 * @param {() => { allocate: () => T, free: (item: T) => void, end: () => void }} newPool
 * @param {number} packets
 */
function passing(newPool, packets) {
  let fastest = Infinity;
  for (let i = 0; i < Math.max(1, Math.min(50, 1e6 / packets)); i++) {
    const { allocate, free, end } = newPool();
    /** @type {T[]} */
    const held = new Array(BATCH);
    const start = performance.now();
    for (let done = 0; done < packets; done += BATCH) {
      for (let i = 0; i < BATCH; i++) held[i] = allocate();
      for (let i = 0; i < BATCH; i++) free(held[i]);
    }
    fastest = Math.min(fastest, performance.now() - start);
    end();
  }
  return (fastest * 1e6) / packets;
}

/**
 * Nanoseconds a packet when so many are out and one of them, at random, makes room for the next: the fastest of a few.
 * @template T
 * @param {{ allocate: () => T, free: (item: T) => void }} pool
 * @param {T[]} held
 */
function replacing({ allocate, free }, held) {
  const order = permutation(held.length);
  let fastest = Infinity;
  let at = 0;
  for (let slice = 0; slice < 5; slice++) {
    const start = performance.now();
    for (let i = 0; i < TURNS; i++) {
      const which = order[at];
      at = at + 1 === order.length ? 0 : at + 1;
      free(held[which]);
      held[which] = allocate();
      sink.value ^= which;
    }
    fastest = Math.min(fastest, performance.now() - start);
  }
  return (fastest * 1e6) / TURNS;
}

/**
 * @template T
 * @param {() => { allocate: () => T, free: (item: T) => void, end: () => void }} newPool
 * @param {number} most that fit
 * @returns {import("../lib/types.mjs").Worker}
 */
const sideOf = (newPool, most) => ({
  measure({ quick }) {
    passing(newPool, 1e6); // compiles it
    const figures = {
      packets1k: passing(newPool, 1024),
      packets100k: passing(newPool, 102_400),
      packets10M: passing(newPool, quick ? 1_024_000 : 10_240_000),
    };
    const pool = newPool();
    /** @type {T[]} */
    const held = [];
    const live = (/** @type {number} */ count) => {
      if (count > most) return Number.NaN;
      while (held.length < count) held.push(pool.allocate());
      return replacing(pool, held);
    };
    const [live1, live1k, live32k] = [live(1), live(1024), live(32768)];
    return { ...figures, live1, live1k, live32k, live900k: quick ? Number.NaN : live(900_000) };
  },
});

function ddi() {
  const { machine, ddi } = createMachine({ memorySize: LARGEST_MEMORY });
  return sideOf(() => {
    const pool = dataPool(machine);
    return {
      allocate: () => ddi.NdisAllocateNetBufferMdlAndData(pool),
      free: (/** @type {number} */ nb) => ddi.NdisFreeNetBuffer(nb),
      end: () => ddi.NdisFreeNetBufferPool(pool),
    };
  }, 900_000);
}

function objectFace() {
  const ndis = createNdis(LARGEST_MEMORY);
  return sideOf(() => {
    const pool = ndis.createNetBufferPool({ dataSize: DATA_SIZE });
    return {
      allocate: () => pool.allocate(),
      free: (/** @type {import("ndislab").NetBuffer} */ packet) => packet.free(),
      end: () => pool.dispose(),
    };
  }, 900_000);
}

const buffers = () =>
  sideOf(() => ({ allocate: () => Buffer.allocUnsafe(DATA_SIZE), free: () => {}, end: () => {} }), 40_000);

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "growth",
  title: "Growth",
  about:
    "The pair's cost as packets pass through a new pool, 256 at a time and with the making of the pool, and as packets are " +
    "out, of which one at random makes room for the next. 900 000 of them with their data fill the 2 GiB that an address " +
    "space has.",
  unit: "ns a packet",
  figures: {
    packets1k: "1 k pass",
    packets100k: "100 k pass",
    packets10M: "10 M pass",
    live1: "1 out",
    live1k: "1 k out",
    live32k: "32 k out",
    live900k: "900 k out",
  },
  rounds: { quick: 1, full: 5 },
  reference: "ddi",
  sides: {
    ddi: typescript("DDI face", ddi),
    objects: typescript("object face", objectFace),
    buffers: typescript("Buffer.allocUnsafe(2048)", buffers),
  },
  goals: [],
};
