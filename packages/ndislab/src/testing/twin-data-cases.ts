import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { STACK } from "./lab.js";
import { ADDRESSED, type Case, type Cases, type TwinWorld } from "./twin-world.js";
import type { Call } from "./twins.js";

const { MDL_PAGES_LOCKED, MDL_PARTIAL } = MDL_FLAGS;

const STORAGE = STACK + 0x100;

/** Where a NET_BUFFER comes from. */
type Make = (world: TwinWorld) => number;

const over =
  (...made: Parameters<TwinWorld["netBuffer"]>): Make =>
  (world) =>
    world.netBuffer(...made);

/** What looks like a large MDL, with an address, where NULL leads. */
const withMdlAtNull =
  (make: Make): Make =>
  (world) => {
    world.copied(world.twins.chain([100])[0], 0, MDL.size);
    return make(world);
  };

function ndisGetDataBuffer(): Cases {
  /** 16 bytes in the first MDL, 24 in the third. */
  const data = over([20, 0, 30], 4, 40);
  const get =
    (make: Make, bytes: number, storage = 0, multiple = 1, offset = 0): Case[1] =>
    (world) => ["NdisGetDataBuffer", make(world), bytes, storage, multiple, offset];
  /** As `data`, its first MDL with these flags, and mapped or not. */
  const described =
    (flags: number, isMapped: boolean): Make =>
    (world) => {
      const netBuffer = data(world);
      world.describe(world.mdls(netBuffer)[0], flags, isMapped);
      return netBuffer;
    };
  const unmapped = described(MDL_PAGES_LOCKED, false);
  const plain: readonly Case[] = [
    ["a byte", get(data, 1)],
    ["all of an MDL", get(data, 16)],
    ["all data", get(over([20], 4, 8), 8)],
    ["storage that is not needed", get(data, 16, STORAGE)],
    ["a whole MDL", get(over([20], 0, 20), 20)],
    [
      "data that came with a list",
      get((world) => {
        const netBuffer = world.onList(world.list("data"));
        world.store(netBuffer, { DataLength: 64 });
        return netBuffer;
      }, 64),
    ],
    [
      "an address that ends at that of all bits",
      get((world) => {
        const netBuffer = data(world);
        world.twins.set(world.mdls(netBuffer)[0] + MDL.offset.MappedSystemVa, 0xffff_fffe);
        return netBuffer;
      }, 4),
    ],
    ...ADDRESSED.map((flags): Case => [`an MDL with flags ${flags}`, get(described(flags, true), 4)]),
  ];
  const handedOver: readonly Case[] = [
    ["no byte", get(data, 0)],
    ["a byte more than the MDL has", get(data, 17)],
    ["a byte more than the MDL has, with storage", get(data, 17, STORAGE)],
    ["all of several MDLs, with storage", get(data, 40, STORAGE)],
    ["a byte more than the data", get(over([20], 4, 8), 9, STORAGE)],
    ["all there can be", get(data, 0xffff_ffff, STORAGE)],
    ...[0, 2, 3, 4, 16, 0x8000_0000].map(
      (multiple): Case => [`an alignment of ${multiple}`, get(data, 8, STORAGE, multiple)],
    ),
    ["an alignment's offset that is too large", get(data, 8, STORAGE, 1, 1)],
    ["an alignment's offset", get(data, 8, STORAGE, 4, 2)],
    ...[20, 21, 0xffff_fff0].map(
      (offset): Case => [
        `data that start ${offset} bytes from the start of an MDL of 20`,
        get(over([20, 0, 30], 4, 40, { CurrentMdlOffset: offset }), 4),
      ],
    ),
    [
      "an MDL of 0 bytes",
      get((world) => {
        const netBuffer = world.netBuffer([0, 20], 0, 20);
        world.store(netBuffer, { CurrentMdl: world.mdls(netBuffer)[0] });
        return netBuffer;
      }, 20),
    ],
    ["no MDL", get(over([], 0, 0, { DataLength: 10 }), 4)],
    ["no MDL, and one at NULL", get(withMdlAtNull(over([], 0, 0, { DataLength: 10 })), 4)],
    ["NULL", get(() => 0, 1)],
    ["an MDL to be mapped", get(unmapped, 16)],
    [
      "an MDL that cannot be mapped",
      get((world) => {
        world.failMappings(1);
        return unmapped(world);
      }, 16),
    ],
    ["a partial MDL to be mapped", get(described(MDL_PARTIAL, false), 16)],
    ["an MDL without pages", get(described(0, false), 16)],
    ["an address that is no flag", get(described(MDL_PAGES_LOCKED, true), 4)],
    ...ADDRESSED.map(
      (flags): Case => [`no address and flags ${flags}`, get(described(flags | MDL_PAGES_LOCKED, false), 4)],
    ),
  ];
  return { name: "NdisGetDataBuffer", plain, handedOver };
}

function ndisRetreatNetBufferDataStart(): Cases {
  const call = (netBuffer: number, delta: number, backFill = 0, handler = 0): Call => [
    "NdisRetreatNetBufferDataStart",
    netBuffer,
    delta,
    backFill,
    handler,
  ];
  const retreat =
    (make: Make, delta: number, backFill = 0, handler = 0): Case[1] =>
    (world) =>
      call(make(world), delta, backFill, handler);
  const one = over([20], 10, 5);
  const later = over([20, 0, 30], 30, 10);
  const plain: readonly Case[] = [
    ["a byte", retreat(one, 1)],
    ["all unused bytes", retreat(one, 10)],
    ["within a later MDL", retreat(later, 10)],
    ["what needs no handler", (world) => call(one(world), 4, 8, world.allocateMdl)],
    ["to all 32 bits", retreat(over([20], 10, 5, { DataLength: 0xffff_fffb }), 4)],
    ["of no data", retreat(over([20], 20, 0), 20)],
    [
      "of what has an MDL in front",
      retreat((world) => {
        const netBuffer = one(world);
        world.twins.call(...call(netBuffer, 11, 100));
        return netBuffer;
      }, 50),
    ],
  ];
  const handedOver: readonly Case[] = [
    ["no byte", retreat(one, 0)],
    ["no byte, where an MDL starts", retreat(over([20, 30], 20, 5), 0)],
    ["no byte, with fields that do not fit", retreat(over([20, 30], 20, 5, { CurrentMdlOffset: 3 }), 0)],
    ["into the MDL before", retreat(later, 11)],
    ["into the MDL before, from the start of one", retreat(over([20, 0, 30], 20, 10), 1)],
    ["to the start of the chain", retreat(later, 30)],
    ["a byte more than is unused", retreat(one, 11, 3)],
    ["more than is unused, in a later MDL", retreat(later, 31)],
    ["a byte more than is unused, for a handler", (world) => call(one(world), 11, 3, world.allocateMdl)],
    ["a byte more than is unused, for what is no handler", retreat(one, 11, 3, 7)],
    [
      "memory is short",
      (world) => {
        const netBuffer = one(world);
        world.shorten(true);
        return call(netBuffer, 11);
      },
    ],
    ["an offset in the MDL that is more than that in the chain", retreat(over([20], 10, 5, { DataOffset: 3 }), 4)],
    ["an offset in the MDL that is less", retreat(over([20], 10, 5, { CurrentMdlOffset: 3 }), 4)],
    ["to more than 32 bits", retreat(over([20], 10, 5, { DataLength: 0xffff_fffc }), 4)],
    ["to far more than 32 bits", retreat(over([20], 10, 5, { DataLength: 0xffff_ffff }), 10)],
    ["by all there can be", retreat(one, 0xffff_ffff)],
    ["of what has no chain", retreat(over([]), 14)],
  ];
  return { name: "NdisRetreatNetBufferDataStart", plain, handedOver };
}

function ndisAdvanceNetBufferDataStart(): Cases {
  const call = (netBuffer: number, delta: number, freeMdl = 0, handler = 0): Call => [
    "NdisAdvanceNetBufferDataStart",
    netBuffer,
    delta,
    freeMdl,
    handler,
  ];
  const advance =
    (make: Make, delta: number, freeMdl = 0): Case[1] =>
    (world) =>
      call(make(world), delta, freeMdl);
  const two = over([20, 30], 10, 40);
  /** With an MDL in front, of the driver's when `isDrivers`. */
  const retreated =
    (isDrivers = false): Make =>
    (world) => {
      const netBuffer = world.netBuffer([20], 10, 10);
      world.twins.call("NdisRetreatNetBufferDataStart", netBuffer, 14, 6, isDrivers ? world.allocateMdl : 0);
      return netBuffer;
    };
  const plain: readonly Case[] = [
    ["no byte", advance(two, 0)],
    ["a byte", advance(two, 1)],
    ["to the last byte of the MDL", advance(two, 9)],
    ["all data", advance(over([20], 10, 9), 9)],
    ["within a later MDL", advance(over([20, 30], 25, 20), 20)],
    ["MDLs to be freed where none is in front", (world) => call(two(world), 5, 1, world.freeMdl)],
    ["an offset in the chain beyond 32 bits", advance(over([20], 10, 9, { DataOffset: 0xffff_fffe }), 5)],
  ];
  const handedOver: readonly Case[] = [
    ["to the end of the MDL", advance(two, 10)],
    ["into the next", advance(over([20, 0, 30], 10, 40), 11)],
    ["to the end of the chain", advance(over([20, 0, 30], 10, 40), 40)],
    ["to the end of the only MDL", advance(over([20], 10, 10), 10)],
    ["a byte more than the data", advance(over([20], 5, 5), 6)],
    ["by all there can be", advance(over([20], 5, 5), 0xffff_ffff)],
    ["no byte, from the end of an MDL", advance(over([20], 20, 0), 0)],
    ["an offset in the MDL beyond 32 bits", advance(over([20], 10, 10, { CurrentMdlOffset: 0xffff_ffff }), 5)],
    ["no byte of what has no chain", advance(over([]), 0)],
    ["what has no MDL, and one at NULL", advance(withMdlAtNull(over([], 0, 0, { DataLength: 10 })), 5)],
    ["within an MDL in front", advance(retreated(), 5)],
    ["within an MDL in front that is to be freed", advance(retreated(), 3, 1)],
    ["an MDL in front that stays", advance(retreated(), 14)],
    ["an MDL in front that is freed", advance(retreated(), 14, 1)],
    ["one of the driver's", (world) => call(retreated(true)(world), 14, 1, world.freeMdl)],
    ["one of the driver's that cannot be freed", advance(retreated(true), 14, 1)],
  ];
  return { name: "NdisAdvanceNetBufferDataStart", plain, handedOver };
}

/** Calls of the functions of NET_BUFFERs but that which copies. */
export const DATA_CASES: readonly Cases[] = [
  ndisGetDataBuffer(),
  ndisRetreatNetBufferDataStart(),
  ndisAdvanceNetBufferDataStart(),
];
