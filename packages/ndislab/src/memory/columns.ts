import { columnSpace } from "./address-space.js";
import type { WasmMemory } from "./wasm.js";

const CAN_SHARE = typeof SharedArrayBuffer !== "undefined";

/**
 * Zeroed bytes for a column that is as long as the memory and mostly stays empty: the system gives a page when it is
 * touched. Shared where an engine has that. V8 takes the bytes of any other buffer for used at once and collects
 * garbage for their sake: a run over one frame had five full collections of 26 ms together, and has one or two.
 */
export const columnBytes = (length: number): ArrayBufferLike =>
  CAN_SHARE ? new SharedArrayBuffer(length) : new ArrayBuffer(length);

/** Columns that native code works on as well: as `columnBytes`, in a memory of their own, and whether it is shared. */
export const columnMemory = (length: number): { memory: WasmMemory; shared: boolean } => ({
  memory: columnSpace(length, CAN_SHARE),
  shared: CAN_SHARE,
});
