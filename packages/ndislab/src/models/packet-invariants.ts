import { NDIS_PACKET } from "../layout/packet.js";
import { Deviation, same } from "./expect.js";
import { oobOffsetOf, type Packet } from "./packet.js";
import type { World } from "./world.js";

const AT = NDIS_PACKET.offset;

/** Every member of a packet, of its out-of-band data and of its extension as the model has them. */
export function checkPacket({ lab }: World, packet: Packet): void {
  const { u8, u16, u32 } = lab.machine.memory;
  const { name, address, chain, counts, pool } = packet;
  const field = (member: keyof typeof AT): number => u32[(address + AT[member]) >>> 2];
  same(`Head of ${name}`, field("Private.Head"), chain[0]?.address ?? 0);
  same(`Tail of ${name}`, field("Private.Tail"), packet.tail);
  if (chain.length > 0) same(`whether Tail of ${name} is its last`, packet.tail, chain[chain.length - 1].address);
  same(`Pool of ${name}`, field("Private.Pool"), pool.handle);
  same(`Flags of ${name}`, field("Private.Flags"), packet.flags);
  same(`ValidCounts of ${name}`, u8[address + AT["Private.ValidCounts"]], packet.areCountsValid ? 1 : 0);
  same(`NdisPacketFlags of ${name}`, u8[address + AT["Private.NdisPacketFlags"]], packet.hasMediaInfo ? 0xc0 : 0x80);
  if (packet.areCountsValid) {
    same(`PhysicalCount of ${name}`, field("Private.PhysicalCount"), counts.pages);
    same(`TotalLength of ${name}`, field("Private.TotalLength"), counts.bytes);
    same(`Count of ${name}`, field("Private.Count"), counts.count);
  }
  const oob = oobOffsetOf(pool);
  same(`NdisPacketOobOffset of ${name}`, u16[(address + AT["Private.NdisPacketOobOffset"]) >>> 1], oob);
  const words = (what: string, from: number, expected: Uint32Array): void => {
    expected.forEach((word, i) => {
      same(`${what} of ${name}, word ${i}`, u32[((address + from) >>> 2) + i], word);
    });
  };
  words("what is reserved", AT.MiniportReserved, packet.reserved);
  words("out-of-band data", oob, packet.outOfBand);
  words("information", oob + 32, packet.information);
  packet.protocolReserved.forEach((byte, i) => {
    const found = u8[address + AT.ProtocolReserved + i];
    if (found !== byte) throw new Deviation(`ProtocolReserved[${i}] of ${name} is ${found}, not ${byte}`);
  });
}
