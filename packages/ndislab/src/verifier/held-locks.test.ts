import { beforeEach, describe, expect, it } from "vitest";
import { HeldLocks } from "./held-locks.js";
import { NDIS, QUEUED, RW } from "./lock-forms.js";

let locks: HeldLocks;

beforeEach(() => {
  locks = new HeldLocks();
  locks.acquired(0x100, 1, NDIS, 0);
  locks.acquired(0x200, 2, QUEUED, 2, 0x900);
  locks.acquired(0x300, 3, RW, 1, 0x904);
});

/** All that is kept of each hold, the oldest first. */
const holds = (): unknown[][] =>
  Array.from({ length: locks.count }, (_, at) => [
    locks.lockAt(at),
    locks.siteAt(at),
    locks.formAt(at),
    locks.levelAt(at),
    locks.handleAt(at),
  ]);

describe("held locks", () => {
  it("keep their order when one goes from among them", () => {
    const [first, , third] = holds();
    locks.remove(1);
    expect(holds()).toEqual([first, third]);
    locks.remove(0);
    expect([holds(), locks.newest]).toEqual([[third], 0x300]);
  });

  it("are found by lock, by handle and by place, the newest first", () => {
    locks.acquired(0x100, 4, RW, 2, 0x908);
    expect([locks.find(0x100), locks.find(0x200), locks.find(0x104)]).toEqual([3, 1, -1]);
    expect([locks.findByHandle(0x904), locks.findByHandle(0x90c)]).toEqual([2, -1]);
    expect([locks.findWithin(0x200, 0x300), locks.findWithin(0x101, 0x200), locks.findWithin(0x300, 0x301)]).toEqual([
      1, -1, 2,
    ]);
  });

  it("are cut down to the oldest", () => {
    locks.due = 1;
    locks.truncate(1);
    expect([locks.count, locks.find(0x300), locks.due]).toEqual([1, -1, -1]);
  });
});
