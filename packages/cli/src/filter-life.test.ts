import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Report } from "./report.js";
import { command } from "./testing/command.js";
import { frame, writeFrames } from "./testing/frames.js";
import { scratch } from "./testing/scratch.js";

const at = scratch();
writeFrames(at("frames.pcap"), [60, 590, 1514].map(frame));

/** The steps of a filter's life; each is a place in the driver below. */
type Step =
  | "entry"
  | "options"
  | "attach"
  | "restart"
  | "send"
  | "sendComplete"
  | "receive"
  | "return"
  | "oid"
  | "oidComplete"
  | "pause"
  | "detach"
  | "unload";

/** A filter that passes everything on, with a line of C at the start of some of its steps. */
const filter = (lines: { readonly [S in Step]?: string }): string => `#include <ndis.h>
#define TAG 'efiL'
static NDIS_HANDLE Driver, Module;
static PVOID Context;
static LONG Times;
static NDIS_STATUS Options(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext)
{ ${lines.options ?? ""} UNREFERENCED_PARAMETER(Handle); UNREFERENCED_PARAMETER(DriverContext); return NDIS_STATUS_SUCCESS; }
static NDIS_STATUS Attach(NDIS_HANDLE Handle, NDIS_HANDLE DriverContext, PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    NDIS_FILTER_ATTRIBUTES attributes = { .Header = { NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES, 1, sizeof(attributes) } };
    UNREFERENCED_PARAMETER(DriverContext); UNREFERENCED_PARAMETER(Parameters);
    Module = Handle;
    ${lines.attach ?? ""}
    Context = NdisAllocateMemoryWithTagPriority(Handle, 16, TAG, NormalPoolPriority);
    if (Context == NULL) return NDIS_STATUS_RESOURCES;
    return NdisFSetAttributes(Handle, Context, &attributes);
}
static VOID Detach(NDIS_HANDLE Filter)
{ ${lines.detach ?? ""} NdisFreeMemory(Filter, 0, 0); DbgPrint("detached\\n"); }
static NDIS_STATUS Restart(NDIS_HANDLE Filter, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{ ${lines.restart ?? ""} UNREFERENCED_PARAMETER(Filter); UNREFERENCED_PARAMETER(Parameters); return NDIS_STATUS_SUCCESS; }
static NDIS_STATUS Pause(NDIS_HANDLE Filter, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{ ${lines.pause ?? ""} UNREFERENCED_PARAMETER(Filter); UNREFERENCED_PARAMETER(Parameters); return NDIS_STATUS_SUCCESS; }
static VOID Send(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{ ${lines.send ?? ""} UNREFERENCED_PARAMETER(Filter); NdisFSendNetBufferLists(Module, Lists, Port, Flags); }
static VOID SendComplete(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, ULONG Flags)
{ ${lines.sendComplete ?? ""} UNREFERENCED_PARAMETER(Filter); NdisFSendNetBufferListsComplete(Module, Lists, Flags); }
static VOID Receive(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Count, ULONG Flags)
{ ${lines.receive ?? ""} UNREFERENCED_PARAMETER(Filter); NdisFIndicateReceiveNetBufferLists(Module, Lists, Port, Count, Flags); }
static VOID Return(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, ULONG Flags)
{ ${lines.return ?? ""} UNREFERENCED_PARAMETER(Filter); NdisFReturnNetBufferLists(Module, Lists, Flags); }
static VOID OidComplete(NDIS_HANDLE Filter, PNDIS_OID_REQUEST Clone, NDIS_STATUS Status)
{
    PNDIS_OID_REQUEST original = *(PNDIS_OID_REQUEST *)&Clone->SourceReserved[0];
    ${lines.oidComplete ?? ""}
    UNREFERENCED_PARAMETER(Filter);
    NdisFreeCloneOidRequest(Module, Clone);
    NdisFOidRequestComplete(Module, original, Status);
}
static NDIS_STATUS Oid(NDIS_HANDLE Filter, PNDIS_OID_REQUEST Request)
{
    PNDIS_OID_REQUEST clone;
    NDIS_STATUS status;
    ${lines.oid ?? ""}
    status = NdisAllocateCloneOidRequest(Module, Request, TAG, &clone);
    if (status != NDIS_STATUS_SUCCESS) return status;
    *(PNDIS_OID_REQUEST *)&clone->SourceReserved[0] = Request;
    status = NdisFOidRequest(Module, clone);
    if (status != NDIS_STATUS_PENDING) OidComplete(Filter, clone, status);
    return NDIS_STATUS_PENDING;
}
static VOID Unload(PDRIVER_OBJECT Object)
{ ${lines.unload ?? ""} UNREFERENCED_PARAMETER(Object); NdisFDeregisterFilterDriver(Driver); DbgPrint("unloaded\\n"); }
NTSTATUS DriverEntry(PDRIVER_OBJECT Object, PUNICODE_STRING Path)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS characteristics = {
        .Header = { NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS, 2, NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2 },
        .MajorNdisVersion = 6, .SetOptionsHandler = Options, .AttachHandler = Attach, .DetachHandler = Detach,
        .RestartHandler = Restart, .PauseHandler = Pause, .SendNetBufferListsHandler = Send,
        .SendNetBufferListsCompleteHandler = SendComplete, .ReceiveNetBufferListsHandler = Receive,
        .ReturnNetBufferListsHandler = Return, .OidRequestHandler = Oid, .OidRequestCompleteHandler = OidComplete,
    };
    UNREFERENCED_PARAMETER(Path); UNREFERENCED_PARAMETER(Times);
    Object->DriverUnload = Unload;
    ${lines.entry ?? ""}
    return NdisFRegisterFilterDriver(Object, NULL, &characteristics, &Driver);
}
`;

let drivers = 0;

/** Runs a filter over the frames. An end of the run is one of three statuses, and never an error of ours. */
async function live(lines: { readonly [S in Step]?: string }, ...options: string[]) {
  const source = at(`life${drivers++}.c`);
  writeFileSync(source, filter(lines));
  const { status, stdout, stderr } = await command(
    "run",
    source,
    "--in",
    at("frames.pcap"),
    "--report",
    "json",
    ...options,
  );
  const report = stdout === "" ? undefined : (JSON.parse(stdout) as Report);
  return {
    status,
    said: stderr.trimEnd().split("\n").at(-1),
    printed: stderr,
    found: report?.findings.map(({ rule }) => rule) ?? [],
    messages: report?.findings.map(({ message }) => message).join("\n") ?? "",
    packets: report?.packets,
  };
}

const FRAMES = 3;

it.each(["receive", "send"])("the filter itself lives and ends well, %s", async (direction) => {
  const outcome = await live({}, "--direction", direction);
  expect(outcome).toMatchObject({ status: 0, said: "unloaded", found: [] });
  expect(outcome.packets).toEqual({ in: FRAMES, out: FRAMES, dropped: 0 });
});

describe("a step that fails ends the run, with status 2 and one sentence, and what was made is undone", () => {
  it.each<[Step, string, string, string]>([
    ["entry", "return STATUS_UNSUCCESSFUL;", "DriverEntry failed with STATUS_UNSUCCESSFUL (0xC0000001)", ""],
    [
      "options",
      "return NDIS_STATUS_RESOURCES;",
      "DriverEntry failed with STATUS_INSUFFICIENT_RESOURCES (0xC000009A)",
      "",
    ],
    [
      "attach",
      "return NDIS_STATUS_FAILURE;",
      "FilterAttach failed with STATUS_UNSUCCESSFUL (0xC0000001)",
      "unloaded\n",
    ],
    [
      "restart",
      "return NDIS_STATUS_RESOURCES;",
      "FilterRestart failed with STATUS_INSUFFICIENT_RESOURCES (0xC000009A)",
      "detached\nunloaded\n",
    ],
    [
      "restart",
      "NdisFRestartComplete(Module, NDIS_STATUS_FAILURE); return NDIS_STATUS_PENDING;",
      "FilterRestart failed with STATUS_UNSUCCESSFUL (0xC0000001)",
      "detached\nunloaded\n",
    ],
    [
      "restart",
      "return NDIS_STATUS_PENDING;",
      "FilterRestart answered NDIS_STATUS_PENDING, and NdisFRestartComplete was never called",
      "detached\nunloaded\n",
    ],
    [
      "entry",
      "characteristics.PauseHandler = (FILTER_PAUSE *)0x7fff;",
      "the driver gave 32767 as its PauseHandler, which is no function of its",
      "",
    ],
    [
      "entry",
      "Object->DriverUnload = (DRIVER_UNLOAD *)0x7fff;",
      "the driver gave 32767 as its DriverUnload, which is no function of its",
      "",
    ],
  ])("%s: %s", async (step, line, sentence, printed) => {
    const outcome = await live({ [step]: line });
    expect(outcome.printed).toBe(`${printed}ndislab: ${sentence}.\n`);
    expect(outcome).toMatchObject({ status: 2, found: [] });
  });
});

describe("a trap in a step is one finding, with status 1, and nothing of the driver runs after it", () => {
  const steps: [Step, string][] = [
    ["options", "receive"],
    ["attach", "receive"],
    ["restart", "receive"],
    ["oid", "receive"],
    ["oidComplete", "receive"],
    ["receive", "receive"],
    ["return", "receive"],
    ["send", "send"],
    ["sendComplete", "send"],
    ["pause", "receive"],
    ["detach", "receive"],
    ["unload", "receive"],
  ];
  it.each(steps)("%s", async (step, direction) => {
    const outcome = await live({ [step]: "DbgBreakPoint();" }, "--direction", direction);
    expect(outcome).toMatchObject({ status: 1, found: ["DRIVER-TRAP"] });
    expect(outcome.printed).toBe(step === "unload" ? "detached\n" : "");
  });
});

describe("a filter that deregisters itself", () => {
  it.each<[Step, string]>([
    ["attach", "receive"],
    ["restart", "receive"],
    ["oid", "receive"],
    ["receive", "receive"],
    ["return", "receive"],
    ["send", "send"],
    ["pause", "receive"],
    ["detach", "receive"],
  ])("in %s brings nothing down", async (step, direction) => {
    const outcome = await live(
      { [step]: "if (Times++ == 0) NdisFDeregisterFilterDriver(Driver);" },
      "--direction",
      direction,
    );
    expect(outcome.said).toBe(outcome.status === 2 ? outcome.said : "unloaded");
    expect(outcome.found).toContain("MEM-DFREE");
    expect(outcome.printed.match(/detached/g)).toHaveLength(1);
  });

  it("stays in the way of the frames that follow", async () => {
    const outcome = await live({ oid: "NdisFDeregisterFilterDriver(Driver); return NDIS_STATUS_SUCCESS;" });
    expect(outcome.packets).toEqual({ in: FRAMES, out: FRAMES, dropped: 0 });
    expect(outcome).toMatchObject({ status: 1, found: ["MEM-DFREE"] });
  });
});

describe("a driver that never comes to rest does not keep the run", () => {
  const again = "if (Filter == NULL) return; NdisFOidRequest(Module, Clone); return;";
  it("requests", async () => {
    const outcome = await live({ oidComplete: again });
    expect(outcome.packets).toEqual({ in: FRAMES, out: FRAMES, dropped: 0 });
    expect(outcome.status).toBe(1);
    expect(outcome.found).toEqual(["TIME-WATCHDOG", "TIME-WATCHDOG", "MEM-LEAK"]);
    expect(outcome.messages).toMatch(/^Pause was called, and the driver starts something new whenever/m);
    expect(outcome.messages).toMatch(
      /^Oid answered NDIS_STATUS_PENDING, and NdisFOidRequestComplete was never called/m,
    );
  });

  it("frames", async () => {
    const outcome = await live({
      return: "if (Filter != NULL) { NdisFIndicateReceiveNetBufferLists(Module, Lists, 0, 1, Flags); return; }",
    });
    expect(outcome.status).toBe(1);
    expect(outcome.found).toEqual(["TIME-WATCHDOG"]);
  });
});

describe("when the driver takes all the memory, the run ends in order", () => {
  const takeAll =
    "while (NdisAllocateMemoryWithTagPriority(NULL, 65536, TAG, NormalPoolPriority) != NULL) ; while (NdisAllocateMemoryWithTagPriority(NULL, 16, TAG, NormalPoolPriority) != NULL) ;";
  it.each<[Step, number, RegExp]>([
    ["entry", 2, /^ndislab: DriverEntry failed with STATUS_INSUFFICIENT_RESOURCES/],
    ["options", 2, /^ndislab: FilterAttach failed with STATUS_INSUFFICIENT_RESOURCES/],
    ["attach", 2, /^ndislab: FilterAttach failed with STATUS_INSUFFICIENT_RESOURCES/],
    ["restart", 2, /no memory is left for frame 1: the driver keeps too many lists\.$/],
    ["oid", 2, /no memory is left for frame 1: the driver keeps too many lists\.$/],
    ["pause", 1, /^unloaded$/],
    ["detach", 1, /^unloaded$/],
  ])("in %s", async (step, status, said) => {
    const outcome = await live({ [step]: takeAll });
    expect(outcome.status).toBe(status);
    expect(outcome.said).toMatch(said);
    expect(new Set(outcome.found)).toEqual(new Set(["MEM-LEAK"]));
  });
});

it.each([
  ["a length beyond the memory", ""],
  ["an MDL of such a length", "NET_BUFFER_CURRENT_MDL(NET_BUFFER_LIST_FIRST_NB(Lists))->ByteCount = 0xffffffff;"],
])("with the verifier off %s loses a frame, and no more", async (_, line) => {
  const length = "NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(Lists)) = 0x70000000;";
  const outcome = await live({ receive: `${line} ${length}` }, "--verify", "off");
  expect(outcome).toMatchObject({ status: 0, said: "unloaded" });
  expect(outcome.packets).toEqual({ in: FRAMES, out: FRAMES - 1, dropped: 1 });
});

it("an allocation that fails at each step in turn: the driver ends in order each time", async () => {
  const ends: unknown[] = [];
  for (let number = 1; ; number++) {
    const { status, said, found } = await live({}, "--fail", `allocation:${number}`);
    ends.push([status, said, found]);
    if (said === "unloaded" && number > 3) break;
  }
  expect(ends).toEqual([
    [0, "ndislab: DriverEntry failed with STATUS_INSUFFICIENT_RESOURCES (0xC000009A).", []],
    [0, "ndislab: FilterAttach failed with STATUS_INSUFFICIENT_RESOURCES (0xC000009A).", []],
    [0, "unloaded", []],
    [0, "unloaded", []],
  ]);
});
