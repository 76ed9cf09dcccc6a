import { expect, it } from "vitest";
import { patternByte } from "../testing/lab.js";
import { IMAGE_BASE, Memory } from "./memory.js";

const LONGEST = 140;
const FARTHEST = 70;

/** All bytes that are read or written. */
const ROOM = FARTHEST + LONGEST + FARTHEST;

it.each([0, 1, 4])("moves bytes of every length, onto themselves too, from %i behind a multiple of 8 on", (odd) => {
  const { u8, helper } = new Memory(2 * IMAGE_BASE);
  const from = IMAGE_BASE + 128 + odd;
  const start = from - FARTHEST;
  const pattern = Uint8Array.from({ length: ROOM }, (_, i) => patternByte(i));
  const differing: string[] = [];
  for (let length = 0; length <= LONGEST; length++) {
    for (let distance = -FARTHEST; distance <= FARTHEST; distance++) {
      const expected = pattern.slice().copyWithin(FARTHEST + distance, FARTHEST, FARTHEST + length);
      u8.set(pattern, start);
      helper.copyBytes(from + distance, from, length);
      if (Buffer.compare(expected, u8.subarray(start, start + ROOM)) !== 0)
        differing.push(`${length} bytes by ${distance}`);
    }
  }
  expect(differing).toEqual([]);
});

it("moves nothing into the bytes next to those it was asked for", () => {
  const { u8, helper } = new Memory(2 * IMAGE_BASE);
  const to = IMAGE_BASE + 0x1000;
  for (let i = 0; i < LONGEST; i++) u8[IMAGE_BASE + i] = patternByte(i);
  for (let length = 0; length <= LONGEST; length++) {
    u8.fill(0xee, to - 64, to + LONGEST + 64);
    helper.copyBytes(to, IMAGE_BASE, length);
    expect([...u8.subarray(to - 64, to + length + 64)]).toEqual([
      ...Array<number>(64).fill(0xee),
      ...u8.subarray(IMAGE_BASE, IMAGE_BASE + length),
      ...Array<number>(64).fill(0xee),
    ]);
  }
});
