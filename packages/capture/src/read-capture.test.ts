import { expect, test } from "vitest";
import { readCapture } from "./read-capture.js";
import { concat, frame } from "./testing/byte-builder.js";
import { pcapBytes } from "./testing/pcap-bytes.js";
import { PcapngBlocks } from "./testing/pcapng-bytes.js";

const ng = new PcapngBlocks();
const bytes = concat(
  ng.section(),
  ng.interface(1),
  ng.enhanced(0, 1_700_000_000_000_001n, frame(5, 1), { options: [[1, Uint8Array.of(0x68, 0x69)]] }),
  ng.enhanced(0, 2n, frame(6, 2), { originalLength: 99 }),
);

test("packets are objects of their own", () => {
  const packets = [...readCapture(bytes)];
  expect(packets).toMatchObject([
    { number: 1, seconds: 1_700_000_000, nanoseconds: 1000, data: frame(5, 1), originalLength: 5 },
    { number: 2, seconds: 0, nanoseconds: 2000, data: frame(6, 2), originalLength: 99 },
  ]);
  expect(packets[0]!.interface.linkType).toBe(1);
  expect(packets.map((packet) => packet.options.comments)).toEqual([["hi"], []]);
  packets[0]!.data.fill(0);
  expect(packets[1]!.data).toEqual(frame(6, 2));
});

test("chunks read like the whole", () => {
  const chunks = [bytes.subarray(0, 50), bytes.subarray(50, 51), Buffer.from(bytes.subarray(51))];
  expect([...readCapture(chunks)]).toEqual([...readCapture(bytes)]);
});

test("whole packets come before the error", () => {
  const cut = pcapBytes({}, { data: frame(4) }, { data: frame(4) }).subarray(0, -1);
  const lengths: number[] = [];
  expect(() => {
    for (const { data } of readCapture(cut)) lengths.push(data.length);
  }).toThrow("The capture is cut off in frame 2 at byte 44: at least 1 byte is missing.");
  expect(lengths).toEqual([4]);
});
