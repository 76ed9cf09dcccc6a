import { expect, test } from "vitest";
import { CaptureError } from "./capture-error.js";
import { formatForFileName } from "./capture-format.js";

test.each(["a.pcap", "a.cap", "dir.pcapng/a.DMP", "C:\\x\\trace.Pcap", "a.b.pcap"])("%s is pcap", (name) => {
  expect(formatForFileName(name)).toBe("pcap");
});

test.each(["a.pcapng", "./a.ntar", "a.pcap.PCAPNG"])("%s is pcapng", (name) => {
  expect(formatForFileName(name)).toBe("pcapng");
});

test.each(["", "-", "pcap", "/dev/null", "a.txt", "a.pcap.gz", "a.pcap/", "dir.pcap/file"])("%s is refused", (name) => {
  expect(() => formatForFileName(name)).toThrow(
    new CaptureError(
      "UNKNOWN_EXTENSION",
      `The name "${name}" does not say which capture format to write: end it in one of .pcap, .cap, .dmp, .pcapng, .ntar.`,
    ),
  );
});
