import { ToolchainError } from "../errors.js";
import { ByteReader } from "../wasm/byte-reader.js";

/** Tags of the entries that matter here (DWARF 4 section 7.5.4, figure 18). */
export const TAG = { lexicalBlock: 0x0b, compileUnit: 0x11, inlinedSubroutine: 0x1d, subprogram: 0x2e } as const;

/** Attributes that matter here (DWARF 4 section 7.5.4, figure 20). */
export const ATTRIBUTE = {
  name: 0x03,
  statementList: 0x10,
  lowPc: 0x11,
  highPc: 0x12,
  abstractOrigin: 0x31,
  specification: 0x47,
  ranges: 0x55,
  callColumn: 0x57,
  callFile: 0x58,
  callLine: 0x59,
} as const;

/** A debugging information entry (DWARF 4 section 2.1) with its children. */
export interface Entry {
  /** Position in .debug_info. */
  readonly offset: number;
  readonly tag: number;
  /** By attribute; references as positions in .debug_info. What takes a block has no value here. */
  readonly values: ReadonlyMap<number, number | string>;
  /** True if DW_AT_high_pc is a size, false if it is an address. */
  readonly highPcIsSize: boolean;
  readonly children: Entry[];
}

/** The sections that entries are made of. */
export interface EntrySections {
  readonly info: Uint8Array;
  readonly abbrev: Uint8Array;
  readonly str: Uint8Array;
}

/** Attribute forms (DWARF 4 section 7.5.4, figure 21). */
const FORM = {
  addr: 0x01,
  block2: 0x03,
  block4: 0x04,
  data2: 0x05,
  data4: 0x06,
  data8: 0x07,
  string: 0x08,
  block: 0x09,
  block1: 0x0a,
  data1: 0x0b,
  flag: 0x0c,
  sdata: 0x0d,
  strp: 0x0e,
  udata: 0x0f,
  refAddr: 0x10,
  ref1: 0x11,
  ref2: 0x12,
  ref4: 0x13,
  ref8: 0x14,
  refUdata: 0x15,
  indirect: 0x16,
  secOffset: 0x17,
  exprloc: 0x18,
  flagPresent: 0x19,
  refSig8: 0x20,
} as const;

interface Abbreviation {
  readonly tag: number;
  readonly hasChildren: boolean;
  readonly attributes: readonly { readonly name: number; readonly form: number }[];
}

/**
 * Reads the top entry of every unit in .debug_info, with all below it.
 *
 * @throws ToolchainError "bad-dwarf" for versions other than 2 … 4 and for 64-bit DWARF
 */
export function readEntries(sections: EntrySections): Entry[] {
  const units: Entry[] = [];
  for (let offset = 0; offset < sections.info.length; ) {
    const unit = new UnitReader(sections, offset);
    units.push(...unit.readSiblings());
    offset = unit.end;
  }
  return units;
}

/** Reads one compilation unit (DWARF 4 section 7.5.1). */
class UnitReader {
  readonly end: number;
  readonly #start: number;
  readonly #reader: ByteReader;
  readonly #str: Uint8Array;
  readonly #abbreviations: ReadonlyMap<number, Abbreviation>;

  constructor({ info, abbrev, str }: EntrySections, start: number) {
    this.#start = start;
    const header = new ByteReader(info, start);
    this.end = header.u32() + header.offset;
    const version = header.u16();
    if (version < 2 || version > 4) throw new ToolchainError("bad-dwarf", `a unit has DWARF version ${version}`);
    this.#abbreviations = readAbbreviations(abbrev, header.u32());
    const addressSize = header.u8();
    if (addressSize !== 4) throw new ToolchainError("bad-dwarf", `addresses have ${addressSize} bytes`);
    this.#reader = new ByteReader(info, header.offset, this.end);
    this.#str = str;
  }

  /** The entries up to the end of a list of children, or of the unit. */
  readSiblings(): Entry[] {
    const entries: Entry[] = [];
    while (!this.#reader.done) {
      const offset = this.#reader.offset;
      const code = this.#reader.uleb();
      if (code === 0) break;
      entries.push(this.#readEntry(offset, code));
    }
    return entries;
  }

  #readEntry(offset: number, code: number): Entry {
    const abbreviation = this.#abbreviations.get(code);
    if (abbreviation === undefined) throw new ToolchainError("bad-dwarf", `there is no abbreviation ${code}`);
    const values = new Map<number, number | string>();
    let highPcIsSize = true;
    for (const { name, form } of abbreviation.attributes) {
      const value = this.#readValue(form);
      if (value !== undefined) values.set(name, value);
      if (name === ATTRIBUTE.highPc) highPcIsSize = form !== FORM.addr;
    }
    const children = abbreviation.hasChildren ? this.readSiblings() : [];
    return { offset, tag: abbreviation.tag, values, highPcIsSize, children };
  }

  #readValue(form: number): number | string | undefined {
    const reader = this.#reader;
    switch (form) {
      case FORM.addr:
      case FORM.data4:
      case FORM.secOffset:
      case FORM.refAddr:
        return reader.u32();
      case FORM.data1:
      case FORM.flag:
        return reader.u8();
      case FORM.data2:
        return reader.u16();
      case FORM.sdata:
        return reader.sleb();
      case FORM.udata:
        return reader.uleb();
      case FORM.flagPresent:
        return 1;
      case FORM.string:
        return reader.cString();
      case FORM.strp:
        return new ByteReader(this.#str, reader.u32()).cString();
      case FORM.ref1:
        return this.#start + reader.u8();
      case FORM.ref2:
        return this.#start + reader.u16();
      case FORM.ref4:
        return this.#start + reader.u32();
      case FORM.refUdata:
        return this.#start + reader.uleb();
      case FORM.indirect:
        return this.#readValue(reader.uleb());
      default:
        reader.skip(this.#blockLength(form));
        return undefined;
    }
  }

  /** Length of a value that is skipped. */
  #blockLength(form: number): number {
    switch (form) {
      case FORM.data8:
      case FORM.ref8:
      case FORM.refSig8:
        return 8;
      case FORM.block1:
        return this.#reader.u8();
      case FORM.block2:
        return this.#reader.u16();
      case FORM.block4:
        return this.#reader.u32();
      case FORM.block:
      case FORM.exprloc:
        return this.#reader.uleb();
      default:
        throw new ToolchainError("bad-dwarf", `attribute form 0x${form.toString(16)} is not known`);
    }
  }
}

/** A table of .debug_abbrev (DWARF 4 section 7.5.3). */
function readAbbreviations(abbrev: Uint8Array, offset: number): Map<number, Abbreviation> {
  const reader = new ByteReader(abbrev, offset);
  const table = new Map<number, Abbreviation>();
  for (let code = reader.uleb(); code !== 0; code = reader.uleb()) {
    const tag = reader.uleb();
    const hasChildren = reader.u8() === 1;
    const attributes: { name: number; form: number }[] = [];
    for (;;) {
      const name = reader.uleb();
      const form = reader.uleb();
      if (name === 0 && form === 0) break;
      attributes.push({ name, form });
    }
    table.set(code, { tag, hasChildren, attributes });
  }
  return table;
}
