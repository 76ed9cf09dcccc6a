import { ENTRIES } from "ndislab";
import { describe, expect, it } from "vitest";
import { compileDriver } from "./compile-driver.js";
import { compileObjectForLayout } from "./layout-probe.js";
import { driverHeaders } from "./node/driver-headers.js";
import { Host } from "./testing/host.js";

const headers = driverHeaders();
const GENERATED = new Set(["ndislab/types.h", "ndislab/structures.h", "ndislab/functions.h"]);
const written = [...headers].filter(([path]) => !GENERATED.has(path));
const open = written.map(([path]) => path).filter((path) => !/^(ndislab\/.*|pshp.*|poppack\.h)$/.test(path));

const including = (paths: readonly string[]): string => paths.map((path) => `#include <${path}>\n`).join("");

describe("the headers", () => {
  it.each([
    ["in the order of their names", open],
    ["in reverse", [...open].reverse()],
  ])("include what they need: %s", async (_, paths) => {
    const probe = await compileObjectForLayout(including(paths), "wasm32-unknown-unknown", headers);
    expect(probe).toEqual({ ok: true, diagnostics: "" });
  });

  it("declare nothing that the DDI table declares: a function has one home", () => {
    const names = new Set(Object.keys(ENTRIES));
    const repeated = written.flatMap(([path, text]) =>
      Array.from(text.matchAll(/^(?:#define (\w+)|(?!typedef)[\w *]*?\b(\w+)\()/gm))
        .map(([, macro, prototype]) => macro ?? prototype ?? "")
        .filter((name) => names.has(name))
        .map((name) => `${path}: ${name} is in the DDI table; remove it here`),
    );
    expect(repeated).toEqual([]);
  });

  it("are guarded and short", () => {
    const repeatable = /^(pshp.*|poppack|initguid|guiddef)\.h$/;
    for (const [path, text] of written) {
      if (!repeatable.test(path)) expect(text, path).toContain("#pragma once");
      expect(text.split("\n").length, path).toBeLessThan(400);
    }
  });
});

/** Checks of what is inline or a macro. The first that fails returns its line. */
const CHECKS = `#define INITGUID
#include <ndis.h>
#include <ntintsafe.h>
#include <ntstrsafe.h>
#define CHECK(e) do { if (!(e)) return __LINE__; } while (0)

DEFINE_GUID(GUID_TEST, 0x5cbf81bd, 0x5055, 0x47cd, 0x90, 0x55, 0xa7, 0x6b, 0x2b, 0x4e, 0x36, 0x97);
C_ASSERT('FTDR' == 0x46544452);
C_ASSERT(CTL_CODE(FILE_DEVICE_NETWORK, 1, METHOD_NEITHER, FILE_ANY_ACCESS) == 0x00120007);
C_ASSERT(RTL_SIZEOF_THROUGH_FIELD(NDIS_FILTER_ATTRIBUTES, Flags) == NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1);
C_ASSERT(sizeof(ETHERNET_HEADER) == 14 && sizeof(IPV4_HEADER) == 20 && sizeof(IPV6_HEADER) == 40);
C_ASSERT(sizeof(TCP_HDR) == 20 && sizeof(UDP_HDR) == 8 && sizeof(VLAN_TAG) == 4);
C_ASSERT(sizeof(L"ab") == 6 && sizeof(PVOID) == 4 && sizeof(LONGLONG) == 8);

typedef struct { ULONG Tag; LIST_ENTRY Link; } ITEM;
static const NDIS_STRING Name = NDIS_STRING_CONST("Adapter");

static ULONG Guarded(ULONG divisor)
{
    ULONG result = 1;
    __try {
        if (divisor != 0) result = 12 / divisor;
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        result = GetExceptionCode();
    }
    return result;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LIST_ENTRY head;
    ITEM a = { 1 }, b = { 2 }, c = { 3 };
    LONG count = 5;
    LONG64 big = 1LL << 40;
    ULONG index, sum;
    CHAR text[8];
    UCHAR raw[5] = { 0 };
    SLIST_HEADER stack;
    SLIST_ENTRY first, second;
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);
    PAGED_CODE();

    InitializeListHead(&head);
    CHECK(IsListEmpty(&head));
    InsertTailList(&head, &a.Link);
    InsertTailList(&head, &b.Link);
    InsertHeadList(&head, &c.Link);
    CHECK(CONTAINING_RECORD(head.Flink, ITEM, Link)->Tag == 3);
    CHECK(!RemoveEntryList(&a.Link));
    CHECK(RemoveHeadList(&head) == &c.Link && RemoveTailList(&head) == &b.Link && IsListEmpty(&head));

    InitializeSListHead(&stack);
    InterlockedPushEntrySList(&stack, &first);
    CHECK(InterlockedPushEntrySList(&stack, &second) == &first && QueryDepthSList(&stack) == 2);
    CHECK(InterlockedPopEntrySList(&stack) == &second && InterlockedPopEntrySList(&stack) == &first);
    CHECK(InterlockedPopEntrySList(&stack) == NULL);

    CHECK(InterlockedIncrement(&count) == 6 && NdisInterlockedDecrement(&count) == 5);
    CHECK(InterlockedExchangeAdd(&count, 3) == 5 && InterlockedExchange(&count, 1) == 8);
    CHECK(InterlockedCompareExchange(&count, 9, 2) == 1 && count == 1);
    CHECK(InterlockedCompareExchange(&count, 9, 1) == 1 && count == 9);
    CHECK(InterlockedIncrement64(&big) == (1LL << 40) + 1);
    CHECK(!InterlockedBitTestAndSet(&count, 31) && InterlockedBitTestAndReset(&count, 31) && count == 9);

    CHECK(RtlUshortByteSwap(0x1234) == 0x3412 && RtlUlongByteSwap(0x12345678) == 0x78563412);
    RtlStoreUlong(raw + 1, 0x01020304);
    NdisRetrieveUlong(&sum, raw + 1);
    CHECK(raw[1] == 4 && sum == 0x01020304);
    CHECK(RtlCompareMemory("abcd", "abXd", 4) == 2 && NdisEqualMemory("ab", "ab", 2));
    NdisFillMemory(raw, 5, 7);
    CHECK(raw[0] == 7 && raw[4] == 7);
    CHECK(BitScanReverse(&index, 0x8010) && index == 15 && BitScanForward(&index, 0x8010) && index == 4);

    CHECK(Name.Length == 14 && Name.MaximumLength == 16 && Name.Buffer[6] == L'r');
    CHECK(IsEqualGUID(&GUID_TEST, &GUID_TEST) && GUID_TEST.Data2 == 0x5055);
    CHECK(NT_SUCCESS(STATUS_PENDING) && !NT_SUCCESS(NDIS_STATUS_RESOURCES) && NT_ERROR(STATUS_UNSUCCESSFUL));
    CHECK(BYTES_TO_PAGES(4097) == 2 && ADDRESS_AND_SIZE_TO_SPAN_PAGES((PVOID)4095, 2) == 2);
    CHECK(ADDRESS_AND_SIZE_TO_SPAN_PAGES((PVOID)1, 0xffffffff) == 0x100000);

    CHECK(RtlULongAdd(0xfffffff0, 0x10, &sum) == STATUS_INTEGER_OVERFLOW && sum == 0xffffffff);
    CHECK(RtlULongMult(6, 7, &sum) == STATUS_SUCCESS && sum == 42);
    CHECK(RtlStringCchCopyA(text, 8, "1234567") == STATUS_SUCCESS);
    CHECK(RtlStringCchCatA(text, 8, "8") == STATUS_BUFFER_OVERFLOW && text[7] == 0 && text[6] == '7');
    CHECK(RtlStringCchCopyA(text, 3, "1234567") == STATUS_BUFFER_OVERFLOW && text[1] == '2' && text[2] == 0);

    CHECK(Guarded(4) == 3 && Guarded(0) == 1);
    CHECK(NDIS_TEST_RECEIVE_CANNOT_PEND(NDIS_RECEIVE_FLAGS_RESOURCES) && NDIS_TEST_SEND_AT_DISPATCH_LEVEL(1));
    return 0;
}
`;

describe("what the headers have inline", () => {
  it.each([0, 1] as const)("does what the documents say, at -O%i", async (optimize) => {
    const driver = await compileDriver({ sources: [{ path: "checks.c", text: CHECKS }], headers, optimize });
    expect(driver.warnings).toBe("");
    expect(driver.imports.map(({ name }) => name)).toEqual(["ndislab_tick"]);
    const host = new Host(driver);
    host.maxTicks = Number.POSITIVE_INFINITY;
    const line = host.exports.DriverEntry!(0, 0);
    expect(line === 0 ? "" : CHECKS.split("\n")[line - 1]).toBe("");
  });
});

describe("the NDIS version", () => {
  it.each([
    ["NDIS_WDM", 6, 30],
    ["NDIS60", 6, 0],
    ["NDIS61", 6, 1],
    ["NDIS630", 6, 30],
    ["NDIS685", 6, 85],
    ["NDIS620_MINIPORT", 6, 20],
    ["NDIS51_MINIPORT", 5, 1],
  ])("-D%s is %i.%i", async (define, major, minor) => {
    const text = `#define ${define} 1
#include <ndis.h>
C_ASSERT(NDIS_FILTER_MAJOR_VERSION == ${major} && NDIS_FILTER_MINOR_VERSION == ${minor});
C_ASSERT(NDIS_MINIPORT_MAJOR_VERSION == ${major} && NDIS_MINIPORT_MINOR_VERSION == ${minor});
C_ASSERT(NDIS_SUPPORT_NDIS6 == ${Number(major === 6)} && NDIS_SUPPORT_NDIS620 == ${Number(major === 6 && minor >= 20)});
`;
    const probe = await compileObjectForLayout(text, "wasm32-unknown-unknown", headers);
    expect(probe).toEqual({ ok: true, diagnostics: "" });
  });
});
