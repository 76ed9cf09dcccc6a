import { readFileSync } from "node:fs";

/** How often real drivers call one name. */
export interface Usage {
  readonly family: string;
  readonly drivers: number;
  readonly callSites: number;
}

/** What 41 open-source Windows network drivers call, by name; counted in their sources. */
export const DRIVER_USAGE: ReadonlyMap<string, Usage> = new Map(
  readFileSync(new URL("../data/driver-usage.tsv", import.meta.url), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [name, family, drivers, callSites] = line.split("\t") as [string, string, string, string];
      return [name, { family, drivers: Number(drivers), callSites: Number(callSites) }];
    }),
);

/** Families of names whose every member must be there: buffers, packets, lists, MDLs. */
export const BUFFER_FAMILIES: readonly string[] = [
  "NDIS5 buffer",
  "NDIS5 packet",
  "NET_BUFFER",
  "NET_BUFFER_LIST",
  "MDL",
  "data-start",
  "clone/fragment",
  "NBL info/flags",
];
