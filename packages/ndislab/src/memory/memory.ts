import type { Address } from "./address.js";
import { type Helper, helperFor } from "./helper.js";
import { Wasm, type WasmMemory } from "./wasm.js";

/** Bytes of a WebAssembly page. */
const WASM_PAGE = 65536;

/**
 * The 32-bit address space: one WebAssembly memory that never grows, so that the views below never detach.
 * The operating system commits a page when it is first touched.
 *
 * ```
 *  0        0x1000      0x2000     0x10000                poolBase                          byteLength
 *  ┌─────────┬───────────┬──────────┬──────────────────────┬──────────────────────────────────┐
 *  │ NULL    │ host      │ unused   │ driver image, stack  │ nonpaged pool                    │
 *  │ page    │ cells     │          │                      │                                  │
 *  └─────────┴───────────┴──────────┴──────────────────────┴──────────────────────────────────┘
 * ```
 */
export class Memory {
  readonly wasm: WasmMemory;
  readonly u8: Uint8Array<ArrayBuffer>;
  readonly u16: Uint16Array<ArrayBuffer>;
  readonly i32: Int32Array<ArrayBuffer>;
  readonly u32: Uint32Array<ArrayBuffer>;
  readonly f64: Float64Array<ArrayBuffer>;
  readonly byteLength: number;
  /** Native code that works on these bytes. */
  readonly helper: Helper;

  /** @param byteLength size of the space, rounded up to 64 KiB; at most 2 GiB, so that an address is never negative. */
  constructor(byteLength: number) {
    const pages = Math.ceil(byteLength / WASM_PAGE);
    if (!(pages > 0 && pages <= 0x8000))
      throw new RangeError(`the memory must have between 64 KiB and 2 GiB, not ${byteLength} bytes`);
    this.wasm = new Wasm.Memory({ initial: pages, maximum: pages });
    const buffer = this.wasm.buffer;
    this.u8 = new Uint8Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.byteLength = buffer.byteLength;
    this.helper = helperFor(this.wasm);
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

/** Where the host puts out-parameters of the callbacks it makes, 256 bytes. */
export const SCRATCH: Address = 0x1100;

/** Where the first driver image may start. */
export const IMAGE_BASE: Address = 0x10000;
