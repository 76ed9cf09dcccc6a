import { beforeEach, describe, expect, it } from "vitest";
import { SLIST_HEADER } from "../layout/list.js";
import { Memory } from "../memory/memory.js";
import { Irql } from "./irql.js";
import { Lists } from "./lists.js";
import { SpinLocks } from "./spin-locks.js";

const HEAD = 0x2000;
const LOCK = 0x2010;
const [A, B, C] = [0x2100, 0x2200, 0x2300];

let memory: Memory;
let locks: SpinLocks;
let lists: Lists;

beforeEach(() => {
  memory = new Memory(65_536);
  memory.u8.fill(0xaa, HEAD, C + 16);
  locks = new SpinLocks(memory, new Irql());
  locks.initialize(LOCK);
  lists = new Lists(memory, locks);
});

/** The ring's entries along Flink; the way back along Blink must be the same. */
function ring(): number[] {
  const forth: number[] = [];
  const back: number[] = [];
  for (let at = memory.u32[HEAD >>> 2]; at !== HEAD && forth.length < 9; at = memory.u32[at >>> 2]) forth.push(at);
  for (let at = memory.u32[(HEAD >>> 2) + 1]; at !== HEAD && back.length < 9; at = memory.u32[(at >>> 2) + 1])
    back.unshift(at);
  expect(back).toEqual(forth);
  return forth;
}

describe("rings", () => {
  beforeEach(() => lists.initialize(HEAD));

  it("are empty at first", () => {
    expect([ring(), lists.removeHead(HEAD, LOCK)]).toEqual([[], 0]);
  });

  it("take entries at both ends and tell who was there before", () => {
    expect([lists.insertTail(HEAD, B, LOCK), lists.insertTail(HEAD, C, LOCK), lists.insertHead(HEAD, A, LOCK)]).toEqual(
      [0, B, B],
    );
    expect(ring()).toEqual([A, B, C]);
    lists.initialize(HEAD);
    expect([lists.insertHead(HEAD, A, LOCK), lists.insertTail(HEAD, B, LOCK)]).toEqual([0, A]);
  });

  it("give the first entry, down to the last", () => {
    for (const entry of [A, B, C]) lists.insertTail(HEAD, entry, LOCK);
    for (const [entry, rest] of [
      [A, [B, C]],
      [B, [C]],
      [C, []],
    ] as const) {
      expect([lists.removeHead(HEAD, LOCK), ring()]).toEqual([entry, rest]);
    }
    expect(lists.removeHead(HEAD, LOCK)).toBe(0);
  });

  it("deadlock on a lock that is held, and change nothing", () => {
    lists.insertTail(HEAD, A, LOCK);
    locks.acquireDpr(LOCK);
    for (const call of [
      () => lists.insertHead(HEAD, B, LOCK),
      () => lists.insertTail(HEAD, B, LOCK),
      () => lists.removeHead(HEAD, LOCK),
      () => lists.push(HEAD, B, LOCK),
      () => lists.pop(HEAD, LOCK),
      () => lists.addUlong(HEAD, 1, LOCK),
    ])
      expect(call).toThrow("spin lock that it holds itself");
    expect(ring()).toEqual([A]);
    locks.releaseDpr(LOCK);
    lists.removeHead(HEAD, LOCK);
    expect(locks.held(LOCK)).toBe(false);
  });
});

it("singly linked lists are stacks", () => {
  memory.u32[HEAD >>> 2] = 0;
  expect([A, B, C].map((entry) => lists.push(HEAD, entry, LOCK))).toEqual([0, A, B]);
  expect([1, 2, 3, 4].map(() => lists.pop(HEAD, LOCK))).toEqual([C, B, A, 0]);
});

it("sequenced lists are stacks that count, and can be emptied at once", () => {
  lists.initializeSequenced(HEAD);
  expect([lists.depth(HEAD), lists.popSequenced(HEAD)]).toEqual([0, 0]);
  expect([A, B, C].map((entry) => lists.pushSequenced(HEAD, entry))).toEqual([0, A, B]);
  expect([lists.depth(HEAD), lists.popSequenced(HEAD), lists.depth(HEAD)]).toEqual([3, C, 2]);
  expect([lists.flushSequenced(HEAD), memory.u32[B >>> 2], memory.u32[A >>> 2]]).toEqual([B, A, 0]);
  expect([lists.depth(HEAD), lists.flushSequenced(HEAD), lists.popSequenced(HEAD)]).toEqual([0, 0, 0]);
  // Three pushes, a pop and a flush; what found the list empty changed nothing.
  expect(memory.u16[(HEAD + SLIST_HEADER.offset.Sequence) >>> 1]).toBe(5);
});

it("an addition under a lock wraps around and gives the value of before", () => {
  memory.u32[HEAD >>> 2] = 0xffff_fffe;
  expect([lists.addUlong(HEAD, 3, LOCK), memory.u32[HEAD >>> 2]]).toEqual([0xffff_fffe, 1]);
});
