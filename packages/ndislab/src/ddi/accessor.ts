import type { Field, Structure } from "../layout/structure.js";
import type { Address } from "../memory/address.js";
import type { Machine } from "./machine.js";

/** A macro that names a member: read by calling it, assigned with `.set`. */
export interface Accessor {
  (object: Address): number;
  set(object: Address, value: number): void;
}

const member = <N extends string>(structure: Structure<N>, name: N): Field => {
  const field = structure.fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw new TypeError(`${structure.name} has no member ${name}`);
  return field;
};

/** A function that reads a member of 4 bytes, which drivers do not assign. */
export const getter =
  <N extends string>(structure: Structure<N>, name: N) =>
  (machine: Machine): ((object: Address) => number) => {
    const { offset } = member(structure, name);
    const { u32 } = machine.memory;
    return (object) => u32[(object + offset) >>> 2];
  };

/** A macro that names a member of 8 bytes. */
export interface WideAccessor {
  (object: Address): bigint;
  set(object: Address, value: bigint): void;
}

/**
 * `#define MACRO(_P) ((_P)->Member)`: reads and assigns a member of 1, 2 or 4 bytes.
 * @param base bytes from the object to the structure
 */
export const accessor =
  <N extends string>(structure: Structure<N>, name: N, base = 0) =>
  (machine: Machine): Accessor => {
    const { offset: within, size } = member(structure, name);
    const { u8, u16, u32 } = machine.memory;
    const offset = base + within;
    const view = size === 1 ? u8 : size === 2 ? u16 : u32;
    const shift = size >>> 1;
    const read = (object: Address): number => view[(object + offset) >>> shift];
    return Object.assign(read, {
      set: (object: Address, value: number): void => {
        view[(object + offset) >>> shift] = value;
      },
    });
  };

/** As `accessor`, of a member of 8 bytes. */
export const wideAccessor =
  <N extends string>(structure: Structure<N>, name: N) =>
  (machine: Machine): WideAccessor => {
    const { offset } = member(structure, name);
    const { u32 } = machine.memory;
    const word = (object: Address): number => (object + offset) >>> 2;
    const read = (object: Address): bigint => (BigInt(u32[word(object) + 1]) << 32n) | BigInt(u32[word(object)]);
    return Object.assign(read, {
      set: (object: Address, value: bigint): void => {
        u32[word(object)] = Number(BigInt.asUintN(32, value));
        u32[word(object) + 1] = Number(BigInt.asUintN(32, value >> 32n));
      },
    });
  };

/** `#define MACRO(_P) ((_P)->Member)` of an array: the address which belongs to whoever owns the object. */
export const addressOf =
  <N extends string>(structure: Structure<N>, name: N) =>
  () => {
    const { offset } = member(structure, name);
    return (object: Address): Address => object + offset;
  };
