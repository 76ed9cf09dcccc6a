import { expect, it } from "vitest";
import { SharedMemory } from "../memory/shared-memory.js";
import { Ndis } from "./ndis.js";
import type { Ring } from "./ring.js";

function sides(capacity: number): [from: Ring, to: Ring] {
  const { processors } = new SharedMemory({ processors: 2, memorySize: 1 << 20 });
  const [here, there] = processors.map((processor) => new Ndis({ processor }));
  const ring = here.createRing(capacity);
  return [ring, there.ringAt(ring.address)];
}

it.each([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 4],
  [1000, 1024],
])("a ring for %d addresses has room for %d, no more, and gives them in order", (asked, capacity) => {
  const [from, to] = sides(asked);
  expect(from.capacity).toBe(capacity);
  expect(to.capacity).toBe(capacity);
  for (let round = 0; round < 3; round++) {
    for (let i = 1; i <= capacity; i++) expect(from.put(8 * i)).toBe(true);
    expect(from.put(8)).toBe(false);
    for (let i = 1; i <= capacity; i++) expect(to.take()).toBe(8 * i);
    expect(to.take()).toBe(0);
  }
});

it("goes on where a full one was taken from, and with any number waiting", () => {
  const [from, to] = sides(4);
  const expected: number[] = [];
  let next = 8;
  for (let step = 0; step < 1000; step++) {
    if ((step * 7) % 5 < 3) {
      const put = from.put(next);
      expect(put).toBe(expected.length < 4);
      if (put) expected.push(next);
      next += 8;
    } else expect(to.take()).toBe(expected.shift() ?? 0);
  }
});

it("counts beyond 2³²", () => {
  const [from] = sides(2);
  const { i32 } = (from as unknown as { machine: Ndis["machine"] }).machine.memory;
  i32[from.address >>> 2] = -1;
  i32[(from.address >>> 2) + 16] = -1;
  const { processors } = new SharedMemory({ processors: 1, memorySize: 1 << 20 });
  expect(processors).toHaveLength(1);
  const machine = (from as unknown as { machine: Ndis["machine"] }).machine;
  const late = new Ndis(machine).ringAt(from.address);
  for (let i = 1; i <= 10; i++) {
    expect([late.put(8 * i), late.put(8 * i + 8), late.put(1)]).toEqual([true, true, false]);
    expect([late.take(), late.take(), late.take()]).toEqual([8 * i, 8 * i + 8, 0]);
  }
});

it("of too many, or of no number, is refused", () => {
  const ndis = new Ndis({ memorySize: 1 << 20 });
  expect(() => ndis.createRing(2 ** 25)).toThrow("A ring has at most 16777216 entries.");
  expect(() => ndis.createRing(-1)).toThrow("A capacity");
  expect(() => ndis.createRing(1 << 20)).toThrow("has no room for a ring");
});

it("gives its memory back", () => {
  const ndis = new Ndis({ memorySize: 1 << 20 });
  const { liveBlocks } = ndis.machine.nonpaged;
  ndis.createRing(10).dispose();
  expect(ndis.machine.nonpaged.liveBlocks).toBe(liveBlocks);
});
