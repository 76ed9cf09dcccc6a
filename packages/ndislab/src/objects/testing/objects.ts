import type { Mdl } from "../mdl.js";
import type { Ndis } from "../ndis.js";
import { NdisError, type NdisErrorCode } from "../ndis-error.js";

/** The code `action` throws with; what it throws else is passed on, and that it throws nothing is said. */
export function codeOf(action: () => unknown): NdisErrorCode | "nothing" {
  try {
    action();
  } catch (error) {
    if (error instanceof NdisError) return error.code;
    throw error;
  }
  return "nothing";
}

/** A chain of MDLs of these lengths, each over a block of its own; the first of them. */
export function chainOf(ndis: Ndis, sizes: readonly number[]): Mdl {
  const mdls = sizes.map((size) => ndis.allocateMdl(ndis.allocateMemory(Math.max(1, size)), 0, size));
  mdls.forEach((mdl, i) => {
    mdl.next = mdls[i + 1];
  });
  return mdls[0];
}

/** `length` bytes, none like its neighbour. */
export const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i * 7 + (i >>> 8) + 1);
