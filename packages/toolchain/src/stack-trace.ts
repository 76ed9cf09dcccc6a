/** A WebAssembly frame of a stack trace. */
export interface WasmFrame {
  /** The module's name from its name section, "" if it has none; undefined if the engine does not print it. */
  readonly moduleName: string | undefined;
  readonly functionIndex: number;
  /** Of the instruction, from the start of the module. */
  readonly offset: number;
}

/**
 * Two engines print positions: V8 as `at filter.Send (wasm://wasm/filter-1a2b3c4d:wasm-function[12]:0x1a3)`, the module's
 * name followed by eight digits of its own, and SpiderMonkey as `Send@http://host/page.js line 3 > WebAssembly.Module:wasm-function[12]:0x1a3`.
 */
const WASM_FRAME = /(?:wasm:\/\/wasm\/(.*?)-?[0-9a-f]{8}:)?wasm-function\[(\d+)\]:0x([0-9a-f]+)/;

/** Finds the WebAssembly frames in the text of an Error's `stack`, innermost first. */
export function parseStack(stack: string): WasmFrame[] {
  return stack.split("\n").flatMap((line) => {
    const match = WASM_FRAME.exec(line);
    if (match === null) return [];
    const [, moduleName, index, offset] = match;
    return [{ moduleName, functionIndex: Number(index), offset: Number.parseInt(offset!, 16) }];
  });
}
