import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

/**
 * The text of a DbgPrint: C's printf with Windows' `%I64d`, `%S`, `%ws`, `%wZ` and `%Z`.
 * @param args where the variable arguments lie, packed as the C ABI of wasm32 packs them: 8-byte ones aligned to 8
 */
export function formatPrint(memory: Memory, format: Address, args: Address): string {
  let at = args;
  const word = (): number => {
    at = (at + 3) & -4;
    at += 4;
    return memory.u32[(at - 4) >>> 2];
  };
  const long = (): bigint => {
    at = (at + 7) & -8;
    at += 8;
    return (BigInt(memory.u32[(at - 4) >>> 2]) << 32n) | BigInt(memory.u32[(at - 8) >>> 2]);
  };
  const counted = (wide: boolean): string => {
    const string = word();
    if (string === 0) return "(null)";
    const length = memory.u16[string >>> 1];
    const buffer = memory.u32[(string + 4) >>> 2];
    return wide ? memory.wideString(buffer, length) : memory.cString(buffer, length);
  };
  const pattern = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?(I64|I32|ll|l|hh|h|w|z|I)?([diouxXcCsSpZ%])/g;
  return memory
    .cString(format)
    .replace(pattern, (_, flags: string, widthText: string, precisionText: string, size: string, kind: string) => {
      if (kind === "%") return "%";
      const width = widthText === "*" ? word() | 0 : Number(widthText ?? 0);
      const precision =
        precisionText === "*" ? word() | 0 : precisionText === undefined ? undefined : Number(precisionText);
      const big = size === "I64" || size === "ll";
      let text: string;
      switch (kind) {
        case "d":
        case "i":
          text = big ? BigInt.asIntN(64, long()).toString() : (word() | 0).toString();
          break;
        case "u":
          text = big ? long().toString() : word().toString();
          break;
        case "o":
          text = big ? long().toString(8) : word().toString(8);
          break;
        case "x":
        case "X":
          text = big ? long().toString(16) : word().toString(16);
          if (flags.includes("#")) text = `0x${text}`;
          if (kind === "X") text = text.toUpperCase();
          break;
        case "p":
          text = word().toString(16).toUpperCase().padStart(8, "0");
          break;
        case "c":
        case "C":
          text = String.fromCharCode(word() & 0xffff);
          break;
        case "Z":
          text = counted(size === "w");
          break;
        default: {
          const string = word();
          const wide = (kind === "S") !== (size === "w" || size === "l");
          if (string === 0) text = "(null)";
          else if (wide) {
            let end = string;
            while (end < memory.byteLength && memory.u16[end >>> 1] !== 0) end += 2;
            text = memory.wideString(string, end - string);
          } else text = memory.cString(string);
          if (precision !== undefined) text = text.slice(0, precision);
        }
      }
      if (width !== undefined && text.length < Math.abs(width))
        text =
          flags.includes("-") || width < 0
            ? text.padEnd(Math.abs(width))
            : text.padStart(width, flags.includes("0") ? "0" : " ");
      return text;
    });
}
