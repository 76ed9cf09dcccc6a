import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs, { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { type CaptureFormat, createCaptureWriter, LINK_TYPE_ETHERNET, readCapture } from "@ndislab/capture";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Report } from "./report.js";
import { command } from "./testing/command.js";
import { frame } from "./testing/frames.js";
import { repository, scratch } from "./testing/scratch.js";

/** Captures that are read ahead and written behind. */
const at = scratch();
const passthru = repository("examples/passthru/passthru.c");
const FRAMES = 11_000;

function long(format: CaptureFormat): Buffer {
  const chunks: Uint8Array[] = [];
  const writer = createCaptureWriter(format, (chunk) => chunks.push(chunk.slice()));
  const id = writer.addInterface({ linkType: LINK_TYPE_ETHERNET });
  const some = Array.from({ length: 100 }, (_, i) => frame([60, 1514, 3000, 9000][i % 4]!, i));
  for (let i = 0; i < FRAMES; i++) {
    const bytes = i % 5000 === 0 ? frame(150_000, i) : some[i % 100]!;
    writer.writeFrame(id, 1_700_000_000, i, bytes, 0, bytes.length, bytes.length + (i % 3));
  }
  writer.close();
  return Buffer.concat(chunks);
}

const capture = long("pcap");
writeFileSync(at("long.pcap"), capture);

/** An empty folder for an output, to see what is left in it. */
let folders = 0;
function folder(): string {
  const path = at(`folder-${folders++}`);
  mkdirSync(path);
  return path;
}

type Back = (error: Error | null, length: number) => void;

/** Has call number `count` of fs.read or fs.write do `instead`; no other call after that goes to the disk. */
function atCall(name: "read" | "write", count: number, instead: (back: Back) => void): () => number {
  const original = fs[name] as (...args: unknown[]) => void;
  let calls = 0;
  fs[name] = ((...args: unknown[]) => {
    if (++calls < count) original(...args);
    else instead(args.at(-1) as Back);
  }) as never;
  syncBuiltinESMExports();
  restore = () => {
    fs[name] = original as never;
    syncBuiltinESMExports();
  };
  return () => calls;
}

let restore = (): void => undefined;
afterEach(() => {
  restore();
  vi.restoreAllMocks();
});

const failing = (code: string) => (back: Back) =>
  setImmediate(back, Object.assign(new Error(`${code}: bad disk`), { code }), 0);

describe("a long capture", () => {
  it.each(["pcap", "pcapng"] as const)("comes out of a pass-through filter as it was, %s", async (format) => {
    const bytes = format === "pcap" ? capture : long(format);
    writeFileSync(at(`in.${format}`), bytes);
    const reads = atCall("read", Number.POSITIVE_INFINITY, () => undefined);
    const { status } = await command("run", passthru, "--in", at(`in.${format}`), "--out", at(`out.${format}`));
    expect(status).toBe(0);
    expect(readFileSync(at(`out.${format}`)).equals(bytes)).toBe(true);
    expect(reads()).toBeGreaterThan(10);
  });

  it("goes into a pipe as it was, and out of a pipe into a file", async () => {
    if (process.platform === "win32") return;
    for (const name of ["in", "out"]) spawnSync("mkfifo", [at(`${name}.pipe`)]);
    const reader = spawn("sh", ["-c", `cat "$1" > "$2"`, "sh", at("out.pipe"), at("through.pcap")]);
    const read = once(reader, "exit");
    expect((await command("run", passthru, "--in", at("long.pcap"), "--out", at("out.pipe"))).status).toBe(0);
    await read;
    expect(readFileSync(at("through.pcap")).equals(capture)).toBe(true);

    const writer = spawn("sh", ["-c", `cat "$1" > "$2"`, "sh", at("long.pcap"), at("in.pipe")]);
    const written = once(writer, "exit");
    const folderPath = folder();
    const run = await command("run", passthru, "--in", at("in.pipe"), "--out", `${folderPath}/out.pcap`);
    expect([run.status, await written]).toEqual([0, [0, null]]);
    expect(readFileSync(`${folderPath}/out.pcap`).equals(capture)).toBe(true);
  });

  it("that is cut off: what was whole goes through, the cut is named", async () => {
    writeFileSync(at("cut.pcap"), capture.subarray(0, -10));
    const { status, stdout, stderr } = await command(
      "run",
      passthru,
      "--in",
      at("cut.pcap"),
      "--out",
      at("cut-out.pcap"),
    );
    expect(status).toBe(2);
    expect(stdout).toContain("in 10,999    out 10,999");
    expect(stderr).toMatch(
      /cut\.pcap: The capture is cut off in frame 11000 at byte \d+: at least 10 bytes are missing\.\n$/,
    );
    const whole = readFileSync(at("cut-out.pcap"));
    expect(whole.equals(capture.subarray(0, whole.length))).toBe(true);
    expect([...readCapture(whole)]).toHaveLength(10_999);
  });

  it("that lies in the middle: what came before goes through", async () => {
    const lie = Buffer.from(capture);
    const { position } = [...positions(capture)][7000]!;
    lie.writeUInt32LE(0x7fff_ffff, position + 8);
    writeFileSync(at("lie.pcap"), lie);
    const { status, stdout, stderr } = await command(
      "run",
      passthru,
      "--in",
      at("lie.pcap"),
      "--out",
      at("lie-out.pcap"),
    );
    expect([status, stdout.includes("in 7,000    out 7,000")]).toEqual([2, true]);
    expect(stderr).toContain(`Frame 7001 at byte ${position} claims 2147483647`);
    expect(readFileSync(at("lie-out.pcap")).equals(capture.subarray(0, position))).toBe(true);
  });

  it("on a disk that fails: what was read goes through, and the disk is named", async () => {
    atCall("read", 5, failing("EIO"));
    const output = folder();
    const { status, stdout, stderr } = await command(
      "run",
      passthru,
      "--in",
      at("long.pcap"),
      "--out",
      `${output}/out.pcap`,
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(new RegExp(`^.*\nndislab: Cannot read ${at("long.pcap")}: EIO: bad disk\\.\\n$`));
    const whole = readFileSync(`${output}/out.pcap`);
    expect(whole.length).toBeGreaterThan(4 << 20);
    expect(whole.equals(capture.subarray(0, whole.length))).toBe(true);
    expect(stdout).toContain("packets");
    expect(readdirSync(output)).toEqual(["out.pcap"]);
  });

  it.each([1, 2])("on a disk that is full at write %i: it is named, and nothing is left", async (count) => {
    atCall("write", count, failing("ENOSPC"));
    const output = folder();
    writeFileSync(`${output}/out.pcap`, "old");
    const { status, stdout, stderr } = await command(
      "run",
      passthru,
      "--in",
      at("long.pcap"),
      "--out",
      `${output}/out.pcap`,
    );
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/\nndislab: Cannot write \S+\/out\.pcap: no space left on the device\.\n$/);
    expect(readFileSync(`${output}/out.pcap`, "utf8")).toBe("old");
    expect(readdirSync(output)).toEqual(["out.pcap"]);
  });

  it("leaves nothing when the user presses Ctrl-C", async () => {
    const output = folder();
    const exit = vi.spyOn(process, "exit").mockImplementation(() => undefined as never);
    let left: string[] = ["never looked"];
    const { read } = fs;
    const calls = atCall("read", 8, (back) => {
      restore();
      expect(readdirSync(output)).toHaveLength(1);
      process.emit("SIGINT");
      left = readdirSync(output);
      setImmediate(back, null, 0);
    });
    await command("run", passthru, "--in", at("long.pcap"), "--out", `${output}/out.pcap`);
    expect([calls(), left, fs.read === read]).toEqual([8, [], true]);
    expect(exit).toHaveBeenCalledExactlyOnceWith(130);
    expect(readdirSync(output)).toEqual([]);
  });

  it("through a driver that dies: what came out until then is written, and a finding says why", async () => {
    const call = "NdisFIndicateReceiveNetBufferLists(module->FilterHandle, NetBufferLists";
    const source = readFileSync(passthru, "utf8").replace(
      call,
      `if (module->Received > 5000) __builtin_trap();\n    ${call}`,
    );
    writeFileSync(at("dies.c"), source);
    const output = folder();
    const args = ["--in", at("long.pcap"), "--out", `${output}/out.pcap`, "--report", "json"];
    const { status, stdout } = await command("run", at("dies.c"), ...args);
    const { packets, findings } = JSON.parse(stdout) as Report;
    expect([status, findings[0]!.rule]).toEqual([1, "DRIVER-TRAP"]);
    const whole = readFileSync(`${output}/out.pcap`);
    expect(packets.out).toBe(4992);
    expect([...readCapture(whole)]).toHaveLength(packets.out);
    expect(whole.equals(capture.subarray(0, whole.length))).toBe(true);
    expect(readdirSync(output)).toEqual(["out.pcap"]);
  });
});

/** Where the frames of a pcap begin. */
function* positions(bytes: Buffer): Generator<{ position: number }> {
  for (let position = 24; position < bytes.length; position += 16 + bytes.readUInt32LE(position + 8))
    yield { position };
}
