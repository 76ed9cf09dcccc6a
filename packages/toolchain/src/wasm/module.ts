import { ToolchainError } from "../errors.js";
import { ByteReader } from "./byte-reader.js";

export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128" | "funcref" | "externref" | "exnref";

export interface Signature {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** A function that the host must provide. */
export interface ImportedFunction extends Signature {
  readonly module: string;
  readonly name: string;
}

export interface MemoryLimits {
  /** Pages of 64 KiB that the memory must have at least. */
  readonly minimum: number;
  readonly maximum: number | undefined;
}

/** A section as it lies in the module; `start` and `end` bound its contents, header and name excluded. */
export interface Section {
  readonly id: number;
  /** Of a custom section; otherwise "". */
  readonly name: string;
  /** Position of the section's id byte. */
  readonly header: number;
  readonly start: number;
  readonly end: number;
}

export interface ModuleExport {
  readonly name: string;
  readonly kind: "function" | "table" | "memory" | "global" | "tag";
  readonly index: number;
}

/** What this package needs to know of a module; function bodies are left to the instruction reader. */
export interface WasmModule {
  readonly bytes: Uint8Array;
  readonly sections: readonly Section[];
  readonly types: readonly Signature[];
  /** Imported functions; they take the first function indices. */
  readonly imports: readonly ImportedFunction[];
  /** Signatures of the functions that the module defines; the first has function index `imports.length`. */
  readonly functionTypes: readonly Signature[];
  readonly importedMemory: MemoryLimits | undefined;
  readonly exports: readonly ModuleExport[];
  /** Initial value of each global that the module defines, after the imported ones; undefined unless an i32.const. */
  readonly globals: readonly (number | undefined)[];
  /** Function names of the name section by function index. */
  readonly functionNames: ReadonlyMap<number, string>;
}

/** Section ids (WebAssembly core spec 5.5.2). */
export const SECTION = { custom: 0, type: 1, import: 2, function: 3, global: 6, export: 7, code: 10 } as const;

const EXTERNAL_KINDS = ["function", "table", "memory", "global", "tag"] as const;
const VALUE_TYPES: Readonly<Record<number, ValueType>> = {
  127: "i32",
  126: "i64",
  125: "f32",
  124: "f64",
  123: "v128",
  112: "funcref",
  111: "externref",
  105: "exnref",
};

/**
 * Reads the skeleton of a binary module (WebAssembly core spec 5.5). Keeps views of `bytes`.
 *
 * @throws ToolchainError "bad-module"
 */
export function readModule(bytes: Uint8Array): WasmModule {
  const reader = new ByteReader(bytes);
  if (reader.u32() !== 0x6d736100 || reader.u32() !== 1) {
    throw new ToolchainError("bad-module", "this is not a WebAssembly module of version 1");
  }
  const sections: Section[] = [];
  while (!reader.done) sections.push(readSectionHeader(reader));
  const open = (id: number): ByteReader | undefined => {
    const section = sections.find((s) => s.id === id);
    return section && new ByteReader(bytes, section.start, section.end);
  };
  const types = vector(open(SECTION.type), readSignature);
  const imports: ImportedFunction[] = [];
  let importedMemory: MemoryLimits | undefined;
  let importedGlobals = 0;
  vector(open(SECTION.import), (r) => {
    const module = r.name();
    const name = r.name();
    const kind = EXTERNAL_KINDS[r.u8()];
    if (kind === "function") imports.push({ module, name, ...at(types, r.uleb()) });
    else if (kind === "table") skipTable(r);
    else if (kind === "memory") importedMemory = readLimits(r);
    else if (kind === "global") importedGlobals += skipGlobalType(r);
    else if (kind === "tag") skipTag(r);
    else throw new ToolchainError("bad-module", `import ${name} is of an unknown kind`);
  });
  const globals = new Array<number | undefined>(importedGlobals).fill(undefined);
  return {
    bytes,
    sections,
    types,
    imports,
    functionTypes: vector(open(SECTION.function), (r) => at(types, r.uleb())),
    importedMemory,
    exports: vector(open(SECTION.export), (r) => {
      const name = r.name();
      return { name, kind: EXTERNAL_KINDS[r.u8()]!, index: r.uleb() };
    }),
    globals: globals.concat(vector(open(SECTION.global), readGlobal)),
    functionNames: readFunctionNames(bytes, sections),
  };
}

/** The exported function, or global, of a name. */
export function findExport(module: WasmModule, name: string, kind: ModuleExport["kind"]): number | undefined {
  return module.exports.find((e) => e.name === name && e.kind === kind)?.index;
}

function readSectionHeader(reader: ByteReader): Section {
  const header = reader.offset;
  const id = reader.u8();
  const size = reader.uleb();
  const contents = reader.offset;
  reader.skip(size);
  const custom = new ByteReader(reader.bytes, contents, reader.offset);
  const name = id === SECTION.custom ? custom.name() : "";
  return { id, name, header, start: custom.offset, end: reader.offset };
}

function vector<T>(reader: ByteReader | undefined, read: (reader: ByteReader) => T): T[] {
  if (reader === undefined) return [];
  const items: T[] = [];
  for (let count = reader.uleb(); count > 0; count--) items.push(read(reader));
  return items;
}

function at<T>(items: readonly T[], index: number): T {
  if (index >= items.length) throw new ToolchainError("bad-module", `there is no type ${index}`);
  return items[index]!;
}

function readValueType(reader: ByteReader): ValueType {
  const code = reader.u8();
  const type = VALUE_TYPES[code];
  if (type === undefined) throw new ToolchainError("bad-module", `value type 0x${code.toString(16)} is not known`);
  return type;
}

function readSignature(reader: ByteReader): Signature {
  if (reader.u8() !== 0x60) throw new ToolchainError("bad-module", "a type is not a function type");
  return { params: vector(reader, readValueType), results: vector(reader, readValueType) };
}

/** Limits (5.3.7): bit 0 a maximum, bit 1 shared. */
function readLimits(reader: ByteReader): MemoryLimits {
  const flags = reader.u8();
  if (flags > 3) throw new ToolchainError("bad-module", "a memory or table has 64-bit addresses");
  return { minimum: reader.uleb(), maximum: flags & 1 ? reader.uleb() : undefined };
}

function skipTable(reader: ByteReader): void {
  readValueType(reader);
  readLimits(reader);
}

function skipGlobalType(reader: ByteReader): number {
  readValueType(reader);
  reader.u8();
  return 1;
}

/** A global's initial value; constant expressions (5.4.9) of other kinds than one i32.const are skipped over. */
function readGlobal(reader: ByteReader): number | undefined {
  skipGlobalType(reader);
  const opcode = reader.u8();
  let value: number | undefined;
  if (opcode === 0x41) value = reader.sleb();
  else if (opcode === 0x42) reader.sleb();
  else if (opcode === 0x43) reader.skip(4);
  else if (opcode === 0x44) reader.skip(8);
  else if (opcode === 0x23 || opcode === 0xd2) reader.uleb();
  else if (opcode === 0xd0) reader.u8();
  else throw new ToolchainError("bad-module", `a global starts with instruction 0x${opcode.toString(16)}`);
  if (reader.u8() !== 0x0b) throw new ToolchainError("bad-module", "a global's initial value is not one constant");
  return value;
}

/** Function names, subsection 1 of the name section (appendix 7.4.1). */
function readFunctionNames(bytes: Uint8Array, sections: readonly Section[]): Map<number, string> {
  const section = sections.find((s) => s.id === SECTION.custom && s.name === "name");
  const names = new Map<number, string>();
  if (section === undefined) return names;
  const reader = new ByteReader(bytes, section.start, section.end);
  while (!reader.done) {
    const id = reader.u8();
    const size = reader.uleb();
    const contents = new ByteReader(bytes, reader.offset, reader.offset + size);
    reader.skip(size);
    if (id === 1) vector(contents, (r) => names.set(r.uleb(), r.name()));
  }
  return names;
}

function skipTag(reader: ByteReader): void {
  reader.u8();
  reader.uleb();
}
