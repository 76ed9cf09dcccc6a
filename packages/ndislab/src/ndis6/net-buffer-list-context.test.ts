import { beforeEach, describe, expect, it } from "vitest";
import { NDIS_STATUS } from "../layout/status.js";
import { Lab, TAG } from "../testing/lab.js";
import { MemorySnapshot } from "../testing/memory-snapshot.js";

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_FAILURE: FAILURE, NDIS_STATUS_RESOURCES: RESOURCES } = NDIS_STATUS;

let lab: Lab;

/** A list with `used` bytes of context and `backFill` free ones, of a pool that gives `preallocated`. */
function list(preallocated: number, used = 0, backFill = 0): number {
  return lab.plain.NdisAllocateNetBufferList(lab.netBufferListPool({ ContextSize: preallocated }), used, backFill);
}

const head = (nbl: number): number => lab.u32(nbl + 8);
const size = (nbl: number): number => lab.machine.memory.u16[(head(nbl) + 4) >>> 1];
const offset = (nbl: number): number => lab.machine.memory.u16[(head(nbl) + 6) >>> 1];
const start = (nbl: number): number => lab.plain.NET_BUFFER_LIST_CONTEXT_DATA_START(nbl);

beforeEach(() => {
  lab = new Lab({ memorySize: 1 << 20 });
});

/** ndis6 F6-15, F6-16. */
describe.each([
  ["in the slot of its pool", (used: number, backFill: number) => list(64, used, backFill)],
  ["in a block of its own", (used: number, backFill: number) => list(8, used, backFill)],
] as const)("context that the list has %s", (_, make) => {
  it("gives from its unused bytes first, and takes back", () => {
    const nbl = make(16, 48);
    const block = head(nbl);
    const before = lab.machine.nonpaged.liveBlocks;
    expect([size(nbl), offset(nbl), start(nbl)]).toEqual([64, 48, block + 8 + 48]);
    expect(lab.plain.NdisAllocateNetBufferListContext(nbl, 8, 100, TAG)).toBe(SUCCESS);
    expect([head(nbl), size(nbl), offset(nbl)]).toEqual([block, 64, 40]);
    expect(lab.plain.NdisAllocateNetBufferListContext(nbl, 40, 0, TAG)).toBe(SUCCESS);
    expect([head(nbl), offset(nbl), start(nbl), lab.machine.nonpaged.liveBlocks]).toEqual([
      block,
      0,
      block + 8,
      before,
    ]);
    lab.plain.NdisFreeNetBufferListContext(nbl, 40);
    lab.plain.NdisFreeNetBufferListContext(nbl, 8);
    expect([head(nbl), offset(nbl)]).toEqual([block, 48]);
  });

  it("stays with the list even when no byte of it is used", () => {
    const nbl = make(16, 48);
    const block = head(nbl);
    lab.plain.NdisFreeNetBufferListContext(nbl, 16);
    expect([head(nbl), offset(nbl)]).toEqual([block, 64]);
    lab.plain.NdisFreeNetBufferListContext(nbl, 8);
    expect([head(nbl), offset(nbl)]).toEqual([block, 64]);
  });

  it("is followed by a block in front when it has too little, and comes to light again", () => {
    const nbl = make(16, 48);
    const first = head(nbl);
    const blocks = lab.machine.nonpaged.liveBlocks;
    expect(lab.plain.NdisAllocateNetBufferListContext(nbl, 56, 24, TAG)).toBe(SUCCESS);
    const second = head(nbl);
    expect(second).not.toBe(first);
    expect([lab.u32(second), size(nbl), offset(nbl), start(nbl)]).toEqual([first, 80, 24, second + 8 + 24]);
    expect(lab.machine.nonpaged.find(second)).toMatchObject({ size: 88, tag: TAG });
    expect(lab.plain.NdisAllocateNetBufferListContext(nbl, 24, 0, TAG)).toBe(SUCCESS);
    expect([head(nbl), offset(nbl)]).toEqual([second, 0]);
    lab.plain.NdisFreeNetBufferListContext(nbl, 24);
    expect(head(nbl)).toBe(second);
    lab.plain.NdisFreeNetBufferListContext(nbl, 56);
    expect([head(nbl), offset(nbl), lab.machine.nonpaged.liveBlocks]).toEqual([first, 48, blocks]);
  });
});

describe("a list without context", () => {
  it("gets one, and is as before when it goes", () => {
    const nbl = list(0);
    expect(head(nbl)).toBe(0);
    expect(lab.plain.NdisAllocateNetBufferListContext(nbl, 8, 8, TAG)).toBe(SUCCESS);
    expect([lab.u32(head(nbl)), size(nbl), offset(nbl)]).toEqual([0, 16, 8]);
    lab.plain.NdisFreeNetBufferListContext(nbl, 8);
    expect(head(nbl)).toBe(0);
    lab.plain.NdisFreeNetBufferListContext(nbl, 0); // nothing to take off: not a word of memory is touched at NULL
    expect([lab.u32(0), lab.u32(4)]).toEqual([0, 0]);
  });

  it("can have as much as its 16 bits say, and not more", () => {
    const nbl = list(0);
    const before = new MemorySnapshot(lab.machine.memory);
    expect(lab.plain.NdisAllocateNetBufferListContext(nbl, 0xfffc, 4, TAG)).toBe(FAILURE);
    before.expectChangesOnlyIn();
    expect(lab.plain.NdisAllocateNetBufferListContext(nbl, 0xfff8, 4, TAG)).toBe(SUCCESS);
    expect([size(nbl), offset(nbl)]).toEqual([0xfffc, 4]);
  });

  it.each([
    [2, 0],
    [8, 1],
    [3, 5],
  ])("is refused %i + %i bytes, which are no pointers", (bytes, backFill) => {
    const nbl = list(0);
    expect(lab.plain.NdisAllocateNetBufferListContext(nbl, bytes, backFill, TAG)).toBe(FAILURE);
    expect(head(nbl)).toBe(0);
  });

  it("is as it was when memory is short", () => {
    const nbl = list(0);
    lab.machine.nonpaged.fault = () => true;
    const before = new MemorySnapshot(lab.machine.memory);
    expect(lab.plain.NdisAllocateNetBufferListContext(nbl, 8, 0, TAG)).toBe(RESOURCES);
    before.expectChangesOnlyIn();
  });
});

it("contexts of three drivers nest, and each finds its own bytes again", () => {
  const nbl = list(32, 8, 24);
  const { u8 } = lab.machine.memory;
  const sizes = [16, 40, 8];
  const starts = sizes.map((bytes, i) => {
    expect(lab.plain.NdisAllocateNetBufferListContext(nbl, bytes, 8, TAG)).toBe(SUCCESS);
    u8.fill(i + 1, start(nbl), start(nbl) + bytes);
    return start(nbl);
  });
  for (let i = 2; i >= 0; i--) {
    expect(start(nbl)).toBe(starts[i]);
    expect([...u8.subarray(start(nbl), start(nbl) + sizes[i])]).toEqual(Array(sizes[i]).fill(i + 1));
    lab.plain.NdisFreeNetBufferListContext(nbl, sizes[i]);
  }
  expect([size(nbl), offset(nbl)]).toEqual([32, 24]);
});

it("a list that is used again has its own context as new, whatever was put on it before", () => {
  const pool = lab.netBufferListPool({ ContextSize: 16 });
  const first = lab.plain.NdisAllocateNetBufferList(pool, 8, 0);
  lab.plain.NdisAllocateNetBufferListContext(first, 8, 0, TAG);
  lab.plain.NdisAllocateNetBufferListContext(first, 32, 0, TAG);
  lab.machine.contexts.freeAll(first);
  lab.plain.NdisFreeNetBufferList(first);
  const nbl = lab.plain.NdisAllocateNetBufferList(pool, 16, 0);
  expect([nbl, head(nbl), lab.u32(head(nbl)), size(nbl), offset(nbl)]).toEqual([first, nbl + 192, 0, 16, 0]);
});
