import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { readCapture } from "@ndislab/capture";
import { describe, expect, it } from "vitest";
import { command } from "./testing/command.js";
import { frame, writeFrames } from "./testing/frames.js";
import { repository, scratch } from "./testing/scratch.js";

const at = scratch();
const passthru = repository("examples/passthru/passthru.c");
writeFrames(at("good.pcap"), [60, 100, 1514].map(frame));
const good = readFileSync(at("good.pcap"));

/** One clear sentence on standard error, status 2, and no stack trace of ours. */
async function refused(...args: string[]): Promise<string> {
  const { status, stderr, stdout } = await command(...args);
  expect(status, stderr).toBe(2);
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
  const sentence = stderr.trimEnd().split("\n").at(-1)!;
  expect(sentence).toMatch(/^ndislab: .*\S$/);
  expect(sentence.length).toBeLessThan(400);
  if (!stdout.includes("packets")) expect(stdout).toBe("");
  return sentence;
}

const bytes = (name: string, content: Uint8Array | string): string => {
  writeFileSync(at(name), content);
  return at(name);
};

const driver = (name: string, body: string): string =>
  bytes(name, `#include <ndis.h>\nNTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)\n{\n${body}\n}\n`);

describe("captures", () => {
  it.each([
    ["of no bytes", "empty.pcap", new Uint8Array(0), "empty"],
    ["that is none", "letter.pcap", "Dear reader, this is no capture.\n", "neither pcap nor pcapng"],
    ["of another link type", "raw.pcap", patch(good, 20, 101), "link type 101 (RAW"],
    ["of an unknown link type", "unknown.pcap", patch(good, 20, 55_555), "link type 55555"],
  ])("a file %s", async (_, name, content, text) => {
    expect(await refused("run", passthru, "--in", bytes(name, content), "--out", at("never.pcap"))).toContain(text);
    expect(existsSync(at("never.pcap"))).toBe(false);
  });

  it("a file that is missing", async () => {
    expect(await refused("run", passthru, "--in", at("nowhere.pcap"))).toContain("nowhere.pcap");
  });

  it("a capture cut in the middle of a packet: what was whole goes through, the cut is named", async () => {
    const cut = bytes("cut.pcap", good.subarray(0, good.length - 100));
    const { status, stdout, stderr } = await command("run", passthru, "--in", cut, "--out", at("cut-out.pcap"));
    expect(status).toBe(2);
    expect(stdout).toContain("in 2    out 2");
    expect(stderr).toMatch(/cut off in frame 3 at byte \d+/);
    expect([...readCapture(readFileSync(at("cut-out.pcap")))].map(({ data }) => data.length)).toEqual([60, 100]);
  });

  it("a packet length that lies: what came before goes through", async () => {
    const lie = bytes("lie.pcap", patch(good, 24 + 16 + 60 + 8, 0x7fff_ffff));
    const { status, stdout, stderr } = await command("run", passthru, "--in", lie, "--out", at("lie-out.pcap"));
    expect(status).toBe(2);
    expect(stdout).toContain("in 1    out 1");
    expect(stderr).toMatch(/Frame 2 at byte 100 claims 2147483647/);
    expect([...readCapture(readFileSync(at("lie-out.pcap")))]).toHaveLength(1);
  });

  it("a header and no packets is fine", async () => {
    writeFrames(at("none.pcapng"), []);
    const { status, stdout } = await command("run", passthru, "--in", at("none.pcapng"), "--out", at("none-out.pcap"));
    expect(status).toBe(0);
    expect(stdout).toContain("in 0    out 0");
    expect([...readCapture(readFileSync(at("none-out.pcap")))]).toEqual([]);
  });
});

describe("outputs", () => {
  it("a name of no format", async () => {
    expect(await refused("run", passthru, "--in", at("good.pcap"), "--out", at("out.txt"))).toMatch(/pcap/);
  });

  it("a directory that is not there", async () => {
    expect(await refused("run", passthru, "--in", at("good.pcap"), "--out", at("no/where/out.pcap"))).toContain(
      "Cannot write",
    );
  });

  it("a report that cannot be written", async () => {
    expect(await refused("run", passthru, "--report-file", at("no/report.json"))).toContain("Cannot write");
  });

  it("a driver that does not start leaves the old output as it was, and nothing beside it", async () => {
    const old = bytes("kept.pcap", good);
    const failing = driver("fails.c", "return STATUS_INSUFFICIENT_RESOURCES;");
    const before = readdirSync(at("")).sort();
    await refused("run", failing, "--in", at("good.pcap"), "--out", old);
    expect(readFileSync(old)).toEqual(good);
    expect(readdirSync(at("")).sort()).toEqual(before);
  });
});

describe("drivers", () => {
  it("C that does not compile: clang's diagnostics with file, line and column", async () => {
    const broken = driver("broken.c", "return nothing;");
    const { status, stderr } = await command("run", broken);
    expect(status).toBe(2);
    expect(stderr).toContain(`${broken}:4:8: error: `);
    expect(stderr).toContain("ndislab: ");
  });

  it("a source that is missing", async () => {
    expect(await refused("run", at("nowhere.c"))).toContain("nowhere.c");
  });

  it("no DriverEntry", async () => {
    expect(await refused("run", bytes("library.c", "int add(int a, int b) { return a + b; }\n"))).toContain(
      "no DriverEntry in",
    );
  });

  it("a DriverEntry that fails: its NTSTATUS by name", async () => {
    const failing = driver("fails.c", "return STATUS_INSUFFICIENT_RESOURCES;");
    expect(await refused("run", failing)).toBe(
      "ndislab: DriverEntry failed with STATUS_INSUFFICIENT_RESOURCES (0xC000009A).",
    );
  });

  it("what a driver did wrong before it refused to start is reported", async () => {
    const body =
      "NdisAllocateMemoryWithTagPriority(NULL, 64, 'kaeL', NormalPoolPriority);\nreturn STATUS_UNSUCCESSFUL;";
    const { status, stdout, stderr } = await command("run", driver("leaves.c", body), "--report", "json");
    expect(status).toBe(2);
    expect(stderr).toContain("DriverEntry failed with STATUS_UNSUCCESSFUL (0xC0000001).");
    expect(JSON.parse(stdout).findings).toMatchObject([{ rule: "MEM-LEAK", at: { line: 4 } }]);
  });

  it("a capture for a driver that is no filter", async () => {
    expect(await refused("run", driver("bare.c", "return 0;"), "--in", at("good.pcap"))).toContain(
      "registers no filter",
    );
  });

  it("a call of a function that is not there, with its line", async () => {
    const source =
      "#include <wdm.h>\nVOID NdisFrobnicate(int);\nNTSTATUS DriverEntry(PDRIVER_OBJECT d, PUNICODE_STRING p)\n{\n    NdisFrobnicate(1);\n    return 0;\n}\n";
    expect(await refused("run", bytes("frob.c", source))).toMatch(
      /frob\.c:5: the driver calls NdisFrobnicate, which ndislab does not have\.$/,
    );
  });
});

describe("faults of a driver are findings", () => {
  it("an endless loop", async () => {
    const { status, stdout } = await command(
      "run",
      driver("loop.c", "for (volatile int i = 0;; i++) {}"),
      "--timeout",
      "0.2",
      "--report",
      "json",
    );
    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([
      { rule: "DRIVER-TIMEOUT", at: { file: at("loop.c"), line: 4, function: "DriverEntry" } },
    ]);
  });

  it("a trap", async () => {
    const { status, stdout } = await command(
      "run",
      driver("trap.c", "int *far = (int *)0x7fffffff;\nreturn *far;"),
      "--report",
      "json",
    );
    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([
      { rule: "DRIVER-TRAP", at: { file: at("trap.c"), line: 5, function: "DriverEntry" } },
    ]);
  });

  it("an endless recursion", async () => {
    const source =
      "#include <wdm.h>\nint deep(volatile int n) { return deep(n + 1) + n; }\nNTSTATUS DriverEntry(PDRIVER_OBJECT d, PUNICODE_STRING p) { return deep(0); }\n";
    const { status, stdout } = await command("run", bytes("deep.c", source), "--report", "json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([
      { rule: "DRIVER-TRAP", at: { file: at("deep.c"), line: 2, function: "deep" } },
    ]);
  });

  it("a failed assertion of a checked build", async () => {
    const { status, stdout } = await command(
      "run",
      driver("assert.c", "ASSERT(Path->Length == 3);\nreturn 0;"),
      "-DDBG=1",
      "--report",
      "json",
    );
    expect(status).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([
      {
        rule: "DRIVER-TRAP",
        message: "DriverEntry ended in a trap: the assertion Path->Length == 3 failed.",
        at: { file: at("assert.c"), line: 4, function: "DriverEntry" },
      },
    ]);
  });

  it("with the verifier off too", async () => {
    const { status } = await command("run", driver("trap0.c", "__builtin_trap();"), "--verify", "off");
    expect(status).toBe(1);
  });
});

describe("the command line", () => {
  it.each([
    [["frob"], 'there is no command "frob"'],
    [["run"], "needs a C source"],
    [["run", "a.c", "--frob"], "--frob"],
    [["run", "trace.pcap"], "not a C source"],
    [["run", "a.c", "--in"], "--in"],
    [["run", "a.c", "--out", "b.pcap"], "--out needs --in"],
    [["run", "a.c", "--verify", "some"], "--verify is standard, off or full"],
    [["run", "a.c", "--direction", "up"], "--direction is receive or send"],
    [["run", "a.c", "--profile", "dos"], "--profile is strict or windows"],
    [["run", "a.c", "--report", "xml"], "--report is text or json"],
    [["run", "a.c", "--timeout", "soon"], "--timeout is a number of seconds"],
    [["run", "a.c", "--seed", "1.5"], "--seed is a whole number"],
    [["run", "a.c", "-D", "1=2"], "-D 1=2 is no macro"],
    [
      ["run", "a.c", "--fail", "allocation"],
      '--fail is allocation:N or mapping:N with a number N from 1 on, not "alloc',
    ],
    [["run", "a.c", "--fail", "allocation:0"], 'not "allocation:0"'],
    [["run", "a.c", "--fail", "mapping:1.5"], 'not "mapping:1.5"'],
    [["run", "a.c", "--fail", "mapping:1", "--fail", "disk:1"], 'not "disk:1"'],
  ])("%j", async (args, text) => {
    expect(await refused(...args)).toContain(text);
  });

  it("help and version", async () => {
    for (const args of [["--help"], ["run", "--help"]]) {
      const { status, stdout } = await command(...args);
      expect(status).toBe(0);
      expect(stdout).toContain("Usage: ndislab run SOURCE.c…");
    }
    expect((await command("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await command()).status).toBe(2);
  });
});

/** A copy with a little-endian word changed. */
function patch(from: Uint8Array, offset: number, word: number): Uint8Array {
  const copy = Buffer.from(from);
  copy.writeUInt32LE(word, offset);
  return copy;
}
