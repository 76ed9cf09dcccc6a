import { describe, expect, test } from "vitest";
import { ByteWindow } from "./byte-window.js";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** What the window shows, unread. */
const shown = (window: ByteWindow): number[] => [...window.bytes.subarray(window.at, window.end)];

test("a chunk is shown without a copy", () => {
  const window = new ByteWindow();
  const chunk = bytes(1, 2, 3);
  window.push(chunk);
  expect(window.need(3)).toBe(true);
  expect(window.bytes).toBe(chunk);
  expect(window.view.getUint8(window.at)).toBe(1);
});

test("what is left of a chunk survives it", () => {
  const window = new ByteWindow();
  const chunk = bytes(1, 2, 3);
  window.push(chunk);
  window.at += 1;
  expect(window.need(4)).toBe(false);
  expect(window.wanted).toBe(4);
  chunk.fill(9);
  expect(shown(window)).toEqual([2, 3]);
  expect([window.position, window.unread]).toEqual([1, 2]);
});

test("a record across chunks is put together, and the next chunk is shown from behind it", () => {
  const window = new ByteWindow();
  window.push(bytes(1, 2, 3));
  window.at = 2;
  expect(window.need(3)).toBe(false);
  const next = bytes(4, 5, 6, 7);
  window.push(next);
  expect(window.need(3)).toBe(true);
  expect(shown(window)).toEqual([3, 4, 5]);
  expect([window.position, window.unread]).toEqual([2, 5]);
  window.at += 3;
  expect(window.need(2)).toBe(true);
  expect(window.bytes).toBe(next);
  expect(shown(window)).toEqual([6, 7]);
  expect(window.position).toBe(5);
});

test("chunks may be pushed ahead, and be empty", () => {
  const window = new ByteWindow(new Uint8Array(2));
  for (const chunk of [[], [1], [2, 3], [], [4], [5, 6, 7]]) window.push(bytes(...chunk));
  expect(window.unread).toBe(7);
  expect(window.need(6)).toBe(true);
  expect(shown(window)).toEqual([1, 2, 3, 4, 5, 6]);
  window.at += 6;
  expect(window.need(2)).toBe(false);
  expect(shown(window)).toEqual([7]);
  expect(window.position).toBe(6);
});

describe("the scratch", () => {
  test("is the caller's while records fit", () => {
    const scratch = new Uint8Array(4);
    const window = new ByteWindow(scratch);
    window.push(bytes(1, 2));
    expect(window.need(4)).toBe(false);
    window.push(bytes(3, 4, 5));
    expect(window.need(4)).toBe(true);
    expect(window.bytes).toBe(scratch);
    expect(window.need(5)).toBe(true);
    expect(window.bytes).not.toBe(scratch);
    expect(shown(window)).toEqual([1, 2, 3, 4, 5]);
  });

  test("is used from its start again when its end is reached", () => {
    const scratch = new Uint8Array(4);
    const window = new ByteWindow(scratch);
    window.push(bytes(1, 2, 3));
    expect(window.need(4)).toBe(false);
    window.at += 2;
    window.push(bytes(4, 5, 6));
    expect(window.need(4)).toBe(true);
    expect(window.bytes).toBe(scratch);
    expect(shown(window)).toEqual([3, 4, 5, 6]);
    expect(window.position).toBe(2);
  });

  test("grows with what arrived, not with what is asked for", () => {
    const window = new ByteWindow(new Uint8Array(2));
    for (let pushed = 1; pushed <= 100; pushed++) {
      window.push(bytes(pushed));
      expect(window.need(2 ** 31)).toBe(false);
      expect(window.bytes.length).toBeLessThanOrEqual(Math.max(2, 2 * pushed));
    }
    expect(window.unread).toBe(100);
  });
});

test("a Buffer is shown as a plain array of the same memory", () => {
  const window = new ByteWindow();
  const memory = new Uint8Array([0, 1, 2, 3]);
  window.push(Buffer.from(memory.buffer, 1, 2));
  expect(Object.getPrototypeOf(window.bytes)).toBe(Uint8Array.prototype);
  memory[1] = 9;
  expect(shown(window)).toEqual([9, 2]);
});
