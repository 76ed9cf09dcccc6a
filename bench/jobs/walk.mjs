// A walk over a packet of four pieces.
import { chainOf, createMachine, createNdis } from "../lib/library.mjs";
import { cTwins, dpdk, typescript } from "../lib/sides.mjs";
import { sink } from "../lib/sink.mjs";
import { inSteps } from "../lib/timing.mjs";

const PACKETS = 32;
const SIZES = [64, 512, 700, 224];
const NORMAL_PRIORITY = 16;

/**
 * @template T
 * @param {T[]} packets
 * @param {(packet: T) => number} walk sum of lengths and addresses
 */
const walkAll = (packets, walk) =>
  inSteps(PACKETS, (count) => {
    let sum = 0;
    for (let done = 0; done < count; done += PACKETS) for (let i = 0; i < PACKETS; i++) sum ^= walk(packets[i]);
    sink.value ^= sum;
  });

/** @param {number} walked @param {number[]} pieces where they are */
const seen = (walked, pieces) => {
  const addresses = pieces.reduce((a, b) => a + b, 0);
  return { lengths: walked - addresses, addresses, pieces };
};

/** @param {boolean} verified */
function ddi(verified) {
  const { machine, ddi } = createMachine({ verified });
  const pool = machine.netBuffers.create(0, 0);
  const packets = Array.from({ length: PACKETS }, () =>
    ddi.NdisAllocateNetBuffer(pool, chainOf(machine, SIZES), 0, 1500),
  );
  const walk = (/** @type {number} */ nb) => {
    let lengths = 0;
    let addresses = 0;
    for (let mdl = ddi.NET_BUFFER_FIRST_MDL(nb); mdl !== 0; mdl = ddi.NDIS_MDL_LINKAGE(mdl)) {
      lengths = (lengths + ddi.MmGetMdlByteCount(mdl)) | 0;
      addresses = (addresses + ddi.MmGetSystemAddressForMdlSafe(mdl, NORMAL_PRIORITY)) | 0;
    }
    return (lengths + addresses) | 0;
  };
  return {
    loops: { walk: walkAll(packets, walk) },
    check() {
      const pieces = [];
      for (let mdl = ddi.NET_BUFFER_FIRST_MDL(packets[3]); mdl !== 0; mdl = ddi.NDIS_MDL_LINKAGE(mdl))
        pieces.push(ddi.MmGetSystemAddressForMdlSafe(mdl, NORMAL_PRIORITY));
      return seen(walk(packets[3]), pieces);
    },
  };
}

function objectFace() {
  const ndis = createNdis();
  const pool = ndis.createNetBufferPool();
  const packets = Array.from({ length: PACKETS }, () => {
    const mdls = SIZES.map((size) => ndis.allocateMdl(ndis.allocateMemory(size)));
    for (let i = 1; i < mdls.length; i++) mdls[i - 1].next = mdls[i];
    return pool.allocateOver(mdls[0]);
  });
  const walk = (/** @type {import("ndislab").NetBuffer} */ packet) => {
    let lengths = 0;
    let addresses = 0;
    for (let mdl = packet.firstMdl; mdl !== undefined; mdl = mdl.next) {
      lengths = (lengths + mdl.length) | 0;
      addresses = (addresses + mdl.data.byteOffset) | 0;
    }
    return (lengths + addresses) | 0;
  };
  return {
    loops: { walk: walkAll(packets, walk) },
    check: () =>
      seen(
        walk(packets[3]),
        Array.from(packets[3].mdls, (mdl) => mdl.data.byteOffset),
      ),
  };
}

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "walk",
  title: "Walk a chain of four MDLs",
  about:
    "The sum of the lengths and of the system addresses of the four MDLs of a packet, 32 packets in turn. An MDL is asked " +
    "whether it is mapped each time, as MmGetSystemAddressForMdlSafe does; DPDK's segments always are.",
  limits:
    "V8 runs 170 instructions for a chain, 34 an MDL, gcc and DPDK 39 (stepped through with gdb; `node " +
    "--print-opt-code --print-opt-code-filter=walk bench/side.mjs walk ddi measure 100`). Each MDL is asked four " +
    "things, and each has its check of an index. They were 45 while the flags had an index of their own and were " +
    "compared with what the module exports: V8 looks an export up at each use, in its own module as well. The other " +
    "34 are the loop that measures and its array of packets. Six instructions go to a cycle, so only fewer of them " +
    "would help. `MmGetMdlByteCount` still looks an import up, five instructions an MDL; without that a chain takes " +
    "3 % less.",
  unit: "ns a chain",
  figures: { walk: "walk" },
  reference: "ddi",
  sides: {
    ddi: typescript("DDI face", () => ddi(false)),
    verifier: typescript("DDI face, verifier in front", () => ddi(true)),
    objects: typescript("object face", objectFace),
    dpdk: dpdk("DPDK mbuf, -O2", "walk.c"),
    ...cTwins("walk.c"),
  },
  check(_side, { lengths, addresses, pieces }) {
    const sum = pieces.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0);
    return [
      ...(lengths === 1500 ? [] : [`the lengths are ${lengths}`]),
      ...(pieces.length === 4 && new Set(pieces).size === 4 ? [] : [`the pieces are at ${pieces}`]),
      ...(addresses === sum ? [] : [`the addresses are ${addresses}, not ${sum}`]),
    ];
  },
  goals: [{ text: "walk of 4 MDLs / DPDK", value: ["ddi", "walk"], per: [["dpdk", "walk"]], atMost: 1.4 }],
};
