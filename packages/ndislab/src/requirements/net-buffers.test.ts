import { describe, expect, it } from "vitest";
import { ENTRIES } from "../ddi/table.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NDIS_STATUS } from "../layout/status.js";
import { type Handle, hexAddress } from "../memory/address.js";
import { readField, writeFields } from "../memory/fields.js";
import { bytesAt, chainAddresses, mdlsOf, usedAddresses, usedBytes } from "../testing/chain-model.js";
import { Lab, patternByte, STACK } from "../testing/lab.js";
import { LAYOUTS } from "../testing/layouts.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { expectTells } from "../testing/planted.js";
import { Random } from "../testing/random.js";
import { expectSoundNetBuffer } from "../testing/sound-net-buffer.js";
import { KIND } from "../verifier/ledger.js";

type Member = keyof typeof NET_BUFFER.offset;

const get = (lab: Lab, nb: number, name: Member): number => readField(lab.machine.memory, NET_BUFFER, nb, name);

/** The four members that a driver sets when it re-uses a NET_BUFFER. */
const geometry = (lab: Lab, nb: number): Record<string, number> => ({
  CurrentMdl: get(lab, nb, "CurrentMdl"),
  CurrentMdlOffset: get(lab, nb, "CurrentMdlOffset"),
  DataOffset: get(lab, nb, "DataOffset"),
  DataLength: get(lab, nb, "DataLength"),
});

/** Every function that takes a NET_BUFFER, called on `nb`. */
const CALLS: Record<string, (lab: Lab, nb: number, other: number) => unknown> = {
  NdisFreeNetBuffer: (lab, nb) => lab.ddi.NdisFreeNetBuffer(nb),
  NdisGetPoolFromNetBuffer: (lab, nb) => lab.ddi.NdisGetPoolFromNetBuffer(nb),
  NdisRetreatNetBufferDataStart: (lab, nb) => lab.ddi.NdisRetreatNetBufferDataStart(nb, 1, 0, 0),
  NdisAdvanceNetBufferDataStart: (lab, nb) => lab.ddi.NdisAdvanceNetBufferDataStart(nb, 1, 1, 0),
  NdisAdjustNetBufferCurrentMdl: (lab, nb) => lab.ddi.NdisAdjustNetBufferCurrentMdl(nb),
  NdisGetDataBuffer: (lab, nb) => lab.ddi.NdisGetDataBuffer(nb, 1, 0, 1, 0),
  "NdisCopyFromNetBufferToNetBuffer to": (lab, nb, other) =>
    lab.ddi.NdisCopyFromNetBufferToNetBuffer(nb, 0, 1, other, 0, lab.out),
  "NdisCopyFromNetBufferToNetBuffer from": (lab, nb, other) =>
    lab.ddi.NdisCopyFromNetBufferToNetBuffer(other, 0, 1, nb, 0, lab.out),
};
const LIST_CALLS: Record<string, (lab: Lab, nbl: number) => unknown> = {
  NdisFreeNetBufferList: (lab, nbl) => lab.ddi.NdisFreeNetBufferList(nbl),
  NdisGetPoolFromNetBufferList: (lab, nbl) => lab.ddi.NdisGetPoolFromNetBufferList(nbl),
};

/** A copy of a live NET_BUFFER and a live NET_BUFFER_LIST at another address: what a driver that makes its own has. */
function handMade(lab: Lab, place: number): { nb: number; nbl: number } {
  const { u8 } = lab.machine.memory;
  const pool = lab.netBufferListPool({ fAllocateNetBuffer: true });
  const nbl = lab.ddi.NdisAllocateNetBufferList(pool, 0, 0);
  u8.copyWithin(place, nbl, nbl + NET_BUFFER_LIST.size);
  const nb = lab.netBuffer([100], 10, 50);
  u8.copyWithin(place + 256, nb, nb + NET_BUFFER.size);
  return { nb: place + 256, nbl: place };
}

function expectRefused(lab: Lab, place: number): void {
  const { nb, nbl } = handMade(lab, place);
  const other = lab.netBuffer([100], 0, 100);
  for (const [name, call] of Object.entries(CALLS)) {
    const before = new MemorySnapshot(lab.machine.memory);
    call(lab, nb, other);
    before.expectChangesOnlyIn([lab.out, lab.out + 4]);
    expect(lab.verifier.findings.at(-1)?.message, name).toContain(hexAddress(nb));
    expect(lab.takeRules(), name).toEqual(["NB-NOTPOOL"]);
  }
  for (const [name, call] of Object.entries(LIST_CALLS)) {
    call(lab, nbl);
    expect(lab.takeRules(), name).toEqual(["NBL-NOTPOOL"]);
  }
}

/** The NET_BUFFER of seed 002's example: data starts in the third MDL, at offset Z'. */
function example(sizes = [64, 128, 256], y = 208, z = 16, x = 100): Lab {
  const lab = new Lab();
  const nb = lab.netBuffer([8], 0, 8);
  const chain = lab.chain(sizes);
  lab.ddi.NET_BUFFER_FIRST_MDL.set(nb, chain);
  lab.ddi.NET_BUFFER_DATA_LENGTH.set(nb, x);
  lab.ddi.NET_BUFFER_DATA_OFFSET.set(nb, y);
  lab.ddi.NET_BUFFER_CURRENT_MDL.set(nb, mdlsOf(lab.machine, chain)[2]);
  lab.ddi.NET_BUFFER_CURRENT_MDL_OFFSET.set(nb, z);
  lab.ddi.NdisGetDataBuffer(nb, 1, 0, 1, 0);
  return lab;
}

/** NdisAllocateNetBuffer: seed 002. */
describe("NdisAllocateNetBuffer", () => {
  it("R28: it allocates and initialises one NET_BUFFER", () => {
    const lab = new Lab();
    lab.poison();
    const pool = lab.netBufferPool();
    const chain = lab.chain([10, 20]);
    for (let round = 0; round < 3; round++) {
      const nb = lab.ddi.NdisAllocateNetBuffer(pool, chain, 12, 5);
      expect(nb).not.toBe(0);
      const words = [...lab.machine.memory.u32.subarray(nb >>> 2, (nb + 96) >>> 2)];
      const current = mdlsOf(lab.machine, chain)[1];
      expect(words.slice(0, 8)).toEqual([0, current, 2, 5, chain, 12, 0, pool]); // Next … NdisPoolHandle, ndis6 §3.3
      expect(words.slice(10)).toEqual(Array(14).fill(0)); // ProtocolReserved … SharedMemoryInfo
      expectSoundNetBuffer(lab.machine, nb, pool);
      for (const [at, end] of [
        [0, 28],
        [40, 96],
      ])
        lab.machine.memory.u8.fill(0x5a, nb + at, nb + end); // dirty, and used again
      lab.ddi.NdisFreeNetBuffer(nb);
    }
    expect(lab.rules).toEqual([]);
  });

  it("R29: the pool handle is one that NdisAllocateNetBufferPool returned", () => {
    const lab = new Lab();
    const freed = lab.netBufferPool();
    lab.ddi.NdisFreeNetBufferPool(freed);
    const wrong = [
      [lab.netBufferListPool({ fAllocateNetBuffer: true }), "POOL-TYPE"],
      [lab.bufferPool(1), "POOL-TYPE"],
      [freed, "POOL-HANDLE"],
      [lab.block(96), "POOL-HANDLE"],
      [0, "POOL-HANDLE"],
    ] as [Handle, string][];
    for (const [handle, rule] of wrong) {
      expect(lab.ddi.NdisAllocateNetBuffer(handle, 0, 0, 0)).toBe(0);
      expect(lab.takeRules()).toEqual([rule]);
    }
  });

  it("R30: the chain passed in becomes the chain of the NET_BUFFER", () => {
    const lab = new Lab();
    const random = new Random(30);
    const pool = lab.netBufferPool();
    for (let mdls = 1; mdls <= 4; mdls++)
      for (let round = 0; round < 20; round++) {
        const sizes = Array.from({ length: mdls }, () => random.below(40));
        const total = sizes.reduce((a, b) => a + b);
        const chain = lab.chain(sizes);
        const dataOffset = random.between(0, total);
        const nb = lab.ddi.NdisAllocateNetBuffer(pool, chain, dataOffset, random.between(0, total - dataOffset));
        expect(lab.ddi.NET_BUFFER_FIRST_MDL(nb)).toBe(chain);
        expectSoundNetBuffer(lab.machine, nb, pool);
      }
  });

  it("R31: the chain may be NULL", () => {
    const lab = new Lab();
    const pool = lab.netBufferPool();
    const nb = lab.ddi.NdisAllocateNetBuffer(pool, 0, 0, 0);
    expect(nb).not.toBe(0);
    expect([get(lab, nb, "MdlChain"), ...Object.values(geometry(lab, nb))]).toEqual([0, 0, 0, 0, 0]);
    expectSoundNetBuffer(lab.machine, nb, pool);
    lab.ddi.NdisAdjustNetBufferCurrentMdl(nb);
    expectSoundNetBuffer(lab.machine, nb, pool);
    expect(lab.rules).toEqual([]);
  });

  it("R32: DataOffset counts from the start of the chain to the used data", () => {
    const lab = new Lab();
    const pool = lab.netBufferPool();
    const chain = lab.chain([10, 20, 30]);
    const expected = { 0: [0, 0], 9: [0, 9], 10: [1, 0], 29: [1, 19], 30: [2, 0], 59: [2, 29] };
    for (const [dataOffset, [index, offset]] of Object.entries(expected)) {
      const nb = lab.ddi.NdisAllocateNetBuffer(pool, chain, Number(dataOffset), 1);
      expect(get(lab, nb, "CurrentMdl"), dataOffset).toBe(mdlsOf(lab.machine, chain)[index]);
      expect(get(lab, nb, "CurrentMdlOffset"), dataOffset).toBe(offset);
      expectSoundNetBuffer(lab.machine, nb, pool);
    }
  });

  it("R33: nothing ahead of DataOffset is ever shown or copied", () => {
    for (const { name, sizes, dataOffset, dataLength } of LAYOUTS) {
      const lab = new Lab();
      const nb = lab.netBuffer(sizes, dataOffset, dataLength);
      const used = usedBytes(lab.machine, nb);
      const storage = lab.block(dataLength + 1);
      if (dataLength > 0) {
        const shown = lab.ddi.NdisGetDataBuffer(nb, dataLength, storage, 1, 0);
        expect([...lab.machine.memory.bytes(shown, dataLength)], name).toEqual(used);
      }
      const copy = lab.netBuffer([dataLength + 50], 0, 0);
      lab.ddi.NdisCopyFromNetBufferToNetBuffer(copy, 0, 0xffff_ffff, nb, 0, lab.out);
      expect(lab.u32(lab.out)).toBe(dataLength);
      lab.ddi.NET_BUFFER_DATA_LENGTH.set(copy, dataLength);
      expect(usedBytes(lab.machine, copy), name).toEqual(used);
    }
  });

  it("R34: DataOffset is the initial backfill", () => {
    for (const { sizes, dataOffset, dataLength } of LAYOUTS) {
      const lab = new Lab();
      let asked: number[] = [];
      const handler = lab.machine.callbacks.register((size) => {
        asked.push(lab.u32(size));
        return lab.chain([lab.u32(size)]);
      });
      const nb = lab.netBuffer(sizes, dataOffset, dataLength);
      expect(lab.ddi.NdisRetreatNetBufferDataStart(nb, dataOffset, 100, handler)).toBe(NDIS_STATUS.NDIS_STATUS_SUCCESS);
      expect(asked).toEqual([]);
      expectSoundNetBuffer(lab.machine, nb);
      lab.ddi.NdisAdvanceNetBufferDataStart(nb, dataOffset, 0, 0);
      asked = [];
      expect(lab.ddi.NdisRetreatNetBufferDataStart(nb, dataOffset + 1, 100, handler)).toBe(
        NDIS_STATUS.NDIS_STATUS_SUCCESS,
      );
      expect(asked).toEqual([dataOffset + 101]);
      expectSoundNetBuffer(lab.machine, nb);
    }
  });

  it("R35: without a chain DataOffset is 0", () => {
    const lab = new Lab();
    expect(lab.ddi.NdisAllocateNetBuffer(lab.netBufferPool(), 0, 1, 0)).toBe(0);
    expectTells(lab.onlyFinding("NB-NULLCHAIN"), "DataOffset is 1");
  });

  it("R36: DataLength is the length of the used data", () => {
    const lab = new Lab({ memorySize: 8 << 20 });
    for (const { sizes, dataOffset, dataLength } of LAYOUTS) {
      const nb = lab.netBuffer(sizes, dataOffset, dataLength);
      expect(lab.ddi.NET_BUFFER_DATA_LENGTH(nb)).toBe(dataLength);
      const chain = lab.ddi.NET_BUFFER_FIRST_MDL(nb);
      const expected = bytesAt(
        lab.machine,
        chainAddresses(lab.machine, chain).slice(dataOffset, dataOffset + dataLength),
      );
      const copy = lab.netBuffer([20_000], 0, 0);
      lab.ddi.NdisCopyFromNetBufferToNetBuffer(copy, 0, 20_000, nb, 0, lab.out);
      lab.ddi.NET_BUFFER_DATA_LENGTH.set(copy, lab.u32(lab.out));
      expect(usedBytes(lab.machine, copy)).toEqual(expected);
    }
  });

  it("R37: without a chain DataLength is 0", () => {
    const lab = new Lab();
    expect(lab.ddi.NdisAllocateNetBuffer(lab.netBufferPool(), 0, 0, 1)).toBe(0);
    expectTells(lab.onlyFinding("NB-NULLCHAIN"), "DataLength 1");
  });

  it("R38: it returns the address of a NET_BUFFER that NDIS allocated", () => {
    const lab = new Lab();
    const pool = lab.netBufferPool();
    const all = new Set<number>();
    for (let i = 0; i < 500; i++) {
      const nb = lab.ddi.NdisAllocateNetBuffer(pool, 0, 0, 0);
      expect(nb % 8).toBe(0);
      expect(lab.ddi.NdisGetPoolFromNetBuffer(nb)).toBe(pool);
      all.add(nb);
    }
    expect(all.size).toBe(500);
    expect(all.has(0)).toBe(false);
  });

  it("R39: it returns NULL when memory is short, and loses nothing", () => {
    const lab = new Lab();
    const pool = lab.netBufferPool();
    const chain = lab.chain([100]);
    const { liveBytes, liveBlocks } = lab.machine.nonpaged;
    lab.machine.nonpaged.fault = () => true;
    expect(lab.ddi.NdisAllocateNetBuffer(pool, chain, 0, 100)).toBe(0);
    expect(lab.machine.nonpaged).toMatchObject({ liveBytes, liveBlocks });
    expect(lab.machine.pools.report().at(-1)).toMatchObject({ handle: pool, live: 0, peak: 0, allocations: 0 });
    expect(lab.rules).toEqual([]);
    lab.machine.nonpaged.fault = () => false;
    expectSoundNetBuffer(lab.machine, lab.ddi.NdisAllocateNetBuffer(pool, chain, 0, 100), pool);
  });

  it("R40: NdisFreeNetBuffer gives it back, once, and leaves the chain alone", () => {
    const lab = new Lab();
    const pool = lab.netBufferPool();
    const chain = lab.chain([10, 20, 30]);
    const nb = lab.ddi.NdisAllocateNetBuffer(pool, chain, 5, 40);
    expect(lab.machine.pools.live(pool)).toBe(1);
    const before = new MemorySnapshot(lab.machine.memory);
    lab.ddi.NdisFreeNetBuffer(nb);
    expect(lab.machine.pools.live(pool)).toBe(0);
    before.expectChangesOnlyIn([nb, nb + NET_BUFFER.size], [pool, pool + 64]);
    expect(lab.rules).toEqual([]);
    lab.ddi.NdisFreeNetBuffer(nb);
    lab.onlyFinding("NB-DFREE");
    expect(lab.machine.pools.live(pool)).toBe(0);
  });

  it("R41: a structure that is from no pool is refused everywhere", () => {
    const lab = new Lab();
    expectRefused(lab, lab.block(512));
  });

  it("R42: private memory and the stack are no place for a NET_BUFFER or a NET_BUFFER_LIST", () => {
    const memory = new Lab();
    expectRefused(memory, memory.ddi.NdisAllocateMemoryWithTagPriority(0, 512, 0x7473_6554, 0));
    expectRefused(new Lab(), STACK + 1024);
  });

  it("R43: its owner may give it another chain", () => {
    const lab = new Lab();
    const pool = lab.netBufferPool();
    const nb = lab.ddi.NdisAllocateNetBuffer(pool, 0, 0, 0);
    for (const size of [40, 50, 60]) {
      const chain = lab.chain([16, size]);
      lab.ddi.NET_BUFFER_FIRST_MDL.set(nb, chain);
      lab.ddi.NET_BUFFER_DATA_OFFSET.set(nb, 20);
      lab.ddi.NET_BUFFER_DATA_LENGTH.set(nb, size - 10);
      lab.ddi.NET_BUFFER_CURRENT_MDL.set(nb, mdlsOf(lab.machine, chain)[1]);
      lab.ddi.NET_BUFFER_CURRENT_MDL_OFFSET.set(nb, 4);
      expectSoundNetBuffer(lab.machine, nb, pool);
      const data = lab.ddi.NdisGetDataBuffer(nb, size - 10, 0, 1, 0);
      expect(data).toBe(usedAddresses(lab.machine, nb)[0]);
      expect(lab.machine.memory.u8[data]).toBe(patternByte(data));
    }
    lab.ddi.NdisFreeNetBuffer(nb);
    expect(lab.rules).toEqual([]);
  });

  it("R44: after reuse the four members agree with the chain", () => {
    const wrong: { member: Member; value: (lab: Lab, nb: number) => number; rule: string }[] = [
      { member: "DataOffset", value: () => 31, rule: "NB-CURMDL" },
      { member: "DataOffset", value: () => 5000, rule: "NB-RANGE" },
      { member: "CurrentMdlOffset", value: () => 11, rule: "NB-CURMDL" },
      { member: "CurrentMdlOffset", value: () => 0xffff_ffff, rule: "NB-CURMDL" },
      { member: "CurrentMdl", value: (lab, nb) => get(lab, nb, "MdlChain"), rule: "NB-CURMDL" },
      { member: "CurrentMdl", value: () => 0, rule: "NB-CURMDL" },
      { member: "CurrentMdl", value: (lab) => lab.chain([100]), rule: "NB-CURMDL" },
      { member: "DataLength", value: () => 71, rule: "NB-RANGE" },
      { member: "DataLength", value: () => 0xffff_ffff, rule: "NB-RANGE" },
    ];
    for (const { member, value, rule } of wrong)
      for (const name of [
        "NdisRetreatNetBufferDataStart",
        "NdisAdvanceNetBufferDataStart",
        "NdisGetDataBuffer",
        "NdisCopyFromNetBufferToNetBuffer to",
        "NdisCopyFromNetBufferToNetBuffer from",
      ]) {
        const lab = new Lab({ memorySize: 1 << 20 });
        const nb = lab.netBuffer([20, 80], 30, 60);
        const other = lab.netBuffer([20, 80], 30, 60);
        writeFields(lab.machine.memory, NET_BUFFER, nb, { [member]: value(lab, nb) });
        const before = geometry(lab, nb);
        CALLS[name](lab, nb, other);
        expect(lab.rules, `${member} and ${name}`).toEqual([rule]);
        expect(geometry(lab, nb)).toEqual(before);
      }
  });

  it("R46: the MdlChain member points at the new chain after reuse", () => {
    const lab = new Lab();
    const nb = lab.netBuffer([100], 0, 100);
    const chain = lab.chain([50]);
    lab.ddi.NET_BUFFER_FIRST_MDL.set(nb, chain);
    expect(lab.u32(nb + 16)).toBe(chain);
  });

  it("R47: the example of seed 002 is valid, and with any number off by one it is not", () => {
    expect(example().rules).toEqual([]);
    expect(example([64, 128, 256], 208, 16, 240).rules).toEqual([]); // Y' + X' is all there is
    const off = [-1, 1].flatMap((d) => [
      example([64, 128, 256], 208 + d),
      example([64, 128, 256], 208, 16 + d),
      example([64 + d, 128, 256]),
      example([64, 128 + d, 256]),
    ]);
    for (const lab of off) expect(lab.rules).toEqual(["NB-CURMDL"]);
    expect(example([64, 128, 256], 208, 16, 241).rules).toEqual(["NB-RANGE"]);
    expect(example([64, 128, 255], 208, 16, 240).rules).toEqual(["NB-RANGE"]);
  });

  it("R48: five macros can be assigned to", () => {
    const lab = new Lab();
    const nb = lab.netBuffer([8], 0, 8);
    const macros = [
      ["NET_BUFFER_FIRST_MDL", 16],
      ["NET_BUFFER_DATA_LENGTH", 12],
      ["NET_BUFFER_DATA_OFFSET", 20],
      ["NET_BUFFER_CURRENT_MDL", 4],
      ["NET_BUFFER_CURRENT_MDL_OFFSET", 8],
    ] as const;
    for (const [name, offset] of macros) {
      const before = new MemorySnapshot(lab.machine.memory);
      lab.ddi[name].set(nb, 0xfedc_ba98);
      expect(lab.u32(nb + offset)).toBe(0xfedc_ba98);
      expect(lab.ddi[name](nb)).toBe(0xfedc_ba98);
      before.expectChangesOnlyIn([nb + offset, nb + offset + 4]);
      expect(ENTRIES[name].macro).toMatch(new RegExp(`^${name}\\(_NB\\) \\(\\(_NB\\)->\\w+\\)$`)); // an lvalue in C
    }
  });

  it("R49: the caller runs at DISPATCH_LEVEL or below", () => {
    const lab = new Lab();
    const pool = lab.netBufferPool();
    for (const irql of [0, 1, 2]) lab.machine.irql.at(irql, () => lab.ddi.NdisAllocateNetBuffer(pool, 0, 0, 0));
    expect(lab.rules).toEqual([]);
    lab.machine.irql.at(3, () => lab.ddi.NdisAllocateNetBuffer(pool, 0, 0, 0));
    expect(lab.onlyFinding("NB-IRQL")).toMatchObject({ severity: "bug" });
    expect(lab.verifier.ledger.live(KIND.netBuffer)).toBe(4);
  });
});
