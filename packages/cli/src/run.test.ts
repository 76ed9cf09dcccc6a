import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import {
  type CaptureFormat,
  CaptureOptions,
  createCaptureWriter,
  LINK_TYPE_ETHERNET,
  readCapture,
} from "@ndislab/capture";
import { describe, expect, it } from "vitest";
import type { Report } from "./report.js";
import { command } from "./testing/command.js";
import { frame, writeFrames } from "./testing/frames.js";
import { repository, scratch } from "./testing/scratch.js";

const at = scratch();
const passthru = repository("examples/passthru/passthru.c");

/** What must not change on the way through: bytes, lengths, time stamps. */
const frames = (path: string) =>
  [...readCapture(readFileSync(path))].map(({ data, seconds, nanoseconds, originalLength }) => ({
    data: Buffer.from(data).toString("hex"),
    seconds,
    nanoseconds,
    originalLength,
  }));

const captures = readdirSync(repository("examples/captures"))
  .filter((name) => /\.pcap(ng)?$/.test(name))
  .map((name) => repository(`examples/captures/${name}`));

describe("a pass-through filter gives back every frame as it was", () => {
  const inputs = captures.map((path) => [path.replace(/.*\//, ""), path]);
  for (const direction of ["receive", "send"])
    it.each(inputs)(`%s, ${direction}`, async (name, input) => {
      const output = at(`${direction}-${name}`);
      const { status, stdout } = await command(
        "run",
        passthru,
        "--in",
        input,
        "--out",
        output,
        "--direction",
        direction,
        "--report",
        "json",
      );
      const report = JSON.parse(stdout) as Report;
      const expected = frames(input);
      expect(expected.length).toBeGreaterThan(30);
      expect(report.findings).toEqual([]);
      expect(status).toBe(0);
      expect(report.packets).toEqual({ in: expected.length, out: expected.length, dropped: 0 });
      expect(frames(output)).toEqual(expected);
    });

  it("frames of 0, 1 and 13 bytes, and beyond 64 KiB", async () => {
    const sent = [0, 1, 13, 14, 60, 1514, 2047, 2048, 2049, 4096, 65_535, 65_536, 200_000].map(frame);
    writeFrames(at("odd.pcapng"), sent);
    const { status } = await command("run", passthru, "--in", at("odd.pcapng"), "--out", at("odd-out.pcapng"));
    expect(status).toBe(0);
    expect(frames(at("odd-out.pcapng"))).toEqual(frames(at("odd.pcapng")));
  });

  it.each(["pcap", "pcapng"])("a %s of many times what is read at once, and options now and then", async (format) => {
    const input = at(`long.${format}`);
    const chunks: Uint8Array[] = [];
    const writer = createCaptureWriter(format as CaptureFormat, (chunk) => chunks.push(chunk.slice()));
    const id = writer.addInterface({ linkType: LINK_TYPE_ETHERNET });
    for (let i = 0; i < 3000; i++) {
      const length = [60, 590, 1514][i % 3]!;
      const options = i % 500 === 0 ? CaptureOptions.of([1, `frame ${i}`]) : CaptureOptions.none;
      writer.writeFrame(id, 1_700_000_000, i * 1000, frame(length, i), 0, length, length + (i % 7), options);
    }
    writer.close();
    writeFileSync(input, Buffer.concat(chunks));
    const output = at(`long-out.${format}`);
    expect((await command("run", passthru, "--in", input, "--out", output)).status).toBe(0);
    expect(frames(output)).toEqual(frames(input));
    const comments = (path: string) => [...readCapture(readFileSync(path))].map(({ options }) => options.comments);
    expect(comments(output)).toEqual(comments(input));
  });

  it("with the verifier off, and full, and under the windows profile", async () => {
    const input = captures[0]!;
    for (const options of [
      ["--verify", "off"],
      ["--verify", "full"],
      ["--profile", "windows"],
      ["--timeout", "0"],
      ["--seed", "7"],
    ]) {
      const { status } = await command("run", passthru, "--in", input, "--out", at("options.pcapng"), ...options);
      expect(status, options.join(" ")).toBe(0);
      expect(frames(at("options.pcapng"))).toEqual(frames(input));
    }
  });
});

describe("what a driver does with frames is counted", () => {
  it("lists returned without being passed on are dropped", async () => {
    const source = readFileSync(passthru, "utf8").replace(
      "NdisFIndicateReceiveNetBufferLists(module->FilterHandle, NetBufferLists, PortNumber, NumberOfNetBufferLists,\n                                       ReceiveFlags);",
      "NdisFReturnNetBufferLists(module->FilterHandle, NetBufferLists, 0);",
    );
    expect(source).not.toContain("NdisFIndicateReceiveNetBufferLists");
    writeFileSync(at("drop.c"), source);
    writeFrames(at("drop.pcap"), [60, 60, 60].map(frame));
    const { status, stdout } = await command(
      "run",
      at("drop.c"),
      "--in",
      at("drop.pcap"),
      "--out",
      at("drop-out.pcap"),
      "--report",
      "json",
    );
    expect((JSON.parse(stdout) as Report).packets).toEqual({ in: 3, out: 0, dropped: 3 });
    expect(status).toBe(0);
    expect(frames(at("drop-out.pcap"))).toEqual([]);
  });

  it("a list dropped after its slot passed another frame on is dropped all the same", async () => {
    const call = "NdisFIndicateReceiveNetBufferLists(module->FilterHandle, NetBufferLists";
    const source = readFileSync(passthru, "utf8").replace(
      call,
      `if (module->Received > 32) { NdisFReturnNetBufferLists(module->FilterHandle, NetBufferLists, 0); return; }\n    ${call}`,
    );
    writeFileSync(at("half.c"), source);
    writeFrames(
      at("half.pcap"),
      Array.from({ length: 64 }, (_, i) => frame(60, i)),
    );
    const { status, stdout } = await command("run", at("half.c"), "--in", at("half.pcap"), "--report", "json");
    expect((JSON.parse(stdout) as Report).packets).toEqual({ in: 64, out: 32, dropped: 32 });
    expect(status).toBe(0);
  });

  it("a frame that goes on in a list of the driver's own keeps its time, and is not dropped", async () => {
    const tagger = repository("examples/vlantag/vlantag.c");
    const input = repository("examples/captures/mixed.pcapng");
    const run = await command("run", tagger, "--in", input, "--out", at("tagged.pcapng"), "--report", "json");
    const expected = frames(input).map(({ data, originalLength, ...stamp }) =>
      data.slice(24, 28) === "8100"
        ? { data, originalLength, ...stamp }
        : { data: `${data.slice(0, 24)}8100002a${data.slice(24)}`, originalLength: originalLength + 4, ...stamp },
    );
    expect(expected.filter(({ data }) => data.slice(24, 32) === "8100002a").length).toBeGreaterThan(500);
    expect(frames(at("tagged.pcapng"))).toEqual(expected);
    const { packets, pools, findings } = JSON.parse(run.stdout) as Report;
    expect(findings).toEqual([]);
    expect(packets).toEqual({ in: expected.length, out: expected.length, dropped: 0 });
    expect(pools[0]).toMatchObject({ kind: "NET_BUFFER_LIST", tag: "FLPv", live: 0 });
  });

  it("a driver of DriverEntry and DriverUnload runs without a capture", async () => {
    writeFileSync(
      at("bare.c"),
      `#include <ntddk.h>
       static VOID Unload(PDRIVER_OBJECT Driver) { UNREFERENCED_PARAMETER(Driver); DbgPrint("bye\\n"); }
       NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
       { DbgPrint("hello %wZ\\n", Path); Driver->DriverUnload = Unload; return STATUS_SUCCESS; }`,
    );
    const { status, stderr, stdout } = await command("run", at("bare.c"));
    expect(stderr).toMatch(/^hello .*\\Services\\bare\nbye\n$/);
    expect(stdout).toContain("every buffer is accounted for");
    expect(status).toBe(0);
  });

  it("-I and -D reach the compiler", async () => {
    writeFileSync(at("value.h"), '#define TEXT_OF_HEADER "header"\n');
    writeFileSync(
      at("defined.c"),
      `#include <wdm.h>
       #include "value.h"
       NTSTATUS DriverEntry(PDRIVER_OBJECT d, PUNICODE_STRING p) { DbgPrint("%s %d %d", TEXT_OF_HEADER, VALUE, FLAG); return 0; }`,
    );
    const { stderr } = await command("run", at("defined.c"), "-I", at(""), "-D", "VALUE=42", "-DFLAG");
    expect(stderr).toBe("header 42 1");
  });
});
