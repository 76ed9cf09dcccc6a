import { describe, expect, test } from "vitest";
import { CaptureError } from "./capture-error.js";
import { createCaptureWriter } from "./create-capture-writer.js";
import { OptionCode } from "./option-code.js";
import { ByteBuilder, concat, frame } from "./testing/byte-builder.js";
import { pcapBytes } from "./testing/pcap-bytes.js";
import { PcapngBlocks } from "./testing/pcapng-bytes.js";
import { faultOf, readAll } from "./testing/read-all.js";

const ROUNDS = 500;

/** Numbers 0 to `below` - 1 from a seed: the same for ever. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39) >>> 0;
    return (mixed ^ (mixed >>> 15)) % below;
  };
}

const LIES = [0, 1, 3, 4, 0x7f, 0x80, 0xff];

/** A copy with some bytes, words or lengths changed, cut out or doubled. */
function mutate(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  let result: Uint8Array = bytes.slice();
  for (let change = next(4); change >= 0; change--) {
    const at = next(result.length);
    const length = 1 + next(40);
    switch (next(5)) {
      case 0:
        result[at] = next(256);
        break;
      case 1:
        result.fill(LIES[next(LIES.length)]!, at, at + 4);
        break;
      case 2:
        result = concat(result.subarray(0, at), result.subarray(at + length));
        break;
      case 3:
        result = concat(result.subarray(0, at), result.subarray(at, at + length), result.subarray(at));
        break;
      default:
        result = result.slice(0, Math.max(1, at));
    }
    if (result.length === 0) result = Uint8Array.of(next(256));
  }
  return result;
}

function pcapng(bigEndian: boolean): Uint8Array {
  const ng = new PcapngBlocks(bigEndian);
  const number = (): ByteBuilder => new ByteBuilder(bigEndian);
  const options = [
    [OptionCode.opt_comment, frame(11)],
    [OptionCode.epb_flags, number().u32(1).build()],
    [OptionCode.epb_verdict, number().u8(1).u64(1n).build()],
  ] as [number, Uint8Array][];
  return concat(
    ng.section([[OptionCode.shb_os, frame(3)]]),
    ng.interface(1, 64, [
      [OptionCode.if_tsresol, Uint8Array.of(9)],
      [OptionCode.if_tsoffset, number().u64(5n).build()],
    ]),
    ng.enhanced(0, 1_700_000_000_123_456_789n, frame(33), { options }),
    ng.block(4, number().u16(1, 6).u8(10, 0, 0, 1, 0x61, 0).pad().u16(0, 0).build()),
    ng.block(10, number().u32(0x544c534b, 5).text("CLIEN").pad().build()),
    ng.interface(1, 0, [[OptionCode.if_tsresol, Uint8Array.of(0xa0)]]),
    ng.simple(frame(9)),
    ng.obsolete(1, 7, 99n, frame(10), options),
    ng.section(),
    ng.interface(),
    ng.enhanced(0, 3n, frame(5)),
  );
}

const records = [
  { seconds: 1, fraction: 2, data: frame(60) },
  { seconds: 1, fraction: 3, data: frame(33, 2) },
  { seconds: 2, fraction: 0, data: frame(1) },
];

/** Reads and copies to both formats; whatever happens is a CaptureError or right. */
function exercise(bytes: Uint8Array): void {
  const whole = readAll(bytes, 1 << 20, (record) => {
    expect(record.offset + record.length).toBeLessThanOrEqual(record.bytes.length);
    expect(record.nanoseconds >= 0 && record.nanoseconds < 1e9).toBe(true);
    expect(Number.isInteger(record.seconds)).toBe(true);
    for (const { value } of record.options()) expect(value.length).toBeLessThanOrEqual(record.optionsLength);
  });
  const pieces = readAll(bytes, 5);
  expect(pieces.frames).toEqual(whole.frames);
  expect(faultOf(pieces.error)).toEqual(faultOf(whole.error));
  for (const format of ["pcap", "pcapng"] as const) {
    const chunks: Uint8Array[] = [];
    const writer = createCaptureWriter(format, (chunk) => chunks.push(chunk.slice()), { buffer: new Uint8Array(100) });
    let refused = false;
    readAll(bytes, 64, (record) => {
      try {
        writer.write(record);
      } catch (error) {
        if (!(error instanceof CaptureError)) throw error;
        refused = true;
      }
    });
    if (format === "pcapng") for (const block of whole.blocks) writer.writeBlock(block);
    writer.close();
    const copied = readAll(concat(...chunks));
    expect(copied.error).toBeUndefined();
    if (refused) continue;
    expect(copied.frames.map(({ data, originalLength, time }) => [data, originalLength, time[0]])).toEqual(
      whole.frames.map(({ data, originalLength, time }) => [data, originalLength, time[0]]),
    );
  }
}

describe.each([
  ["pcap", pcapBytes({}, ...records)],
  ["pcap of nanoseconds, big endian", pcapBytes({ bigEndian: true, magic: 0xa1b23c4d }, ...records)],
  ["pcapng", pcapng(false)],
  ["pcapng, big endian", pcapng(true)],
])("a damaged %s", (_, bytes) => {
  test("is read as far as it goes, and then refused in words", () => {
    exercise(bytes);
    for (let seed = 1; seed <= ROUNDS; seed++) {
      try {
        exercise(mutate(bytes, random(seed)));
      } catch (cause) {
        throw new Error(`seed ${seed}`, { cause });
      }
    }
  });
});
