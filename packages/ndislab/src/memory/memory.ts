import type { Address } from "./address.js";
import { newMemory } from "./address-space.js";
import { type Helper, helperFor } from "./helper.js";
import type { Processor } from "./shared-memory.js";
import type { WasmMemory } from "./wasm.js";

/**
 * The 32-bit address space: one WebAssembly memory that never grows, so that the views below never detach.
 * The operating system commits a page when it is first touched.
 *
 * ```
 *  0        0x1000      0x5000     0x10000                poolBase                          byteLength
 *  ┌─────────┬───────────┬──────────┬──────────────────────┬──────────────────────────────────┐
 *  │ NULL    │ host      │ unused   │ driver image, stack  │ nonpaged pool                    │
 *  │ page    │ cells     │          │                      │                                  │
 *  └─────────┴───────────┴──────────┴──────────────────────┴──────────────────────────────────┘
 * ```
 */
export class Memory {
  readonly wasm: WasmMemory;
  /** Which of how many processors works here: 0 of 1 unless the memory is shared. */
  readonly processor: Processor;
  /** True when other workers have the same bytes. */
  readonly shared: boolean;
  readonly u8: Uint8Array<ArrayBuffer>;
  readonly u16: Uint16Array<ArrayBuffer>;
  readonly i32: Int32Array<ArrayBuffer>;
  readonly u32: Uint32Array<ArrayBuffer>;
  readonly f64: Float64Array<ArrayBuffer>;
  readonly byteLength: number;
  /** Native code that works on these bytes. */
  readonly helper: Helper;
  /** 256 bytes, this processor's own, where the host puts out-parameters of the callbacks it makes. */
  readonly scratch: Address;

  /**
   * @param byteLength size of the space, rounded up to 64 KiB; at most 2 GiB. What there is already, when it is shared.
   * @param processor of a shared memory
   */
  constructor(byteLength: number, processor?: Processor) {
    this.processor = processor ?? { memory: newMemory(byteLength), number: 0, count: 1 };
    this.shared = processor !== undefined;
    this.wasm = this.processor.memory;
    const buffer = this.wasm.buffer;
    this.u8 = new Uint8Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.byteLength = buffer.byteLength;
    this.helper = helperFor(this.wasm, this.shared);
    this.scratch = SCRATCH + SCRATCH_SIZE * this.processor.number;
  }

  /** True when `[address, address + length)` lies in the space and above the NULL page. */
  contains(address: Address, length: number): boolean {
    return address >= NULL_PAGE_SIZE && length >= 0 && address + length <= this.byteLength;
  }

  /** A 32-bit word at any address, aligned or not; 0 outside the space. */
  readUlong(address: Address): number {
    const u8 = this.u8;
    return (u8[address] | (u8[address + 1] << 8) | (u8[address + 2] << 16) | (u8[address + 3] << 24)) >>> 0;
  }

  writeUlong(address: Address, value: number): void {
    const u8 = this.u8;
    u8[address] = value;
    u8[address + 1] = value >>> 8;
    u8[address + 2] = value >>> 16;
    u8[address + 3] = value >>> 24;
  }

  /** The word at `address`, which lies on a multiple of 4. */
  cell(address: Address): Uint32Array<ArrayBuffer> {
    return this.u32.subarray(address >>> 2, (address >>> 2) + 1);
  }

  /** A live view of `length` bytes: no copy, and valid as long as the space. */
  bytes(address: Address, length: number): Uint8Array<ArrayBuffer> {
    return this.u8.subarray(address, address + length);
  }

  /** The text at `address` up to its terminating zero, one character a byte, at most `limit` characters. */
  cString(address: Address, limit = 65536): string {
    let text = "";
    for (let at = address; at < this.byteLength && text.length < limit && this.u8[at] !== 0; at++)
      text += String.fromCharCode(this.u8[at]);
    return text;
  }

  /** `length` bytes of UTF-16 at `address`. */
  wideString(address: Address, length: number): string {
    let text = "";
    for (let at = address; at + 1 < address + length; at += 2)
      text += String.fromCharCode(this.u8[at] | (this.u8[at + 1] << 8));
    return text;
  }
}

/** Bytes at 0 that belong to nobody, so that small offsets from NULL hit nothing. */
export const NULL_PAGE_SIZE = 0x1000;

/** Cells that the host and instrumented driver code share: the number of the C call that is being made. */
export const SITE_CELL: Address = 0x1000;

/**
 * Cells that the verifier keeps for native code, which answers for it only while they say nothing special: the IRQL, how
 * many objects a finding was made of, and where the blocks of the nonpaged pool start.
 */
export const IRQL_CELL: Address = 0x1008;
export const BROKEN_CELL: Address = 0x100c;
export const POOL_BASE_CELL: Address = 0x1010;

/** In a shared memory: the handle of the pool of derived MDLs, which all processors have. */
export const DERIVED_POOL_CELL: Address = 0x1004;

/** Where the scratch of the processors starts. */
const SCRATCH: Address = 0x1100;
const SCRATCH_SIZE = 256;

/** Where the cells of the processors start, a cache line each: blocks that others freed and that they allocated. */
export const INBOXES: Address = 0x4000;

/** Where the first driver image may start. */
export const IMAGE_BASE: Address = 0x10000;
