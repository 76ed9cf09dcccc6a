import { ByteReader } from "../wasm/byte-reader.js";
import { ATTRIBUTE, type Entry, type EntrySections, readEntries, TAG } from "./entry-reader.js";
import { type LineTable, readLineTable } from "./line-table.js";

/** Addresses from `low` up to but not including `high`, from the start of the code section's contents. */
export interface AddressRange {
  readonly low: number;
  readonly high: number;
}

/** A function, or one place where a function was inlined, with what was inlined into it. */
export interface Scope {
  readonly name: string | undefined;
  readonly ranges: readonly AddressRange[];
  /** Where it was inlined; undefined for a function that has code of its own. */
  readonly call: { readonly file: string; readonly line: number; readonly column: number } | undefined;
  readonly inlined: readonly Scope[];
}

/** What DWARF tells about one compilation unit. */
export interface Unit {
  readonly lines: LineTable;
  /** Functions with code that have something inlined, or more. */
  readonly functions: readonly Scope[];
}

export interface DebugSections extends EntrySections {
  readonly line: Uint8Array;
  readonly ranges: Uint8Array;
}

/** Reads line tables, functions and inlined functions (DWARF 4 section 3.3) of all units. */
export function readUnits(sections: DebugSections): Unit[] {
  const tops = readEntries(sections);
  const byOffset = new Map<number, Entry>();
  const remember = (entry: Entry): void => {
    byOffset.set(entry.offset, entry);
    entry.children.forEach(remember);
  };
  tops.forEach(remember);
  return tops.flatMap((top) => {
    const lineOffset = top.values.get(ATTRIBUTE.statementList);
    if (top.tag !== TAG.compileUnit || typeof lineOffset !== "number") return [];
    const lines = readLineTable(sections.line, lineOffset);
    return [{ lines, functions: new ScopeReader(sections, byOffset, top, lines).read() }];
  });
}

class ScopeReader {
  readonly #sections: DebugSections;
  readonly #byOffset: ReadonlyMap<number, Entry>;
  readonly #unit: Entry;
  readonly #lines: LineTable;

  constructor(sections: DebugSections, byOffset: ReadonlyMap<number, Entry>, unit: Entry, lines: LineTable) {
    this.#sections = sections;
    this.#byOffset = byOffset;
    this.#unit = unit;
    this.#lines = lines;
  }

  read(): Scope[] {
    const functions = this.#unit.children.filter((entry) => entry.tag === TAG.subprogram);
    return functions.map((entry) => this.#scope(entry)).filter((scope) => scope.ranges.length > 0);
  }

  #scope(entry: Entry): Scope {
    const number = (attribute: number): number => Number(entry.values.get(attribute) ?? 0);
    const call =
      entry.tag === TAG.inlinedSubroutine
        ? {
            file: this.#lines.files[number(ATTRIBUTE.callFile)] ?? "",
            line: number(ATTRIBUTE.callLine),
            column: number(ATTRIBUTE.callColumn),
          }
        : undefined;
    return { name: this.#name(entry), ranges: this.#ranges(entry), call, inlined: this.#inlined(entry) };
  }

  /** Inlined functions below an entry; the blocks of the language between do not count. */
  #inlined(entry: Entry): Scope[] {
    return entry.children.flatMap((child) => {
      if (child.tag === TAG.inlinedSubroutine) return [this.#scope(child)];
      return child.tag === TAG.lexicalBlock ? this.#inlined(child) : [];
    });
  }

  #name(entry: Entry): string | undefined {
    const name = entry.values.get(ATTRIBUTE.name);
    if (typeof name === "string") return name;
    const origin = entry.values.get(ATTRIBUTE.abstractOrigin) ?? entry.values.get(ATTRIBUTE.specification);
    const target = typeof origin === "number" ? this.#byOffset.get(origin) : undefined;
    return target && this.#name(target);
  }

  /** The code of an entry (DWARF 4 section 2.17). Code that the linker left out has addresses beyond any module. */
  #ranges(entry: Entry): AddressRange[] {
    const list = entry.values.get(ATTRIBUTE.ranges);
    if (typeof list === "number") return this.#rangeList(list);
    const low = entry.values.get(ATTRIBUTE.lowPc);
    const high = entry.values.get(ATTRIBUTE.highPc);
    if (typeof low !== "number" || typeof high !== "number") return [];
    return live([{ low, high: entry.highPcIsSize ? low + high : high }]);
  }

  /** A list of .debug_ranges (DWARF 4 section 2.17.3). */
  #rangeList(offset: number): AddressRange[] {
    const reader = new ByteReader(this.#sections.ranges, offset);
    let base = Number(this.#unit.values.get(ATTRIBUTE.lowPc) ?? 0);
    const ranges: AddressRange[] = [];
    for (;;) {
      const low = reader.u32();
      const high = reader.u32();
      if (low === 0 && high === 0) return live(ranges);
      if (low === BASE_SELECTION) base = high;
      else ranges.push({ low: base + low, high: base + high });
    }
  }
}

/** A range entry that starts like this sets the base address of the following ones. */
const BASE_SELECTION = 0xffffffff;
/** The linker gives code that it left out the addresses -1 and -2. */
const FIRST_DEAD_ADDRESS = 0xfffffffe;

function live(ranges: readonly AddressRange[]): AddressRange[] {
  return ranges.filter(({ low, high }) => low < high && low < FIRST_DEAD_ADDRESS);
}
