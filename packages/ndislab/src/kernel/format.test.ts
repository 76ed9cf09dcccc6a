import { beforeEach, describe, expect, it } from "vitest";
import { Memory } from "../memory/memory.js";
import { formatPrint } from "./format.js";

const FORMAT = 0x2000;
const ARGUMENTS = 0x3004; // aligned to 4 and not to 8, as the C ABI allows
let memory: Memory;
let heap: number;

beforeEach(() => {
  memory = new Memory(65_536);
  heap = 0x4000;
});

function bytes(values: ArrayLike<number>): number {
  const at = heap;
  memory.u8.set(values, at);
  heap = (at + values.length + 16) & -8;
  return at;
}

const narrow = (text: string): number => bytes(Buffer.from(`${text}\0`, "latin1"));
const wide = (text: string): number => bytes(Buffer.from(`${text}\0`, "utf16le"));

/** ANSI_STRING or UNICODE_STRING over text that has no terminating zero. */
function counted(text: string, encoding: "latin1" | "utf16le"): number {
  const content = Buffer.from(text, encoding);
  const buffer = bytes(Buffer.concat([content, Buffer.from("XX")]));
  const string = bytes(new Uint8Array(8));
  memory.u16[string >>> 1] = content.length;
  memory.u32[(string + 4) >>> 2] = buffer;
  return string;
}

/** What DbgPrint prints; a bigint is passed as 8 bytes, a number as 4. */
function print(format: string, ...args: (number | bigint)[]): string {
  memory.u8.set(Buffer.from(`${format}\0`, "latin1"), FORMAT);
  let at = ARGUMENTS;
  for (const arg of args)
    if (typeof arg === "bigint") {
      at = (at + 7) & -8;
      memory.u32[at >>> 2] = Number(BigInt.asUintN(32, arg));
      memory.u32[(at >>> 2) + 1] = Number(BigInt.asUintN(32, arg >> 32n));
      at += 8;
    } else {
      memory.u32[at >>> 2] = arg;
      at += 4;
    }
  return formatPrint(memory, FORMAT, ARGUMENTS);
}

/** As C's printf, ISO C 7.21.6.1, and Windows' format specification syntax. */
describe("integers", () => {
  it.each([
    ["%d|%i", [-1, 7], "-1|7"],
    ["%u", [-1], "4294967295"],
    ["%x|%X|%o", [0xbeef, 0xbeef, 8], "beef|BEEF|10"],
    ["%5d|%-5d|%05d", [42, 42, 42], "   42|42   |00042"],
    ["%05d|%-05d", [-42, -42], "-0042|-42  "],
    ["%+d|%+d|% d", [5, -5, 5], "+5|-5| 5"],
    ["%.3d|%.8X|%.0d|%.d", [5, 0xabc, 0, 0], "005|00000ABC||"],
    ["%6.3d|%06.3d|%-6.3d|", [5, 5, 5], "   005|   005|005   |"],
    ["%#x|%#X|%#x|%#o|%#06x", [255, 255, 0, 8, 255], "0xff|0XFF|0|010|0x00ff"],
    ["%*d|%*d|%-*d|", [4, 7, -4, 7, 4, 7], "   7|7   |7   |"],
    ["%.*x|%.*x", [4, 10, -4, 10], "000a|a"],
    ["%hd|%hu|%hx|%hhx|%hhd", [0xffff, 0x1_0001, -1, 0x1ff, 0xff], "-1|1|ffff|ff|-1"],
    ["%ld|%lu|%lx|%Iu|%I32d|%zu", [-1, 2, 3, 4, -5, 6], "-1|2|3|4|-5|6"],
  ] as [string, number[], string][])("%s", (format, args, expected) => {
    expect(print(format, ...args)).toBe(expected);
  });

  it("of 64 bits are aligned to 8 among the arguments", () => {
    expect(print("%d %I64d %d", 1, -2n, 3)).toBe("1 -2 3");
    expect(print("%I64u %llx %I64X", 2n ** 64n - 1n, 2n ** 63n, 255n)).toBe("18446744073709551615 8000000000000000 FF");
    expect(print("%012I64d|%lld", -5n, 5n)).toBe("-00000000005|5");
  });
});

describe("pointers and characters", () => {
  it("print as Windows prints them", () => {
    expect(print("%p|%10p|%c%c|%3c|%-3c|%%|%C", 0x1234, 0xabcdef, 72, 0x169, 65, 66, 0x263a)).toBe(
      "00001234|  00ABCDEF|Hi|  A|B  |%|☺",
    );
    expect(print("%wc%lc%hc", 0x263a, 0x263a, 0x141)).toBe("☺☺A");
  });
});

describe("strings", () => {
  it("are narrow or wide as letter and prefix say", () => {
    expect(print("%s|%hs|%hS", narrow("a"), narrow("b"), narrow("c"))).toBe("a|b|c");
    expect(print("%S|%ws|%ls|%wS|%lS", wide("ä"), wide("b"), wide("c"), wide("d"), wide("e"))).toBe("ä|b|c|d|e");
  });

  it("are cut and padded", () => {
    expect(
      print(
        "%.2s|%5s|%-5s|%5.1s|%.0s|%.s",
        narrow("abc"),
        narrow("abc"),
        narrow("abc"),
        narrow("abc"),
        narrow("abc"),
        narrow("abc"),
      ),
    ).toBe("ab|  abc|abc  |    a||");
    expect(print("%.*s|%.3ws", 2, narrow("abc"), wide("abcd"))).toBe("ab|abc");
    expect(print("%.*s", -1, narrow("abc"))).toBe("abc");
  });

  it("of counted length end there", () => {
    expect(
      print(
        "%Z|%wZ|%8Z|%-8wZ|",
        counted("ansi", "latin1"),
        counted("größe", "utf16le"),
        counted("ab", "latin1"),
        counted("cd", "utf16le"),
      ),
    ).toBe("ansi|größe|      ab|cd      |");
  });

  it("that are NULL say so", () => {
    expect(print("%s %S %Z %wZ", 0, 0, 0, 0)).toBe("(null) (null) (null) (null)");
  });

  it("at an odd address are read as well", () => {
    const odd = heap + 1;
    memory.u8.set(Buffer.from("abc\0", "utf16le"), odd);
    expect(print("%ws", odd)).toBe("abc");
  });
});

it("text without directives, and what is no directive, stays as it is", () => {
  expect(print("plain\n")).toBe("plain\n");
  expect(print("50%y %!%%d %")).toBe("50%y %!%d %");
});
