import { describe, expect, it } from "vitest";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_POOL_PARAMETERS } from "../layout/object-header.js";
import { MDL_PREFIX } from "../layout/pool.js";
import { MDL_STATE, mdlAddress, mdlByteCount } from "../mdl/mdl.js";
import { writeFields } from "../memory/fields.js";
import { Lab, TAG } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";
import { expectSoundNetBuffer } from "../testing/sound-net-buffer.js";

/** F6-01 of ndis6 §4. */
describe("NdisAllocateNetBufferPool", () => {
  it("takes tag and size from its parameters, which it reads during the call only", () => {
    const lab = new Lab();
    const parameters = lab.netBufferPoolParameters(77);
    const pool = lab.plain.NdisAllocateNetBufferPool(0, parameters);
    lab.machine.memory.u8.fill(0xee, parameters, parameters + NET_BUFFER_POOL_PARAMETERS.size);
    const nb = lab.plain.NdisAllocateNetBufferMdlAndData(pool);
    expect(mdlByteCount(lab.machine.memory, lab.plain.NET_BUFFER_FIRST_MDL(nb))).toBe(77);
    expect(lab.machine.pools.report()).toMatchObject([{ handle: pool, kind: "netBuffer", tag: TAG }]);
  });

  it.each([
    ["Header.Type", 0x81],
    ["Header.Type", 0],
    ["Header.Revision", 0],
    ["Header.Revision", 2],
    ["Header.Size", 11],
    ["Header.Size", 0],
  ] as const)("is NULL for a %s of %i", (member, value) => {
    const lab = new Lab();
    const parameters = lab.netBufferPoolParameters();
    writeFields(lab.machine.memory, NET_BUFFER_POOL_PARAMETERS, parameters, { [member]: value });
    expect(lab.plain.NdisAllocateNetBufferPool(0, parameters)).toBe(0);
  });

  it("takes a Size beyond what it knows", () => {
    const lab = new Lab();
    const parameters = lab.netBufferPoolParameters();
    writeFields(lab.machine.memory, NET_BUFFER_POOL_PARAMETERS, parameters, { "Header.Size": 40 });
    expect(lab.plain.NdisAllocateNetBufferPool(0, parameters)).not.toBe(0);
  });

  it("is NULL for data that no memory could hold, and when memory is short", () => {
    const lab = new Lab();
    expect(lab.plain.NdisAllocateNetBufferPool(0, lab.netBufferPoolParameters(0xffff_ffff))).toBe(0);
    lab.machine.nonpaged.fault = () => true;
    expect(lab.plain.NdisAllocateNetBufferPool(0, lab.netBufferPoolParameters())).toBe(0);
  });
});

describe("a pool of NET_BUFFERs", () => {
  it("gives the same memory again, the last freed first, and never to two at once", () => {
    for (const dataSize of [0, 100]) {
      const lab = new Lab();
      const pool = lab.netBufferPool(dataSize);
      const take = (): number =>
        dataSize === 0
          ? lab.plain.NdisAllocateNetBuffer(pool, 0, 0, 0)
          : lab.plain.NdisAllocateNetBufferMdlAndData(pool);
      const all = Array.from({ length: 100 }, take);
      expect(new Set(all).size).toBe(100);
      const freed = [all[7], all[3], all[50]];
      for (const nb of freed) lab.plain.NdisFreeNetBuffer(nb);
      expect([take(), take(), take()]).toEqual(freed.reverse());
      expect(lab.machine.pools.report()).toMatchObject([{ live: 100, peak: 100, allocations: 103 }]);
    }
  });

  it("writes nothing of a neighbour when it gives one out", () => {
    const lab = new Lab();
    const pool = lab.netBufferPool(100);
    const [a, b] = [1, 2].map(() => lab.plain.NdisAllocateNetBufferMdlAndData(pool));
    lab.plain.NdisFreeNetBuffer(a);
    const data = mdlAddress(lab.machine.memory, lab.plain.NET_BUFFER_FIRST_MDL(b));
    lab.machine.memory.u8.fill(0x77, data, data + 100);
    const before = new MemorySnapshot(lab.machine.memory);
    expect(lab.plain.NdisAllocateNetBufferMdlAndData(pool)).toBe(a);
    before.expectChangesOnlyIn([a, a + NET_BUFFER.size], [pool, pool + 64]);
  });

  it("frees only what is alive, once, and only the NET_BUFFER itself", () => {
    const lab = new Lab();
    const pool = lab.netBufferPool();
    const [first, second] = [1, 2].map(() => lab.plain.NdisAllocateNetBuffer(pool, lab.chain([10]), 0, 10));
    lab.plain.NET_BUFFER_NEXT_NB.set(first, second);
    const { netBuffers, pools } = lab.machine;
    expect([netBuffers.free(first + 4), netBuffers.free(lab.block(96)), netBuffers.free(0x1000)]).toEqual([
      false,
      false,
      false,
    ]);
    expect([netBuffers.free(first), netBuffers.free(first)]).toEqual([true, false]);
    expect(pools.live(pool)).toBe(1);
    expectSoundNetBuffer(lab.machine, second, pool); // Next was not followed
    netBuffers.destroy(pool);
    expect(netBuffers.free(second)).toBe(false);
  });

  it("refuses handles that are none, without the verifier too", () => {
    const lab = new Lab();
    const data = lab.netBufferPool(64);
    const bare = lab.netBufferPool();
    const dead = lab.netBufferPool();
    lab.plain.NdisFreeNetBufferPool(dead);
    for (const handle of [0, dead, bare + 1, lab.bufferPool(1), lab.netBufferListPool(), 0xffff_fffc, data]) {
      expect(lab.plain.NdisAllocateNetBuffer(handle, 0, 0, 0)).toBe(0);
      if (handle !== data) expect(lab.plain.NdisAllocateNetBufferMdlAndData(handle)).toBe(0);
    }
    expect(lab.plain.NdisAllocateNetBufferMdlAndData(bare)).toBe(0);
    expect([lab.plain.NdisAllocateNetBuffer(bare, 0, 1, 0), lab.plain.NdisAllocateNetBuffer(bare, 0, 0, 1)]).toEqual([
      0, 0,
    ]);
  });

  it("takes a range beyond the chain when nobody verifies: C17", () => {
    const lab = new Lab();
    const chain = lab.chain([10, 20]);
    const nb = lab.plain.NdisAllocateNetBuffer(lab.netBufferPool(), chain, 35, 100);
    expect(lab.plain.NET_BUFFER_CURRENT_MDL_OFFSET(nb)).toBe(25);
    expect(lab.plain.NET_BUFFER_DATA_LENGTH(nb)).toBe(100);
  });
});

describe("data that comes along", () => {
  it("starts at the data start and is empty: C15", () => {
    const lab = new Lab();
    const nb = lab.plain.NdisAllocateNetBufferMdlAndData(lab.netBufferPool(1000));
    expect([lab.plain.NET_BUFFER_DATA_OFFSET(nb), lab.plain.NET_BUFFER_DATA_LENGTH(nb)]).toEqual([0, 0]);
    expect(lab.plain.NET_BUFFER_CURRENT_MDL(nb)).toBe(lab.plain.NET_BUFFER_FIRST_MDL(nb));
  });

  it("has an MDL that knows its NET_BUFFER and is freed by nobody else", () => {
    const lab = new Lab();
    const nb = lab.plain.NdisAllocateNetBufferMdlAndData(lab.netBufferPool(1000));
    const mdl = lab.plain.NET_BUFFER_FIRST_MDL(nb);
    const { mdls } = lab.machine;
    expect([mdls.ownerOf(mdl), mdls.stateOf(mdl), mdl]).toEqual([
      nb,
      MDL_STATE.embedded,
      nb + NET_BUFFER.size + MDL_PREFIX.size,
    ]);
    expect(mdls.free(mdl)).toBe(false);
  });

  it("of any size around a page is described whole", () => {
    for (let dataSize = 4000; dataSize < 4200; dataSize += 3) {
      const lab = new Lab({ memorySize: 1 << 20 });
      const pool = lab.netBufferPool(dataSize);
      for (let i = 0; i < 10; i++) {
        const nb = lab.plain.NdisAllocateNetBufferMdlAndData(pool);
        const mdl = lab.plain.NET_BUFFER_FIRST_MDL(nb);
        const data = mdlAddress(lab.machine.memory, mdl);
        const pages = lab.plain.NDIS_MDL_TO_SPAN_PAGES(mdl);
        expect(mdl + 28 + 4 * pages).toBeLessThanOrEqual(data);
        for (let page = 0; page < pages; page++) expect(lab.u32(mdl + 28 + 4 * page)).toBe((data >>> 12) + page);
      }
    }
  });
});
