import { describe, expect, it } from "vitest";
import { NDIS_PACKET } from "../layout/packet.js";
import { hexAddress } from "../memory/address.js";
import { readField, writeFields } from "../memory/fields.js";
import { Lab, STACK } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

let packets = 0;
let packet = 0;
let pool = 0;
let buffer = 0;

/** A packet and a descriptor over 100 bytes, of a pool each; and all of it gone at the end. */
const withPacket =
  (act: (lab: Lab) => void, frees = true): Act =>
  (lab) => {
    packets = onLine(lab, 10, () => lab.packetPool(4));
    packet = onLine(lab, 11, () => lab.packet(packets));
    pool = lab.bufferPool(4);
    buffer = onLine(lab, 12, () => lab.buffer(pool, lab.block(100), 100));
    act(lab);
    if (frees) {
      onLine(lab, 90, () => lab.ddi.NdisFreePacket(packet));
      lab.ddi.NdisFreeBuffer(buffer);
    }
    lab.ddi.NdisFreePacketPool(packets);
    lab.ddi.NdisFreeBufferPool(pool);
  };

const NOTHING = withPacket(() => {});
const member = (lab: Lab, name: "Private.Head" | "Private.Tail" | "Private.ValidCounts"): number =>
  readField(lab.machine.memory, NDIS_PACKET, packet, name);
const takeAll = (lab: Lab): void => lab.ddi.NdisUnchainBufferAtFront(packet, lab.out);

/** Every function that takes a packet, with one to be used on. */
const USES: readonly (readonly [string, (lab: Lab, packet: number) => void])[] = [
  ["NdisGetPoolFromPacket", (lab, p) => void lab.ddi.NdisGetPoolFromPacket(p)],
  ["NdisReinitializePacket", (lab, p) => lab.ddi.NdisReinitializePacket(p)],
  ["NdisChainBufferAtFront", (lab, p) => lab.ddi.NdisChainBufferAtFront(p, buffer)],
  ["NdisChainBufferAtBack", (lab, p) => lab.ddi.NdisChainBufferAtBack(p, buffer)],
  ["NdisUnchainBufferAtFront", (lab, p) => lab.ddi.NdisUnchainBufferAtFront(p, lab.out)],
  ["NdisUnchainBufferAtBack", (lab, p) => lab.ddi.NdisUnchainBufferAtBack(p, lab.out)],
  ["NdisRecalculatePacketCounts", (lab, p) => lab.ddi.NdisRecalculatePacketCounts(p)],
  ["NdisQueryPacket", (lab, p) => lab.ddi.NdisQueryPacket(p, lab.out, 0, 0, 0)],
  ["NdisQueryPacketLength", (lab, p) => lab.ddi.NdisQueryPacketLength(p, lab.out)],
  ["NdisGetFirstBufferFromPacket", (lab, p) => lab.ddi.NdisGetFirstBufferFromPacket(p, STACK, STACK, STACK, STACK)],
  [
    "NdisGetFirstBufferFromPacketSafe",
    (lab, p) => lab.ddi.NdisGetFirstBufferFromPacketSafe(p, STACK, STACK, STACK, STACK, 16),
  ],
  ["NdisCopyFromPacketToPacket", (lab, p) => lab.ddi.NdisCopyFromPacketToPacket(p, 0, 1, packet, 0, lab.out)],
  [
    "NdisCopyFromPacketToPacketSafe",
    (lab, p) => lab.ddi.NdisCopyFromPacketToPacketSafe(packet, 0, 1, p, 0, lab.out, 16),
  ],
  ["NDIS_OOB_DATA_FROM_PACKET", (lab, p) => void lab.ddi.NDIS_OOB_DATA_FROM_PACKET(p)],
  ["NdisIMCopySendPerPacketInfo", (lab, p) => lab.ddi.NdisIMCopySendPerPacketInfo(packet, p)],
  ["NdisIMCopySendCompletePerPacketInfo", (lab, p) => lab.ddi.NdisIMCopySendCompletePerPacketInfo(p, packet)],
];

/** verifier-rules §7. */
describe("PKT-NOTPOOL", () => {
  it.each(USES)("%s of a packet that was freed leaves it alone", (name, use) => {
    const act = (freed: boolean): Act =>
      withPacket((lab) => {
        const other = onLine(lab, 13, () => lab.packet(packets));
        if (freed) onLine(lab, 14, () => lab.ddi.NdisFreePacket(other));
        const before = new MemorySnapshot(lab.machine.memory);
        onLine(lab, 20, () => use(lab, other));
        if (freed) expect(before.changed().filter((at) => at >= other - 8 && at < other + 152)).toEqual([]);
        else {
          lab.ddi.NdisUnchainBufferAtFront(other, lab.out);
          lab.ddi.NdisFreePacket(other);
        }
      });
    const finding = planted("PKT-NOTPOOL", act(true), act(false));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, allocatedAt: { line: 13 } });
    expectTells(finding, name, "driver.c:14");
  });

  it("a packet of the driver's own making works, and is found once", () => {
    const wrong = withPacket((lab) => {
      const own = lab.block(NDIS_PACKET.size);
      lab.machine.memory.u8.fill(0, own, own + NDIS_PACKET.size);
      onLine(lab, 20, () => lab.ddi.NdisChainBufferAtBack(own, buffer));
      onLine(lab, 21, () => lab.ddi.NdisQueryPacketLength(own, lab.length));
      expect(lab.u32(lab.length)).toBe(100);
      lab.ddi.NdisUnchainBufferAtBack(own, lab.out);
      expect(lab.u32(lab.out)).toBe(buffer);
    });
    const finding = planted("PKT-NOTPOOL", wrong, NOTHING);
    expect(finding.at).toMatchObject({ line: 20 });
    expectTells(finding, "NdisChainBufferAtBack", "the driver's block", "NdisAllocatePacket");
  });

  it.each(["NdisFreePacket", "NdisDprFreePacket", "NdisDprFreePacketNonInterlocked"] as const)(
    "%s of something else frees nothing",
    (name) => {
      const free = (lab: Lab, address: number): void => {
        lab.machine.irql.at(2, () => lab.ddi[name](address));
      };
      for (const address of [(lab: Lab) => lab.block(100), () => buffer, () => packets])
        expectTells(
          planted(
            "PKT-NOTPOOL",
            withPacket((lab) => free(lab, address(lab))),
            NOTHING,
          ),
          name,
        );
    },
  );

  it("a packet of another driver is used, and not freed", () => {
    const foreign = (lab: Lab): number => {
      lab.plain.NdisAllocatePacketPool(lab.status, lab.out, 1, 16);
      lab.plain.NdisAllocatePacket(lab.status, lab.out, lab.u32(lab.out));
      return lab.u32(lab.out);
    };
    const act = (frees: boolean): Act =>
      withPacket((lab) => {
        const theirs = foreign(lab);
        lab.ddi.NdisQueryPacketLength(theirs, lab.length);
        lab.ddi.NdisIMCopySendPerPacketInfo(packet, theirs);
        if (frees) lab.ddi.NdisFreePacket(theirs);
      });
    expectTells(planted("PKT-NOTPOOL", act(true), act(false)), "another driver");
  });
});

it("PKT-DFREE", () => {
  const finding = planted(
    "PKT-DFREE",
    withPacket((lab) => onLine(lab, 20, () => lab.ddi.NdisFreePacket(packet))),
    NOTHING,
  );
  expect(finding).toMatchObject({
    severity: "bug",
    at: { line: 90 },
    allocatedAt: { line: 11 },
    object: { kind: "NDIS_PACKET", address: packet },
  });
  expectTells(finding, hexAddress(packet), "driver.c:20");
});

it("PKT-LEAK, and what is chained to the packet is lost with it", () => {
  for (const chained of [false, true]) {
    const act =
      (frees: boolean): Act =>
      (lab) => {
        packets = lab.packetPool(2);
        packet = onLine(lab, 11, () => lab.packet(packets));
        pool = lab.bufferPool(2);
        buffer = lab.buffer(pool, lab.block(8), 8);
        if (chained) lab.ddi.NdisChainBufferAtBack(packet, buffer);
        if (frees && chained) takeAll(lab);
        if (frees || !chained) lab.ddi.NdisFreeBuffer(buffer);
        if (frees || !chained) lab.ddi.NdisFreeBufferPool(pool);
        if (!frees) return;
        lab.ddi.NdisFreePacket(packet);
        lab.ddi.NdisFreePacketPool(packets);
      };
    const finding = planted("PKT-LEAK", act(false), act(true));
    expect(finding).toMatchObject({ severity: "error", at: { line: 11 }, object: { address: packet } });
    expectTells(finding, hexAddress(packet), hexAddress(packets), "NdisFreePacket");
  }
});

describe("PKT-BUFLEFT", () => {
  it("freed with descriptors chained, which are no leaks of their own", () => {
    const second = (lab: Lab): number => lab.buffer(pool, lab.block(8), 8);
    const act = (unchains: boolean): Act =>
      withPacket((lab) => {
        const other = second(lab);
        lab.ddi.NdisChainBufferAtBack(packet, buffer);
        lab.ddi.NdisChainBufferAtBack(packet, other);
        if (unchains) {
          takeAll(lab);
          takeAll(lab);
          lab.ddi.NdisFreeBuffer(other);
        }
        onLine(lab, 20, () => lab.ddi.NdisFreePacket(packet));
        packet = lab.packet(packets);
      });
    const finding = planted("PKT-BUFLEFT", act(false), act(true));
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, allocatedAt: { line: 11 } });
    expectTells(finding, "2 descriptors", hexAddress(buffer));
  });

  it("is not for the descriptors of another packet, which an intermediate driver borrows", () => {
    const lab = new Lab();
    const theirs = lab.packet();
    withPacket((own) => {
      own.ddi.NdisChainBufferAtBack(theirs, buffer);
      own.ddi.NDIS_PACKET_FIRST_NDIS_BUFFER.set(packet, buffer);
      own.ddi.NDIS_PACKET_LAST_NDIS_BUFFER.set(packet, buffer);
      own.ddi.NdisFreePacket(packet);
      packet = own.packet(packets);
      own.ddi.NdisUnchainBufferAtBack(theirs, own.out);
    })(lab);
    expect(lab.rules).toEqual([]);
  });

  it("reinitialised with descriptors that nobody kept", () => {
    const act =
      (keeps: boolean): Act =>
      (lab) => {
        packets = lab.packetPool(1);
        packet = lab.packet(packets);
        pool = lab.bufferPool(1);
        buffer = onLine(lab, 12, () => lab.buffer(pool, lab.block(8), 8));
        lab.ddi.NdisChainBufferAtBack(packet, buffer);
        lab.ddi.NdisQueryPacket(packet, 0, 0, lab.out, 0);
        onLine(lab, 20, () => lab.ddi.NdisReinitializePacket(packet));
        if (keeps) lab.ddi.NdisFreeBuffer(lab.u32(lab.out));
        if (keeps) lab.ddi.NdisFreeBufferPool(pool);
        lab.ddi.NdisFreePacket(packet);
        lab.ddi.NdisFreePacketPool(packets);
      };
    const finding = planted("PKT-BUFLEFT", act(false), act(true));
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, allocatedAt: { line: 12 } });
    expectTells(finding, "NdisReinitializePacket", hexAddress(buffer));
  });
});

it("PKT-NONINTPAIR: but while the driver unloads any function will do", () => {
  const act = (free: "NdisFreePacket" | "NdisDprFreePacket" | "NdisDprFreePacketNonInterlocked", unloading = false) =>
    withPacket((lab) => {
      lab.machine.irql.at(2, () => {
        onLine(lab, 15, () => lab.ddi.NdisDprAllocatePacketNonInterlocked(lab.status, lab.out, packets));
        lab.verifier.unloading = unloading;
        onLine(lab, 20, () => lab.ddi[free](lab.u32(lab.out)));
      });
      lab.verifier.unloading = false;
    });
  const finding = planted("PKT-NONINTPAIR", act("NdisFreePacket"), act("NdisDprFreePacketNonInterlocked"));
  expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, allocatedAt: { line: 15 } });
  expectTells(finding, "NdisDprFreePacketNonInterlocked");
  planted("PKT-NONINTPAIR", act("NdisDprFreePacket"), act("NdisFreePacket", true));
});

describe("PKT-NOOOB", () => {
  const spoil = (lab: Lab, offset = 0): void =>
    writeFields(lab.machine.memory, NDIS_PACKET, packet, { "Private.NdisPacketOobOffset": offset });

  it.each([0, 64, 0xfff8])("an offset of %i gives the driver a place where it does no harm", (offset) => {
    const act = (wrong: boolean): Act =>
      withPacket((lab) => {
        if (wrong) spoil(lab, offset);
        const before = new MemorySnapshot(lab.machine.memory);
        const oob = onLine(lab, 20, () => lab.ddi.NDIS_OOB_DATA_FROM_PACKET(packet));
        lab.machine.memory.u8.fill(0xcc, oob, oob + 80);
        if (!wrong) return;
        expect(before.changed().filter((at) => at >= packet - 8 && at < packet + 152)).toEqual([]);
        spoil(lab, 72);
      });
    const finding = planted("PKT-NOOOB", act(true), act(false));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, allocatedAt: { line: 11 } });
    expectTells(finding, `is ${offset}`, "was 72");
  });

  it("is found by every macro, and none of them writes into the packet", () => {
    const lab = new Lab();
    packet = lab.packet();
    spoil(lab);
    const { ddi } = lab;
    const id = 3;
    const uses: (() => unknown)[] = [
      () => ddi.NDIS_PACKET_EXTENSION_FROM_PACKET(packet),
      () => ddi.NDIS_PER_PACKET_INFO_FROM_PACKET(packet, id),
      () => ddi.NDIS_PER_PACKET_INFO_FROM_PACKET.set(packet, id, 7),
      () => ddi.NDIS_GET_PACKET_HEADER_SIZE(packet),
      () => ddi.NDIS_SET_PACKET_HEADER_SIZE(packet, 7),
      () => ddi.NDIS_GET_PACKET_STATUS(packet),
      () => ddi.NDIS_SET_PACKET_STATUS(packet, 7),
      () => ddi.NDIS_GET_PACKET_TIME_TO_SEND(packet),
      () => ddi.NDIS_SET_PACKET_TIME_TO_SEND(packet, 7n),
      () => ddi.NDIS_GET_PACKET_TIME_SENT(packet),
      () => ddi.NDIS_SET_PACKET_TIME_SENT(packet, 7n),
      () => ddi.NDIS_GET_PACKET_TIME_RECEIVED(packet),
      () => ddi.NDIS_SET_PACKET_TIME_RECEIVED(packet, 7n),
      () => ddi.NDIS_GET_ORIGINAL_PACKET(packet),
      () => ddi.NDIS_SET_ORIGINAL_PACKET(packet, 7),
      () => ddi.NDIS_GET_PACKET_CANCEL_ID(packet),
      () => ddi.NDIS_SET_PACKET_CANCEL_ID(packet, 7),
      () => ddi.NDIS_SET_PACKET_MEDIA_SPECIFIC_INFO(packet, 7, 7),
    ];
    for (const use of uses) {
      const before = new MemorySnapshot(lab.machine.memory);
      use();
      expect(lab.takeRules()).toEqual(["PKT-NOOOB"]);
      expect(before.changed().filter((at) => at >= packet && at < packet + 152)).toEqual([]);
    }
    ddi.NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO(packet, lab.out, lab.length); // none was set, so none is looked for
    expect([lab.u32(lab.out), lab.u32(lab.length), lab.takeRules()]).toEqual([0, 0, []]);
    lab.machine.memory.u8[packet + NDIS_PACKET.offset["Private.NdisPacketFlags"]] = 0xc0;
    ddi.NDIS_GET_PACKET_MEDIA_SPECIFIC_INFO(packet, lab.out, lab.length);
    expect(lab.takeRules()).toEqual(["PKT-NOOOB"]);
  });
});

it("PKT-QUERYNONE", () => {
  const act = (out: (lab: Lab) => number): Act =>
    withPacket((lab) => onLine(lab, 20, () => lab.ddi.NdisQueryPacket(packet, 0, 0, 0, out(lab))));
  const finding = planted(
    "PKT-QUERYNONE",
    act(() => 0),
    act((lab) => lab.out),
  );
  expect(finding).toMatchObject({ severity: "warn", at: { line: 20 }, object: { address: packet } });
});

/** verifier-rules §6. */
describe("CHAIN-TAIL", () => {
  it.each([
    ["NdisChainBufferAtBack", (lab: Lab) => lab.ddi.NdisChainBufferAtBack(packet, lab.buffer(pool, lab.block(8), 8))],
    ["NdisUnchainBufferAtBack", (lab: Lab) => lab.ddi.NdisUnchainBufferAtBack(packet, lab.out)],
    ["NdisQueryPacket", (lab: Lab) => lab.ddi.NdisQueryPacket(packet, 0, 0, lab.out, 0)],
  ] as const)("%s finds a Tail that is not the last, and puts it right", (name, use) => {
    let last = 0;
    const act = (wrong: boolean): Act =>
      withPacket((lab) => {
        last = lab.buffer(pool, lab.block(8), 8);
        lab.ddi.NdisChainBufferAtBack(packet, buffer);
        lab.ddi.NDIS_BUFFER_LINKAGE.set(buffer, last);
        lab.ddi.NDIS_PACKET_VALID_COUNTS.set(packet, 0);
        if (!wrong) lab.ddi.NdisRecalculatePacketCounts(packet);
        onLine(lab, 20, () => use(lab));
        const out = lab.u32(lab.out);
        if (name === "NdisUnchainBufferAtBack") lab.ddi.NdisFreeBuffer(out);
        while (member(lab, "Private.Head") !== 0) {
          lab.ddi.NdisUnchainBufferAtBack(packet, lab.out);
          if (lab.u32(lab.out) !== buffer) lab.ddi.NdisFreeBuffer(lab.u32(lab.out));
        }
      });
    const finding = planted("CHAIN-TAIL", act(true), act(false));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, object: { address: packet } });
    expectTells(finding, name, hexAddress(buffer), hexAddress(last), "NdisRecalculatePacketCounts");
  });
});

describe("CHAIN-COUNTS", () => {
  it.each([
    ["NdisQueryPacket", (lab: Lab) => lab.ddi.NdisQueryPacket(packet, 0, 0, 0, lab.length)],
    ["NdisQueryPacketLength", (lab: Lab) => lab.ddi.NdisQueryPacketLength(packet, lab.length)],
  ] as const)("%s finds counts that are not, and counts again", (name, query) => {
    const act = (invalidates: boolean): Act =>
      withPacket((lab) => {
        lab.ddi.NdisChainBufferAtBack(packet, buffer);
        query(lab);
        lab.ddi.NdisAdjustBufferLength(buffer, 60);
        if (invalidates) lab.ddi.NDIS_PACKET_VALID_COUNTS.set(packet, 0);
        onLine(lab, 20, () => query(lab));
        expect(lab.u32(lab.length)).toBe(60);
        query(lab);
        lab.ddi.NdisAdjustBufferLength(buffer, 100);
        takeAll(lab);
      });
    const finding = planted("CHAIN-COUNTS", act(false), act(true));
    expect(finding).toMatchObject({ severity: "error", at: { line: 20 }, object: { address: packet } });
    expectTells(finding, name, "100 bytes", "60", "NDIS_PACKET_VALID_COUNTS");
  });

  it.each(["PhysicalCount", "Count", "TotalLength"] as const)("%s alone", (name) => {
    const lab = new Lab();
    packet = lab.packet();
    writeFields(lab.machine.memory, NDIS_PACKET, packet, { [`Private.${name}`]: 1 });
    lab.ddi.NdisQueryPacket(packet, lab.out, 0, 0, 0);
    lab.onlyFinding("CHAIN-COUNTS");
  });
});

it("CHAIN-CYCLE: every function that walks the chain of a packet stops", () => {
  const walks = USES.filter(([name]) => /Chain|Unchain|Query|First|Recalculate|Copy.*ToPacket/.test(name));
  expect(walks).toHaveLength(11);
  for (const [name, use] of walks) {
    const lab = new Lab();
    packet = lab.packet();
    pool = lab.bufferPool(2);
    const chained = lab.buffer(pool, lab.block(8), 8);
    buffer = lab.buffer(pool, lab.block(8), 8);
    lab.ddi.NdisChainBufferAtBack(packet, chained);
    lab.setU32(chained, chained);
    use(lab, packet);
    expect(lab.takeRules(), name).toEqual(["CHAIN-CYCLE"]);
  }
});

/** verifier-rules §2. */
it.each([
  ["NdisAllocatePacketPool", (lab: Lab): void => lab.ddi.NdisAllocatePacketPool(lab.status, lab.out, 1, 16)],
  ["NdisAllocatePacketPoolEx", (lab: Lab): void => lab.ddi.NdisAllocatePacketPoolEx(lab.status, lab.out, 1, 1, 16)],
  ["NdisAllocatePacket", (lab: Lab): void => void lab.packet(packets)],
  ["NdisFreePacket", (lab: Lab): void => lab.ddi.NdisFreePacket(packet)],
  ["NdisFreePacketPool", (lab: Lab): void => lab.ddi.NdisFreePacketPool(lab.u32(lab.out))],
  [
    "NdisCopyFromPacketToPacket",
    (lab: Lab): void => lab.ddi.NdisCopyFromPacketToPacket(packet, 0, 1, packet, 0, lab.out),
  ],
  [
    "NdisCopyFromPacketToPacketSafe",
    (lab: Lab): void => lab.ddi.NdisCopyFromPacketToPacketSafe(packet, 0, 1, packet, 0, lab.out, 16),
  ],
] as const)("SPIN-HELD: %s", (name, call) => {
  const lab = new Lab();
  packets = lab.packetPool(2);
  packet = lab.packet(packets);
  const other = lab.packetPool(1);
  lab.ddi.NdisFreePacket(lab.packet(other));
  const lock = lab.block(8);
  lab.ddi.NdisAllocateSpinLock(lock);
  lab.ddi.NdisAcquireSpinLock(lock);
  lab.setU32(lab.out, other);
  call(lab);
  const finding = lab.onlyFinding("SPIN-HELD");
  expect(finding.severity).toBe("warn");
  expectTells(finding, name);
});

/** verifier-rules §1. */
describe("DPR-IRQL", () => {
  it.each([
    ["NdisDprAllocatePacket", "NdisAllocatePacket"],
    ["NdisDprAllocatePacketNonInterlocked", "NdisAllocatePacket"],
    ["NdisDprFreePacket", "NdisFreePacket"],
    ["NdisDprFreePacketNonInterlocked", "NdisFreePacket"],
  ] as const)("%s at any level but DISPATCH_LEVEL; its twin is %s", (name, twin) => {
    const lab = new Lab();
    packets = lab.packetPool(9);
    for (const [level, rules] of [
      [0, ["DPR-IRQL"]],
      [1, ["DPR-IRQL"]],
      [2, []],
      [3, ["DPR-IRQL"]],
    ] as const) {
      lab.machine.irql.at(level, () => {
        if (name === "NdisDprFreePacket" || name === "NdisDprFreePacketNonInterlocked") {
          lab.plain.NdisAllocatePacket(lab.status, lab.out, packets);
          lab.verifier.ledger.allocated(lab.u32(lab.out), 9, 0);
          lab.ddi[name](lab.u32(lab.out));
        } else lab.ddi[name](lab.status, lab.out, packets);
      });
      if (level < 2) expectTells(lab.verifier.findings.at(-1) as never, `Call ${twin},`);
      expect(lab.takeRules()).toEqual(rules);
    }
  });

  it.each([
    ["NdisPacketPoolUsage", (lab: Lab) => lab.ddi.NdisPacketPoolUsage(packets)],
    ["NDIS_GET_PACKET_TIME_RECEIVED", (lab: Lab) => lab.ddi.NDIS_GET_PACKET_TIME_RECEIVED(packet)],
    ["NDIS_SET_PACKET_CANCEL_ID", (lab: Lab) => lab.ddi.NDIS_SET_PACKET_CANCEL_ID(packet, 1)],
  ] as const)("PKT-IRQL of %s above it", (_name, call) => {
    const act = (level: number): Act =>
      withPacket((lab) => {
        lab.machine.irql.at(level, () => onLine(lab, 20, () => call(lab)));
      });
    expect(planted("PKT-IRQL", act(3), act(2))).toMatchObject({ severity: "bug", at: { line: 20 } });
  });
});
