import { expect, it } from "vitest";
import { Machine } from "./machine.js";
import { createDdi } from "./table.js";

const FORMAT = 0x2000;
const ARGUMENTS = 0x3000;

it("DbgPrint and DbgPrintEx print a line for the developer and return 0", () => {
  const lines: string[] = [];
  const machine = new Machine({ memorySize: 1 << 18, print: (text) => lines.push(text) });
  const ddi = createDdi(machine);
  machine.memory.u8.set(Buffer.from("%d of %u\n\0"), FORMAT);
  machine.memory.u32.set([-1, 5], ARGUMENTS >>> 2);
  expect([ddi.DbgPrint(FORMAT, ARGUMENTS), ddi.DbgPrintEx(77, 3, FORMAT, ARGUMENTS)]).toEqual([0, 0]);
  expect(lines).toEqual(["-1 of 5\n", "-1 of 5\n"]);
});

it("RtlInitUnicodeString counts bytes without the terminating zero, and takes NULL", () => {
  const machine = new Machine({ memorySize: 1 << 18 });
  const ddi = createDdi(machine);
  machine.memory.u8.set(Buffer.from("abc\0", "utf16le"), FORMAT);
  const words = (): number[] => [
    ...machine.memory.u16.subarray(0x4000 >>> 1, 0x4004 >>> 1),
    machine.memory.u32[0x4004 >>> 2],
  ];
  ddi.RtlInitUnicodeString(0x4000, FORMAT);
  expect(words()).toEqual([6, 8, FORMAT]);
  ddi.RtlInitUnicodeString(0x4000, 0);
  expect(words()).toEqual([0, 0, 0]);
});
