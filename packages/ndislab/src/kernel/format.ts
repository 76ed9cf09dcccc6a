import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

const DIRECTIVE = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?(I64|I32|ll|l|hh|h|w|z|I)?([diouxXcCsSpZ%])/g;

/** Bytes of an integer by its size prefix; `char` and `short` arrive as int and are cut to their size. */
const WIDTHS: Readonly<Record<string, number>> = { I64: 8, ll: 8, h: 2, hh: 1 };

/**
 * The text of a DbgPrint: C's printf with Windows' `%I64d`, `%S`, `%ws`, `%wZ` and `%Z`.
 * @param args where the variable arguments lie, packed as the C ABI of wasm32 packs them: 8-byte ones aligned to 8
 */
export function formatPrint(memory: Memory, format: Address, args: Address): string {
  const list = new ArgumentList(memory, args);
  return memory
    .cString(format)
    .replace(DIRECTIVE, (_, flags: string, widthText?: string, precisionText?: string, size = "", kind = "") => {
      if (kind === "%") return "%";
      const width = widthText === "*" ? list.word() | 0 : Number(widthText ?? 0);
      const given = precisionText === "*" ? list.word() | 0 : precisionText === undefined ? -1 : Number(precisionText);
      const precision = given < 0 ? undefined : given; // C takes a negative one as none
      const left = flags.includes("-") || width < 0;
      const columns = Math.abs(width);
      if ("diouxX".includes(kind)) {
        const { sign, digits } = integerText(list, kind, size, flags, precision);
        const zeros = flags.includes("0") && !left && precision === undefined ? columns - sign.length : 0;
        return pad(sign + digits.padStart(zeros, "0"), columns, left);
      }
      return pad(text(memory, list, kind, size, precision), columns, left);
    });
}

const pad = (text: string, columns: number, left: boolean): string =>
  left ? text.padEnd(columns) : text.padStart(columns);

/** Sign or `0x`, and the digits, as many as the precision asks for. */
function integerText(
  list: ArgumentList,
  kind: string,
  size: string,
  flags: string,
  precision = 1,
): { sign: string; digits: string } {
  const bytes = WIDTHS[size] ?? 4;
  const raw = bytes === 8 ? list.long() : BigInt(list.word());
  const signed = kind === "d" || kind === "i";
  const value = signed ? BigInt.asIntN(bytes * 8, raw) : BigInt.asUintN(bytes * 8, raw);
  const radix = kind === "o" ? 8 : kind === "x" || kind === "X" ? 16 : 10;
  let digits = (value < 0n ? -value : value).toString(radix);
  if (value === 0n && precision === 0) digits = "";
  if (kind === "X") digits = digits.toUpperCase();
  digits = digits.padStart(precision, "0");
  let sign = value < 0n ? "-" : signed && flags.includes("+") ? "+" : signed && flags.includes(" ") ? " " : "";
  if (flags.includes("#") && radix === 16 && value !== 0n) sign = kind === "X" ? "0X" : "0x";
  if (flags.includes("#") && radix === 8 && !digits.startsWith("0")) digits = `0${digits}`;
  return { sign, digits };
}

/** Pointers, characters and strings. */
function text(memory: Memory, list: ArgumentList, kind: string, size: string, precision: number | undefined): string {
  // A capital letter means the other width than `DbgPrint` has by itself; a prefix says which, whatever the letter.
  const wide = size === "h" ? false : size === "w" || size === "l" ? true : kind === "S" || kind === "C";
  switch (kind) {
    case "p":
      return list.word().toString(16).toUpperCase().padStart(8, "0");
    case "c":
    case "C":
      return String.fromCharCode(list.word() & (wide ? 0xffff : 0xff));
    case "Z": {
      const counted = list.word();
      if (counted === 0) return "(null)";
      const length = memory.u16[counted >>> 1];
      const buffer = memory.u32[(counted + 4) >>> 2];
      return wide ? memory.wideString(buffer, length) : memory.cString(buffer, length);
    }
    default: {
      const string = list.word();
      if (string === 0) return "(null)".slice(0, precision);
      return wide ? wideText(memory, string, precision) : memory.cString(string, precision);
    }
  }
}

/** UTF-16 up to its terminating zero or `limit` characters. */
function wideText(memory: Memory, string: Address, limit = Number.POSITIVE_INFINITY): string {
  const { u8 } = memory;
  let end = string;
  while (end + 1 < memory.byteLength && end < string + 2 * limit && (u8[end] | u8[end + 1]) !== 0) end += 2;
  return memory.wideString(string, end - string);
}

/** The variable arguments of one call, taken in order. */
class ArgumentList {
  constructor(
    private readonly memory: Memory,
    private at: Address,
  ) {}

  word(): number {
    const at = (this.at + 3) & -4;
    this.at = at + 4;
    return this.memory.u32[at >>> 2];
  }

  long(): bigint {
    const at = (this.at + 7) & -8;
    this.at = at + 8;
    return (BigInt(this.memory.u32[(at >>> 2) + 1]) << 32n) | BigInt(this.memory.u32[at >>> 2]);
  }
}
