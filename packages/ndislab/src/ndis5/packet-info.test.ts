import { beforeEach, describe, expect, it } from "vitest";
import { NDIS_PACKET, NDIS_PER_PACKET_INFO } from "../layout/packet.js";
import { Lab, POISON } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";

let lab: Lab;
let packet: number;
let oob: number;

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
  packet = lab.packet(lab.packetPool(1, 20));
  oob = packet + 80; // 56 bytes, and 20 of the protocol rounded up to 24
});

/** M5-01 to M5-03, offsets of x86 from ndis5 §1.3. */
describe("out-of-band data", () => {
  it("is where NdisPacketOobOffset says, and the extension behind it", () => {
    expect(lab.ddi.NDIS_OOB_DATA_FROM_PACKET(packet)).toBe(oob);
    expect(lab.ddi.NDIS_PACKET_EXTENSION_FROM_PACKET(packet)).toBe(oob + 32);
    lab.machine.memory.u16[(packet + 30) >>> 1] = 0xfff8;
    expect(lab.plain.NDIS_OOB_DATA_FROM_PACKET(packet)).toBe(packet + 0xfff8);
  });

  it.each([
    ["HEADER_SIZE", 16],
    ["STATUS", 28],
  ] as const)("NDIS_GET and NDIS_SET_PACKET_%s are the member at %i", (name, offset) => {
    const before = new MemorySnapshot(lab.machine.memory);
    lab.ddi[`NDIS_SET_PACKET_${name}`](packet, 0xc000_009a);
    expect(lab.ddi[`NDIS_GET_PACKET_${name}`](packet)).toBe(0xc000_009a);
    before.expectChangesOnlyIn([oob + offset, oob + offset + 4]);
  });

  it.each([
    ["TIME_TO_SEND", 0],
    ["TIME_SENT", 0],
    ["TIME_RECEIVED", 8],
  ] as const)("NDIS_GET and NDIS_SET_PACKET_%s are 64 bits at %i", (name, offset) => {
    const before = new MemorySnapshot(lab.machine.memory);
    lab.ddi[`NDIS_SET_PACKET_${name}`](packet, 0xfedc_ba98_7654_3210n);
    expect(lab.ddi[`NDIS_GET_PACKET_${name}`](packet)).toBe(0xfedc_ba98_7654_3210n);
    expect([lab.u32(oob + offset), lab.u32(oob + offset + 4)]).toEqual([0x7654_3210, 0xfedc_ba98]);
    before.expectChangesOnlyIn([oob + offset, oob + offset + 8]);
  });

  it("NDIS_PER_PACKET_INFO_FROM_PACKET reaches every slot and nothing behind", () => {
    const before = new MemorySnapshot(lab.machine.memory);
    const ids = Object.values(NDIS_PER_PACKET_INFO.values).slice(0, 12);
    for (const id of ids) lab.ddi.NDIS_PER_PACKET_INFO_FROM_PACKET.set(packet, id, 0xffff_ff00 + id);
    for (const id of ids) {
      expect(lab.ddi.NDIS_PER_PACKET_INFO_FROM_PACKET(packet, id)).toBe(0xffff_ff00 + id);
      expect(lab.u32(oob + 32 + 4 * id)).toBe(0xffff_ff00 + id);
    }
    before.expectChangesOnlyIn([oob + 32, oob + 80]);
    expect(lab.plain.NdisPacketSize(20)).toBe(oob + 80 - packet);
  });

  it.each([
    ["ORIGINAL_PACKET", "NDIS_GET_ORIGINAL_PACKET", "NDIS_SET_ORIGINAL_PACKET", 7],
    ["PACKET_CANCEL_ID", "NDIS_GET_PACKET_CANCEL_ID", "NDIS_SET_PACKET_CANCEL_ID", 8],
  ] as const)("%s is a slot of its own", (_name, get, set, id) => {
    const before = new MemorySnapshot(lab.machine.memory);
    lab.ddi[set](packet, 0x1234_5678);
    expect(lab.ddi[get](packet)).toBe(0x1234_5678);
    expect(lab.u32(oob + 32 + 4 * id)).toBe(0x1234_5678);
    before.expectChangesOnlyIn([oob + 32 + 4 * id, oob + 36 + 4 * id]);
  });

  it.each(["NdisIMCopySendPerPacketInfo", "NdisIMCopySendCompletePerPacketInfo"] as const)(
    "%s copies every slot, between packets of different pools, and no out-of-band data",
    (name) => {
      const other = lab.packet(lab.packetPool(1, 0));
      lab.machine.memory.u8.fill(0xcc, oob, oob + 80);
      const before = new MemorySnapshot(lab.machine.memory);
      lab.ddi[name](other, packet);
      for (let id = 0; id < 12; id++) expect(lab.ddi.NDIS_PER_PACKET_INFO_FROM_PACKET(other, id)).toBe(0xcccc_cccc);
      before.expectChangesOnlyIn([other + 56 + 32, other + 56 + 80]);
    },
  );
});

/** M5-14 and M5-15. */
describe("media specific information", () => {
  const FLAGS = NDIS_PACKET.offset["Private.NdisPacketFlags"];

  function get(): number[] {
    lab.setU32(lab.out, POISON);
    lab.setU32(lab.length, POISON);
    lab.ddi.NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO(packet, lab.out, lab.length);
    return [lab.u32(lab.out), lab.u32(lab.length)];
  }

  it("is NULL and 0 until it is set", () => {
    lab.machine.memory.u32.fill(POISON, (oob + 20) >>> 2, (oob + 28) >>> 2);
    expect(get()).toEqual([0, 0]);
    lab.ddi.NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO(packet, 0x1000, 24);
    expect(get()).toEqual([0x1000, 24]);
    expect(lab.machine.memory.u8[packet + FLAGS]).toBe(0xc0);
  });

  it("is not for a packet that NDIS did not allocate", () => {
    lab.machine.memory.u8[packet + FLAGS] = 0x40;
    const before = new MemorySnapshot(lab.machine.memory);
    lab.plain.NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO(packet, 0x1000, 24);
    before.expectChangesOnlyIn();
    expect(get()).toEqual([0, 0]);
  });
});

/** M5-20 to M5-23. */
describe("flags", () => {
  it("are added and taken away one by one; only the macro for reading assigns", () => {
    const { ddi } = lab;
    ddi.NdisSetPacketFlags(packet, 0x80);
    ddi.NdisSetPacketFlags(packet, 0x8000_0002);
    expect(ddi.NdisGetPacketFlags(packet)).toBe(0x8000_0082);
    expect(ddi.NDIS_GET_PACKET_PROTOCOL_TYPE(packet)).toBe(2);
    ddi.NdisClearPacketFlags(packet, 0x8000_0000);
    ddi.NdisClearPacketFlags(packet, 0x1);
    expect(ddi.NdisGetPacketFlags(packet)).toBe(0x82);
    ddi.NdisGetPacketFlags.set(packet, 0x10);
    expect(lab.u32(packet + 24)).toBe(0x10);
  });
});
