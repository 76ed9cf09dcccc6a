// Room for a header, and back: NdisRetreatNetBufferDataStart and NdisAdvanceNetBufferDataStart in place.
import { NET_BUFFER } from "ndislab";
import { differences } from "../lib/differences.mjs";
import { DATA_SIZE } from "../lib/fields.mjs";
import { createMachine, createNdis, dataPool } from "../lib/library.mjs";
import { cTwins, dpdk, typescript } from "../lib/sides.mjs";
import { sink } from "../lib/sink.mjs";
import { inSteps } from "../lib/timing.mjs";

const PACKETS = 32;
const HEAD = 64;
const LENGTH = 1000;
const DELTA = 14;

/**
 * @template T
 * @param {T[] | Uint32Array} packets
 * @param {(packet: any) => number} retreat 0, or why not
 * @param {(packet: any) => void} advance
 */
const loops = (packets, retreat, advance) => ({
  one: inSteps(PACKETS, (count) => {
    let failed = 0;
    for (let done = 0; done < count; done += PACKETS)
      for (let i = 0; i < PACKETS; i++) {
        const packet = packets[i];
        failed |= retreat(packet);
        advance(packet);
      }
    sink.value |= failed;
  }),
  batch: inSteps(PACKETS, (count) => {
    let failed = 0;
    for (let done = 0; done < count; done += PACKETS) {
      for (let i = 0; i < PACKETS; i++) failed |= retreat(packets[i]);
      for (let i = 0; i < PACKETS; i++) advance(packets[i]);
    }
    sink.value |= failed;
  }),
});

/** @param {boolean} verified */
function ddi(verified) {
  const { machine, ddi } = createMachine({ verified });
  const pool = dataPool(machine);
  const { u32 } = machine.memory;
  const member = (/** @type {number} */ nb, /** @type {keyof typeof NET_BUFFER.offset} */ name) =>
    u32[(nb + NET_BUFFER.offset[name]) >>> 2];
  const packets = Uint32Array.from({ length: PACKETS }, () => {
    const nb = ddi.NdisAllocateNetBufferMdlAndData(pool);
    ddi.NET_BUFFER_DATA_LENGTH.set(nb, HEAD + LENGTH);
    ddi.NdisAdvanceNetBufferDataStart(nb, HEAD, 0, 0);
    return nb;
  });
  const fields = (/** @type {number} */ nb) => [
    member(nb, "DataOffset"),
    member(nb, "DataLength"),
    member(nb, "CurrentMdlOffset"),
    Number(member(nb, "CurrentMdl") === member(nb, "MdlChain")),
  ];
  const retreat = (/** @type {number} */ nb) => ddi.NdisRetreatNetBufferDataStart(nb, DELTA, 0, 0);
  const advance = (/** @type {number} */ nb) => ddi.NdisAdvanceNetBufferDataStart(nb, DELTA, 0, 0);
  return {
    loops: loops(packets, retreat, advance),
    check() {
      const before = fields(packets[0]);
      const status = retreat(packets[0]);
      if (status !== 0) throw new Error(`a retreat ended with ${status}`);
      const retreated = fields(packets[0]);
      advance(packets[0]);
      return { before, retreated, advanced: fields(packets[0]) };
    },
  };
}

function objectFace() {
  const ndis = createNdis();
  const pool = ndis.createNetBufferPool({ dataSize: DATA_SIZE });
  const packets = Array.from({ length: PACKETS }, () => {
    const packet = pool.allocate();
    packet.reserve(HEAD);
    packet.length = LENGTH;
    return packet;
  });
  const fields = (/** @type {import("ndislab").NetBuffer} */ packet) => {
    const inMdl = ndis.machine.memory.u32[(packet.address + NET_BUFFER.offset.CurrentMdlOffset) >>> 2];
    return [packet.headRoom, packet.length, inMdl, Number(packet.currentMdl === packet.firstMdl)];
  };
  return {
    loops: loops(
      packets,
      (packet) => {
        packet.retreat(DELTA);
        return 0;
      },
      (packet) => packet.advance(DELTA),
    ),
    check() {
      const [packet] = packets;
      const before = fields(packet);
      packet.retreat(DELTA);
      const retreated = fields(packet);
      packet.advance(DELTA);
      return { before, retreated, advanced: fields(packet) };
    },
  };
}

/** The whole packet's data as a view that starts earlier or later: what a user of Buffers does. */
function views() {
  const packets = Array.from({ length: PACKETS }, () => {
    const room = Buffer.allocUnsafeSlow(DATA_SIZE);
    return { room, start: HEAD, data: room.subarray(HEAD, HEAD + LENGTH) };
  });
  const move = (/** @type {(typeof packets)[0]} */ packet, /** @type {number} */ delta) => {
    const end = packet.start + packet.data.length;
    packet.start += delta;
    packet.data = packet.room.subarray(packet.start, end);
  };
  return {
    loops: loops(
      packets,
      (packet) => {
        move(packet, -DELTA);
        return 0;
      },
      (packet) => move(packet, DELTA),
    ),
    makesGarbage: true,
    check() {
      const [packet] = packets;
      const fields = () => [packet.start, packet.data.length, packet.data.byteOffset - packet.room.byteOffset, 1];
      const before = fields();
      move(packet, -DELTA);
      const retreated = fields();
      move(packet, DELTA);
      return { before, retreated, advanced: fields() };
    },
  };
}

const LEFT = {
  before: [HEAD, LENGTH, HEAD, 1],
  retreated: [HEAD - DELTA, LENGTH + DELTA, HEAD - DELTA, 1],
  advanced: [HEAD, LENGTH, HEAD, 1],
};

/** An mbuf counts the packet's bytes a second time, and has no current segment. */
const LEFT_BY_DPDK = {
  before: [HEAD, LENGTH, LENGTH],
  retreated: [HEAD - DELTA, LENGTH + DELTA, LENGTH + DELTA],
  advanced: [HEAD, LENGTH, LENGTH],
};

/** @type {import("../lib/types.mjs").Job} */
export default {
  name: "data-start",
  title: "Retreat and advance the data start",
  about:
    "NdisRetreatNetBufferDataStart and NdisAdvanceNetBufferDataStart by 14 bytes, where there is room: for a packet at " +
    "a time, and for 32 of them first all the one and then all the other. DPDK: rte_pktmbuf_prepend and rte_pktmbuf_adj.",
  limits:
    "V8 runs 79 instructions for both, gcc 46, DPDK 28 (stepped through with gdb); more than six go to a cycle, " +
    "since a comparison and its branch are one to the processor, which takes six. An mbuf has its start and its " +
    "lengths in one place; NDIS wants DataOffset, DataLength and CurrentMdlOffset moved, and an advance asks the " +
    "MDL for its length: gcc does not do it in half of DPDK's time either. Of the 79, 24 are eight checks of an " +
    "index, a `lea`, a `cmp` and a branch each, and some 14 belong to the loop that measures. A test for a carry " +
    "that V8 computes without a check of its own saved 5 instructions and 0.4 ns of 5.5; that the loop keeps what " +
    "it read and what failed in locals, as the one in C does, 24 and 1 ns.",
  unit: "ns for both",
  figures: { one: "one by one", batch: "32 at a time" },
  reference: "ddi",
  sides: {
    ddi: typescript("DDI face", () => ddi(false)),
    verifier: typescript("DDI face, verifier in front", () => ddi(true)),
    objects: typescript("object face", objectFace),
    dpdk: dpdk("DPDK mbuf, -O2", "data-start.c"),
    ...cTwins("data-start.c"),
    views: typescript("Buffer.subarray", views),
  },
  check: (side, left) => differences(side === "dpdk" ? LEFT_BY_DPDK : LEFT, left),
  goals: [{ text: "retreat + advance / DPDK", value: ["ddi", "one"], per: [["dpdk", "one"]], atMost: 0.5 }],
};
