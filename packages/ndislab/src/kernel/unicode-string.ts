import { UNICODE_STRING } from "../layout/list.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

/** The characters of a UNICODE_STRING, which need no zero behind them. */
export const unicodeText = (memory: Memory, string: Address): string =>
  memory.wideString(
    memory.u32[(string + UNICODE_STRING.offset.Buffer) >>> 2],
    memory.u16[(string + UNICODE_STRING.offset.Length) >>> 1],
  );
