/**
 * What was wrong: the verifier's rule for the same mistake in C, or the status NDIS has for it.
 *
 * | code | wrong use |
 * |---|---|
 * | `POOL-HANDLE` | a pool that was disposed, or an object of another machine |
 * | `POOL-OUTSTANDING`, `POOL-LEAK`, `MEM-LEAK`, `MDL-LEAK` | disposed before what came from it was given back |
 * | `POOL-PARAMS` | data asked for without the NET_BUFFER that carries it |
 * | `POOL-EXHAUST` | more descriptors or packets at once than the pool was made for |
 * | `NB-NOTPOOL`, `NBL-NOTPOOL`, `BUF-NOTPOOL`, `PKT-NOTPOOL`, `MEM-BADADDR` | used after it was freed, or never one |
 * | `NB-DFREE`, `NBL-DFREE`, `BUF-DFREE`, `MDL-DFREE`, `PKT-DFREE`, `MEM-DFREE` | freed twice |
 * | `PKT-BUFLEFT` | a packet freed with descriptors chained |
 * | `NB-PREALLOC`, `MDL-NOTALONE` | freed although it goes with something else |
 * | `MDL-PARTIALSRC` | freed before what is a part of it |
 * | `NBL-CHILD` | a list freed before what was derived from it |
 * | `NB-DATAPOOL`, `NBL-WRONGPOOL` | a pool of the wrong make for the call |
 * | `CTX-UNDER` | more context taken off than was put on |
 * | `NB-RANGE`, `BUF-RANGE` | more bytes than there are |
 * | `LIST-CYCLE`, `CHAIN-CYCLE`, `CHAIN-ALREADY` | linked into a list or chain that it is in already |
 * | `NDIS_STATUS_BUFFER_TOO_SHORT` | bytes asked for in one piece that lie in several MDLs |
 * | `NDIS_STATUS_INVALID_PARAMETER` | a number that is no count of bytes |
 * | `NDIS_STATUS_RESOURCES` | the machine's memory is full |
 */
export type NdisErrorCode =
  | "POOL-HANDLE"
  | "POOL-OUTSTANDING"
  | "POOL-LEAK"
  | "POOL-PARAMS"
  | "POOL-EXHAUST"
  | "NB-NOTPOOL"
  | "NB-DFREE"
  | "NB-PREALLOC"
  | "NB-DATAPOOL"
  | "NB-RANGE"
  | "NBL-NOTPOOL"
  | "NBL-DFREE"
  | "NBL-WRONGPOOL"
  | "NBL-CHILD"
  | "CTX-UNDER"
  | "BUF-NOTPOOL"
  | "BUF-DFREE"
  | "BUF-RANGE"
  | "PKT-NOTPOOL"
  | "PKT-DFREE"
  | "PKT-BUFLEFT"
  | "MDL-DFREE"
  | "MDL-LEAK"
  | "MDL-NOTALONE"
  | "MDL-PARTIALSRC"
  | "MEM-BADADDR"
  | "MEM-DFREE"
  | "MEM-LEAK"
  | "LIST-CYCLE"
  | "CHAIN-CYCLE"
  | "CHAIN-ALREADY"
  | "NDIS_STATUS_BUFFER_TOO_SHORT"
  | "NDIS_STATUS_INVALID_PARAMETER"
  | "NDIS_STATUS_RESOURCES";

/** Wrong use of the object face. Nothing was changed by the call that throws it. */
export class NdisError extends Error {
  override readonly name = "NdisError";

  constructor(
    readonly code: NdisErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Throws unless `value` is a whole number from 0 to 2³² − 1. */
export function checkCount(value: number, what: string): void {
  if (value >>> 0 !== value)
    throw new NdisError("NDIS_STATUS_INVALID_PARAMETER", `${what} must be a whole number of 32 bits, not ${value}.`);
}

/** The machine's memory has no room for `what`. */
export const outOfMemory = (what: string): NdisError =>
  new NdisError(
    "NDIS_STATUS_RESOURCES",
    `The machine's memory has no room for ${what}; free something, or make the machine with a larger memorySize.`,
  );

/** `"1 pool"`, `"2 pools"`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
