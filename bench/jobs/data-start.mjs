// Room for a header, and back: NdisRetreatNetBufferDataStart and NdisAdvanceNetBufferDataStart in place.
import { NET_BUFFER } from "ndislab";
import { differences } from "../lib/differences.mjs";
import { DATA_SIZE } from "../lib/fields.mjs";
import { createMachine, createNdis, dataPool } from "../lib/library.mjs";
import { cTwins, dpdk, typescript } from "../lib/sides.mjs";
import { inSteps } from "../lib/timing.mjs";

const PACKETS = 32;
const HEAD = 64;
const LENGTH = 1000;
const DELTA = 14;

/**
 * @template T
 * @param {T[] | Uint32Array} packets
 * @param {(packet: any) => void} retreat
 * @param {(packet: any) => void} advance
 */
const loops = (packets, retreat, advance) => ({
  one: inSteps(PACKETS, (count) => {
    for (let done = 0; done < count; done += PACKETS)
      for (let i = 0; i < PACKETS; i++) {
        retreat(packets[i]);
        advance(packets[i]);
      }
  }),
  batch: inSteps(PACKETS, (count) => {
    for (let done = 0; done < count; done += PACKETS) {
      for (let i = 0; i < PACKETS; i++) retreat(packets[i]);
      for (let i = 0; i < PACKETS; i++) advance(packets[i]);
    }
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
  let failed = 0;
  const retreat = (/** @type {number} */ nb) => {
    failed |= ddi.NdisRetreatNetBufferDataStart(nb, DELTA, 0, 0);
  };
  const advance = (/** @type {number} */ nb) => ddi.NdisAdvanceNetBufferDataStart(nb, DELTA, 0, 0);
  return {
    loops: loops(packets, retreat, advance),
    check() {
      const before = fields(packets[0]);
      retreat(packets[0]);
      const retreated = fields(packets[0]);
      advance(packets[0]);
      if (failed !== 0) throw new Error(`a retreat ended with ${failed}`);
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
      (packet) => packet.retreat(DELTA),
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
      (packet) => move(packet, -DELTA),
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
    "C takes as long as DPDK here, so half of DPDK's time is out of reach for the same checks. Beyond C's, " +
    "the TypeScript has a check of the index before each access, as the pair has.",
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
