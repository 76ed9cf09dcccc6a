/**
 * The part of the WebAssembly JavaScript API that the library uses. Declared here because the library is compiled
 * without the DOM's and without Node's types.
 */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
export interface WasmTable {
  readonly length: number;
  get(index: number): ((...args: number[]) => number) | null;
  set(index: number, exported: unknown): void;
  /** Adds elements and returns how many there were before. */
  grow(count: number): number;
}
export interface WasmModule {
  readonly brand?: "WebAssembly.Module";
}
export type WasmImports = Record<string, Record<string, unknown>>;
export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

/** What a trap throws. */
export interface WasmTrap extends Error {
  readonly brand?: "WebAssembly.RuntimeError";
}

interface WasmApi {
  readonly Memory: new (descriptor: { initial: number; maximum: number; shared?: boolean }) => WasmMemory;
  readonly Module: {
    new (bytes: Uint8Array): WasmModule;
    imports(module: WasmModule): { module: string; name: string; kind: string }[];
  };
  readonly Instance: new (module: WasmModule, imports: WasmImports) => WasmInstance;
  readonly RuntimeError: new (message?: string) => WasmTrap;
}

export const Wasm = (globalThis as unknown as { WebAssembly: WasmApi }).WebAssembly;
