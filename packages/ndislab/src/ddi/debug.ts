import { BreakFault } from "../kernel/driver-fault.js";
import { formatPrint } from "../kernel/format.js";
import type { Address } from "../memory/address.js";
import { family } from "./entry.js";
import type { Machine } from "./machine.js";

function print(m: Machine, format: Address, args: Address): number {
  m.print(formatPrint(m.memory, format, args));
  return 0;
}

/** Printing for the developer, and the few string functions that every driver's start calls. */
export const DEBUG = family(
  {
    family: "Debugging and strings",
    header: "wdm.h",
    library: "ntoskrnl.lib",
    platform: "Universal",
    since: "Windows 2000",
  },
  {
    DbgPrint: {
      c: "ULONG DbgPrint(PCSTR Format, ...)",
      page: "wdm/nf-wdm-dbgprint",
      bind: (m) => (format: Address, args: Address) => print(m, format, args),
    },
    DbgPrintEx: {
      c: "ULONG DbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, ...)",
      page: "wdm/nf-wdm-dbgprintex",
      since: "Windows XP",
      bind: (m) => (_component: number, _level: number, format: Address, args: Address) => print(m, format, args),
    },
    DbgBreakPoint: {
      c: "VOID DbgBreakPoint(VOID)",
      page: "wdm/nf-wdm-dbgbreakpoint",
      bind: () => () => {
        throw new BreakFault("a breakpoint, and there is no debugger");
      },
    },
    RtlAssert: {
      c: "VOID RtlAssert(PVOID VoidFailedAssertion, PVOID VoidFileName, ULONG LineNumber, PSTR MutableMessage)",
      bind: (m) => (assertion: Address, _file: Address, _line: number, message: Address) => {
        const remark = message === 0 ? "" : `, ${m.memory.cString(message)}`;
        throw new BreakFault(`the assertion ${m.memory.cString(assertion)} failed${remark}`);
      },
    },
    RtlInitUnicodeString: {
      c: "VOID RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString OPTIONAL)",
      page: "wdm/nf-wdm-rtlinitunicodestring",
      bind: (m) => (destination: Address, source: Address) => {
        const { u16, u32 } = m.memory;
        let length = 0;
        if (source !== 0) while (length < 0xfffc && u16[(source + length) >>> 1] !== 0) length += 2;
        u16[destination >>> 1] = length;
        u16[(destination >>> 1) + 1] = source === 0 ? 0 : length + 2;
        u32[(destination + 4) >>> 2] = source;
      },
    },
  },
);
