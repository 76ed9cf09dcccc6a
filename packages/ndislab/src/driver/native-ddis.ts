import type { Machine } from "../ddi/machine.js";
import type { Ddi, DdiName } from "../ddi/table.js";
import type { Address, Handle } from "../memory/address.js";
import { NativeModule } from "../memory/native-module.js";
import { DDIS_CODE } from "./ddis-code.js";

/** What native/ddis.c has beside the functions of NDIS. What it returns has 32 bits, signed. */
export interface NativeLists {
  /** Takes up to `count` lists off the free list of a pool, for `source`, and their addresses to `out`; how many. */
  takeLists(pool: Handle, source: Handle, out: Address, count: number): number;
  /** Puts a frame that lies in the memory into a list just taken. */
  fillList(nbl: Address, frame: Address, length: number): void;
  /**
   * Writes up to `count` of the frames that the lists of a chain carry to `out`, each as three words: list, address,
   * length. Up to the first list of which more is to be said; how many.
   */
  framesOf(lists: Address, out: Address, count: number): number;
  /** Frees the lists of a chain, up to the first of which more is to be done: that one, or 0. */
  giveLists(lists: Address): Address;
}

/** Functions of NDIS that are in native code, by name. */
export type NativeFunctions = Readonly<Partial<Record<DdiName, unknown>>>;

/** The functions of NDIS in native/ddis.c, and what else is there. */
export type NativeDdis = NativeLists & NativeFunctions;

const module = new NativeModule(DDIS_CODE);

/**
 * The functions that a driver calls for every packet, in native code on the memory of a machine. A driver's module is
 * linked to them directly, so that a call of one stays in WebAssembly: 3 ns, and 7 to 10 by TypeScript. They check
 * nothing: not for a driver that is verified or whose requests are to fail.
 */
export function nativeDdis({ memory }: Machine, ddi: Ddi): NativeDdis {
  return module.over(memory.wasm, memory.shared, { ddi: ddi as unknown as Record<string, unknown> });
}

/** Those that are in native code. */
export const nativeNames = (): DdiName[] => module.importsFrom("ddi") as DdiName[];
