import { Wasm, type WasmMemory } from "./wasm.js";

/** Bytes of a WebAssembly page. */
const WASM_PAGE = 65536;

/** Bytes of an address space whose maker names no size. */
export const MEMORY_SIZE = 64 << 20;

/**
 * A WebAssembly memory that never grows.
 * @param byteLength rounded up to 64 KiB; at most 2 GiB, so that an address is never negative
 */
export function newMemory(byteLength: number, shared = false): WasmMemory {
  const pages = Math.ceil(byteLength / WASM_PAGE);
  if (!(pages > 0 && pages <= 0x8000))
    throw new RangeError(`the memory must have between 64 KiB and 2 GiB, not ${byteLength} bytes`);
  return ofPages(pages, shared);
}

/** A memory for columns, of up to 4 GiB: there are no addresses in it that anybody passes on. */
export const columnSpace = (byteLength: number, shared: boolean): WasmMemory =>
  ofPages(Math.ceil(byteLength / WASM_PAGE), shared);

const ofPages = (pages: number, shared: boolean): WasmMemory =>
  new Wasm.Memory({ initial: pages, maximum: pages, shared });
