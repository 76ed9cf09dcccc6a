import { describe, expect, it } from "vitest";
import { declarationText, forwardText } from "./c-text.js";
import {
  bits,
  DECLARATIONS,
  DEVICE_OBJECT,
  DRIVER_OBJECT,
  IO_STACK_LOCATION,
  IRP,
  inner,
  isConstants,
  KDPC,
  KEVENT,
  KTIMER,
  MDL,
  NDIS_FILTER_ATTACH_PARAMETERS,
  NDIS_FILTER_DRIVER_CHARACTERISTICS,
  NDIS_OID_REQUEST,
  NDIS_PACKET,
  NDIS_STATUS_INDICATION,
  NET_BUFFER,
  NET_BUFFER_LIST,
  NET_PNP_EVENT_NOTIFICATION,
  oidName,
  type Structure,
  sizeThrough,
  structure,
  structureHeaders,
  union,
} from "./index.js";

// Measured with i686-pc-windows-msvc on the headers that Microsoft publishes, and in part printed in its debuggers'
// type dumps. Nothing here is computed: a member lost or added in a declaration shows.
describe("layouts of 32-bit Windows", () => {
  it.each<[Structure<string>, number, Record<string, number>]>([
    [MDL, 28, { MdlFlags: 6, MappedSystemVa: 12, ByteOffset: 24 }],
    [NET_BUFFER, 96, { MdlChain: 16, NdisPoolHandle: 28, MiniportReserved: 64, DataPhysicalAddress: 80 }],
    [NET_BUFFER_LIST, 192, { NdisReserved: 24, SourceHandle: 60, Status: 76, NetBufferListInfo: 80 }],
    [NDIS_PACKET, 60, { ProtocolReserved: 56, "Private.NdisPacketOobOffset": 30 }],
    [KEVENT, 16, { "Header.SignalState": 4, "Header.WaitListHead": 8 }],
    [KDPC, 32, { DeferredRoutine: 12, DpcData: 28 }],
    [KTIMER, 40, { DueTime: 16, Dpc: 32 }],
    [DRIVER_OBJECT, 168, { DriverName: 28, DriverUnload: 52, MajorFunction: 56 }],
    [DEVICE_OBJECT, 184, { DriverObject: 8, DeviceExtension: 40, StackSize: 48, Dpc: 116, DeviceObjectExtension: 176 }],
    [IRP, 112, { "IoStatus.Status": 24, CancelRoutine: 56, Tail: 64, "Tail.Overlay.CurrentStackLocation": 96 }],
    [
      IO_STACK_LOCATION,
      36,
      { "Parameters.DeviceIoControl.IoControlCode": 12, "Parameters.Read.ByteOffset": 12, FileObject: 24, Context: 32 },
    ],
    [NDIS_OID_REQUEST, 152, { "DATA.QUERY_INFORMATION.Oid": 24, NdisReserved: 56, SupportedRevision: 136 }],
    [NDIS_STATUS_INDICATION, 68, { StatusCode: 12, StatusBuffer: 28, NdisReserved: 52 }],
    [NET_PNP_EVENT_NOTIFICATION, 96, { NetPnPEvent: 8, Flags: 84 }],
    [
      NDIS_FILTER_DRIVER_CHARACTERISTICS,
      124,
      { FriendlyName: 12, SetOptionsHandler: 36, AttachHandler: 44, StatusHandler: 100 },
    ],
    [
      NDIS_FILTER_ATTACH_PARAMETERS,
      168,
      { NetLuid: 8, XmitLinkSpeed: 40, CurrentMacAddress: 74, LowerIfNetLuid: 128, NicSwitchArray: 164 },
    ],
  ])("$name has $1 bytes", ({ size, offset }, bytes, members) => {
    expect(size).toBe(bytes);
    expect(offset).toMatchObject(members);
  });
});

describe("the declaration language", () => {
  const FLAGS = bits("ULONG", { Low: 4, $unused: 12, High: 16 });
  const PAIR = structure("PAIR", {
    Kind: "UCHAR",
    $value: union({ Whole: "ULONGLONG", Halves: inner({ Low: "ULONG", $bits: FLAGS }, "_HALVES") }),
  });

  it("reaches members of inner structures by path, and through unnamed ones by name", () => {
    expect(PAIR.offset).toEqual({ Kind: 0, Whole: 8, Halves: 8, "Halves.Low": 8 });
    expect(PAIR.size).toBe(16);
    expect(sizeThrough(PAIR, "Halves.Low")).toBe(12);
  });

  it("packs as #pragma pack does, inner structures written in place included", () => {
    const packed = structure("PACKED", { ...PAIR.members }, { pack: 4, aliases: ["NARROW"] });
    expect(packed.offset).toEqual({ Kind: 0, Whole: 4, Halves: 4, "Halves.Low": 4 });
    expect(packed).toMatchObject({ size: 12, align: 4 });
    expect(forwardText([packed])).toBe("typedef struct _PACKED PACKED, *PPACKED, NARROW, *PNARROW;\n");
    expect(declarationText(packed)).toBe(`#pragma pack(push, 4)
struct _PACKED {
    UCHAR Kind;
    union {
        ULONGLONG Whole;
        struct _HALVES {
            ULONG Low;
            ULONG Low : 4;
            ULONG : 12;
            ULONG High : 16;
        } Halves;
    };
};
#pragma pack(pop)
`);
  });

  it("refuses bit-fields that leave a gap, and members that are not there", () => {
    expect(() => bits("USHORT", { Flag: 1 })).toThrow("1 bits do not fill USHORT");
    expect(() => sizeThrough(MDL as Structure<string>, "Tail")).toThrow("MDL has no member Tail");
  });
});

describe("the generated headers", () => {
  it("declare each name once, in an order C can read", () => {
    const names = DECLARATIONS.flatMap((one) => (isConstants(one) ? [] : [one.name]));
    expect(new Set(names).size).toBe(names.length);
    const at = (name: string): number => names.indexOf(name);
    expect(at("NDIS_OBJECT_HEADER")).toBeLessThan(at("NDIS_OID_REQUEST"));
    expect(at("FILTER_ATTACH")).toBeLessThan(at("NDIS_FILTER_DRIVER_CHARACTERISTICS"));
    expect(at("IO_ALLOCATION_ACTION")).toBeLessThan(at("DRIVER_CONTROL"));
    expect(at("DRIVER_DISPATCH")).toBeLessThan(at("NDIS_DEVICE_OBJECT_ATTRIBUTES"));
  });

  it("give a constant one value", () => {
    const defined = new Map<string, string>();
    for (const [, name, value] of structureHeaders()
      .get("ndislab/structures.h")!
      .matchAll(/^#define (\w+) (.*)$/gm)) {
      expect(defined.get(name!) ?? value, name).toBe(value);
      defined.set(name!, value!);
    }
    expect(defined.get("NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1")).toBe("0x8");
    expect(defined.get("STATUS_UNSUCCESSFUL")).toBe("((NTSTATUS)0xC0000001L)");
  });

  it("name OIDs", () => {
    expect(oidName(0x0001010e)).toBe("OID_GEN_CURRENT_PACKET_FILTER");
    expect(oidName(0xff123456)).toBe("0xFF123456");
  });
});
