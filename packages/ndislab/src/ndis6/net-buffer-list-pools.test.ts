import { describe, expect, it } from "vitest";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST, NET_BUFFER_LIST_CONTEXT } from "../layout/net-buffer-list.js";
import { NET_BUFFER_LIST_POOL_PARAMETERS } from "../layout/object-header.js";
import { mdlAddress, mdlByteCount, spanPages } from "../mdl/mdl.js";
import { readField, writeFields } from "../memory/fields.js";
import { Lab, type ListPoolParameters, TAG } from "../testing/lab.js";
import { expectSoundNetBuffer } from "../testing/sound-net-buffer.js";

type Member = keyof typeof NET_BUFFER_LIST.offset;

const get = (lab: Lab, nbl: number, name: Member): number => readField(lab.machine.memory, NET_BUFFER_LIST, nbl, name);

/** Context of a list as [Size, Offset], or null. */
function context(lab: Lab, nbl: number): [number, number] | null {
  const at = get(lab, nbl, "Context");
  const { memory } = lab.machine;
  return at === 0
    ? null
    : [
        readField(memory, NET_BUFFER_LIST_CONTEXT, at, "Size"),
        readField(memory, NET_BUFFER_LIST_CONTEXT, at, "Offset"),
      ];
}

/** All of a fresh list but the handle and what is NDIS's is 0, ndis6 §3.4. */
function expectFresh(lab: Lab, nbl: number, pool: number, protocolId: number): void {
  const { memory } = lab.machine;
  const bytes = memory.u8.slice(nbl, nbl + NET_BUFFER_LIST.size);
  const { FirstNetBuffer, NdisPoolHandle, NdisReserved, NetBufferListInfo } = NET_BUFFER_LIST.offset;
  bytes.fill(0, FirstNetBuffer, FirstNetBuffer + 8); // FirstNetBuffer and Context
  bytes.fill(0, NdisPoolHandle, NdisPoolHandle + 4);
  bytes.fill(0, NdisReserved, NdisReserved + 8);
  bytes.fill(0, NetBufferListInfo + 4 * 7, NetBufferListInfo + 4 * 8);
  expect([...bytes]).toEqual(Array(NET_BUFFER_LIST.size).fill(0));
  expect(get(lab, nbl, "NdisPoolHandle")).toBe(pool);
  expect(lab.plain.NdisGetNetBufferListProtocolId(nbl)).toBe(protocolId);
  expect(lab.plain.NET_BUFFER_LIST_INFO(nbl, 7)).toBe(protocolId);
}

/** Every combination that F6-03 of ndis6 §4 allows, with contexts. */
const POOLS: ListPoolParameters[] = [
  { fAllocateNetBuffer: false, DataSize: 0 },
  { fAllocateNetBuffer: true, DataSize: 0 },
  ...[1, 100, 1514, 5000].map((DataSize) => ({ fAllocateNetBuffer: true, DataSize })),
].flatMap((parameters) =>
  [0, 8, 64].map((ContextSize) => ({ ...parameters, ContextSize, ProtocolId: ContextSize === 8 ? 2 : 0 })),
);

describe.each(POOLS)("a pool of %j", (parameters) => {
  const { fAllocateNetBuffer = false, DataSize = 0, ContextSize = 0, ProtocolId = 0 } = parameters;

  it("gives lists with all that, complete again when they are used again", () => {
    const lab = new Lab({ memorySize: 1 << 20 });
    lab.poison();
    const pool = lab.netBufferListPool(parameters);
    const { memory } = lab.machine;
    for (let round = 0; round < 3; round++) {
      const nbl = lab.plain.NdisAllocateNetBufferList(pool, 0, 0);
      expectFresh(lab, nbl, pool, ProtocolId);
      expect(context(lab, nbl)).toEqual(ContextSize === 0 ? null : [ContextSize, ContextSize]);
      const nb = lab.plain.NET_BUFFER_LIST_FIRST_NB(nbl);
      expect(nb !== 0).toBe(fAllocateNetBuffer);
      const ranges: [number, number][] = [[nbl, nbl + NET_BUFFER_LIST.size]];
      const at = get(lab, nbl, "Context");
      if (at !== 0) ranges.push([at, at + NET_BUFFER_LIST_CONTEXT.size + ContextSize]);
      if (nb !== 0) {
        expectSoundNetBuffer(lab.machine, nb, pool);
        expect(lab.machine.netBufferLists.preallocatedNetBuffer(nbl)).toBe(nb);
        ranges.push([nb, nb + NET_BUFFER.size]);
        const mdl = lab.plain.NET_BUFFER_FIRST_MDL(nb);
        expect(mdl !== 0).toBe(DataSize !== 0);
        if (mdl !== 0) {
          const data = mdlAddress(memory, mdl);
          expect(mdlByteCount(memory, mdl)).toBe(DataSize);
          ranges.push([mdl, mdl + 28 + 4 * spanPages(data, DataSize)], [data, data + DataSize]);
          memory.u8.fill(0xcc, mdl, mdl + 28);
          memory.u8.fill(0xcc, data, data + DataSize);
        }
        memory.u8.fill(0xcc, nb, nb + 28);
        memory.u8.fill(0xcc, nb + 40, nb + 96);
      } else expect(lab.machine.netBufferLists.preallocatedNetBuffer(nbl)).toBe(0);
      ranges.sort(([a], [b]) => a - b);
      for (let i = 1; i < ranges.length; i++) expect(ranges[i][0]).toBeGreaterThanOrEqual(ranges[i - 1][1]);
      expect(lab.machine.nonpaged.find(ranges[0][0])).toEqual(
        lab.machine.nonpaged.find((ranges.at(-1) as [number, number])[1] - 1),
      );
      const { NdisPoolHandle, ProtocolReserved } = NET_BUFFER_LIST.offset;
      if (at !== 0) memory.u8.fill(0xcc, at, at + 8 + ContextSize);
      memory.u8.fill(0xcc, nbl, nbl + NdisPoolHandle);
      memory.u8.fill(0xcc, nbl + ProtocolReserved, nbl + NET_BUFFER_LIST.size);
      lab.plain.NdisFreeNetBufferList(nbl);
      expect(lab.plain.NdisAllocateNetBufferList(pool, 0, 0)).toBe(nbl);
      lab.plain.NdisFreeNetBufferList(nbl);
    }
    expect(lab.machine.pools.live(pool)).toBe(0);
  });
});

/** F6-03 of ndis6 §4. */
describe("NdisAllocateNetBufferListPool", () => {
  it("is NULL for data without a NET_BUFFER, for an unknown header, and when memory is short", () => {
    const lab = new Lab();
    expect(lab.plain.NdisAllocateNetBufferListPool(0, lab.netBufferListPoolParameters({ DataSize: 1 }))).toBe(0);
    for (const [member, value] of [
      ["Header.Type", 0x79],
      ["Header.Revision", 0],
      ["Header.Revision", 2], // with the size of revision 1
      ["Header.Revision", 3],
      ["Header.Size", 15],
    ] as const) {
      const parameters = lab.netBufferListPoolParameters();
      writeFields(lab.machine.memory, NET_BUFFER_LIST_POOL_PARAMETERS, parameters, { [member]: value });
      expect(lab.plain.NdisAllocateNetBufferListPool(0, parameters), `${member} ${value}`).toBe(0);
    }
    const huge = lab.netBufferListPoolParameters({ fAllocateNetBuffer: true, DataSize: 0xffff_ffff });
    expect(lab.plain.NdisAllocateNetBufferListPool(0, huge)).toBe(0);
    lab.machine.nonpaged.fault = () => true;
    expect(lab.plain.NdisAllocateNetBufferListPool(0, lab.netBufferListPoolParameters())).toBe(0);
  });

  it.each([
    [1, 20],
    [2, 20],
    [2, 24],
  ])("takes parameters of revision %i in %i bytes", (revision, size) => {
    const lab = new Lab();
    const parameters = lab.netBufferListPoolParameters();
    writeFields(lab.machine.memory, NET_BUFFER_LIST_POOL_PARAMETERS, parameters, {
      "Header.Revision": revision,
      "Header.Size": size,
      Flags: 0,
    });
    expect(lab.ddi.NdisAllocateNetBufferListPool(0, parameters)).not.toBe(0);
    expect(lab.machine.pools.report()).toMatchObject([{ kind: "netBufferList", tag: TAG }]);
    expect(lab.rules).toEqual([]);
  });
});

/** F6-12 of ndis6 §6. */
describe("the context of NdisAllocateNetBufferList", () => {
  it.each([
    [0, 0, 0, null],
    [0, 16, 0, [16, 0]],
    [0, 0, 16, [16, 16]],
    [0, 16, 24, [40, 24]],
    [64, 0, 0, [64, 64]],
    [64, 16, 8, [64, 48]], // the pool's room, the used bytes at its end
    [64, 64, 0, [64, 0]],
    [64, 40, 32, [72, 32]], // beyond the pool's
    [0, 0xffff, 0, [0xffff, 0]],
  ] as [number, number, number, [number, number] | null][])(
    "in a pool with %i bytes, for %i used and %i more",
    (ContextSize, used, backFill, expected) => {
      const lab = new Lab();
      const pool = lab.netBufferListPool({ ContextSize });
      const empty = lab.machine.nonpaged.liveBytes;
      for (let round = 0; round < 2; round++) {
        const nbl = lab.plain.NdisAllocateNetBufferList(pool, used, backFill);
        expect(context(lab, nbl)).toEqual(expected);
        if (expected !== null) {
          const at = get(lab, nbl, "Context");
          expect(lab.u32(at)).toBe(0);
          expect(lab.plain.NET_BUFFER_LIST_CONTEXT_DATA_START(nbl)).toBe(at + 8 + expected[1]);
          expect(lab.plain.NET_BUFFER_LIST_CONTEXT_DATA_SIZE(nbl)).toBe(expected[0]);
          expect(lab.machine.nonpaged.find(at)).toEqual(lab.machine.nonpaged.find(at + 7 + expected[0]));
          lab.machine.memory.u8.fill(0x11, at + 8, at + 8 + expected[0]);
        }
        lab.plain.NdisFreeNetBufferList(nbl);
      }
      lab.plain.NdisFreeNetBufferListPool(pool);
      expect(lab.machine.nonpaged.liveBytes).toBe(empty); // the handle stays, the rest is back
    },
  );

  it("beyond 65535 bytes is not to be had, nor is one that there is no memory for", () => {
    const lab = new Lab();
    const pool = lab.netBufferListPool();
    const nbl = lab.plain.NdisAllocateNetBufferList(pool, 0, 0);
    expect(lab.plain.NdisAllocateNetBufferList(pool, 0xffff, 1)).toBe(0);
    lab.machine.nonpaged.fault = () => true;
    expect(lab.plain.NdisAllocateNetBufferList(pool, 8, 0)).toBe(0);
    expect(lab.machine.pools.report()).toMatchObject([{ live: 1, allocations: 1 }]);
    expect(lab.plain.NdisAllocateNetBufferList(pool, 0, 0)).not.toBe(nbl);
  });

  it("that is not to be had costs the pool no slot, and is no object that was ever out", () => {
    const lab = new Lab({ memorySize: 1 << 20 });
    const pool = lab.netBufferListPool();
    const { nonpaged, pools } = lab.machine;
    const before = nonpaged.liveBytes;
    for (let i = 0; i < 100; i++) expect(lab.plain.NdisAllocateNetBufferList(pool, 0xfff8, 8)).toBe(0);
    nonpaged.fault = () => true;
    for (let i = 0; i < 100; i++) expect(lab.plain.NdisAllocateNetBufferList(pool, 8, 8)).toBe(0);
    nonpaged.fault = () => false;
    const lists = Array.from({ length: 32 }, () => lab.plain.NdisAllocateNetBufferList(pool, 0, 0));
    expect(new Set(lists).size).toBe(32);
    expect(nonpaged.liveBytes - before).toBeLessThan(2 * 32 * NET_BUFFER_LIST.size);
    expect(pools.report()[0]).toMatchObject({ live: 32, peak: 32, allocations: 32 });
    // The slot finds no room: the block of the context goes back.
    nonpaged.fault = (size) => size > 100;
    const after = nonpaged.liveBytes;
    expect(lab.plain.NdisAllocateNetBufferList(pool, 8, 8)).toBe(0);
    expect(nonpaged.liveBytes).toBe(after);
  });
});

/** F6-13 of ndis6 §6. */
describe("NdisAllocateNetBufferAndNetBufferList", () => {
  it("gives the preallocated NET_BUFFER the chain", () => {
    const lab = new Lab();
    const pool = lab.netBufferListPool({ fAllocateNetBuffer: true, ContextSize: 8 });
    const chain = lab.chain([10, 20, 30]);
    const nbl = lab.plain.NdisAllocateNetBufferAndNetBufferList(pool, 8, 0, chain, 25, 30);
    const nb = lab.plain.NET_BUFFER_LIST_FIRST_NB(nbl);
    expect(lab.plain.NET_BUFFER_FIRST_MDL(nb)).toBe(chain);
    expect([lab.plain.NET_BUFFER_DATA_OFFSET(nb), lab.plain.NET_BUFFER_DATA_LENGTH(nb)]).toEqual([25, 30]);
    expectSoundNetBuffer(lab.machine, nb, pool);
    expect(context(lab, nbl)).toEqual([8, 0]);
  });

  it("is NULL for a pool of another make, for a length without a chain, and when memory is short", () => {
    const lab = new Lab();
    const allocate = (pool: number, offset = 0, length = 0): number =>
      lab.plain.NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, 0, offset, length);
    const good = lab.netBufferListPool({ fAllocateNetBuffer: true });
    for (const pool of [
      0,
      lab.netBufferListPool(),
      lab.netBufferListPool({ fAllocateNetBuffer: true, DataSize: 8 }),
      lab.netBufferPool(),
    ])
      expect(allocate(pool)).toBe(0);
    expect([allocate(good, 1, 0), allocate(good, 0, 1)]).toEqual([0, 0]);
    lab.machine.nonpaged.fault = () => true;
    expect(allocate(good)).toBe(0);
    lab.machine.nonpaged.fault = () => false;
    expect(allocate(good)).not.toBe(0);
  });
});

/** F6-14 of ndis6 §6. */
describe("NdisFreeNetBufferList", () => {
  it("frees one list, not those behind it and not other NET_BUFFERs on it", () => {
    const lab = new Lab();
    const pool = lab.netBufferListPool();
    const [first, second] = [1, 2].map(() => lab.plain.NdisAllocateNetBufferList(pool, 0, 0));
    const nb = lab.netBuffer([10], 0, 10);
    lab.plain.NET_BUFFER_LIST_NEXT_NBL.set(first, second);
    lab.plain.NET_BUFFER_LIST_FIRST_NB.set(first, nb);
    lab.plain.NdisFreeNetBufferList(first);
    expect(lab.machine.pools.live(pool)).toBe(1);
    expectFresh(lab, second, pool, 0);
    expectSoundNetBuffer(lab.machine, nb);
    lab.plain.NdisFreeNetBuffer(nb);
  });

  it("frees the preallocated NET_BUFFER also when FirstNetBuffer is another one", () => {
    const lab = new Lab();
    const pool = lab.netBufferListPool({ fAllocateNetBuffer: true });
    const nbl = lab.plain.NdisAllocateNetBufferList(pool, 0, 0);
    const own = lab.plain.NET_BUFFER_LIST_FIRST_NB(nbl);
    lab.plain.NET_BUFFER_LIST_FIRST_NB.set(nbl, lab.netBuffer([10], 0, 10));
    lab.plain.NdisFreeNetBufferList(nbl);
    expect(() => expectSoundNetBuffer(lab.machine, own)).toThrow("I8");
    expect(lab.plain.NdisAllocateNetBufferList(pool, 0, 0)).toBe(nbl);
    expect(lab.plain.NET_BUFFER_LIST_FIRST_NB(nbl)).toBe(own);
    expectSoundNetBuffer(lab.machine, own, pool);
  });

  it("takes only what is alive, once", () => {
    const lab = new Lab();
    const pool = lab.netBufferListPool({ fAllocateNetBuffer: true });
    const { netBufferLists, netBuffers } = lab.machine;
    const [nbl, zombie] = [1, 2].map(() => lab.plain.NdisAllocateNetBufferList(pool, 0, 0));
    expect([netBufferLists.free(nbl + 4), netBufferLists.free(0x1000), netBufferLists.free(lab.block(200))]).toEqual([
      false,
      false,
      false,
    ]);
    expect(netBuffers.free(lab.plain.NET_BUFFER_LIST_FIRST_NB(nbl))).toBe(false);
    expect([netBufferLists.free(nbl), netBufferLists.free(nbl)]).toEqual([true, false]);
    netBufferLists.destroy(pool);
    expect(netBufferLists.free(zombie)).toBe(false);
  });
});
