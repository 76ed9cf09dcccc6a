import type { Address, Handle } from "./address.js";
import { HELPER_CODE } from "./helper-code.js";
import { Wasm, type WasmMemory, type WasmModule } from "./wasm.js";

/** Bytes that cannot be copied before an MDL of theirs is mapped: what a function of the helper says as a number. */
export const HELPER_NOT_MAPPED = 0xffff_ffff | 0;

/** The functions of native/helper.c, on the memory of one machine. What they return has 32 bits, signed. */
export interface Helper {
  /** Moves bytes: 17 ns for the frames of a capture, `copyWithin` 45, `set` of a `subarray` 98 and 190 bytes of garbage. */
  copyBytes(to: Address, from: Address, length: number): void;
  /** Moves bytes between two chains of which every MDL that is needed is mapped; how many. */
  copyChain(to: Address, toOffset: number, from: Address, fromOffset: number, length: number): number;
  /** NdisCopyFromNetBufferToNetBuffer; HELPER_NOT_MAPPED, with nothing copied, when an MDL has to be mapped first. */
  copyNetBuffer(to: Address, toOffset: number, length: number, from: Address, fromOffset: number): number;
  /** Takes up to `count` NET_BUFFERs off the free list, to `out`, and behind them what is left of it; how many. */
  takeNetBuffers(
    list: Address,
    out: Address,
    count: number,
    pool: Handle,
    state: number,
    mdlStart: number,
    dataStart: number,
  ): number;
  /** Puts NET_BUFFERs on the free list, up to the first that cannot be freed so; how many. */
  giveNetBuffers(list: Address, netBuffers: Address, count: number, pool: Handle, state: number): number;
}

let compiled: WasmModule | undefined;

/** The helper for a memory: compiled once a process. */
export function helperFor(memory: WasmMemory): Helper {
  compiled ??= new Wasm.Module(Uint8Array.from(HELPER_CODE));
  return new Wasm.Instance(compiled, { env: { memory } }).exports as unknown as Helper;
}
