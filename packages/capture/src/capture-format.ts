import { CaptureError } from "./capture-error.js";

/** The two families of capture files. */
export type CaptureFormat = "pcap" | "pcapng";

const formats: ReadonlyMap<string, CaptureFormat> = new Map([
  ["pcap", "pcap"],
  ["cap", "pcap"],
  ["dmp", "pcap"],
  ["pcapng", "pcapng"],
  ["ntar", "pcapng"],
]);

/**
 * The format that a file name asks for, by its extension, in either case.
 *
 * @throws CaptureError `UNKNOWN_EXTENSION` when the name ends in none of .pcap, .cap, .dmp, .pcapng, .ntar.
 */
export function formatForFileName(name: string): CaptureFormat {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const format = formats.get(extension);
  if (format === undefined) {
    const known = [...formats.keys()].map((each) => `.${each}`).join(", ");
    throw new CaptureError(
      "UNKNOWN_EXTENSION",
      `The name "${name}" does not say which capture format to write: end it in one of ${known}.`,
    );
  }
  return format;
}
