import { NDIS_PER_PACKET_INFO } from "../layout/packet.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Act } from "./act.js";
import { same } from "./expect.js";
import { oobOffsetOf } from "./packet.js";
import type { World } from "./world.js";

const { OriginalPacketInfo, PacketCancelId } = NDIS_PER_PACKET_INFO.values;
const { NDIS_STATUS_RESOURCES: RESOURCES } = NDIS_STATUS;

/** Words of the out-of-band data. */
const OOB = { time: 0, timeReceived: 2, headerSize: 4, mediaSize: 5, media: 6, status: 7 } as const;

/** NDIS_FLAGS_DONT_LOOPBACK and NDIS_FLAGS_LOOPBACK_ONLY: bits that are no protocol's. */
const FLAGS = 0x280;

const hasPackets = (world: World): boolean => world.packets.length > 0;

/** What drivers keep with a packet: nothing of it is left when it is allocated again. */
const SCRIBBLE: Act = {
  name: "scribble over a packet",
  weight: 2,
  ready: hasPackets,
  run(world, draw) {
    const { ddi, lab } = world;
    const packet = draw.pick(world.packets);
    const { address, outOfBand, information } = packet;
    const word = 0x5ca1_ab00 + draw.below(256);
    world.say(`scribble over ${packet.name}`);
    packet.reserved.fill(word, 0, 2);
    for (let i = 0; i < 2; i++) lab.setU32(address + 32 + 4 * i, word);
    packet.protocolReserved.fill(word & 0xff);
    lab.machine.memory.u8.fill(word & 0xff, address + 56, address + 56 + packet.protocolReserved.length);
    // The two times of a packet share their storage.
    if (draw.once(2)) ddi.NDIS_SET_PACKET_TIME_TO_SEND(address, (BigInt(word) << 32n) | 5n);
    else ddi.NDIS_SET_PACKET_TIME_SENT(address, (BigInt(word) << 32n) | 5n);
    outOfBand[OOB.time] = 5;
    outOfBand[OOB.time + 1] = word;
    ddi.NDIS_SET_PACKET_TIME_RECEIVED(address, BigInt(word));
    outOfBand[OOB.timeReceived] = word;
    ddi.NDIS_SET_PACKET_HEADER_SIZE(address, 14);
    outOfBand[OOB.headerSize] = 14;
    ddi.NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO(address, world.storage.address, 8);
    outOfBand[OOB.mediaSize] = 8;
    outOfBand[OOB.media] = world.storage.address;
    packet.hasMediaInfo = true;
    ddi.NDIS_SET_PACKET_STATUS(address, RESOURCES);
    outOfBand[OOB.status] = RESOURCES;
    information.forEach((_, id) => {
      information[id] = word + id;
      ddi.NDIS_PER_PACKET_INFO_FROM_PACKET.set(address, id, word + id);
    });
    ddi.NDIS_SET_PACKET_CANCEL_ID(address, word);
    information[PacketCancelId] = word;
    ddi.NDIS_SET_ORIGINAL_PACKET(address, address);
    information[OriginalPacketInfo] = address;
    ddi.NdisSetPacketFlags(address, FLAGS);
    packet.flags |= FLAGS;
  },
};

const CLEAR_FLAGS: Act = {
  name: "NdisClearPacketFlags",
  weight: 1,
  ready: hasPackets,
  run(world, draw) {
    const packet = draw.pick(world.packets);
    const flags = draw.pick([0x80, 0x200, FLAGS]);
    world.say(`NdisClearPacketFlags(${packet.name}, ${flags})`);
    world.ddi.NdisClearPacketFlags(packet.address, flags);
    packet.flags &= ~flags;
  },
};

const COPY: Act = {
  name: "copy per-packet information",
  weight: 1,
  ready: (world) => world.packets.length > 1,
  run(world, draw) {
    const { ddi } = world;
    const to = draw.pick(world.packets);
    const from = draw.pick(world.packets.filter((packet) => packet !== to));
    const name = draw.pick(["NdisIMCopySendPerPacketInfo", "NdisIMCopySendCompletePerPacketInfo"] as const);
    world.say(`${name}(${to.name}, ${from.name})`);
    ddi[name](to.address, from.address);
    to.information.set(from.information);
  },
};

/** What the macros say of a packet's out-of-band data, information and flags. */
const QUERY: Act = {
  name: "query what goes with a packet",
  weight: 2,
  ready: hasPackets,
  run(world, draw) {
    const { ddi, lab } = world;
    const packet = draw.pick(world.packets);
    const { address, outOfBand, information, pool, flags } = packet;
    world.say(`query what goes with ${packet.name}`);
    const oob = address + oobOffsetOf(pool);
    same("NDIS_OOB_DATA_FROM_PACKET", ddi.NDIS_OOB_DATA_FROM_PACKET(address), oob);
    same("NDIS_PACKET_EXTENSION_FROM_PACKET", ddi.NDIS_PACKET_EXTENSION_FROM_PACKET(address), oob + 32);
    const time = (word: number): string => String((BigInt(outOfBand[word + 1]) << 32n) | BigInt(outOfBand[word]));
    same("NDIS_GET_PACKET_TIME_TO_SEND", String(ddi.NDIS_GET_PACKET_TIME_TO_SEND(address)), time(OOB.time));
    same("NDIS_GET_PACKET_TIME_SENT", String(ddi.NDIS_GET_PACKET_TIME_SENT(address)), time(OOB.time));
    same("NDIS_GET_PACKET_TIME_RECEIVED", String(ddi.NDIS_GET_PACKET_TIME_RECEIVED(address)), time(OOB.timeReceived));
    same("NDIS_GET_PACKET_HEADER_SIZE", ddi.NDIS_GET_PACKET_HEADER_SIZE(address), outOfBand[OOB.headerSize]);
    same("NDIS_GET_PACKET_STATUS", ddi.NDIS_GET_PACKET_STATUS(address) >>> 0, outOfBand[OOB.status]);
    ddi.NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO(address, lab.out, lab.length);
    same("the media specific information", lab.u32(lab.out), outOfBand[OOB.media]);
    same("its size", lab.u32(lab.length), outOfBand[OOB.mediaSize]);
    information.forEach((word, id) => {
      same(`information ${id}`, ddi.NDIS_PER_PACKET_INFO_FROM_PACKET(address, id), word);
    });
    same("NDIS_GET_ORIGINAL_PACKET", ddi.NDIS_GET_ORIGINAL_PACKET(address), information[OriginalPacketInfo]);
    same("NDIS_GET_PACKET_CANCEL_ID", ddi.NDIS_GET_PACKET_CANCEL_ID(address), information[PacketCancelId]);
    same("NdisGetPacketFlags", ddi.NdisGetPacketFlags(address), flags);
    same("NDIS_GET_PACKET_PROTOCOL_TYPE", ddi.NDIS_GET_PACKET_PROTOCOL_TYPE(address), flags & 0xf);
    same("NdisGetPoolFromPacket", ddi.NdisGetPoolFromPacket(address), pool.handle);
  },
};

/** What goes with packets beside their bytes. */
export const PACKET_INFO_ACTS: readonly Act[] = [SCRIBBLE, CLEAR_FLAGS, COPY, QUERY];
