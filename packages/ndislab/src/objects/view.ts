import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

/** `view` when it is the one over these bytes, else a new one: an object whose data stays put keeps its view. */
export const viewOf = (
  memory: Memory,
  view: Uint8Array<ArrayBuffer> | undefined,
  address: Address,
  length: number,
): Uint8Array<ArrayBuffer> =>
  view !== undefined && view.byteOffset === address && view.length === length ? view : memory.bytes(address, length);
