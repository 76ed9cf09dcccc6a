import {
  createDdi,
  Machine,
  NDIS_PACKET,
  NDIS_PACKET_EXTENSION,
  NDIS_PACKET_OOB_DATA,
  NDIS_PER_PACKET_INFO,
  poolTag,
  readField,
  writeFields,
} from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const RESERVED = 16;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);
ddi.NdisAllocatePacketPool(out, out + 4, 1, RESERVED);
const pool = memory.readUlong(out + 4);
ddi.NdisAllocatePacket(out, out + 4, pool);
const packet = memory.readUlong(out + 4);
const yes = (condition: boolean): string => (condition ? "yes" : "no");

const oob = ddi.NDIS_OOB_DATA_FROM_PACKET(packet);
const extension = ddi.NDIS_PACKET_EXTENSION_FROM_PACKET(packet);
const oobOffset = readField(memory, NDIS_PACKET, packet, "Private.NdisPacketOobOffset");
console.log(
  `${RESERVED} reserved bytes from ${NDIS_PACKET.offset.ProtocolReserved} on, ` +
    `out-of-band data at ${oobOffset}, extension at ${extension - packet}`,
);
const head = readField(memory, NDIS_PACKET, packet, "Private.Head");
const valid = readField(memory, NDIS_PACKET, packet, "Private.ValidCounts");
console.log(`no descriptor: ${yes(head === 0)}, counts valid: ${yes(valid !== 0)}`);

writeFields(memory, NDIS_PACKET_OOB_DATA, oob, { HeaderSize: 14 });
const slot = NDIS_PER_PACKET_INFO.values.PacketCancelId;
memory.u32[(extension + NDIS_PACKET_EXTENSION.offset.NdisPacketInfo + 4 * slot) >>> 2] = 7;
const id = ddi.NDIS_GET_PACKET_CANCEL_ID(packet).toString(16).padStart(8, "0");
console.log(`header of ${ddi.NDIS_GET_PACKET_HEADER_SIZE(packet)} bytes, cancel id ${id}`);

ddi.NdisFreePacket(packet);
ddi.NdisFreePacketPool(pool);
ddi.NdisFreeMemory(out, 0, 0);
