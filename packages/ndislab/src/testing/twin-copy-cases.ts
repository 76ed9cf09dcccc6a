import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { ADDRESSED, type Case, type Cases, type Members, OUT, type TwinWorld } from "./twin-world.js";
import type { Call } from "./twins.js";

const { MDL_PAGES_LOCKED } = MDL_FLAGS;

/** 16, 30 and 84 bytes of data in three of the MDLs. */
const source = (world: TwinWorld, members?: Members): number => world.netBuffer([20, 0, 30, 90], 4, 130, members);

/** Room of 40 and of 70 bytes in two of the MDLs. */
const target = (world: TwinWorld, members?: Members): number => world.netBuffer([0, 50, 70, 0], 10, 0, members);

const call = (to: number, toOffset: number, length: number, from: number, fromOffset: number, out = OUT): Call => [
  "NdisCopyFromNetBufferToNetBuffer",
  to,
  toOffset,
  length,
  from,
  fromOffset,
  out,
];

/** A copy from `source` to `target`. */
const copy =
  (toOffset: number, length: number, fromOffset: number, out = OUT): Case[1] =>
  (world) =>
    call(target(world), toOffset, length, source(world), fromOffset, out);

/** A copy between two of which MDLs with these indices were changed. */
function changed(
  [toOffset, length, fromOffset]: readonly [toOffset: number, length: number, fromOffset: number],
  indices: { readonly from?: readonly number[]; readonly to?: readonly number[] },
  change = (world: TwinWorld, mdl: number): void => world.unmap(mdl),
): Case[1] {
  return (world) => {
    const [to, from] = [target(world), source(world)];
    for (const index of indices.from ?? []) change(world, world.mdls(from)[index]);
    for (const index of indices.to ?? []) change(world, world.mdls(to)[index]);
    return call(to, toOffset, length, from, fromOffset);
  };
}

const ALL = { from: [0, 1, 2, 3], to: [0, 1, 2, 3] };
const LENGTHS = [0, 1, 15, 16, 17, 40, 46, 47, 109, 110, 111, 129, 130, 131, 0xffff_ffff];

const plain: readonly Case[] = [
  ...LENGTHS.map((length): Case => [`${length} bytes`, copy(0, length, 0)]),
  ...LENGTHS.map((length): Case => [`${length} bytes from within`, copy(5, length, 16)]),
  ...[39, 40, 41, 109, 110, 111, 0xffff_ffff].map((offset): Case => [`to ${offset}`, copy(offset, 20, 0)]),
  ...[15, 16, 45, 46, 47, 129, 130, 131, 0xffff_ffff].map((offset): Case => [`from ${offset}`, copy(0, 20, offset)]),
  ...[0, 10, 99].map(
    (offset): Case => [
      `within itself, to ${offset} from 10`,
      (world) => {
        const netBuffer = source(world);
        return call(netBuffer, offset, 100, netBuffer, 10);
      },
    ],
  ),
  ["a whole frame", (world) => call(world.netBuffer([2048]), 0, 1514, world.netBuffer([2048], 0, 1514), 0)],
  ["to no chain", (world) => call(world.netBuffer([]), 0, 10, source(world), 0)],
  ["from no chain", (world) => call(target(world), 0, 10, world.netBuffer([], 0, 0, { DataLength: 10 }), 0)],
  [
    "more data than the chain has",
    (world) => call(target(world), 0, 0xffff_ffff, source(world, { DataLength: 0xffff_ffff }), 103),
  ],
  [
    "offsets of the source whose sum has more than 32 bits",
    (world) => call(target(world), 0, 10, source(world, { CurrentMdlOffset: 0xffff_ffff }), 5),
  ],
  [
    "offsets of the target whose sum has more than 32 bits",
    (world) => call(target(world, { CurrentMdlOffset: 0xffff_ffff }), 5, 10, source(world), 0),
  ],
  ["the number to NULL", copy(0, 33, 0, 0)],
  [
    "the number into the data",
    (world) => {
      const to = target(world);
      const bytes = world.twins.u32(world.mdls(to)[1] + MDL.offset.MappedSystemVa);
      return call(to, 0, 100, source(world), 0, (bytes + 23) & ~3);
    },
  ],
  ["MDLs behind the bytes that have to be mapped", changed([0, 16, 0], { from: [2], to: [2] })],
  ["MDLs before the bytes that have to be mapped", changed([40, 30, 16], { from: [0], to: [1] })],
  ["MDLs of 0 bytes that have to be mapped", changed([0, 100, 0], { from: [1], to: [0] })],
  ["no bytes of what has to be mapped", changed([0, 0, 0], ALL)],
  ["bytes that there is no room for, of what has to be mapped", changed([110, 10, 0], { from: [0] })],
  ["what has to be mapped, behind all data", changed([0, 10, 130], ALL)],
  [
    "an MDL that has to be mapped where the room ends",
    (world) => {
      const from = source(world);
      world.unmap(world.mdls(from)[3]);
      return call(world.netBuffer([46]), 0, 0xffff_ffff, from, 0);
    },
  ],
  ...ADDRESSED.map(
    (flags): Case => [
      `MDLs with flags ${flags}`,
      changed([0, 100, 0], ALL, (world, mdl) => world.describe(mdl, flags, true)),
    ],
  ),
];

/** The same when mappings with these numbers fail. */
const failing =
  (numbers: readonly number[], made: Case[1]): Case[1] =>
  (world) => {
    world.failMappings(...numbers);
    return made(world);
  };

const handedOver: readonly Case[] = [
  ...[0, 2, 3].map(
    (index): Case => [`MDL ${index} of the source to be mapped`, changed([0, 110, 0], { from: [index] })],
  ),
  ...[1, 2].map((index): Case => [`MDL ${index} of the target to be mapped`, changed([0, 110, 0], { to: [index] })]),
  ["all of them to be mapped", changed([0, 110, 0], ALL)],
  ["a mapping that fails", failing([1], changed([0, 110, 0], { from: [2] }))],
  ["the first of two mappings fails", failing([1], changed([0, 40, 0], { from: [0], to: [1] }))],
  ["the second of two mappings fails", failing([2], changed([0, 16, 0], { from: [0], to: [1] }))],
  ["the last byte of what has to be mapped", changed([0, 1, 15], { from: [0] })],
  ["the first byte of what has to be mapped", changed([39, 2, 0], { to: [2] })],
  ["a source without pages", changed([0, 9, 0], { from: [0] }, (world, mdl) => world.describe(mdl, 0, false))],
  ["a target without pages", changed([0, 9, 0], { to: [1] }, (world, mdl) => world.describe(mdl, 0, false))],
  ...(["from", "to"] as const).map(
    (which): Case => [
      `an address ${which} which is no flag`,
      changed([40, 9, 0], { [which]: [0, 2] }, (world, mdl) => world.describe(mdl, MDL_PAGES_LOCKED, true)),
    ],
  ),
  ...ADDRESSED.map(
    (flags): Case => [
      `no address and flags ${flags}`,
      changed([0, 9, 0], { to: [1] }, (world, mdl) => world.describe(mdl, flags | MDL_PAGES_LOCKED, false)),
    ],
  ),
];

/** Calls of NdisCopyFromNetBufferToNetBuffer. */
export const COPY_CASES: Cases = { name: "NdisCopyFromNetBufferToNetBuffer", plain, handedOver };
