import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCaptureWriter, LINK_TYPE_ETHERNET } from "@ndislab/capture";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { someFrames } from "./frames.js";
import { PROJECT } from "./ndislab-backend.js";
import { ruleDrivers } from "./rule-driver.js";

const BUILT = existsSync(join(PROJECT, "packages/cli/dist/command/ndislab.js"));
if (!BUILT) console.warn("conformance/command.test.ts is skipped: the command is not built, run npm run build first");

let directory: string;
let capture: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "ndislab-conformance-"));
  capture = join(directory, "frames.pcap");
  const chunks: Uint8Array[] = [];
  const writer = createCaptureWriter("pcap", (chunk) => chunks.push(chunk.slice()));
  const id = writer.addInterface({ linkType: LINK_TYPE_ETHERNET });
  for (const [second, frame] of someFrames().entries()) writer.writeFrame(id, second, 0, frame);
  writer.close();
  writeFileSync(capture, Buffer.concat(chunks));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What the command says of a driver, in a process of its own. */
function run(file: string, ...more: string[]) {
  const command = join(PROJECT, "packages/cli/bin/ndislab.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, "run", file, "--report", "json", ...more], {
    cwd: PROJECT,
    encoding: "utf8",
  });
  expect(stdout, stderr).toMatch(/^\{/);
  return { status, report: JSON.parse(stdout) };
}

describe.skipIf(!BUILT)("the command", () => {
  it.each([
    ["MEM-LEAK.2", false, 1],
    ["POOL-EXHAUST", false, 1],
    ["POOL-UNUSED", false, 0],
    ["RET-UNBAL", true, 1],
  ])("finds %s", (name, isFilter, expectedStatus) => {
    const { file, expected } = ruleDrivers().find((driver) => driver.name === name)!;
    const input = isFilter ? ["--in", capture] : [];
    const { status, report } = run(file, "-D", "MISTAKE", ...input);
    expect(status).toBe(expectedStatus);
    expect(report).toMatchObject({ version: 1, findings: expected });
    expect(report.packets.in).toBe(isFilter ? someFrames().length : 0);

    const twin = run(file, ...input);
    expect(twin.status).toBe(0);
    expect(twin.report.findings).toEqual([]);
  });
});
