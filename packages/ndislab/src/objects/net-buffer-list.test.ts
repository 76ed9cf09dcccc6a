import { beforeEach, describe, expect, it } from "vitest";
import { createDdi } from "../ddi/table.js";
import { NDIS_NET_BUFFER_LIST_INFO } from "../layout/net-buffer-list.js";
import { Ndis } from "./ndis.js";
import { bytes, chainOf, codeOf } from "./testing/objects.js";

let ndis: Ndis;

beforeEach(() => {
  ndis = new Ndis({ memorySize: 2 << 20 });
});

describe("a list", () => {
  it("comes with what its pool comes with", () => {
    const pool = ndis.createNetBufferListPool({ netBuffers: true, dataSize: 256, contextSize: 16, protocolId: 2 });
    const list = pool.allocate(8, 8);
    const nb = list.first;
    nb?.write(bytes(100));
    expect([...list.netBuffers]).toEqual([nb]);
    expect([list.length, list.next, list.status, list.flags, list.context.length]).toEqual([100, undefined, 0, 0, 8]);
    expect(list.info(NDIS_NET_BUFFER_LIST_INFO.values.NetBufferListProtocolId)).toBe(2);
    expect(nb?.pool).toBe(pool);
    expect(nb?.firstMdl?.length).toBe(256);
  });

  it("comes empty from a pool that has nothing else", () => {
    const list = ndis.createNetBufferListPool().allocate();
    expect([list.first, list.length, list.context.length]).toEqual([undefined, 0, 0]);
  });

  it("has one object for itself and for its NET_BUFFER, used again with the slot", () => {
    const pool = ndis.createNetBufferListPool({ netBuffers: true, dataSize: 64 });
    const list = pool.allocate();
    const nb = list.first;
    list.free();
    expect([list.live, nb?.live, pool.live]).toEqual([false, false, 0]);
    expect(pool.allocate()).toBe(list);
    expect(list.first).toBe(nb);
    expect(nb?.live).toBe(true);
  });

  it("goes over a chain of the caller's", () => {
    const chain = chainOf(ndis, [10, 20]);
    const pool = ndis.createNetBufferListPool({ netBuffers: true });
    const list = pool.allocateOver(chain, 4, 8);
    expect([list.first?.headRoom, list.length, list.first?.firstMdl]).toEqual([4, 8, chain]);
    expect(codeOf(() => pool.allocateOver(chain, 4, 27))).toBe("NB-RANGE");
    list.free();
    expect(chain.live).toBe(true);
    expect(codeOf(() => ndis.createNetBufferListPool().allocateOver(chain))).toBe("NBL-WRONGPOOL");
    const data = ndis.createNetBufferListPool({ netBuffers: true, dataSize: 8 });
    expect(codeOf(() => data.allocateOver(chain))).toBe("NBL-WRONGPOOL");
  });

  it("has context in layers, each found again when the one before it goes", () => {
    const list = ndis.createNetBufferListPool({ contextSize: 16 }).allocate(8);
    const { nonpaged } = ndis.machine;
    const blocks = nonpaged.liveBlocks;
    list.context.fill(1);
    list.pushContext(8);
    list.context.subarray(0, 8).fill(2);
    list.pushContext(40, 8);
    list.context.fill(3);
    expect([list.context.length, nonpaged.liveBlocks]).toEqual([40, blocks + 1]);
    list.popContext(40);
    expect([...list.context]).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1]);
    list.popContext(8);
    expect([[...list.context], nonpaged.liveBlocks]).toEqual([Array(8).fill(1), blocks]);
    expect(codeOf(() => list.popContext(12))).toBe("CTX-UNDER");
    for (const [size, backFill] of [
      [6, 0],
      [0x8000, 0x8000],
      [-4, 0],
    ])
      expect(codeOf(() => list.pushContext(size, backFill))).toBe("NDIS_STATUS_INVALID_PARAMETER");
    nonpaged.fault = () => true;
    expect(codeOf(() => list.pushContext(64))).toBe("NDIS_STATUS_RESOURCES");
    nonpaged.fault = () => false;
    for (const size of [64, 72]) list.pushContext(size);
    list.free();
    expect(nonpaged.liveBlocks).toBe(blocks);
  });

  it("gives a list that stands for it what has to go along", () => {
    const pool = ndis.createNetBufferListPool({ protocolId: 6 });
    const [original, down, up] = [pool.allocate(), pool.allocate(), pool.allocate()];
    expect([original.cancelId, original.protocolId]).toEqual([0, 6]);
    original.cancelId = 0xff00_0001;
    original.setInfo(NDIS_NET_BUFFER_LIST_INFO.values.NetBufferListHashValue, 0x8000_0001);
    original.setInfo(NDIS_NET_BUFFER_LIST_INFO.values.NetBufferListProtocolId, 0xabc2);
    down.copySendInfoFrom(original);
    up.copyReceiveInfoFrom(original);
    expect([down.cancelId, down.info(8), down.protocolId]).toEqual([0xff00_0001, 0, 2]);
    expect([up.cancelId, up.info(8), up.protocolId]).toEqual([0, 0x8000_0001, 2]);
    const elsewhere = new Ndis({ memorySize: 1 << 20 }).createNetBufferListPool().allocate();
    expect(codeOf(() => down.copySendInfoFrom(elsewhere))).toBe("POOL-HANDLE");
  });

  it("knows which flags are all set", () => {
    const list = ndis.createNetBufferListPool().allocate();
    list.flags = 0x8000_0200;
    expect([list.hasFlags(0x8000_0000), list.hasFlags(0x8000_0200), list.hasFlags(0x600)]).toEqual([true, true, false]);
  });

  it("keeps status, flags, info and context in the memory that drivers see", () => {
    const ddi = createDdi(ndis.machine);
    const list = ndis.createNetBufferListPool().allocate(8, 8);
    list.status = 0xc000009a;
    list.flags = 0x400;
    list.setInfo(NDIS_NET_BUFFER_LIST_INFO.values.NetBufferListCancelId, 0x77);
    list.context.set(bytes(8));
    const { address } = list;
    expect(ddi.NET_BUFFER_LIST_STATUS(address) >>> 0).toBe(0xc000009a);
    expect(ddi.NET_BUFFER_LIST_NBL_FLAGS(address)).toBe(0x400);
    expect(ddi.NET_BUFFER_LIST_INFO(address, NDIS_NET_BUFFER_LIST_INFO.values.NetBufferListCancelId)).toBe(0x77);
    expect(list.context.byteOffset).toBe(ddi.NET_BUFFER_LIST_CONTEXT_DATA_START(address));
    expect([list.status, list.flags, list.info(5)]).toEqual([0xc000009a, 0x400, 0x77]);
    expect(codeOf(() => list.info(27))).toBe("NDIS_STATUS_INVALID_PARAMETER");
    expect(codeOf(() => list.setInfo(-1, 0))).toBe("NDIS_STATUS_INVALID_PARAMETER");
  });

  it("takes more NET_BUFFERs, which stay their owner's", () => {
    const lists = ndis.createNetBufferListPool({ netBuffers: true, dataSize: 64 });
    const pool = ndis.createNetBufferPool({ dataSize: 64 });
    const list = lists.allocate();
    const own = list.first;
    const [a, b] = [pool.allocate(), pool.allocate()];
    a.write(bytes(10));
    b.write(bytes(20));
    list.append(a);
    list.append(b);
    expect([...list.netBuffers]).toEqual([own, a, b]);
    expect(list.length).toBe(30);
    for (const nb of [a, b]) expect(codeOf(() => list.append(nb))).toBe("LIST-CYCLE");
    expect(codeOf(() => lists.allocate().append(a))).toBe("LIST-CYCLE");
    expect([list.remove(a), list.remove(a)]).toEqual([true, false]);
    expect([...list.netBuffers]).toEqual([own, b]);
    list.free();
    expect([a.live, b.live, own?.live]).toEqual([true, true, false]);
    expect(codeOf(() => list.append(a))).toBe("NBL-NOTPOOL");
  });

  it("links to further lists, but not in a circle", () => {
    const pool = ndis.createNetBufferListPool();
    const [a, b] = [pool.allocate(), pool.allocate()];
    a.next = b;
    expect(a.next).toBe(b);
    expect(codeOf(() => (b.next = a))).toBe("LIST-CYCLE");
    expect(codeOf(() => (a.next = a))).toBe("LIST-CYCLE");
    const foreign = new Ndis({ memorySize: 1 << 20 }).createNetBufferListPool().allocate();
    expect(codeOf(() => (b.next = foreign))).toBe("POOL-HANDLE");
    expect([a.next, b.next]).toEqual([b, undefined]);
    a.next = undefined;
    expect(a.next).toBeUndefined();
    b.free();
    expect(codeOf(() => (a.next = b))).toBe("NBL-NOTPOOL");
  });

  it("frees what retreats put in front of its own NET_BUFFER", () => {
    const pool = ndis.createNetBufferListPool({ netBuffers: true, dataSize: 64 });
    const { nonpaged } = ndis.machine;
    const round = (): number => {
      const list = pool.allocate();
      list.first?.retreat(20);
      list.free();
      return nonpaged.liveBlocks;
    };
    expect(round()).toBe(round());
  });
});

it("a list and its NET_BUFFER are refused after free, and the NET_BUFFER cannot be freed alone", () => {
  using pool = ndis.createNetBufferListPool({ netBuffers: true, dataSize: 64 });
  const list = pool.allocate();
  const nb = list.first;
  expect(codeOf(() => nb?.free())).toBe("NB-PREALLOC");
  expect(codeOf(() => nb?.firstMdl?.free())).toBe("MDL-NOTALONE");
  expect(codeOf(() => pool.dispose())).toBe("POOL-OUTSTANDING");
  list.free();
  expect(codeOf(() => list.free())).toBe("NBL-DFREE");
  expect(codeOf(() => nb?.free())).toBe("NB-DFREE");
  for (const action of [() => list.first, () => list.next, () => list.status, () => list.context, () => list.info(0)])
    expect(codeOf(action)).toBe("NBL-NOTPOOL");
});

it("a pool refuses what it cannot make", () => {
  expect(codeOf(() => ndis.createNetBufferListPool({ dataSize: 10 }))).toBe("POOL-PARAMS");
  const pool = ndis.createNetBufferListPool();
  expect(codeOf(() => pool.allocate(0x8000, 0x8000))).toBe("NDIS_STATUS_INVALID_PARAMETER");
  pool.dispose();
  expect(codeOf(() => pool.allocate())).toBe("POOL-HANDLE");
});
