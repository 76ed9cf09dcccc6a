import { describe, expect, it } from "vitest";
import { MDL } from "../layout/mdl.js";
import { NDIS_PACKET, NDIS_PACKET_PRIVATE } from "../layout/packet.js";
import { hexAddress } from "../memory/address.js";
import { readField } from "../memory/fields.js";
import { type Lab, STACK } from "../testing/lab.js";
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
    packet = lab.block(NDIS_PACKET.size);
    lab.machine.memory.u8.fill(0, packet, packet + NDIS_PACKET.size);
    act(lab);
    if (frees) onLine(lab, 90, () => lab.ddi.NdisFreeBuffer(buffer));
    onLine(lab, 91, () => lab.ddi.NdisFreeBufferPool(pool));
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
      const finding = planted("CHAIN-CYCLE", act(2), act(1));
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
