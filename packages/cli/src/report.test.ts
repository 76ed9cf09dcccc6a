import { readFileSync, writeFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { Report } from "./report.js";
import { reportText } from "./report-text.js";
import { command } from "./testing/command.js";
import { repository, scratch } from "./testing/scratch.js";

const at = scratch();
const validate = new Ajv().compile(
  JSON.parse(readFileSync(repository("packages/cli/schema/report.schema.json"), "utf8")),
);

const LEAKING = `#include <ndis.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    for (int i = 0; i < 3; i++)
        NdisAllocateMemoryWithTagPriority(NULL, 100, 'kaeL', NormalPoolPriority);
    return STATUS_SUCCESS;
}
`;

describe("the JSON report", () => {
  it("is valid against its schema, with findings and without", async () => {
    writeFileSync(at("leak.c"), LEAKING);
    const runs = [
      ["run", at("leak.c"), "--report", "json"],
      [
        "run",
        repository("examples/passthru/passthru.c"),
        "--in",
        repository("examples/captures/vlan.pcap"),
        "--report",
        "json",
      ],
    ];
    const reports = [];
    for (const run of runs) {
      const report = JSON.parse((await command(...run)).stdout) as Report;
      expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
      reports.push(report);
    }
    const place = { file: at("leak.c"), line: 5, function: "DriverEntry" };
    expect(reports[0]).toMatchObject({
      version: 1,
      driver: { name: "leak", sources: [at("leak.c")] },
      packets: { in: 0, out: 0, dropped: 0 },
      pools: [{ kind: "memory", tag: "Leak", live: 3, peak: 3, allocations: 3 }],
      findings: [
        { rule: "MEM-LEAK", severity: "error", at: place, allocatedAt: place, object: { kind: "memory" }, count: 3 },
      ],
    });
    expect(reports[1]!.findings).toEqual([]);
    expect(reports[1]!.packets.in).toBeGreaterThan(100);
  });

  it("its schema refuses what is not a report", () => {
    const report: Report = {
      version: 1,
      driver: { name: "a", sources: ["a.c"] },
      packets: { in: 0, out: 0, dropped: 0 },
      pools: [],
      findings: [],
      milliseconds: 1,
    };
    expect(validate(report)).toBe(true);
    for (const wrong of [
      { ...report, version: 2 },
      { ...report, extra: 1 },
      { ...report, milliseconds: "1" },
      { ...report, packets: { in: -1, out: 0, dropped: 0 } },
    ])
      expect(validate(wrong)).toBe(false);
  });

  it("goes to a file when one is named", async () => {
    writeFileSync(at("leak.c"), LEAKING);
    const { status, stdout } = await command(
      "run",
      at("leak.c"),
      "--report",
      "json",
      "--report-file",
      at("report.json"),
    );
    expect([status, stdout]).toEqual([1, ""]);
    expect(validate(JSON.parse(readFileSync(at("report.json"), "utf8")))).toBe(true);
  });
});

describe("the text report", () => {
  const place = { file: "filter.c", line: 12, function: "FilterSend" };
  const report: Report = {
    version: 1,
    driver: { name: "filter", sources: ["filter.c"] },
    packets: { in: 12_345, out: 12_344, dropped: 1 },
    pools: [{ kind: "NET_BUFFER", tag: "Filt", live: 1, peak: 32, allocations: 12_345 }],
    findings: [
      {
        rule: "NB-LEAK",
        severity: "error",
        message: "NET_BUFFER 0x00010000 was never freed; free it.",
        at: place,
        allocatedAt: { ...place, line: 10 },
        object: null,
        count: 2,
      },
    ],
    milliseconds: 20,
  };

  const options = { trafficMilliseconds: 10, output: "out.pcapng" };

  it("says traffic, pools, and each finding with its places", () => {
    expect(
      reportText(report, { ...options, color: false })
        .split("\n")
        .map((line) => line.trimEnd()),
    ).toEqual([
      "",
      "  filter  filter.c",
      "",
      "  packets     in 12,345    out 12,344    dropped 1    1,234,500 packets/s",
      "              written to out.pcapng",
      "",
      "  pools       kind            tag           live    peak  allocations",
      "              NET_BUFFER      'Filt'           1      32       12,345",
      "",
      "  findings    1",
      "",
      "  error NB-LEAK  filter.c:12 in FilterSend  2 times",
      "        NET_BUFFER 0x00010000 was never freed; free it.",
      "        allocated at filter.c:10 in FilterSend",
      "",
      "",
    ]);
  });

  it("has colours only when asked", () => {
    expect(reportText(report, { ...options, color: false })).not.toContain("\x1b");
    expect(reportText(report, { ...options, color: true })).toContain("\x1b[31m");
  });
});
