import { sha256 } from "./sha256.js";
import { type SymbolData, Symbols } from "./symbols.js";
import { ByteReader } from "./wasm/byte-reader.js";
import { ByteWriter } from "./wasm/byte-writer.js";
import type { ImportedFunction } from "./wasm/module.js";

/** A driver ready to be instantiated, with all that a host wants to know of it. Owned by the caller, never changed. */
export interface CompiledDriver {
  /** The name given, or the first source's without directory and ending. */
  readonly name: string;
  /** SHA-256, in hex, of everything that decided the output. */
  readonly hash: string;
  /** The module. Imports: `env.memory` and the functions of `imports`. */
  readonly wasm: Uint8Array;
  /** Lines of C for positions in `wasm`, call sites and stack traces. */
  readonly symbols: Symbols;
  /** The functions the host must provide, in the order of the module's import section. */
  readonly imports: readonly ImportedFunction[];
  readonly memory: MemoryNeeds;
  /** False only where the options allow it. */
  readonly hasDriverEntry: boolean;
  /** Warnings of compiler and linker, "" if there are none. */
  readonly warnings: string;
}

/** Addresses of the driver's image (drawn at `linkFlags`) and the memory it needs. */
export interface MemoryNeeds {
  /** First address of data. */
  readonly globalBase: number;
  /** First address behind data and bss: the low end of the stack. */
  readonly dataEnd: number;
  /** First address behind the image; `__stack_pointer` starts here. */
  readonly heapBase: number;
  /** Pages of 64 KiB that `env.memory` must have at least. */
  readonly initialPages: number;
}

/** A compiled driver as plain data. */
export type DriverParts = Omit<CompiledDriver, "symbols"> & { readonly symbols: SymbolData };

export function driverOf(parts: DriverParts): CompiledDriver {
  return { ...parts, symbols: new Symbols(parts.symbols) };
}

const DIGEST_LENGTH = 64;

/**
 * A compiled driver as one run of bytes:
 *
 * ```
 *   ┌────────────────────┬──────────────────┬──────────────────────────┬───────────┐
 *   │ SHA-256 of the rest│ length of JSON,  │ JSON: all parts but wasm │ wasm      │
 *   │ 64 hex digits      │ LEB128           │ UTF-8                    │           │
 *   └────────────────────┴──────────────────┴──────────────────────────┴───────────┘
 * ```
 */
export async function encodeDriver({ wasm, ...parts }: DriverParts): Promise<Uint8Array> {
  const body = new ByteWriter(2 * wasm.length);
  body.name(JSON.stringify(parts));
  body.append(wasm);
  const file = new ByteWriter(DIGEST_LENGTH + body.length);
  file.append(new TextEncoder().encode(await sha256(body.bytes)));
  file.append(body.bytes);
  return file.bytes;
}

/** The driver that {@link encodeDriver} wrote, or undefined if the bytes are damaged or of another build. */
export async function decodeDriver(bytes: Uint8Array, hash: string): Promise<DriverParts | undefined> {
  const digest = new TextDecoder().decode(bytes.subarray(0, DIGEST_LENGTH));
  const body = bytes.subarray(DIGEST_LENGTH);
  if ((await sha256(body)) !== digest) return undefined;
  const reader = new ByteReader(body);
  const parts = JSON.parse(reader.name()) as Omit<DriverParts, "wasm">;
  if (parts.hash !== hash) return undefined;
  return { ...parts, wasm: new Uint8Array(body.subarray(reader.offset)) };
}
