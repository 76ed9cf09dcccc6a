import { Wasm, type WasmImports, type WasmMemory, type WasmModule } from "./wasm.js";

/** Bits of the limits of an imported memory: it has a most, it is shared. */
const HAS_MOST = 1;
const IS_SHARED = 2;

/** What a C file of native/ compiles to. Compiled once a process for each kind of memory, when it is first wanted. */
export class NativeModule {
  private own: WasmModule | undefined;
  private shared: WasmModule | undefined;

  constructor(private readonly code: readonly number[]) {}

  /** Its functions on a memory. What they return has 32 bits, signed. */
  over<T>(memory: WasmMemory, shared: boolean, imports: WasmImports = {}): T {
    const module = shared ? this.forShared() : this.forOwn();
    return new Wasm.Instance(module, { ...imports, env: { memory } }).exports as unknown as T;
  }

  /** The names that it takes from an import of this name. */
  importsFrom(name: string): string[] {
    return Wasm.Module.imports(this.forOwn()).flatMap((found) => (found.module === name ? [found.name] : []));
  }

  private forOwn(): WasmModule {
    this.own ??= new Wasm.Module(Uint8Array.from(this.code));
    return this.own;
  }

  private forShared(): WasmModule {
    this.shared ??= new Wasm.Module(overSharedMemory(this.code));
    return this.shared;
  }
}

/**
 * The same code with the import of a shared memory in the place of an own one. Both name the most that the memory may
 * have, so that they differ in one bit: that behind the import's name and kind.
 */
function overSharedMemory(code: readonly number[]): Uint8Array {
  const bytes = Uint8Array.from(code);
  const name = [..."memory"].map((character) => character.charCodeAt(0));
  const at = bytes.findIndex((_, start) => name.every((byte, i) => bytes[start + i] === byte)) + name.length + 1;
  bytes[at] = HAS_MOST | IS_SHARED;
  return bytes;
}
