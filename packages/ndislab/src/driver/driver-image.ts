import type { SourceLocation } from "../verifier/finding.js";

/** What is known of a compiled driver's source. */
export interface DriverSymbols {
  /** The C call that has this number, or null. */
  site(id: number): SourceLocation | null;
  /** The C frames in the text of an Error's stack, innermost first. */
  framesOfStack(stack: string): readonly SourceLocation[];
  /** Where the function with this index in the module starts, or null. */
  functionAt?(index: number): SourceLocation | null;
}

/** A driver compiled to WebAssembly, ready to be loaded. */
export interface DriverImage {
  readonly name: string;
  readonly wasm: Uint8Array;
  /** The functions it imports from `env`. */
  readonly imports: readonly { readonly name: string }[];
  readonly memory: {
    /** First address behind data, bss and stack. */
    readonly heapBase: number;
  };
  readonly symbols: DriverSymbols;
}

/** What a finding tells of a place; symbols may know more. */
export const sourceLocation = (place: SourceLocation | null | undefined): SourceLocation | null =>
  place ? { file: place.file, line: place.line, function: place.function } : null;
