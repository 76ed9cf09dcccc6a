import { describe, expect, it } from "vitest";
import { KIND, Ledger, OBJECT_KINDS } from "./ledger.js";

const SIZE = 1 << 16;

describe("the ledger", () => {
  it("has a name for every kind", () => {
    expect(Object.values(KIND)).toEqual(OBJECT_KINDS.map((_, i) => i));
  });

  it("knows nothing of an address where nothing was", () => {
    const ledger = new Ledger(SIZE);
    expect([ledger.kindAt(64), ledger.allocationSite(64), ledger.freeSite(64), ledger.value(64)]).toEqual([
      KIND.nothing,
      0,
      0,
      0,
    ]);
    for (const kind of Object.values(KIND).slice(1))
      expect([ledger.isLive(64, kind), ledger.wasFreed(64, kind)]).toEqual([false, false]);
    expect([ledger.isLive(SIZE, KIND.mdl), ledger.allocationSite(SIZE), ledger.freeSite(0xffff_fff8)]).toEqual([
      false,
      0,
      0,
    ]);
  });

  it("lists what lives, and goes on when some of it is freed meanwhile", () => {
    const ledger = new Ledger(SIZE);
    for (const address of [64, 128, 256, SIZE - 8]) ledger.allocated(address, KIND.mdl, 1);
    expect([...ledger.liveObjects(KIND.mdl)]).toEqual([64, 128, 256, SIZE - 8]);
    const seen: number[] = [];
    for (const address of ledger.liveObjects(KIND.mdl)) {
      seen.push(address);
      if (address === 64) ledger.freed(128, 2);
      ledger.freed(address, 2);
    }
    expect([seen, [...ledger.liveObjects(KIND.mdl)]]).toEqual([[64, 256, SIZE - 8], []]);
  });

  it("follows an object from its allocation to its end, and the next one at the same place", () => {
    const ledger = new Ledger(SIZE);
    ledger.allocated(64, KIND.mdl, 10);
    ledger.setValue(64, -5);
    expect([ledger.isLive(64, KIND.mdl), ledger.isLive(64, KIND.buffer), ledger.wasFreed(64, KIND.mdl)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([ledger.allocationSite(64), ledger.value(64), ledger.live(KIND.mdl)]).toEqual([10, -5, 1]);
    ledger.freed(64, 20);
    expect([ledger.isLive(64, KIND.mdl), ledger.wasFreed(64, KIND.mdl), ledger.wasFreed(64, KIND.buffer)]).toEqual([
      false,
      true,
      false,
    ]);
    expect([ledger.kindAt(64), ledger.allocationSite(64), ledger.freeSite(64), ledger.live(KIND.mdl)]).toEqual([
      KIND.mdl,
      10,
      20,
      0,
    ]);
    ledger.allocated(64, KIND.netBuffer, 30);
    expect([ledger.isLive(64, KIND.netBuffer), ledger.wasFreed(64, KIND.mdl), ledger.value(64)]).toEqual([
      true,
      false,
      0,
    ]);
    expect([ledger.live(KIND.mdl), ledger.live(KIND.netBuffer)]).toEqual([0, 1]);
  });

  it("keeps neighbours apart: an entry for each 8 bytes", () => {
    const ledger = new Ledger(SIZE);
    ledger.allocated(64, KIND.mdl, 1);
    ledger.allocated(72, KIND.buffer, 2);
    ledger.freed(64, 3);
    expect([ledger.kindAt(71), ledger.isLive(72, KIND.buffer), ledger.allocationSite(72)]).toEqual([KIND.mdl, true, 2]);
  });

  it("lists the live objects of a kind in address order", () => {
    const ledger = new Ledger(SIZE);
    for (const address of [800, 8, 80, SIZE - 8]) ledger.allocated(address, KIND.memory, 1);
    ledger.allocated(16, KIND.mdl, 1);
    ledger.freed(80, 2);
    expect([...ledger.liveObjects(KIND.memory)]).toEqual([8, 800, SIZE - 8]);
    expect([...ledger.liveObjects(KIND.bufferPool)]).toEqual([]);
  });
});
