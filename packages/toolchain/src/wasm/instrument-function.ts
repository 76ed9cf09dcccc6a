import { TICK_IMPORT, TICK_INTERVAL } from "../support.js";
import { BodyEditor, type Shift } from "./body-editor.js";
import { ByteReader } from "./byte-reader.js";
import type { ByteWriter } from "./byte-writer.js";
import type { FunctionBody } from "./function-body.js";
import { EMPTY_BLOCK, InstructionReader, OPCODE } from "./instruction-reader.js";
import type { Instrumentation } from "./instrument.js";
import type { WasmModule } from "./module.js";

/** A direct call of an import in the module as it was linked. */
export interface CallSite {
  /** Position of the call instruction in the module before instrumentation. */
  readonly offset: number;
  readonly callee: string;
}

/** A function's new contents (locals and code), with positions from their start. */
export interface InstrumentedFunction {
  readonly bytes: Uint8Array;
  readonly shifts: readonly Shift[];
  /** The calls of tick, each with the position of its loop in the module before instrumentation. */
  readonly ticks: readonly { readonly start: number; readonly end: number; readonly loop: number }[];
}

/** The step of a loop's counter: so large that it wraps to 0 after TICK_INTERVAL rounds. */
const STEP = 2 ** 32 / TICK_INTERVAL;

/** Blocks that {@link FunctionInstrumenter} puts around a loop. */
const LOOP_WRAPPERS = 3;
/** Value type i32 (WebAssembly core spec 5.3.1). */
const I32 = 0x7f;

/**
 * Rewrites function bodies. A call of an import, and a loop:
 *
 * ```
 *   i32.const 0                 block $done <type>             ─┐
 *   i32.const <site id>           loop $again                   │ inserted before
 *   i32.store offset=<siteCell>     block $slow                ─┘
 *   call $import                      loop $L <type>
 *                                       local.get $rounds      ─┐
 *                                       i32.const <STEP>        │
 *                                       i32.add                 │ at the head: leaves the
 *                                       local.tee $rounds       │ loop every 2^20 rounds
 *                                       i32.eqz                 │
 *                                       br_if $slow            ─┘
 *                                       …
 *                                     end
 *                                     br $done                 ─┐
 *                                   end                         │
 *                                   call $__ndislab_tick        │ inserted behind
 *                                   br $again                   │
 *                                 end                           │
 *                                 unreachable                   │
 *                               end                            ─┘
 * ```
 *
 * `$rounds` is one more local of the function, 0 at its start, shared by its loops. The tick is called outside of the
 * loop because a call inside, though never made, keeps V8 from holding the loop's variables in registers: a byte loop
 * takes 1.9 times as long with it inside and 1.2 times like this. A loop that takes parameters has it inside. Branches
 * out of a loop cross three more blocks.
 */
export class FunctionInstrumenter {
  readonly sites: CallSite[] = [];
  readonly #module: WasmModule;
  readonly #options: Instrumentation;
  readonly #tick: number | undefined;

  /** @param tick index of the function to call every 2^20 rounds; undefined if `options.loops` is false */
  constructor(module: WasmModule, options: Instrumentation, tick: number | undefined) {
    this.#module = module;
    this.#options = options;
    this.#tick = tick;
  }

  run(body: FunctionBody): InstrumentedFunction {
    const { bytes } = this.#module;
    const editor = new BodyEditor(bytes, body.locals);
    const rounds = this.#addLocal(editor, body);
    const code = new InstructionReader(new ByteReader(bytes, body.code, body.end));
    const ticks: { start: number; end: number; loop: number }[] = [];
    const blocks: Block[] = [{ wrappers: 0, loop: 0 }];
    while (code.next()) {
      if (code.opcode === OPCODE.delegate) blocks.pop();
      this.#relabel(editor, code, blocks);
      switch (code.opcode) {
        case OPCODE.call:
        case OPCODE.returnCall:
          this.#markSite(editor, code);
          break;
        case OPCODE.loop:
          blocks.push(rounds === undefined ? PLAIN_BLOCK : this.#openLoop(editor, code, rounds));
          break;
        case OPCODE.block:
        case OPCODE.if:
        case OPCODE.try:
        case OPCODE.tryTable:
          blocks.push(PLAIN_BLOCK);
          break;
        case OPCODE.end: {
          const block = blocks.pop()!;
          if (block.wrappers > 0) ticks.push({ ...this.#closeLoop(editor, code.end), loop: block.loop });
        }
      }
    }
    return { bytes: editor.finish(body.end), shifts: editor.shifts, ticks };
  }

  /** Adds a local to a function that has a loop to tick; returns its index. */
  #addLocal(editor: BodyEditor, body: FunctionBody): number | undefined {
    const { bytes, functionTypes, imports } = this.#module;
    if (!this.#options.loops || body.index === this.#tick || !hasLoop(bytes, body)) return undefined;
    const count = new ByteReader(bytes, body.locals, body.code);
    count.uleb();
    editor.replace(body.locals, count.offset, (out) => out.uleb(body.localGroups + 1));
    editor.insertAfter(body.code, (out) => {
      out.uleb(1);
      out.u8(I32);
    });
    return functionTypes[body.index - imports.length]!.params.length + body.localCount;
  }

  #markSite(editor: BodyEditor, code: InstructionReader): void {
    const callee = this.#module.imports[code.index]?.name;
    if (callee === undefined || callee === TICK_IMPORT || !this.#options.callSites) return;
    const id = this.sites.push({ offset: code.offset, callee });
    editor.insertBefore(code.offset, (out) => {
      out.u8(OPCODE.i32Const);
      out.sleb(0);
      out.u8(OPCODE.i32Const);
      out.sleb(id);
      out.u8(OPCODE.i32Store);
      out.uleb(2); // alignment as a power of two
      out.uleb(this.#options.siteCell);
    });
  }

  #openLoop(editor: BodyEditor, code: InstructionReader, rounds: number): Block {
    const { bytes, types } = this.#module;
    const loop = code.end;
    if (code.index >= 0 && types[code.index]!.params.length > 0) {
      editor.insertBefore(loop, (out) => {
        writeCount(out, rounds);
        out.u8(OPCODE.if);
        out.u8(EMPTY_BLOCK);
        this.#writeTick(out);
        out.u8(OPCODE.end);
      });
      return PLAIN_BLOCK;
    }
    editor.insertBefore(code.offset, (out) => {
      out.u8(OPCODE.block);
      out.append(bytes.subarray(code.offset + 1, code.end)); // the loop's own type
      out.u8(OPCODE.loop);
      out.u8(EMPTY_BLOCK);
      out.u8(OPCODE.block);
      out.u8(EMPTY_BLOCK);
    });
    editor.insertBefore(loop, (out) => {
      writeCount(out, rounds);
      out.u8(OPCODE.brIf);
      out.uleb(1); // $slow
    });
    return { wrappers: LOOP_WRAPPERS, loop };
  }

  #closeLoop(editor: BodyEditor, position: number): { start: number; end: number } {
    return editor.insertAfter(position, (out) => {
      out.u8(OPCODE.br);
      out.uleb(2); // $done
      out.u8(OPCODE.end);
      this.#writeTick(out);
      out.u8(OPCODE.br);
      out.uleb(0); // $again
      out.u8(OPCODE.end);
      out.u8(OPCODE.unreachable);
      out.u8(OPCODE.end);
    });
  }

  #writeTick(out: ByteWriter): void {
    out.u8(OPCODE.call);
    out.uleb(this.#tick!);
  }

  /** Lets a branch that leaves wrapped loops cross their wrappers too. */
  #relabel(editor: BodyEditor, code: InstructionReader, blocks: readonly Block[]): void {
    for (const { depth, start, end } of code.labels) {
      let crossed = 0;
      for (let i = blocks.length - depth; i < blocks.length; i++) crossed += blocks[i]?.wrappers ?? 0;
      if (crossed > 0) editor.replace(start, end, (out) => out.uleb(depth + crossed));
    }
  }
}

/** A block that is open, as the rewriting sees it. */
interface Block {
  /** Blocks that were put around it. */
  readonly wrappers: number;
  /** Of a wrapped loop, the position of its first instruction. */
  readonly loop: number;
}

const PLAIN_BLOCK: Block = { wrappers: 0, loop: 0 };

/** Steps the counter; leaves on the stack whether it wrapped to 0. */
function writeCount(out: ByteWriter, rounds: number): void {
  out.u8(OPCODE.localGet);
  out.uleb(rounds);
  out.u8(OPCODE.i32Const);
  out.sleb(STEP);
  out.u8(OPCODE.i32Add);
  out.u8(OPCODE.localTee);
  out.uleb(rounds);
  out.u8(OPCODE.i32Eqz);
}

function hasLoop(bytes: Uint8Array, body: FunctionBody): boolean {
  const code = new InstructionReader(new ByteReader(bytes, body.code, body.end));
  while (code.next()) if (code.opcode === OPCODE.loop) return true;
  return false;
}
