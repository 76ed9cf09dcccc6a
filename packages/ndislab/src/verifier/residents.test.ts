import { beforeEach, describe, expect, it } from "vitest";
import { Residents } from "./residents.js";

const POOL = 0x2000;
let residents: Residents;

beforeEach(() => {
  residents = new Residents(0x10000, POOL);
});

describe("residents", () => {
  it("live from their begin to their end, with the call that made it so", () => {
    expect([residents.isLive(0x2004), residents.hasEnded(0x2004), residents.kindAt(0x2004)]).toEqual([
      false,
      false,
      "nothing",
    ]);
    residents.begin(0x2004, "NDIS_SPIN_LOCK", 7);
    expect([residents.isLive(0x2004), residents.siteOf(0x2004), residents.kindAt(0x2004)]).toEqual([
      true,
      7,
      "NDIS_SPIN_LOCK",
    ]);
    residents.end(0x2004, 8);
    expect([residents.isLive(0x2004), residents.hasEnded(0x2004), residents.siteOf(0x2004)]).toEqual([false, true, 8]);
    expect(residents.kindAt(0x2004)).toBe("NDIS_SPIN_LOCK");
    residents.begin(0x2004, "KSPIN_LOCK", 9);
    expect([residents.isLive(0x2004), residents.hasEnded(0x2004)]).toEqual([true, false]);
  });

  it("are kept for each word", () => {
    residents.begin(0x2000, "KSPIN_LOCK", 1);
    residents.begin(0x2004, "KSPIN_LOCK", 2);
    expect([residents.siteOf(0x2000), residents.siteOf(0x2004), residents.isLive(0x2008)]).toEqual([1, 2, false]);
    expect([...residents.live("KSPIN_LOCK")]).toEqual([0x2000, 0x2004]);
    expect([...residents.live("mutex")]).toEqual([]);
  });

  it("are found and forgotten with the bytes they lie in, and with no others", () => {
    for (const at of [0x1ffc, 0x2000, 0x200c, 0x2010]) residents.begin(at, "KSPIN_LOCK", 1);
    residents.end(0x200c, 2);
    expect([residents.next(0x2000, 0x2010), residents.next(0x2004, 0x2010), residents.next(0x2004, 0x2014)]).toEqual([
      0x2000, -1, 0x2010,
    ]);
    residents.forget(0x2000, 0x2010);
    expect([...residents.live("KSPIN_LOCK")]).toEqual([0x1ffc, 0x2010]);
    expect(residents.hasEnded(0x200c)).toBe(false);
    residents.forget(0x2010, 0x2014);
    residents.begin(POOL, "mutex", 3);
    expect(residents.next(POOL, 0x3000)).toBe(POOL);
    residents.forget(POOL, POOL + 4);
    expect(residents.next(0x2000, 0x3000)).toBe(-1);
    residents.begin(0x2010, "mutex", 3);
    expect(residents.next(0x2000, 0x3000)).toBe(0x2010);
  });
});
