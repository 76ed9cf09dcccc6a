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
  /** NdisAllocateCloneNetBufferList of one NET_BUFFER, from free lists that are long enough; 0 in any other case. */
  cloneList(
    original: Address,
    pool: Handle,
    lists: Address,
    mdls: Address,
    derivation: number,
    listState: number,
    netBufferState: number,
    mdlState: number,
  ): Address;
  /** NdisFreeCloneNetBufferList of such a one that is as it was; 0, and nothing done, in any other case. */
  freeClone(list: Address, lists: Address, mdls: Address, mdlState: number): number;
}

const compiled = new Map<boolean, WasmModule>();

/** The helper for a memory: compiled once a process for each kind of memory. */
export function helperFor(memory: WasmMemory, shared: boolean): Helper {
  let module = compiled.get(shared);
  if (module === undefined) {
    module = new Wasm.Module(shared ? overSharedMemory(HELPER_CODE) : Uint8Array.from(HELPER_CODE));
    compiled.set(shared, module);
  }
  return new Wasm.Instance(module, { env: { memory } }).exports as unknown as Helper;
}

/** Bits of the limits of an imported memory: it has a most, it is shared. */
const HAS_MOST = 1;
const IS_SHARED = 2;

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
