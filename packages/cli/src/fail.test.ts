import { readFileSync, writeFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { Report } from "./report.js";
import { command } from "./testing/command.js";
import { frame, writeFrames } from "./testing/frames.js";
import { repository, scratch } from "./testing/scratch.js";

const at = scratch();
const validate = new Ajv().compile(
  JSON.parse(readFileSync(repository("packages/cli/schema/report.schema.json"), "utf8")),
);

/** Three allocations; the error path of the third forgets the second. */
const CLUMSY = `#include <ndis.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    PVOID block = NdisAllocateMemoryWithTagPriority(NULL, 100, 'kaeL', NormalPoolPriority);
    PMDL first, second;
    if (block == NULL) return STATUS_INSUFFICIENT_RESOURCES;
    first = NdisAllocateMdl(NULL, block, 50);
    if (first == NULL) { NdisFreeMemory(block, 0, 0); return STATUS_INSUFFICIENT_RESOURCES; }
    second = NdisAllocateMdl(NULL, block, 50);
    if (second == NULL) { NdisFreeMemory(block, 0, 0); return STATUS_INSUFFICIENT_RESOURCES; }
    NdisFreeMdl(second);
    NdisFreeMdl(first);
    NdisFreeMemory(block, 0, 0);
    return STATUS_SUCCESS;
}
`;

async function json(...args: string[]): Promise<{ status: number; report: Report; stderr: string }> {
  const { status, stdout, stderr } = await command("run", ...args, "--report", "json");
  const report = JSON.parse(stdout) as Report;
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  return { status, report, stderr };
}

describe("--fail allocation:N", () => {
  it("finds the error path that leaks, and lets the others be", async () => {
    writeFileSync(at("clumsy.c"), CLUMSY);
    const place = (line: number) => ({ file: at("clumsy.c"), line, function: "DriverEntry" });
    const found: unknown[] = [];
    for (const number of [1, 2, 3, 4]) {
      const { status, report, stderr } = await json(at("clumsy.c"), "--fail", `allocation:${number}`);
      found.push([status, report.findings.map(({ rule, at }) => [rule, at?.line]), report.faults]);
      expect(stderr.includes("DriverEntry failed with STATUS_INSUFFICIENT_RESOURCES")).toBe(number < 4);
    }
    const fault = (number: number, line: number) => [{ kind: "allocation", number, happened: true, at: place(line) }];
    expect(found).toEqual([
      [0, [], fault(1, 4)],
      [0, [], fault(2, 7)],
      [1, [["MDL-LEAK", 7]], fault(3, 9)],
      [0, [], [{ kind: "allocation", number: 4, happened: false, at: null }]],
    ]);
  });

  it("says in the text what failed where, and what was never asked for", async () => {
    writeFileSync(at("clumsy.c"), CLUMSY);
    const { stdout } = await command("run", at("clumsy.c"), "--fail", "allocation:3", "--fail", "mapping:2");
    expect(stdout).toContain(`failed      allocation 3 failed at ${at("clumsy.c")}:9 in DriverEntry\n`);
    expect(stdout).toContain("            mapping 2 was never asked for\n");
  });

  it("works without call sites, when the verifier is off", async () => {
    writeFileSync(at("clumsy.c"), CLUMSY);
    const { status, report } = await json(at("clumsy.c"), "--fail", "allocation:1", "--verify", "off");
    expect([status, report.faults]).toEqual([0, [{ kind: "allocation", number: 1, happened: true, at: null }]]);
  });

  it("a refusal that nothing failed for is still one", async () => {
    writeFileSync(
      at("refuses.c"),
      CLUMSY.replace(/PVOID block = .*\n/, "return STATUS_UNSUCCESSFUL; PVOID block = NULL;\n"),
    );
    const { status, stderr } = await command("run", at("refuses.c"), "--fail", "allocation:1");
    expect([status, stderr]).toEqual([2, "ndislab: DriverEntry failed with STATUS_UNSUCCESSFUL (0xC0000001).\n"]);
  });
});

describe("the example drivers clean up after every failure", () => {
  it.each(["passthru", "vlantag"])("%s", async (name) => {
    const source = repository(`examples/${name}/${name}.c`);
    writeFrames(at(`${name}.pcap`), [60, 61, 1514].map(frame));
    for (let number = 1; ; number++) {
      const { status, report } = await json(source, "--in", at(`${name}.pcap`), "--fail", `allocation:${number}`);
      expect([number, status, report.findings]).toEqual([number, 0, []]);
      if (report.faults?.[0]?.happened !== true) {
        expect(number).toBeGreaterThan(1);
        return;
      }
    }
  });

  it.each(["passthru", "vlantag"])("%s, frames that cannot be mapped", async (name) => {
    const source = repository(`examples/${name}/${name}.c`);
    writeFrames(at(`${name}.pcap`), [60, 61, 1514].map(frame));
    for (const number of [1, 2, 3]) {
      const { status, report } = await json(source, "--in", at(`${name}.pcap`), "--fail", `mapping:${number}`);
      expect([number, status, report.findings]).toEqual([number, 0, []]);
      expect(report.packets.out + report.packets.dropped).toBe(report.packets.in);
    }
  });
});

it("without --fail a report says nothing of it", async () => {
  writeFileSync(at("clumsy.c"), CLUMSY);
  expect((await json(at("clumsy.c"))).report).not.toHaveProperty("faults");
  expect((await command("run", at("clumsy.c"))).stdout).not.toContain("failed");
});
