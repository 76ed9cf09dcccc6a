import type { Address } from "../memory/address.js";
import type { Block, Mdl } from "./block.js";

/** MDLs in the order of their Next. */
export type Chain = readonly Mdl[];

/** A byte of a chain: the MDL's place in it, and the offset in the MDL. */
export interface Place {
  readonly index: number;
  readonly inMdl: number;
}

/** A run of bytes of one block. */
export interface Piece {
  readonly block: Block;
  readonly offset: number;
  readonly length: number;
}

export const byteLength = (chain: Chain): number => chain.reduce((sum, mdl) => sum + mdl.length, 0);

/** Chain offsets at which an MDL ends. */
export function ends(chain: Chain): number[] {
  let end = 0;
  return chain.map((mdl) => {
    end += mdl.length;
    return end;
  });
}

/** Where byte `offset` lies: in the first MDL that ends behind it, at the end of the last one when none does. */
export function locate(chain: Chain, offset: number): Place {
  const found = ends(chain).findIndex((end) => end > offset);
  const index = found >= 0 ? found : Math.max(0, chain.length - 1);
  return { index, inMdl: offset - byteLength(chain.slice(0, index)) };
}

/** Every place that stands for chain offset `offset`: at a boundary the end of one MDL and the start of the next. */
export function placesOf(chain: Chain, offset: number): Place[] {
  let start = 0;
  return chain.flatMap((mdl, index) => {
    const inMdl = offset - start;
    start += mdl.length;
    return inMdl >= 0 && inMdl <= mdl.length ? [{ index, inMdl }] : [];
  });
}

/** Bytes `[from, from + length)` of a chain as runs, none of them empty; fewer where the chain ends. */
export function piecesOf(chain: Chain, from: number, length: number): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (const mdl of chain) {
    const first = Math.max(from, start);
    const end = Math.min(from + length, start + mdl.length);
    if (first < end) pieces.push({ block: mdl.block, offset: mdl.offset + first - start, length: end - first });
    start += mdl.length;
  }
  return pieces;
}

/** Whether the MDL at an address has some of the bytes `[from, from + length)` of a chain. */
export function shows(chain: Chain, address: Address, from: number, length: number): boolean {
  let start = 0;
  return chain.some((mdl) => {
    const begin = start;
    start += mdl.length;
    return mdl.address === address && Math.max(begin, from) < Math.min(start, from + length);
  });
}

/** The bytes of runs, one after the other. */
export function bytesOf(pieces: readonly Piece[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { block, offset, length } of pieces) {
    bytes.set(block.bytes.subarray(offset, offset + length), at);
    at += length;
  }
  return bytes;
}

/** Writes bytes over runs, as many as both have. */
export function writeOver(pieces: readonly Piece[], bytes: Uint8Array): void {
  let at = 0;
  for (const { block, offset, length } of pieces) {
    block.bytes.set(bytes.subarray(at, at + length), offset);
    at += length;
  }
}

/** Whether two sets of runs have a byte in common. */
export const overlap = (left: readonly Piece[], right: readonly Piece[]): boolean =>
  left.some((a) =>
    right.some((b) => a.block === b.block && a.offset < b.offset + b.length && b.offset < a.offset + a.length),
  );

/** Whether a byte is in a run more than once. */
export const overlapsItself = (pieces: readonly Piece[]): boolean =>
  pieces.some((piece, i) => overlap([piece], pieces.slice(i + 1)));

/** `[m1 10, m2 20]` */
export const chainText = (chain: Chain): string => `[${chain.map((mdl) => `${mdl.name} ${mdl.length}`).join(", ")}]`;

/** `m1, m2`: to be compared, whatever the order. */
export const namesOf = (mdls: Chain): string =>
  mdls
    .map(({ name }) => name)
    .sort()
    .join(", ");
