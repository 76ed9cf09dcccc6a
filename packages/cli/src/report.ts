import type { Finding, PlannedFault, PoolReport, Severity } from "ndislab";
import { tagText } from "ndislab";

/** The report of a run. The JSON form is exactly this; schema/report.schema.json describes it. */
export interface Report {
  readonly version: 1;
  readonly driver: { readonly name: string; readonly sources: readonly string[] };
  readonly packets: { readonly in: number; readonly out: number; readonly dropped: number };
  readonly pools: readonly PoolLine[];
  readonly findings: readonly Finding[];
  /** What --fail asked for. */
  readonly faults?: readonly PlannedFault[];
  /** From DriverEntry to the end of the unload. */
  readonly milliseconds: number;
}

export interface PoolLine {
  readonly kind: "NDIS_BUFFER" | "NDIS_PACKET" | "NET_BUFFER" | "NET_BUFFER_LIST" | "memory";
  /** Four characters, in the order of memory. */
  readonly tag: string;
  readonly live: number;
  /** Most objects that were out at once. */
  readonly peak: number;
  readonly allocations: number;
}

const KINDS = {
  buffer: "NDIS_BUFFER",
  packet: "NDIS_PACKET",
  netBuffer: "NET_BUFFER",
  netBufferList: "NET_BUFFER_LIST",
} as const;

export function poolLines(pools: readonly PoolReport[], memory: readonly MemoryUse[]): PoolLine[] {
  return [
    ...pools.map(({ kind, tag, live, peak, allocations }) => ({
      kind: KINDS[kind],
      tag: tagText(tag),
      live,
      peak,
      allocations,
    })),
    ...memory.map(({ tag, live, peak, allocations }) => ({
      kind: "memory" as const,
      tag: tagText(tag),
      live,
      peak,
      allocations,
    })),
  ];
}

/** Blocks a driver allocated under one tag. */
export interface MemoryUse {
  readonly tag: number;
  readonly live: number;
  readonly peak: number;
  readonly allocations: number;
}

const GRAVE: readonly Severity[] = ["bug", "error", "warn"];

/** True when a finding changes the exit status. */
export const isGrave = (finding: Finding): boolean => GRAVE.includes(finding.severity);
