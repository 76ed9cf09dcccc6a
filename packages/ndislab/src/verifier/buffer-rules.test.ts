import { describe, expect, it } from "vitest";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { NDIS_PACKET_PRIVATE } from "../layout/packet.js";
import { hexAddress } from "../memory/address.js";
import { readField, writeFields } from "../memory/fields.js";
import { Lab, STACK, TAG } from "../testing/lab.js";
import { type Act, expectTells, onLine, planted } from "../testing/planted.js";

let pool = 0;
let buffer = 0;
let packet = 0;

/** A pool, a descriptor of it over 100 bytes, a packet; and all of it gone at the end. */
const withBuffer =
  (act: (lab: Lab) => void, frees = true): Act =>
  (lab) => {
    pool = onLine(lab, 10, () => lab.bufferPool(8));
    buffer = onLine(lab, 11, () => lab.buffer(pool, lab.block(100), 100));
    const packets = lab.packetPool(1);
    packet = lab.packet(packets);
    act(lab);
    if (frees) onLine(lab, 90, () => lab.ddi.NdisFreeBuffer(buffer));
    onLine(lab, 91, () => lab.ddi.NdisFreeBufferPool(pool));
    lab.ddi.NdisFreePacket(packet);
    lab.ddi.NdisFreePacketPool(packets);
  };

const NOTHING = withBuffer(() => {});

/** Takes everything out of the packet again, by hand. */
function unchain(lab: Lab): void {
  for (const mdl of [lab.u32(packet + NDIS_PACKET_PRIVATE.offset.Head)]) if (mdl !== 0) lab.setU32(mdl, 0);
  lab.setU32(packet + NDIS_PACKET_PRIVATE.offset.Head, 0);
}

/** verifier-rules §4. */
describe("BUF-RANGE", () => {
  const refused = (range: (lab: Lab) => [number, number]): Act =>
    withBuffer((lab) => onLine(lab, 20, () => expect(lab.buffer(pool, ...range(lab))).toBe(0)));

  it("tells the range and the nearest block", () => {
    let block = 0;
    const finding = planted(
      "BUF-RANGE",
      refused((lab) => {
        block = lab.block(1000);
        return [block + 900, 101];
      }),
      NOTHING,
    );
    expect(finding).toMatchObject({
      severity: "bug",
      at: { line: 20 },
      object: { kind: "memory", address: block + 900 },
    });
    expectTells(finding, hexAddress(block + 900), "101", hexAddress(block), "1000 bytes");
  });

  it("says of a freed block that it was freed, and of other memory that it never was a block", () => {
    const freed = refused((lab) => {
      const block = lab.block(1000);
      lab.machine.nonpaged.free(block);
      return [block, 10];
    });
    expectTells(planted("BUF-RANGE", freed, NOTHING), "1000 bytes", "freed");
    const stack = refused(() => [STACK, 10]);
    expectTells(planted("BUF-RANGE", stack, NOTHING), hexAddress(STACK), "stack");
  });

  it("is all that is said when the refused call was the only one", () => {
    const only: Act = (lab) => {
      const empty = lab.bufferPool(1);
      lab.buffer(empty, STACK, 10);
      lab.ddi.NdisFreeBufferPool(empty);
    };
    planted("BUF-RANGE", only, NOTHING);
  });
});

it("BUF-ZEROLEN", () => {
  const act = (length: number): Act =>
    withBuffer((lab) => lab.ddi.NdisFreeBuffer(lab.buffer(pool, lab.block(8), length)));
  expect(planted("BUF-ZEROLEN", act(0), act(1))).toMatchObject({ severity: "info", object: null });
});

describe("BUF-NOTPOOL", () => {
  const chaining = (
    make: (lab: Lab) => number,
    name: "NdisChainBufferAtFront" | "NdisChainBufferAtBack",
    free: (lab: Lab, mdl: number) => void,
  ): Act =>
    withBuffer((lab) => {
      const mdl = make(lab);
      lab.ddi[name](packet, mdl);
      unchain(lab);
      free(lab, mdl);
    });
  const allocateIo = (lab: Lab): number => {
    const mdl = lab.ddi.IoAllocateMdl(lab.block(8), 8, 0, 0, 0);
    lab.ddi.MmBuildMdlForNonPagedPool(mdl);
    return mdl;
  };

  it.each(["NdisChainBufferAtFront", "NdisChainBufferAtBack"] as const)("of %s tells the role", (name) => {
    const wrong = chaining(allocateIo, name, (lab, mdl) => lab.ddi.IoFreeMdl(mdl));
    const finding = planted("BUF-NOTPOOL", wrong, NOTHING);
    expect(finding).toMatchObject({ severity: "error", object: { kind: "MDL" } });
    expectTells(finding, name, "lower-level driver", "NdisAllocateBuffer", "highest-level protocol");
  });

  it("is not for a highest-level protocol, which may free such an MDL like a descriptor", () => {
    const own = chaining(allocateIo, "NdisChainBufferAtBack", (lab, mdl) => lab.ddi.NdisFreeBuffer(mdl));
    const ndis6 = withBuffer((lab) => lab.ddi.NdisFreeBuffer(lab.ddi.NdisAllocateMdl(0, lab.block(8), 8)));
    planted("BUF-NOTPOOL", ndis6, own, { role: "highestProtocol" });
  });

  it("of NdisFreeBuffer frees what can be freed, so that nothing leaks", () => {
    const wrong = withBuffer((lab) => lab.ddi.NdisFreeBuffer(allocateIo(lab)));
    expectTells(planted("BUF-NOTPOOL", wrong, NOTHING), "MDL", "NdisAllocateBuffer", "NdisCopyBuffer");
    const handMade = withBuffer((lab) => {
      const mdl = lab.block(MDL.size + 8) + 8;
      lab.machine.memory.u8.fill(0, mdl - 8, mdl + MDL.size);
      lab.ddi.NdisFreeBuffer(mdl);
    });
    expectTells(planted("BUF-NOTPOOL", handMade, NOTHING), "the driver's block");
  });
});

it("BUF-DFREE", () => {
  const finding = planted(
    "BUF-DFREE",
    withBuffer((lab) => onLine(lab, 20, () => lab.ddi.NdisFreeBuffer(buffer))),
    NOTHING,
  );
  expect(finding).toMatchObject({
    severity: "bug",
    at: { line: 90 },
    allocatedAt: { line: 11 },
    object: { kind: "NDIS_BUFFER", address: buffer },
  });
  expectTells(finding, hexAddress(buffer), "driver.c:20");
});

it("BUF-ZOMBIE comes with the POOL-OUTSTANDING that made the descriptor one", () => {
  for (const length of [100, 100_000]) {
    let rules: string[] = [];
    const act =
      (order: "right" | "wrong"): Act =>
      (lab) => {
        pool = lab.bufferPool(8);
        buffer = lab.buffer(pool, lab.block(100_000), length);
        if (order === "right") lab.ddi.NdisFreeBuffer(buffer);
        onLine(lab, 20, () => lab.ddi.NdisFreeBufferPool(pool));
        rules = lab.takeRules();
        if (order === "wrong") onLine(lab, 21, () => lab.ddi.NdisFreeBuffer(buffer));
      };
    const finding = planted("BUF-ZOMBIE", act("wrong"), act("right"));
    expect(rules).toEqual(["POOL-OUTSTANDING"]);
    expect(finding).toMatchObject({
      severity: "bug",
      at: { line: 21 },
      object: { kind: "NDIS_BUFFER", address: buffer },
    });
    expectTells(finding, hexAddress(buffer), "pool", "driver.c:20");
  }
});

it("BUF-LEAK", () => {
  const act =
    (frees: boolean): Act =>
    (lab) => {
      pool = lab.bufferPool(8);
      buffer = onLine(lab, 11, () => lab.buffer(pool, lab.block(100), 100));
      if (!frees) return;
      lab.ddi.NdisFreeBuffer(buffer);
      lab.ddi.NdisFreeBufferPool(pool);
    };
  const finding = planted("BUF-LEAK", act(false), act(true));
  expect(finding).toMatchObject({
    severity: "error",
    at: { line: 11 },
    object: { kind: "NDIS_BUFFER", address: buffer },
  });
  expectTells(finding, hexAddress(buffer), hexAddress(pool), "100 bytes", "NdisFreeBuffer");
});

it("BUF-CHAINED", () => {
  const act = (unchains: boolean): Act =>
    withBuffer((lab) => {
      const other = lab.buffer(pool, lab.block(8), 8);
      lab.ddi.NdisChainBufferAtBack(packet, other);
      lab.ddi.NdisChainBufferAtBack(packet, buffer);
      lab.setU32(packet + NDIS_PACKET_PRIVATE.offset.Head, unchains ? 0 : other);
      lab.setU32(other, unchains ? 0 : buffer);
      onLine(lab, 20, () => lab.ddi.NdisFreeBuffer(buffer));
      lab.setU32(packet + NDIS_PACKET_PRIVATE.offset.Head, 0);
      lab.ddi.NdisFreeBuffer(other);
      buffer = lab.buffer(pool, lab.block(8), 8);
    });
  const finding = planted("BUF-CHAINED", act(false), act(true));
  expect(finding).toMatchObject({
    severity: "bug",
    at: { line: 20 },
    allocatedAt: { line: 11 },
    object: { kind: "NDIS_BUFFER" },
  });
  expectTells(finding, hexAddress(packet), "position 1");
});

/** verifier-rules §6: nothing hangs, and the packet stays as it was. */
describe("CHAIN-CYCLE", () => {
  const head = (lab: Lab): number => readField(lab.machine.memory, NDIS_PACKET_PRIVATE, packet, "Head");

  it.each(["NdisChainBufferAtFront", "NdisChainBufferAtBack"] as const)("%s of a chain that goes round", (name) => {
    let second = 0;
    const act = (cycle: boolean): Act =>
      withBuffer((lab) => {
        second = lab.buffer(pool, lab.block(8), 8);
        lab.setU32(buffer, second);
        lab.setU32(second, cycle ? buffer : 0);
        lab.ddi[name](packet, buffer);
        expect(head(lab)).toBe(cycle ? 0 : buffer);
        lab.setU32(packet + NDIS_PACKET_PRIVATE.offset.Head, 0);
        lab.ddi.NdisFreeBuffer(second);
      });
    const finding = planted("CHAIN-CYCLE", act(true), act(false));
    expect(finding).toMatchObject({ severity: "bug", object: { kind: "MDL", address: buffer } });
    expectTells(finding, name, hexAddress(second), hexAddress(buffer));
  });

  it.each(["NdisChainBufferAtFront", "NdisChainBufferAtBack"] as const)(
    "%s of a descriptor that is in the packet already",
    (name) => {
      const act = (times: number): Act =>
        withBuffer((lab) => {
          for (let i = 0; i < times; i++) lab.ddi[name](packet, buffer);
          expect([head(lab), lab.u32(buffer)]).toEqual([buffer, 0]);
          unchain(lab);
        });
      const finding = planted("CHAIN-ALREADY", act(2), act(1));
      expectTells(finding, name, hexAddress(buffer), hexAddress(packet), "position 0");
    },
  );

  it("NdisCopyBuffer of a chain that goes round, or leads nowhere", () => {
    const act = (next: () => number): Act =>
      withBuffer((lab) => {
        lab.setU32(buffer, next());
        lab.ddi.NdisCopyBuffer(lab.status, lab.out, pool, buffer, 0, 10);
        if (lab.u32(lab.out) !== 0) lab.ddi.NdisFreeBuffer(lab.u32(lab.out));
        lab.setU32(buffer, 0);
      });
    planted(
      "CHAIN-CYCLE",
      act(() => buffer),
      act(() => 0),
    );
    const wild = planted(
      "CHAIN-CYCLE",
      act(() => 0xdead_0000),
      act(() => 0),
    );
    expectTells(wild, hexAddress(buffer), "0xdead0000");
  });
});

/** verifier-rules §4: lengths, copies, memory, headers. */
describe("BUF-LENGROW and BUF-LENRESTORE", () => {
  it("a length above the one at allocation is refused", () => {
    const act = (length: number): Act =>
      withBuffer((lab) => {
        lab.ddi.NdisAdjustBufferLength(buffer, 40);
        onLine(lab, 20, () => lab.ddi.NdisAdjustBufferLength(buffer, length));
        expect(readField(lab.machine.memory, MDL, buffer, "ByteCount")).toBe(length > 100 ? 40 : length);
        lab.ddi.NdisAdjustBufferLength(buffer, 100);
      });
    const finding = planted("BUF-LENGROW", act(101), act(100));
    expect(finding).toMatchObject({
      severity: "bug",
      at: { line: 20 },
      allocatedAt: { line: 11 },
      object: { kind: "NDIS_BUFFER", address: buffer },
    });
    expectTells(finding, "101 bytes", "100 that", hexAddress(buffer));
    planted("BUF-LENGROW", act(0xffff_ffff), act(0));
  });

  it("a length that was not restored, up or down, and the descriptor is freed all the same", () => {
    for (const length of [99, 101]) {
      const act = (wrong: boolean): Act =>
        withBuffer((lab) => {
          if (wrong) lab.machine.memory.u32[(buffer + MDL.offset.ByteCount) >>> 2] = length;
        });
      const finding = planted("BUF-LENRESTORE", act(true), act(false));
      expect(finding).toMatchObject({ severity: "error", at: { line: 90 }, allocatedAt: { line: 11 } });
      expectTells(finding, `${length} bytes`, "100", "NdisAdjustBufferLength");
    }
  });
});

describe("copies", () => {
  /** Makes a copy of `buffer`, or of what stands for it. */
  const copyOf = (lab: Lab, source: number, offset = 0, length = 10): number => {
    lab.ddi.NdisCopyBuffer(lab.status, lab.out, pool, source, offset, length);
    return lab.u32(lab.out);
  };

  it("BUF-ORPHAN: the source is freed first", () => {
    const act = (order: "right" | "wrong"): Act =>
      withBuffer((lab) => {
        const source = onLine(lab, 12, () => lab.buffer(pool, lab.block(50), 50));
        const copy = onLine(lab, 13, () => copyOf(lab, source));
        for (const [i, freed] of (order === "right" ? [copy, source] : [source, copy]).entries())
          onLine(lab, 20 + i, () => lab.ddi.NdisFreeBuffer(freed));
      });
    const finding = planted("BUF-ORPHAN", act("wrong"), act("right"));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, allocatedAt: { line: 12 } });
    expectTells(finding, "NdisCopyBuffer", "driver.c:13");
  });

  it("BUF-ORPHAN: one descriptor of a chain, and only that", () => {
    const lab = new Lab();
    pool = lab.bufferPool(8);
    const sources = [0, 1, 2].map(() => lab.buffer(pool, lab.block(10), 10));
    sources.slice(1).forEach((source, i) => {
      lab.setU32(sources[i], source);
    });
    const first = copyOf(lab, sources[0], 5, 10); // of the first two
    lab.ddi.NdisFreeBuffer(sources[2]);
    expect(lab.takeRules()).toEqual([]);
    lab.ddi.NdisFreeBuffer(sources[1]);
    expect(lab.takeRules()).toEqual(["BUF-ORPHAN"]);
    lab.ddi.NdisFreeBuffer(first);
    lab.ddi.NdisFreeBuffer(sources[0]);
    expect(lab.takeRules()).toEqual([]);
  });

  it("BUF-COPYRANGE: more than the source has, and the call fails", () => {
    const act = (offset: number, length: number): Act =>
      withBuffer((lab) => {
        const copy = onLine(lab, 20, () => copyOf(lab, buffer, offset, length));
        expect(copy === 0).toBe(offset + length > 100);
        if (copy !== 0) lab.ddi.NdisFreeBuffer(copy);
      });
    const finding = planted("BUF-COPYRANGE", act(60, 41), act(60, 40));
    expect(finding).toMatchObject({ severity: "warn", at: { line: 20 }, object: { address: buffer } });
    expectTells(finding, "41 bytes", "60", "100 bytes");
    planted("BUF-COPYRANGE", act(0xffff_ffff, 2), act(99, 1));
  });

  it("BUF-ZEROLEN: of nothing", () => {
    const act = (length: number): Act =>
      withBuffer((lab) => {
        const copy = copyOf(lab, buffer, 0, length);
        if (copy !== 0) lab.ddi.NdisFreeBuffer(copy);
      });
    expectTells(planted("BUF-ZEROLEN", act(0), act(1)), "NdisCopyBuffer");
  });
});

describe("BUF-MEMFREED", () => {
  const block = (lab: Lab): number => lab.ddi.NdisAllocateMemoryWithTagPriority(0, 300, TAG, 16);

  it("memory is freed under descriptors", () => {
    let memory = 0;
    let maps: number[] = [];
    const act = (order: "right" | "wrong"): Act =>
      withBuffer((lab) => {
        memory = block(lab);
        maps = [0, 100].map((offset) => onLine(lab, 12, () => lab.buffer(pool, memory + offset, 100)));
        const free = (): void => onLine(lab, 20, () => lab.ddi.NdisFreeMemory(memory, 0, 0));
        if (order === "wrong") free();
        for (const descriptor of maps) lab.ddi.NdisFreeBuffer(descriptor);
        if (order === "right") free();
      });
    const finding = planted("BUF-MEMFREED", act("wrong"), act("right"));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, allocatedAt: { line: 12 } });
    expectTells(finding, hexAddress(memory), "2 descriptors", ...maps.map(hexAddress), "NdisFreeBuffer");
  });

  it("is not said of another block, of a copy that is gone, or while the driver unloads", () => {
    const lab = new Lab();
    pool = lab.bufferPool(8);
    const [first, second, third] = [block(lab), block(lab), block(lab)];
    const source = lab.buffer(pool, first, 300);
    lab.ddi.NdisCopyBuffer(lab.status, lab.out, pool, source, 0, 300);
    lab.ddi.NdisFreeBuffer(lab.u32(lab.out));
    lab.ddi.NdisFreeBuffer(source);
    const kept = lab.buffer(pool, third, 8);
    for (const memory of [first, second]) lab.ddi.NdisFreeMemory(memory, 0, 0);
    lab.verifier.unloading = true;
    lab.ddi.NdisFreeMemory(third, 0, 0);
    lab.ddi.NdisFreeBuffer(kept);
    expect(lab.rules).toEqual([]);
  });

  it("is not said of a block that lies where a mapped one was", () => {
    const lab = new Lab();
    pool = lab.bufferPool(8);
    const first = block(lab);
    const descriptor = lab.buffer(pool, first, 8);
    lab.ddi.NdisFreeMemory(first, 0, 0);
    expect(lab.takeRules()).toEqual(["BUF-MEMFREED"]);
    expect(block(lab)).toBe(first);
    lab.ddi.NdisFreeMemory(first, 0, 0);
    lab.ddi.NdisFreeBuffer(descriptor);
    expect(block(lab)).toBe(first);
    lab.ddi.NdisFreeMemory(first, 0, 0);
    expect(lab.rules).toEqual([]);
  });
});

describe("BUF-CORRUPT", () => {
  it.each([
    ["StartVa", (value: number) => value + 16],
    ["ByteOffset", () => 4096],
    ["MappedSystemVa", (value: number) => value + 1],
    ["Size", (value: number) => value + 4],
  ] as const)("%s, once, with what it was", (name, change) => {
    let before = 0;
    const act = (wrong: boolean): Act =>
      withBuffer((lab) => {
        before = readField(lab.machine.memory, MDL, buffer, name);
        if (wrong) writeFields(lab.machine.memory, MDL, buffer, { [name]: change(before) });
        onLine(lab, 20, () => lab.ddi.NdisChainBufferAtBack(packet, buffer));
        lab.ddi.NdisUnchainBufferAtBack(packet, lab.out);
        lab.ddi.NdisChainBufferAtBack(packet, buffer);
        lab.ddi.NdisUnchainBufferAtFront(packet, lab.out);
      });
    const finding = planted("BUF-CORRUPT", act(true), act(false));
    expect(finding).toMatchObject({ severity: "bug", at: { line: 20 }, allocatedAt: { line: 11 } });
    expectTells(finding, name, /Va$/.test(name) ? hexAddress(before) : `${before}`);
  });

  it("is found when the descriptor is freed, and the next one from there is sound", () => {
    const lab = new Lab();
    pool = lab.bufferPool(1);
    for (const rules of [["BUF-CORRUPT"], []]) {
      buffer = lab.buffer(pool, lab.block(8), 8);
      if (rules.length > 0) writeFields(lab.machine.memory, MDL, buffer, { Size: 0 });
      lab.ddi.NdisFreeBuffer(buffer);
      expect(lab.takeRules()).toEqual(rules);
    }
  });
});

it.each([
  ["NdisQueryBuffer", "NdisQueryBufferSafe", (lab: Lab) => lab.ddi.NdisQueryBuffer(buffer, lab.out, lab.length)],
  ["NdisBufferVirtualAddress", "NdisBufferVirtualAddressSafe", (lab: Lab) => lab.ddi.NdisBufferVirtualAddress(buffer)],
  [
    "NdisGetFirstBufferFromPacket",
    "NdisGetFirstBufferFromPacketSafe",
    (lab: Lab) => lab.ddi.NdisGetFirstBufferFromPacket(packet, lab.out, lab.out, lab.length, lab.length),
  ],
] as const)("BUF-UNSAFE of %s", (name, safe, call) => {
  const act = (fails: boolean): Act =>
    withBuffer((lab) => {
      lab.ddi.NdisChainBufferAtBack(packet, buffer);
      const { MappedSystemVa } = MDL.offset;
      writeFields(lab.machine.memory, MDL, buffer, { MdlFlags: MDL_FLAGS.MDL_PAGES_LOCKED, MappedSystemVa: 0 });
      lab.machine.mappings.fault = () => fails;
      onLine(lab, 20, () => call(lab));
      expect(lab.u32(buffer + MappedSystemVa)).not.toBe(0);
      lab.ddi.NdisUnchainBufferAtFront(packet, lab.out);
    });
  const finding = planted("BUF-UNSAFE", act(true), act(false));
  expect(finding).toMatchObject({ severity: "bug", at: { line: 20 } });
  expectTells(finding, name, safe);
});
