import { ToolchainError } from "../errors.js";
import { ByteReader } from "../wasm/byte-reader.js";

/** One row of a line table (DWARF 4 section 6.2.2): it holds from its address to that of the next row. */
export interface LineRow {
  /** Bytes from the start of the code section's contents. */
  readonly address: number;
  readonly file: string;
  /** From 1; 0 for code that belongs to no line. */
  readonly line: number;
  /** From 1, in bytes; 0 for the whole line. */
  readonly column: number;
}

/** Rows of rising addresses for one run of code. */
export interface LineSequence {
  readonly rows: readonly LineRow[];
  /** First address behind the code. */
  readonly end: number;
}

/** The line table of one compilation unit. */
export interface LineTable {
  /** File names as the compiler was given them, by DWARF file number; there is no file 0. */
  readonly files: readonly string[];
  readonly sequences: readonly LineSequence[];
}

/** Standard opcodes (DWARF 4 section 7.21). */
const LNS = {
  copy: 1,
  advancePc: 2,
  advanceLine: 3,
  setFile: 4,
  setColumn: 5,
  constAddPc: 8,
  fixedAdvancePc: 9,
} as const;

/** Extended opcodes (DWARF 4 section 7.21). */
const LNE = { endSequence: 1, setAddress: 2, defineFile: 3 } as const;

/**
 * Runs the line number program (DWARF 4 section 6.2) at an offset of .debug_line.
 *
 * @throws ToolchainError "bad-dwarf" for versions other than 2 … 4
 */
export function readLineTable(debugLine: Uint8Array, offset: number): LineTable {
  const head = new ByteReader(debugLine, offset);
  const length = head.u32();
  const reader = new ByteReader(debugLine, head.offset, head.offset + length);
  const header = readHeader(reader);
  const sequences: LineSequence[] = [];
  let rows: LineRow[] = [];
  let address = 0;
  let file = 1;
  let line = 1;
  let column = 0;
  const reset = (): void => {
    rows = [];
    address = 0;
    file = 1;
    line = 1;
    column = 0;
  };
  const emit = (): void => {
    rows.push({ address, file: header.files[file] ?? "", line, column });
  };
  const advance = (operation: number): void => {
    address += Math.floor(operation / header.lineRange) * header.minimumInstruction;
  };
  while (!reader.done) {
    const opcode = reader.u8();
    if (opcode >= header.opcodeBase) {
      const operation = opcode - header.opcodeBase;
      advance(operation);
      line += header.lineBase + (operation % header.lineRange);
      emit();
    } else if (opcode === 0) {
      const size = reader.uleb();
      const next = reader.offset + size;
      const extended = reader.u8();
      if (extended === LNE.endSequence) {
        if (rows.length > 0) sequences.push({ rows, end: address });
        reset();
      } else if (extended === LNE.setAddress) address = reader.u32();
      else if (extended === LNE.defineFile) readFile(reader, header);
      reader.offset = next;
    } else if (opcode === LNS.copy) emit();
    else if (opcode === LNS.advancePc) address += reader.uleb() * header.minimumInstruction;
    else if (opcode === LNS.advanceLine) line += reader.sleb();
    else if (opcode === LNS.setFile) file = reader.uleb();
    else if (opcode === LNS.setColumn) column = reader.uleb();
    else if (opcode === LNS.constAddPc) advance(255 - header.opcodeBase);
    else if (opcode === LNS.fixedAdvancePc) address += reader.u16();
    else for (let operands = header.operandCounts[opcode]!; operands > 0; operands--) reader.uleb();
  }
  return { files: header.files, sequences };
}

interface LineHeader {
  readonly minimumInstruction: number;
  readonly lineBase: number;
  readonly lineRange: number;
  readonly opcodeBase: number;
  /** Operands of each standard opcode, by opcode. */
  readonly operandCounts: readonly number[];
  readonly directories: readonly string[];
  readonly files: string[];
}

/** The program's header (DWARF 4 section 6.2.4), behind its length. */
function readHeader(reader: ByteReader): LineHeader {
  const version = reader.u16();
  if (version < 2 || version > 4) throw new ToolchainError("bad-dwarf", `a line table has DWARF version ${version}`);
  const headerLength = reader.u32();
  const program = reader.offset + headerLength;
  const minimumInstruction = reader.u8();
  if (version === 4) reader.u8(); // operations of a VLIW instruction
  reader.u8(); // whether rows start as statements
  const lineBase = (reader.u8() << 24) >> 24;
  const lineRange = reader.u8();
  const opcodeBase = reader.u8();
  const operandCounts = [0];
  for (let opcode = 1; opcode < opcodeBase; opcode++) operandCounts.push(reader.u8());
  const directories = [""]; // directory 0 is the compiler's own
  for (let name = reader.cString(); name !== ""; name = reader.cString()) directories.push(name);
  const header = { minimumInstruction, lineBase, lineRange, opcodeBase, operandCounts, directories, files: [""] };
  while (readFile(reader, header)) {}
  reader.offset = program;
  return header;
}

/** Reads one file entry; false if it is the empty one at the end of the list. */
function readFile(reader: ByteReader, header: Pick<LineHeader, "directories" | "files">): boolean {
  const name = reader.cString();
  if (name === "") return false;
  const directory = header.directories[reader.uleb()] ?? "";
  reader.uleb(); // time of modification
  reader.uleb(); // size
  header.files.push(directory === "" || name.startsWith("/") ? name : `${directory.replace(/\/$/, "")}/${name}`);
  return true;
}
