import { describe, expect, test } from "vitest";
import { CaptureOptions } from "./capture-options.js";
import { Clock } from "./clock.js";
import { frame } from "./testing/byte-builder.js";
import { collect } from "./testing/collect.js";
import { pcapBytes } from "./testing/pcap-bytes.js";

const NANOSECONDS = 0xa1b23c4d;
const code = (expected: string) => expect.objectContaining({ code: expected });

describe("the header", () => {
  test("of a capture without frames", () => {
    const { writer, bytes } = collect("pcap");
    writer.addInterface({ linkType: 113, clock: Clock.microseconds, snapLength: 300_000 });
    writer.close();
    expect(bytes()).toEqual(pcapBytes({ linkType: 113, snapLength: 300_000 }));
    expect(writer.format).toBe("pcap");
  });

  test("of a capture without interfaces is one of Ethernet", () => {
    const { writer, bytes } = collect("pcap");
    writer.close();
    expect(bytes()).toEqual(pcapBytes({ linkType: 1, snapLength: 262144 }));
  });

  test("has a snap length of 262,144 at least", () => {
    for (const snapLength of [0, 96, 65535, 262144]) {
      const { writer, bytes } = collect("pcap", { resolution: "microseconds" });
      writer.addInterface({ linkType: 1, snapLength });
      writer.close();
      expect(bytes()).toEqual(pcapBytes({ snapLength: 262144 }));
    }
  });

  test("keeps the length of frame check sequences if all interfaces have it", () => {
    const { writer, bytes } = collect("pcap");
    writer.addInterface({ linkType: 1, clock: Clock.microseconds, fcsLength: 4 });
    writer.close();
    expect(bytes()).toEqual(pcapBytes({ linkType: 0x24000001 }));
    const mixed = collect("pcap");
    mixed.writer.addInterface({ linkType: 1, clock: Clock.microseconds, fcsLength: 4 });
    mixed.writer.addInterface({ linkType: 1, clock: Clock.microseconds });
    mixed.writer.close();
    expect(mixed.bytes()).toEqual(pcapBytes({ linkType: 1 }));
  });
});

describe("the tick", () => {
  const written = (clocks: (Clock | undefined)[], resolution?: "microseconds" | "nanoseconds") => {
    const { writer, bytes } = collect("pcap", resolution === undefined ? {} : { resolution });
    const ids = clocks.map((clock) =>
      writer.addInterface(clock === undefined ? { linkType: 1 } : { linkType: 1, clock }),
    );
    for (const id of ids) writer.writeFrame(id, 0, 1_500_000, frame(1));
    writer.close();
    return bytes();
  };
  const records = (...stamps: [seconds: number, fraction: number][]) =>
    stamps.map(([seconds, fraction]) => ({ seconds, fraction, data: frame(1) }));

  test("is a microsecond where no clock is finer", () => {
    const bytes = written([Clock.microseconds, Clock.counter(6), Clock.counter(3, 7)]);
    expect(bytes).toEqual(pcapBytes({}, ...records([0, 1_500_000], [1, 500_000], [1507, 0])));
  });

  test("is a nanosecond where one is finer", () => {
    const bytes = written([Clock.microseconds, Clock.counter(9)]);
    expect(bytes).toEqual(pcapBytes({ magic: NANOSECONDS }, ...records([1, 500_000_000], [0, 1_500_000])));
  });

  test("is by default that of seconds and nanoseconds", () => {
    expect(written([undefined])).toEqual(pcapBytes({ magic: NANOSECONDS }, ...records([0, 1_500_000])));
  });

  test("is what was asked for", () => {
    expect(written([Clock.nanoseconds], "microseconds")).toEqual(pcapBytes({}, ...records([0, 1500])));
    expect(written([Clock.microseconds], "nanoseconds")).toEqual(
      pcapBytes({ magic: NANOSECONDS }, ...records([1, 500_000_000])),
    );
  });

  test("stays when a finer clock comes later, which is refused", () => {
    const { writer, bytes } = collect("pcap");
    const id = writer.addInterface({ linkType: 1, clock: Clock.microseconds });
    writer.writeFrame(id, 1, 2, frame(3));
    expect(() => writer.addInterface({ linkType: 1, clock: Clock.counter(9) })).toThrow(code("PRECISION"));
    const coarse = writer.addInterface({ linkType: 1, clock: Clock.counter(0) });
    writer.writeFrame(coarse, 0, 9, frame(2));
    writer.close();
    expect(bytes()).toEqual(
      pcapBytes({}, { seconds: 1, fraction: 2, data: frame(3) }, { seconds: 9, fraction: 0, data: frame(2) }),
    );
  });

  test("takes a finer clock that comes later if it was asked for", () => {
    const { writer, bytes } = collect("pcap", { resolution: "microseconds" });
    writer.flush();
    const id = writer.addInterface({ linkType: 1, clock: Clock.counter(9) });
    writer.writeFrame(id, 0, 1999, frame(1));
    writer.close();
    expect(bytes()).toEqual(pcapBytes({}, { seconds: 0, fraction: 1, data: frame(1) }));
  });
});

test("a stamp of the same clock is written as it is, also a false one", () => {
  const { writer, bytes } = collect("pcap");
  const id = writer.addInterface({ linkType: 1, clock: Clock.microseconds });
  writer.writeFrame(id, 0xffffffff, 0xffffffff, frame(1));
  writer.close();
  expect(bytes()).toEqual(pcapBytes({}, { seconds: 0xffffffff, fraction: 0xffffffff, data: frame(1) }));
});

describe("refused", () => {
  test("a second link type", () => {
    const { writer } = collect("pcap");
    writer.addInterface({ linkType: 1 });
    expect(() => writer.addInterface({ linkType: 113 })).toThrow(
      "A pcap file holds one link type only, and this capture has ETHERNET and LINUX_SLL; write a pcapng file.",
    );
    expect(() => writer.addInterface({ linkType: 101 })).toThrow(code("LINK_TYPE"));
    expect(writer.addInterface({ linkType: 1 })).toBe(1);
  });

  test("a time outside of 1970 to 2106, leaving the capture as it was", () => {
    const { writer, bytes } = collect("pcap");
    const early = writer.addInterface({ linkType: 1, clock: Clock.counter(6, -1) });
    const late = writer.addInterface({ linkType: 1, clock: Clock.counter(0) });
    expect(() => writer.writeFrame(early, 0, 999_999, frame(1))).toThrow(
      "A frame is stamped -1 seconds after 1970; a pcap file holds 1970 to 2106, so write a pcapng file.",
    );
    expect(() => writer.writeFrame(late, 1, 0, frame(1))).toThrow(code("STAMP_RANGE"));
    writer.writeFrame(early, 0, 1_000_000, frame(1));
    writer.close();
    expect(bytes()).toEqual(pcapBytes({}, { seconds: 0, fraction: 0, data: frame(1) }));
  });
});

test("options and blocks have no room", () => {
  const { writer, bytes } = collect("pcap");
  const id = writer.addInterface({ linkType: 1, clock: Clock.microseconds, options: CaptureOptions.of([2, "eth0"]) });
  writer.writeFrame(id, 0, 0, frame(2), 0, 2, 2, CaptureOptions.of([1, "comment"]));
  const section = { id: 0, bigEndian: false, options: CaptureOptions.none };
  expect(writer.writeBlock({ type: 4, body: new Uint8Array(4), section, position: 0 })).toBe(false);
  writer.close();
  expect(bytes()).toEqual(pcapBytes({}, { data: frame(2) }));
});
