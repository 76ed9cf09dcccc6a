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

/** `#define MACRO(_P) ((_P)->Member)`: reads and assigns a member of 1, 2 or 4 bytes. */
export const accessor =
  <N extends string>(structure: Structure<N>, name: N) =>
  (machine: Machine): Accessor => {
    const { offset, size } = member(structure, name);
    const view = size === 1 ? machine.memory.u8 : size === 2 ? machine.memory.u16 : machine.memory.u32;
    const shift = size === 1 ? 0 : size === 2 ? 1 : 2;
    const read = (object: Address): number => view[(object + offset) >>> shift];
    return Object.assign(read, {
      set: (object: Address, value: number): void => {
        view[(object + offset) >>> shift] = value;
      },
    });
  };

/** `#define MACRO(_P) (&(_P)->Member[0])`: the address of an array that belongs to whoever owns the object. */
export const addressOf =
  <N extends string>(structure: Structure<N>, name: N) =>
  () => {
    const { offset } = member(structure, name);
    return (object: Address): Address => object + offset;
  };
