import { ToolchainError } from "../errors.js";
import type { ByteReader } from "./byte-reader.js";

/** The opcodes that this package treats by name (WebAssembly core spec 5.4). */
export const OPCODE = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  try: 0x06,
  end: 0x0b,
  call: 0x10,
  returnCall: 0x12,
  delegate: 0x18,
  tryTable: 0x1f,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  br: 0x0c,
  brIf: 0x0d,
  unreachable: 0x00,
  i32Store: 0x36,
  i32Const: 0x41,
  i32Eqz: 0x45,
  i32Add: 0x6a,
  i32And: 0x71,
} as const;

/** Block type of a block without values (5.4.1). */
export const EMPTY_BLOCK = 0x40;

/** A label index inside an instruction. */
export interface Label {
  readonly depth: number;
  /** Bounds of its LEB128 in the module. */
  readonly start: number;
  readonly end: number;
}

/**
 * Steps over the instructions of one function body. Knows WebAssembly 2.0 (MVP, sign extension, saturating conversions,
 * bulk memory, reference types, multi-value, SIMD) with relaxed SIMD, tail calls, threads and both forms of exception
 * handling. Any other opcode throws "bad-module".
 */
export class InstructionReader {
  /** Position of the instruction that {@link next} stepped over. */
  offset = 0;
  /** Its first byte. */
  opcode = 0;
  /** Callee of a direct call, or block type (an index if it is not negative); otherwise without meaning. */
  index = 0;
  /** The labels it names, counted outward from its own place; those of try_table and delegate from outside the block. */
  readonly labels: Label[] = [];
  readonly #reader: ByteReader;
  #depth = 1;

  /** @param reader stands on the first instruction; its end is that of the body */
  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  /** Position behind the instruction. */
  get end(): number {
    return this.#reader.offset;
  }

  /** Steps over one instruction. False at the end of the body, which must be the end of its outermost block. */
  next(): boolean {
    const reader = this.#reader;
    if (reader.done !== (this.#depth === 0)) this.#fail("the blocks of a function do not match its size");
    if (reader.done) return false;
    this.offset = reader.offset;
    this.labels.length = 0;
    this.opcode = reader.u8();
    this.#skipImmediates(this.opcode);
    return true;
  }

  #skipImmediates(opcode: number): void {
    const reader = this.#reader;
    if (opcode >= 0x45 && opcode <= 0xc4) return; // comparison, arithmetic, conversion
    if (opcode >= 0x28 && opcode <= 0x3e) {
      this.#skipMemoryArgument();
      return;
    }
    switch (opcode) {
      case OPCODE.block:
      case OPCODE.loop:
      case OPCODE.if:
      case OPCODE.try:
        this.#depth++;
        this.index = reader.sleb();
        return;
      case OPCODE.end:
        this.#depth--;
        return;
      case OPCODE.delegate:
        this.#depth--;
        this.#readLabel();
        return;
      case OPCODE.tryTable:
        this.#depth++;
        this.index = reader.sleb();
        this.#readCatches();
        return;
      case OPCODE.unreachable:
      case 0x01: // nop
      case 0x05: // else
      case 0x0a: // throw_ref
      case 0x0f: // return
      case 0x19: // catch_all
      case 0x1a: // drop
      case 0x1b: // select
      case 0xd1: // ref.is_null
        return;
      case 0x09: // rethrow
      case OPCODE.br:
      case OPCODE.brIf:
        this.#readLabel();
        return;
      case 0x0e: // br_table
        for (let count = reader.uleb(); count >= 0; count--) this.#readLabel();
        return;
      case OPCODE.call:
      case OPCODE.returnCall:
        this.index = reader.uleb();
        return;
      case 0x11: // call_indirect
      case 0x13: // return_call_indirect
        this.#skipLeb();
        this.#skipLeb();
        return;
      case 0x07: // catch
      case 0x08: // throw
      case OPCODE.localGet:
      case OPCODE.localSet:
      case OPCODE.localTee:
      case 0x23: // global.get
      case 0x24: // global.set
      case 0x25: // table.get
      case 0x26: // table.set
      case 0x3f: // memory.size
      case 0x40: // memory.grow
      case OPCODE.i32Const:
      case 0x42: // i64.const
      case 0xd0: // ref.null
      case 0xd2: // ref.func
        this.#skipLeb();
        return;
      case 0x1c: // select with types
        for (let count = reader.uleb(); count > 0; count--) this.#skipLeb();
        return;
      case 0x43: // f32.const
        reader.skip(4);
        return;
      case 0x44: // f64.const
        reader.skip(8);
        return;
      case 0xfc:
        this.#skipBulk(reader.uleb());
        return;
      case 0xfd:
        this.#skipVector(reader.uleb());
        return;
      case 0xfe:
        this.#skipAtomic(reader.uleb());
        return;
      default:
        this.#fail(`instruction 0x${opcode.toString(16)} is not known`);
    }
  }

  /** Saturating conversions 0 … 7, then bulk memory and tables with one or two indices. */
  #skipBulk(code: number): void {
    if (code > 17) this.#fail(`instruction 0xfc ${code} is not known`);
    if (code >= 8) this.#skipLeb();
    if (code === 8 || code === 10 || code === 12 || code === 14) this.#skipLeb();
  }

  /** SIMD (5.4.8) and relaxed SIMD 256 … 275. */
  #skipVector(code: number): void {
    if (code > 275) this.#fail(`instruction 0xfd ${code} is not known`);
    if (code <= 11 || (code >= 84 && code <= 93)) this.#skipMemoryArgument();
    if (code === 12 || code === 13) this.#reader.skip(16); // v128.const, i8x16.shuffle
    if ((code >= 21 && code <= 34) || (code >= 84 && code <= 91)) this.#reader.skip(1); // a lane
  }

  /** Threads proposal: notify, wait and fence, then loads, stores and read-modify-writes. */
  #skipAtomic(code: number): void {
    if (code === 3) this.#reader.skip(1);
    else if (code <= 2 || (code >= 0x10 && code <= 0x4e)) this.#skipMemoryArgument();
    else this.#fail(`instruction 0xfe ${code} is not known`);
  }

  /** Alignment and offset; bit 6 of the alignment announces a memory index (5.4.6). */
  #skipMemoryArgument(): void {
    if (this.#reader.uleb() & 0x40) this.#skipLeb();
    this.#skipLeb();
  }

  #readCatches(): void {
    for (let count = this.#reader.uleb(); count > 0; count--) {
      if (this.#reader.u8() < 2) this.#skipLeb(); // catch and catch_ref name a tag
      this.#readLabel();
    }
  }

  #readLabel(): void {
    const start = this.#reader.offset;
    const depth = this.#reader.uleb();
    this.labels.push({ depth, start, end: this.#reader.offset });
  }

  #skipLeb(): void {
    for (let length = 1; this.#reader.u8() >= 0x80; length++) {
      if (length === 10) this.#fail("a LEB128 number is longer than 64 bits");
    }
  }

  #fail(what: string): never {
    throw new ToolchainError("bad-module", `${what} at byte 0x${this.offset.toString(16)}`);
  }
}
