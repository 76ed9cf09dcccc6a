/** The part of the WebAssembly JavaScript API that the tests use; neither ES2022 nor Node's types declare it. */
interface WasmApi {
  readonly Memory: new (descriptor: { initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: WasmImports,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  validate(bytes: Uint8Array): boolean;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

export type WasmImports = Record<string, Record<string, unknown>>;

export const Wasm = (globalThis as unknown as { WebAssembly: WasmApi }).WebAssembly;

/** Instantiates a module; its exports. */
export function instantiate(bytes: Uint8Array, env: Record<string, unknown>): Readonly<Record<string, unknown>> {
  return new Wasm.Instance(new Wasm.Module(bytes), { env }).exports;
}
