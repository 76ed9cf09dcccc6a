import type { Address, Handle } from "./address.js";
import { HELPER_CODE } from "./helper-code.js";
import { NativeModule } from "./native-module.js";
import type { WasmMemory } from "./wasm.js";

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

const module = new NativeModule(HELPER_CODE);

/** The helper for a memory. */
export const helperFor = (memory: WasmMemory, shared: boolean): Helper => module.over(memory, shared);
