import { beforeEach, describe, expect, it } from "vitest";
import { createDdi } from "../ddi/table.js";
import { Ndis } from "./ndis.js";
import { bytes, chainOf, codeOf } from "./testing/objects.js";

let ndis: Ndis;

beforeEach(() => {
  ndis = new Ndis({ memorySize: 2 << 20 });
});

describe("a packet pool", () => {
  it("gives as many packets as it was made for, and the same objects again", () => {
    using pool = ndis.createPacketPool(2, { overflow: 1, reservedLength: 20 });
    const packets = [pool.allocate(), pool.allocate(), pool.allocate()];
    expect([pool.limit, pool.live, pool.reservedLength, pool.tag, new Set(packets).size]).toEqual([
      3,
      3,
      20,
      "ppDN",
      3,
    ]);
    expect(codeOf(() => pool.allocate())).toBe("POOL-EXHAUST");
    packets[1].free();
    expect(pool.allocate()).toBe(packets[1]);
    for (const packet of packets) packet.free();
  });

  it("says what is wrong", () => {
    expect(codeOf(() => ndis.createPacketPool(0x1_0000))).toBe("NDIS_STATUS_RESOURCES");
    expect(codeOf(() => ndis.createPacketPool(-1))).toBe("NDIS_STATUS_INVALID_PARAMETER");
    const pool = ndis.createPacketPool(1, { overflow: 1 });
    const packet = pool.allocate();
    ndis.machine.nonpaged.fault = () => true;
    expect(codeOf(() => pool.allocate())).toBe("NDIS_STATUS_RESOURCES");
    expect(() => pool.dispose()).toThrow("while 1 NDIS_PACKET of it is not freed");
    packet.free();
    expect([codeOf(() => packet.free()), codeOf(() => packet.length)]).toEqual(["PKT-DFREE", "PKT-NOTPOOL"]);
    expect(codeOf(() => ndis.packetAt(packet.address))).toBe("PKT-NOTPOOL");
    pool.dispose();
    expect(codeOf(() => pool.allocate())).toBe("POOL-HANDLE");
    expect(codeOf(() => packet.free())).toBe("PKT-DFREE");
    ndis.machine.nonpaged.fault = () => false;
    ndis.createPacketPool(1);
    expect(codeOf(() => ndis.dispose())).toBe("POOL-LEAK");
  });
});

describe("a packet", () => {
  it("is a chain of descriptors, whole chains at a time", () => {
    using pool = ndis.createPacketPool(1);
    const packet = pool.allocate();
    const [front, back] = [chainOf(ndis, [1, 2]), chainOf(ndis, [3, 0, 4])];
    expect([packet.first, packet.length, packet.shift(), packet.pop()]).toEqual([undefined, 0, undefined, undefined]);
    packet.append(back);
    packet.prepend(front);
    expect(packet.first).toBe(front);
    expect([...packet.buffers].map(({ length }) => length)).toEqual([1, 2, 3, 0, 4]);
    expect([packet.length, [...packet.segments()].map(({ length }) => length)]).toEqual([10, [1, 2, 3, 4]]);
    expect(codeOf(() => packet.append(back))).toBe("CHAIN-ALREADY");
    expect(codeOf(() => packet.free())).toBe("PKT-BUFLEFT");
    expect([packet.shift(), packet.pop()?.length]).toEqual([front, 4]);
    expect([...packet.buffers].map(({ length }) => length)).toEqual([2, 3, 0]);
    while (packet.pop() !== undefined);
    packet.free();
  });

  it("takes its last descriptor off also where a chain was extended behind its back", () => {
    using pool = ndis.createPacketPool(1);
    const packet = pool.allocate();
    const [first, second] = [chainOf(ndis, [1]), chainOf(ndis, [2])];
    packet.append(first);
    first.next = second;
    expect([packet.length, packet.pop(), packet.pop(), packet.pop()]).toEqual([3, second, first, undefined]);
    packet.free();
  });

  it("copies bytes from another, cut differently", () => {
    const pool = ndis.createPacketPool(2);
    const [to, from] = [
      [4, 0, 6],
      [3, 7],
    ].map((sizes) => {
      const packet = pool.allocate();
      packet.append(chainOf(ndis, sizes));
      return packet;
    });
    let value = 0;
    for (const segment of from.segments()) for (let i = 0; i < segment.length; i++) segment[i] = ++value;
    expect([to.copyFrom(from), to.copyFrom(from, 2, 9), to.copyFrom(from, 10), to.copyFrom(from, 0, 0, 3)]).toEqual([
      10, 1, 0, 3,
    ]);
    expect([...to.segments()].flatMap((segment) => [...segment])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 3]);
    const other = new Ndis({ memorySize: 1 << 20 }).createPacketPool(1).allocate();
    expect([codeOf(() => to.copyFrom(other)), codeOf(() => to.copyInfoFrom(other))]).toEqual([
      "POOL-HANDLE",
      "POOL-HANDLE",
    ]);
    expect(codeOf(() => to.append(chainOf(other.pool.ndis, [1])))).toBe("POOL-HANDLE");
  });

  it("carries reserved bytes, out-of-band values and infos", () => {
    const pool = ndis.createPacketPool(2, { reservedLength: 20 });
    const [packet, other] = [pool.allocate(), pool.allocate()];
    packet.reserved.set(bytes(20));
    expect(packet.reserved).toEqual(bytes(20));
    expect(packet.reserved).toBe(packet.reserved);
    packet.status = 0xc000_009a;
    packet.headerSize = 14;
    packet.flags = 0x80;
    packet.timeToSend = 0x1_0000_0002n;
    packet.timeReceived = 3n;
    packet.setInfo(11, 7);
    expect([
      packet.status,
      packet.headerSize,
      packet.flags,
      packet.timeToSend,
      packet.timeReceived,
      packet.info(11),
    ]).toEqual([0xc000_009a, 14, 0x80, 0x1_0000_0002n, 3n, 7]);
    expect(packet.reserved).toEqual(bytes(20));
    other.copyInfoFrom(packet);
    expect([other.info(11), other.status]).toEqual([7, 0]);
    expect(codeOf(() => packet.info(12))).toBe("NDIS_STATUS_INVALID_PARAMETER");
    packet.free();
    const again = pool.allocate();
    expect(again).toBe(packet);
    expect([again.reserved.every((byte) => byte === 0), again.info(11), again.timeToSend]).toEqual([true, 0, 0n]);
  });

  it("is the packet of the DDI face at the same address", () => {
    const ddi = createDdi(ndis.machine);
    ddi.NdisAllocatePacketPool(ndis.machine.memory.scratch, ndis.machine.memory.scratch + 4, 1, 16);
    const handle = ndis.machine.memory.u32[(ndis.machine.memory.scratch + 4) >>> 2];
    ddi.NdisAllocatePacket(ndis.machine.memory.scratch, ndis.machine.memory.scratch + 4, handle);
    const packet = ndis.packetAt(ndis.machine.memory.u32[(ndis.machine.memory.scratch + 4) >>> 2]);
    expect([packet.live, packet.pool.handle, packet.pool.live]).toEqual([true, handle, 1]);
    packet.headerSize = 14;
    expect(ddi.NDIS_GET_PACKET_HEADER_SIZE(packet.address)).toBe(14);
    ddi.NdisFreePacket(packet.address);
    expect(packet.live).toBe(false);
  });
});
