import { beforeEach, describe, expect, it } from "vitest";
import { NDIS_PACKET, NDIS_PACKET_EXTENSION, NDIS_PACKET_OOB_DATA } from "../layout/packet.js";
import { NDIS_STATUS } from "../layout/status.js";
import { readField, writeFields } from "../memory/fields.js";
import { Lab, POISON } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_RESOURCES: RESOURCES } = NDIS_STATUS;
const BESIDE = NDIS_PACKET_OOB_DATA.size + NDIS_PACKET_EXTENSION.size;

let lab: Lab;

beforeEach(() => {
  lab = new Lab({ memorySize: 2 << 20 });
  lab.poison();
});

type Member = (typeof NDIS_PACKET.fields)[number]["name"] & keyof typeof NDIS_PACKET.offset;
const member = (packet: number, name: Member): number => readField(lab.machine.memory, NDIS_PACKET, packet, name);

/** NdisAllocatePacketPoolEx: the status and the handle. */
function createEx(packets: number, overflow: number, reserved = 16): [status: number, handle: number] {
  lab.setU32(lab.out, POISON);
  lab.plain.NdisAllocatePacketPoolEx(lab.status, lab.out, packets, overflow, reserved);
  return [lab.u32(lab.status), lab.u32(lab.out)];
}

const create = (packets: number, overflow = 0, reserved = 16): number => createEx(packets, overflow, reserved)[1];

function allocate(pool: number, name: "NdisAllocatePacket" | "NdisDprAllocatePacket" = "NdisAllocatePacket"): number {
  lab.setU32(lab.out, POISON);
  lab.setU32(lab.status, POISON);
  lab.plain[name](lab.status, lab.out, pool);
  return lab.u32(lab.out);
}

/** Packets until there is none left. */
function drain(pool: number): number[] {
  const packets: number[] = [];
  for (let packet = allocate(pool); packet !== 0; packet = allocate(pool)) packets.push(packet);
  expect(lab.u32(lab.status)).toBe(RESOURCES);
  return packets;
}

/** F5-34, ndis5 §1.2: every member of a fresh packet, of which nothing may be left from before. */
function expectFresh(packet: number, pool: number, reserved: number, protocolId = 0): void {
  const { memory } = lab.machine;
  const oob = 56 + 8 * Math.ceil(reserved / 8);
  expect(packet & 7).toBe(0);
  expect(member(packet, "Private.Pool")).toBe(pool);
  expect(member(packet, "Private.Flags")).toBe(protocolId);
  expect(member(packet, "Private.ValidCounts")).toBe(1);
  expect(member(packet, "Private.NdisPacketFlags")).toBe(0x80);
  expect(member(packet, "Private.NdisPacketOobOffset")).toBe(oob);
  const { "Private.Pool": poolAt, "Private.Flags": flagsAt } = NDIS_PACKET.offset;
  const rest = [...memory.bytes(packet, oob + BESIDE)];
  rest.fill(0, poolAt, poolAt + 4).fill(0, flagsAt, flagsAt + 8);
  expect(rest.every((byte) => byte === 0)).toBe(true);
}

describe("NdisAllocatePacketPool", () => {
  it.each([1, 2, 31, 33, 500])("gives %i packets and no more", (limit) => {
    lab.plain.NdisAllocatePacketPool(lab.status, lab.out, limit, 16);
    expect(lab.u32(lab.status)).toBe(SUCCESS);
    const pool = lab.u32(lab.out);
    const packets = drain(pool);
    expect(new Set(packets).size).toBe(limit);
    lab.plain.NdisFreePacket(packets[0]);
    expect(drain(pool)).toEqual([packets[0]]);
  });

  it("known mistake: a pool limit one too high", () => {
    const pool = create(7);
    expect(drain(pool)).toHaveLength(7);
    expect(lab.plain.NdisPacketPoolUsage(pool)).toBe(7);
  });

  it("known mistake: no pool limit at all, under either profile", () => {
    lab = new Lab({ memorySize: 1 << 20, profile: "windows" });
    expect(drain(create(3))).toHaveLength(3);
  });

  it("of none gives none", () => {
    const pool = create(0);
    expect(pool).not.toBe(0);
    expect(drain(pool)).toEqual([]);
  });

  it("takes the storage of all packets at once, and gives all of it back", () => {
    const before = lab.machine.nonpaged.liveBytes;
    const pool = create(100);
    const full = lab.machine.nonpaged.liveBytes;
    expect(full - before).toBeGreaterThanOrEqual(100 * lab.plain.NdisPacketSize(16));
    const packets = drain(pool);
    expect(lab.machine.nonpaged.liveBytes).toBe(full);
    for (const packet of packets) lab.plain.NdisFreePacket(packet);
    lab.plain.NdisFreePacketPool(pool);
    expect(lab.machine.nonpaged.liveBytes - before).toBeLessThan(100);
  });

  it("fails when storage is short, and leaves nothing behind", () => {
    const before = lab.machine.nonpaged.liveBytes;
    expect(createEx(65_000, 0)).toEqual([RESOURCES, 0]);
    for (const nth of [1, 2]) {
      let calls = 0;
      lab.machine.nonpaged.fault = () => ++calls === nth;
      expect(createEx(10, 0)).toEqual([RESOURCES, 0]);
    }
    expect(lab.machine.nonpaged.liveBytes).toBe(before);
    expect(lab.machine.pools.report()).toEqual([]);
  });

  it("known mistake: unchecked multiplication of sizes", () => {
    // 0xFFFF packets of more than 65 KiB each: their product passes 32 bits and would come out small.
    expect(createEx(0xffff, 0, 65_464)).toEqual([RESOURCES, 0]);
    expect(createEx(1, 0, 0xffff_ffff)).toEqual([RESOURCES, 0]);
    expect(createEx(1, 0xffff_ffff, 0xffff_fff8)).toEqual([RESOURCES, 0]);
    expect(lab.plain.NdisPacketSize(0xffff_ffff)).toBe(0xffff_ffff);
  });

  it("has room for reserved bytes as far as NdisPacketOobOffset reaches", () => {
    expect(createEx(1, 0, 65_473)).toEqual([RESOURCES, 0]);
    const pool = create(1, 0, 65_472);
    expectFresh(allocate(pool), pool, 65_472);
  });
});

/** F5-28. */
describe("NdisAllocatePacketPoolEx", () => {
  it("gives base and overflow together, and counts both as used", () => {
    const pool = create(5, 40);
    const packets = drain(pool);
    expect(packets).toHaveLength(45);
    expect(lab.plain.NdisPacketPoolUsage(pool)).toBe(45);
    for (const packet of packets) lab.plain.NdisFreePacket(packet);
    expect(lab.plain.NdisPacketPoolUsage(pool)).toBe(0);
    expect(drain(pool)).toHaveLength(45);
  });

  it("takes no storage for the overflow before it is needed, and fails when there is none then", () => {
    const before = lab.machine.nonpaged.liveBytes;
    const pool = create(2, 1000);
    expect(lab.machine.nonpaged.liveBytes - before).toBeLessThan(600);
    lab.machine.nonpaged.fault = () => true;
    expect(drain(pool)).toHaveLength(2);
    lab.machine.nonpaged.fault = () => false;
    expect(allocate(pool)).not.toBe(0);
  });

  it("has 0xFFFF packets at most: more of the base are refused, of the overflow cut", () => {
    lab = new Lab({ memorySize: 32 << 20 });
    expect(createEx(0x1_0000, 0)).toEqual([RESOURCES, 0]);
    for (const [base, overflow] of [
      [0xffff, 0],
      [0xffff, 1],
      [1, 0xffff_ffff],
    ]) {
      const [status, pool] = createEx(base, overflow, 0);
      expect(status).toBe(SUCCESS);
      let count = 0;
      while (lab.machine.packetPools.allocate(pool) !== 0) count++;
      expect(count).toBe(0xffff);
      lab = new Lab({ memorySize: 32 << 20 });
    }
  });
});

/** F5-34 to F5-39. */
describe("a packet", () => {
  it.each([0, 1, 8, 16, 17, 100])("with %i reserved bytes is initialised altogether", (reserved) => {
    const pool = create(2, 0, reserved);
    expectFresh(allocate(pool), pool, reserved);
    expect(lab.u32(lab.status)).toBe(SUCCESS);
    expect(lab.plain.NdisPacketSize(reserved)).toBe(56 + 8 * Math.ceil(reserved / 8) + BESIDE);
  });

  it("known mistake: ProtocolReserved left dirty, and every other byte, when a packet is used again", () => {
    const pool = create(1, 0, 24);
    const packet = allocate(pool);
    lab.machine.memory.u8.fill(0xcc, packet, packet + lab.plain.NdisPacketSize(24));
    lab.plain.NdisFreePacket(packet);
    expect(allocate(pool)).toBe(packet);
    expectFresh(packet, pool, 24);
  });

  it("keeps clear of its neighbours, whatever is written into it", () => {
    const pool = create(3, 0, 20);
    const [first, middle, last] = drain(pool).sort((a, b) => a - b);
    lab.machine.memory.u8.fill(0xcc, middle, middle + lab.plain.NdisPacketSize(20));
    for (const packet of [first, last]) expectFresh(packet, pool, 20);
    for (const packet of [first, middle, last]) lab.plain.NdisFreePacket(packet);
    expect(lab.plain.NdisPacketPoolUsage(pool)).toBe(0);
  });

  it("has the protocol id of its pool when it comes after that was set", () => {
    const pool = create(2);
    const before = allocate(pool);
    lab.plain.NdisSetPacketPoolProtocolId(pool, 0x32);
    expectFresh(allocate(pool), pool, 16, 2);
    expectFresh(before, pool, 16, 0);
  });

  it("known mistake: a packet twice on a free list", () => {
    const pool = create(2);
    const [first, second] = drain(pool);
    lab.plain.NdisFreePacket(first);
    const before = new MemorySnapshot(lab.machine.memory);
    lab.plain.NdisFreePacket(first);
    before.expectChangesOnlyIn();
    expect(lab.plain.NdisPacketPoolUsage(pool)).toBe(1);
    lab.plain.NdisFreePacket(second);
    expect(new Set(drain(pool)).size).toBe(2);
  });

  it("is known to its pool, also when Private.Pool was overwritten", () => {
    const [pool, other] = [create(1), create(1)];
    const packet = allocate(pool);
    expect(lab.plain.NdisGetPoolFromPacket(packet)).toBe(pool);
    writeFields(lab.machine.memory, NDIS_PACKET, packet, { "Private.Pool": other });
    expect(lab.plain.NdisGetPoolFromPacket(packet)).toBe(other);
    lab.plain.NdisFreePacket(packet);
    expect([pool, other].map((handle) => lab.plain.NdisPacketPoolUsage(handle))).toEqual([0, 0]);
    expect(allocate(pool)).toBe(packet);
  });

  it("is no different from the Dpr and NonInterlocked functions", () => {
    const pool = create(1);
    const names = ["NdisDprAllocatePacket", "NdisDprAllocatePacketNonInterlocked"] as const;
    for (const name of names)
      for (const free of ["NdisDprFreePacket", "NdisDprFreePacketNonInterlocked"] as const) {
        lab.plain[name](lab.status, lab.out, pool);
        const packet = lab.u32(lab.out);
        expectFresh(packet, pool, 16);
        lab.plain[name](lab.status, lab.out, pool);
        expect([lab.u32(lab.status), lab.u32(lab.out)]).toEqual([RESOURCES, 0]);
        lab.plain[free](packet);
        expect(lab.plain.NdisPacketPoolUsage(pool)).toBe(0);
      }
  });
});

it("what is no live packet pool gives nothing, and is not written to", () => {
  const dead = create(1);
  const packet = allocate(dead);
  lab.plain.NdisFreePacketPool(dead);
  for (const handle of [0, dead, lab.bufferPool(1), lab.netBufferPool(), lab.block(64)]) {
    const before = new MemorySnapshot(lab.machine.memory);
    expect(allocate(handle)).toBe(0);
    expect(lab.u32(lab.status)).toBe(RESOURCES);
    lab.plain.NdisSetPacketPoolProtocolId(handle, 2);
    lab.plain.NdisFreePacketPool(handle);
    expect(lab.plain.NdisPacketPoolUsage(handle)).toBe(0);
    lab.plain.NdisFreePacket(packet);
    before.expectChangesOnlyIn([lab.status, lab.out + 4]);
  }
});

it("a packet pool is in the report of all pools", () => {
  const pool = create(4);
  lab.plain.NdisFreePacket(drain(pool)[0]);
  expect(lab.machine.pools.report()).toMatchObject([
    { handle: pool, kind: "packet", live: 3, peak: 4, allocations: 4 },
  ]);
});
