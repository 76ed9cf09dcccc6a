// What ten million packets leave for the garbage collector.

import { captureOf } from "../lib/capture-file.mjs";
import { example, NDISLAB, noClock, timeCommand } from "../lib/command.mjs";
import { differences } from "../lib/differences.mjs";
import { DATA_SIZE } from "../lib/fields.mjs";
import { garbageOf } from "../lib/garbage.mjs";
import { createMachine, createNdis, dataPool } from "../lib/library.mjs";
import { typescript } from "../lib/sides.mjs";
import { sink } from "../lib/sink.mjs";

const PACKETS = { quick: 1_000_000, full: 10_000_000 };

/** @param {(packets: number) => void} loop @param {number} [share] of the packets, for one that takes long */
const sideOf = (loop, share = 1) => ({
  measure: async (/** @type {{ quick: boolean }} */ { quick }) => {
    const packets = PACKETS[quick ? "quick" : "full"] * share;
    return { packets, ...(await garbageOf(loop, packets)) };
  },
  check() {
    loop(1);
    return { sum: sink.value };
  },
});

/** A packet's life: 100 bytes, of which a header is taken off and put back. @param {boolean} verified */
function ddi(verified) {
  const { machine, ddi } = createMachine({ verified });
  const pool = dataPool(machine);
  return sideOf((packets) => {
    for (let i = 0; i < packets; i++) {
      const nb = ddi.NdisAllocateNetBufferMdlAndData(pool);
      ddi.NET_BUFFER_DATA_LENGTH.set(nb, 100);
      ddi.NdisAdvanceNetBufferDataStart(nb, 14, 0, 0);
      sink.value += ddi.NET_BUFFER_DATA_LENGTH(nb);
      ddi.NdisRetreatNetBufferDataStart(nb, 14, 0, 0);
      ddi.NdisFreeNetBuffer(nb);
    }
  });
}

/** @param {boolean} looks whether the bytes are looked at, which is through a view */
function objectFace(looks) {
  const pool = createNdis().createNetBufferPool({ dataSize: DATA_SIZE });
  return sideOf((packets) => {
    for (let i = 0; i < packets; i++) {
      const packet = pool.allocate();
      packet.length = 100;
      packet.advance(14);
      sink.value += looks ? packet.data.length : packet.length;
      packet.retreat(14);
      if (looks && packet.data.length !== 100) throw new Error("a retreat makes no room");
      packet.free();
    }
  });
}

/** The same with Buffers. */
function buffers() {
  return sideOf((packets) => {
    for (let i = 0; i < packets; i++) {
      const packet = Buffer.allocUnsafe(DATA_SIZE);
      sink.value += packet.subarray(14, 100).length;
    }
  }, 0.1);
}

/** @type {import("../lib/types.mjs").Side} */
const captureRun = {
  title: "ndislab run, verifier standard",
  byNode: true,
  start({ node, cache, quick }) {
    const missing = noClock();
    const frames = quick ? 200_000 : 1_000_000;
    if (missing !== undefined) return { missing };
    const collectionsOf = (/** @type {number} */ frames) => {
      const command = [node, "--trace-gc", NDISLAB, "run", example("passthru"), "--in", captureOf(cache, frames)];
      const { output } = timeCommand([...command, "--out", "/dev/null"]);
      return [...output.matchAll(/ms: (?:Scavenge|Mark-Compact).*? (\d+\.\d+) \/ \d/g)].map(([, ms]) => Number(ms));
    };
    return {
      measure() {
        const all = collectionsOf(frames);
        const before = collectionsOf(1);
        const sum = (/** @type {number[]} */ values) => values.reduce((a, b) => a + b, 0);
        return {
          packets: frames,
          collections: all.length - before.length,
          milliseconds: Math.max(0, sum(all) - sum(before)),
        };
      },
    };
  },
};

/** @param {string} side @param {string} text */
const none = (side, text) => ({
  text: `collections by ${text}`,
  value: /** @type {[string, string]} */ ([side, "collections"]),
  atMost: 0,
  unit: "",
});

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "garbage",
  title: "Garbage",
  about:
    "Collections while packets are allocated, given a length, advanced, retreated and freed; the bytes are the growth of " +
    "the heap for each packet. A look at the bytes of the object face is a Uint8Array, made again when the data starts " +
    "elsewhere. Of `ndislab run` those collections are counted that a run over one frame does not have.",
  unit: "garbage",
  figures: { packets: "packets", collections: "collections", milliseconds: "ms in them", bytes: "bytes a packet" },
  rounds: { quick: 1, full: 1 },
  sides: {
    ddi: typescript("DDI face", () => ddi(false)),
    verifier: typescript("DDI face, verifier in front", () => ddi(true)),
    objects: typescript("object face", () => objectFace(false)),
    looks: typescript("object face, its bytes looked at", () => objectFace(true)),
    capture: captureRun,
    buffers: typescript("Buffer.allocUnsafe(2048) and subarray", buffers),
  },
  check: (_side, left) => differences({ sum: 86 }, left),
  goals: [
    none("ddi", "10 M packets, DDI face"),
    none("verifier", "10 M packets, verifier in front"),
    none("objects", "10 M packets, object face"),
    none("capture", "ndislab run over a capture"),
  ],
};
