import { expect, it } from "vitest";
import { SlotTable } from "./slot-table.js";

it("finds the object of each slot, and none for NULL or a slot that has none yet", () => {
  const table = new SlotTable<string>(96);
  expect(table.get(0x2000)).toBeUndefined();
  table.set(0x2000, "first");
  table.set(0x2060, "second");
  table.set(0x8000, "far");
  expect([0x2000, 0x2060, 0x8000].map((address) => table.get(address))).toEqual(["first", "second", "far"]);
  expect([0, 0x20c0, 0x1000, 0x9000].map((address) => table.get(address))).toEqual(Array(4).fill(undefined));
});

it("takes slots below the first one", () => {
  const table = new SlotTable<number>(2240);
  const addresses = [0x50000, 0x50000 - 2240, 0x50000 + 2240, 0x11000, 0x90000];
  for (const address of addresses) table.set(address, address);
  expect(addresses.map((address) => table.get(address))).toEqual(addresses);
  expect([...table.values()]).toEqual([...addresses].sort((a, b) => a - b));
});

it("keeps all slots of a chunk apart, whatever their size", () => {
  for (const size of [32, 96, 104, 2240, 4095, 65536]) {
    const table = new SlotTable<number>(size);
    for (let i = 99; i >= 0; i--) table.set(0x20008 + i * size, i);
    for (let i = 0; i < 100; i++) expect(table.get(0x20008 + i * size)).toBe(i);
  }
});
