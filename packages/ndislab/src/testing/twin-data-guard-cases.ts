import { MDL } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { NB_STATE, POOL } from "../layout/pool.js";
import type { Address } from "../memory/address.js";
import { NULL_PAGE_SIZE } from "../memory/memory.js";
import { EMBEDDED_MDL, NB_RETREATS_OFFSET, NB_STATE_OFFSET } from "../ndis6/net-buffer.js";
import { KIND } from "../verifier/ledger.js";
import { STACK } from "./lab.js";
import { type Change, inLedger, NOWHERE } from "./twin-changes.js";
import { FILTER, TwinOthers } from "./twin-others.js";
import { atAllTimes, together } from "./twin-times.js";
import { type Case, type Cases, type Members, OUT, type TwinWorld } from "./twin-world.js";
import type { Call } from "./twins.js";

const NBL = NET_BUFFER_LIST.offset;

type Make = (world: TwinWorld) => Address;

const one = (world: TwinWorld, members?: Members): Address => world.netBuffer([200], 50, 100, members);

/** Over an MDL that is said to be as long as can be. */
function huge(world: TwinWorld, dataOffset: number, dataLength: number): Address {
  const netBuffer = one(world, { DataOffset: dataOffset, CurrentMdlOffset: dataOffset, DataLength: dataLength });
  world.twins.set(world.mdls(netBuffer)[0] + MDL.offset.ByteCount, 0xffff_ffff);
  return netBuffer;
}

/** The NET_BUFFER of another driver's list. */
const others: Make = (world) => world.onList(new TwinOthers(world).take()[0]);

/** Over a copy of its MDL that lies somewhere else. */
const over =
  (at: number): Make =>
  (world) => {
    const netBuffer = one(world);
    const mdl = world.copied(world.mdls(netBuffer)[0], at, MDL.size);
    world.store(netBuffer, { MdlChain: mdl, CurrentMdl: mdl });
    return netBuffer;
  };

/** What a change made of the NET_BUFFER of a list. */
const changed =
  (change: Change[1], make: Make = one): Make =>
  (world) => {
    const netBuffer = make(world);
    change(world, netBuffer);
    return netBuffer;
  };

/** Passes on the one list of another driver that there is. */
const away: Make = (world) => {
  const around = new TwinOthers(world);
  const [list] = around.take();
  around.go("send", list);
  return world.onList(list);
};

/** With at least 50 unused bytes, and 100 of data in the same MDL. */
const SOUND: readonly (readonly [what: string, make: Make])[] = [
  ["that came with a list", one],
  ["of another driver", others],
  ["that came with no list", (world) => world.alone(0)],
  ["that came with data and no list", (world) => world.alone(200)],
  [
    "that was away",
    (world) => {
      const around = new TwinOthers(world);
      const [list] = around.take();
      around.go("indicate", list);
      around.giveBack(list);
      return world.onList(list);
    },
  ],
  ["with an MDL of a driver's own", over(STACK + 0x400)],
  ["with an MDL behind the NULL page", over(NULL_PAGE_SIZE + 0x20)],
  ["with an MDL at the end of the memory", over((1 << 19) - MDL.size)],
  ["whose data end with the MDL", (world) => one(world, { DataLength: 150 })],
  [
    "with an MDL where another kind of object was freed",
    changed((world, nb) => {
      const [mdl] = world.mdls(nb);
      inLedger("memory", (ledger) => {
        ledger.allocated(mdl, KIND.memory, 1);
        ledger.freed(mdl, 2);
      })[1](world, mdl);
    }),
  ],
  [
    "with its own MDL, where one of the driver's was freed",
    (world) => {
      const nb = others(world);
      inLedger("an MDL", (ledger) => {
        ledger.allocated(nb + EMBEDDED_MDL, KIND.mdl, 1);
        ledger.freed(nb + EMBEDDED_MDL, 2);
      })[1](world, nb);
      return nb;
    },
  ],
  [
    "where one of the driver's was freed",
    changed((world, nb) => {
      inLedger("a NET_BUFFER", (ledger) => {
        ledger.allocated(nb, KIND.netBuffer, 1);
        ledger.freed(nb, 2);
      })[1](world, nb);
    }, others),
  ],
];

const inTwo: Make = (world) => world.netBuffer([200, 10], 50, 100);

const UNSOUND: readonly (readonly [what: string, make: Make])[] = [
  ...NOWHERE.map((at): [string, Make] => [`at 0x${at.toString(16)}`, () => at]),
  ...[1, 2, 4, 8].map((by): [string, Make] => [`${by} bytes further`, (world) => others(world) + by]),
  [
    "that the memory ends in",
    (world) => world.copied(one(world), (1 << 19) - NET_BUFFER.size - MDL.size, NET_BUFFER.size),
  ],
  [
    "that the memory ends behind, with an MDL there",
    (world) => {
      const end = 1 << 19;
      const nb = world.copied(one(world), end - EMBEDDED_MDL, NET_BUFFER.size);
      world.store(nb, { MdlChain: end, CurrentMdl: end });
      return nb;
    },
  ],
  [
    "4 bytes further, where it looks the same",
    (world) => {
      const nb = world.alone(0);
      return world.copied(nb, nb + 4, NET_BUFFER.offset.DataOffset + 4);
    },
  ],
  ["in a block of the driver's", (world) => world.copied(one(world), world.twins.block(256), NET_BUFFER.size)],
  ["that is no longer alive", changed(({ twins }, nb) => twins.set(nb + NB_STATE_OFFSET, NB_STATE.bare), others)],
  ["that says that it came with data", changed(({ twins }, nb) => twins.set(nb + NB_STATE_OFFSET, NB_STATE.withData))],
  [
    "whose list was freed",
    (world) => {
      const [list] = world.stock("netBuffer", 1);
      return list + world.twins.u32(world.pool("netBuffer") + POOL.offset.NetBufferStart);
    },
  ],
  [
    "that was freed",
    (world) => {
      const netBuffer = world.alone(200);
      world.twins.call("NdisFreeNetBuffer", netBuffer);
      return netBuffer;
    },
  ],
  ["that is away", away],
  [
    "that is away, of the driver's",
    (world) => {
      const nb = one(world);
      const list = nb - world.twins.u32(world.pool("netBuffer") + POOL.offset.NetBufferStart);
      world.twins.set(list + NBL.SourceHandle, FILTER);
      new TwinOthers(world).go("indicate", list);
      return nb;
    },
  ],
  [
    "with the mark of a list that is gone",
    changed((world, nb) => inLedger("a mark", (ledger) => ledger.setHolder(nb, 0x3_0001))[1](world, nb)),
  ],
  ["with two MDLs", inTwo],
  ["with data in the second MDL", (world) => world.netBuffer([200, 200], 250, 100)],
  ["with data over two", (world) => world.netBuffer([100, 100], 50, 100)],
  ["without a chain", (world) => world.netBuffer([])],
  ["without CurrentMdl", (world) => one(world, { CurrentMdl: 0 })],
  ["without MdlChain", (world) => one(world, { MdlChain: 0 })],
  [
    "with another CurrentMdl",
    (world) => {
      const [mdl] = world.twins.chain([200]);
      return one(world, { CurrentMdl: mdl });
    },
  ],
  ["with another CurrentMdlOffset", (world) => one(world, { CurrentMdlOffset: 49 })],
  ["with another DataOffset", (world) => one(world, { DataOffset: 51 })],
  ["with a byte more of data than the MDL has", (world) => one(world, { DataLength: 151 })],
  ["with data of more than 32 bits", (world) => one(world, { DataLength: 0xffff_ffce })],
  [
    "with data behind the MDL",
    (world) => one(world, { DataOffset: 201, CurrentMdlOffset: 201, DataLength: 0xffff_ffff }),
  ],
  [
    "whose MDL was freed",
    (world) => {
      const nb = one(world);
      world.twins.call("NdisFreeMdl", world.mdls(nb)[0]);
      return nb;
    },
  ],
  ...NOWHERE.slice(1).map((at): [string, Make] => [
    `with an MDL at 0x${at.toString(16)}`,
    (world) => one(world, { MdlChain: at, CurrentMdl: at }),
  ]),
  ["with what looks like an MDL in the NULL page", over(NULL_PAGE_SIZE - 4)],
  ["with what looks like an MDL at an odd address", over(STACK + 0x402)],
  ["with an MDL that the memory ends in", over((1 << 19) - MDL.size + 4)],
];

/** A call with every NET_BUFFER, sound or not, in one place. */
function withEach(name: Cases["name"], call: (world: TwinWorld, netBuffer: Address) => Call, where = ""): Cases {
  const cases = (made: typeof SOUND): Case[] =>
    made.map(([what, make]) => [`${where}a NET_BUFFER ${what}`, (world) => call(world, make(world))]);
  return together(name, [
    { name, plain: cases(SOUND), handedOver: cases(UNSOUND) },
    atAllTimes(name, (world) => call(world, one(world))),
  ]);
}

function ndisGetDataBuffer(): Cases {
  const name = "NdisGetDataBuffer";
  const get = (nb: number, bytes = 30, storage = 0, multiple = 1, offset = 0): Call => [
    name,
    nb,
    bytes,
    storage,
    multiple,
    offset,
  ];
  const base = ({ twins }: TwinWorld): number => twins.native.machine.nonpaged.base;
  const plain: readonly Case[] = [
    ["a byte", (world) => get(one(world), 1)],
    ["all data", (world) => get(one(world), 100)],
    ["storage on the stack", (world) => get(one(world), 30, STACK)],
    ["storage in front of all blocks", (world) => get(one(world), 30, base(world) - 1)],
  ];
  const handedOver: readonly Case[] = [
    ["no byte", (world) => get(one(world), 0)],
    ["a byte more than the data", (world) => get(one(world), 101, STACK)],
    ["storage in the first block", (world) => get(one(world), 30, base(world))],
    ["storage in a block of the driver's", (world) => get(one(world), 30, world.twins.block(30))],
    ["storage in a block that is too small", (world) => get(one(world), 30, world.twins.block(40) + 11)],
    ["storage at a negative address", (world) => get(one(world), 30, 0x8000_0000)],
    ["an alignment", (world) => get(one(world), 30, STACK, 4)],
    ["an alignment that is none", (world) => get(one(world), 30, STACK, 0)],
    ["an alignment's offset", (world) => get(one(world), 30, STACK, 1, 1)],
    ["an MDL to be mapped", (world) => get(changed((_, nb) => world.unmap(world.mdls(nb)[0]))(world))],
  ];
  return together(name, [{ name, plain, handedOver }, withEach(name, (_, nb) => get(nb))]);
}

/** A NET_BUFFER over bytes that another may be over, too. */
function overBytes(world: TwinWorld, start: Address, size: number): Address {
  const { twins } = world;
  const mdl = twins.call("NdisAllocateMdl", 0, start, size);
  const nb = one(world);
  world.store(nb, { MdlChain: mdl, CurrentMdl: mdl, DataOffset: 0, CurrentMdlOffset: 0, DataLength: size });
  return nb;
}

function ndisCopyFromNetBufferToNetBuffer(): Cases {
  const name = "NdisCopyFromNetBufferToNetBuffer";
  const copy = (to: number, from: number, length = 40, toOffset = 0, fromOffset = 0): Call => [
    name,
    to,
    toOffset,
    length,
    from,
    fromOffset,
    OUT,
  ];
  const two =
    (length: number, toOffset = 0, fromOffset = 0): Case[1] =>
    (world) =>
      copy(one(world), one(world), length, toOffset, fromOffset);
  /** From 50 bytes at the start of a block to as many in it. */
  const within =
    (start: number, to: number, length = 20): Case[1] =>
    (world) => {
      const block = world.twins.block(200);
      return copy(overBytes(world, block + to, 50), overBytes(world, block + start, 50), length);
    };
  const plain: readonly Case[] = [
    ...[0, 1, 64, 65, 150].map((length): Case => [`${length} bytes`, two(length)]),
    ["all from within", two(120, 20, 30)],
    ["to the end of the MDL", two(1, 149, 0)],
    ["behind the data", two(50, 0, 100)],
    ["to what follows", within(0, 50)],
    ["from what follows", within(50, 0)],
    ["to far behind", within(0, 150)],
  ];
  const handedOver: readonly Case[] = [
    ["a byte more than the MDLs have", two(151)],
    ["a byte more than the source has", two(120, 0, 31)],
    ["a byte more than the target has", two(120, 31, 0)],
    ["all there can be", two(0xffff_ffff)],
    ["from all there can be", two(40, 0, 0xffff_ffff)],
    ["to all there can be", two(40, 0xffff_ffff, 0)],
    ["to its last byte", within(0, 49)],
    ["from the last byte", within(49, 0)],
    ["to a byte behind its first", within(0, 1, 50)],
    ["of no byte, where they meet", within(0, 10, 0)],
    [
      "within itself",
      (world) => {
        const nb = one(world);
        return copy(nb, nb);
      },
    ],
    [
      "from what is to be mapped",
      (world) => copy(one(world), changed((_, nb) => world.unmap(world.mdls(nb)[0]))(world)),
    ],
    ["to what is to be mapped", (world) => copy(changed((_, nb) => world.unmap(world.mdls(nb)[0]))(world), one(world))],
    [
      "without pages",
      (world) => copy(one(world), changed((_, nb) => world.describe(world.mdls(nb)[0], 0, false))(world)),
    ],
  ];
  return together(name, [
    { name, plain, handedOver },
    withEach(name, (world, nb) => copy(nb, one(world)), "to "),
    withEach(name, (world, nb) => copy(one(world), nb), "from "),
  ]);
}

function ndisRetreatNetBufferDataStart(): Cases {
  const name = "NdisRetreatNetBufferDataStart";
  const retreat = (nb: number, delta: number, backFill = 0): Call => [name, nb, delta, backFill, 0];
  const plain: readonly Case[] = [
    ["a byte", (world) => retreat(one(world), 1)],
    ["all unused bytes", (world) => retreat(one(world), 50)],
    [
      "twice",
      (world) => {
        const nb = one(world);
        world.twins.call(...retreat(nb, 20));
        return retreat(nb, 20, 8);
      },
    ],
  ];
  const handedOver: readonly Case[] = [
    ["no byte", (world) => retreat(one(world), 0)],
    ["a byte more than is unused", (world) => retreat(one(world), 51)],
    ["by a negative number", (world) => retreat(one(world), 0xffff_fff0)],
    ["by the least negative number", (world) => retreat(one(world), 0x8000_0000)],
    ["by a negative number that there is room for", (world) => retreat(huge(world, 0xf000_0000, 0), 0x8000_0000)],
    [
      "memory is short",
      (world) => {
        const nb = one(world);
        world.shorten(true);
        return retreat(nb, 51);
      },
    ],
  ];
  return together(name, [{ name, plain, handedOver }, withEach(name, (_, nb) => retreat(nb, 14))]);
}

function ndisAdvanceNetBufferDataStart(): Cases {
  const name = "NdisAdvanceNetBufferDataStart";
  const advance = (nb: number, delta: number, freeMdl = 0): Call => [name, nb, delta, freeMdl, 0];
  const plain: readonly Case[] = [
    ["no byte", (world) => advance(one(world), 0)],
    ["all data", (world) => advance(one(world), 100)],
  ];
  const handedOver: readonly Case[] = [
    ["a byte more than the data", (world) => advance(one(world), 101)],
    ["to the end of the MDL", (world) => advance(one(world, { DataLength: 150 }), 150)],
    ["by a negative number", (world) => advance(one(world), 0xffff_fff0)],
    ["by the least negative number", (world) => advance(one(world), 0x8000_0000)],
    ["by a negative number that there are data for", (world) => advance(huge(world, 0, 0xf000_0000), 0x8000_0000)],
    ["with FreeMdl", (world) => advance(one(world), 14, 1)],
    [
      "with FreeMdl, of what was received",
      (world) => advance(world.onList(new TwinOthers(world).take(1, true)[0]), 14, 1),
    ],
    [
      "with FreeMdl, of what was received and retreated",
      (world) => {
        const nb = world.onList(new TwinOthers(world).take(1, true)[0]);
        world.twins.call("NdisRetreatNetBufferDataStart", nb, 14, 0, 0);
        return advance(nb, 14, 1);
      },
    ],
    [
      "what has a retreat, though it is in one MDL",
      (world) => {
        const nb = one(world);
        world.twins.set(nb + NB_RETREATS_OFFSET, STACK + 0x100);
        return advance(nb, 14);
      },
    ],
  ];
  return together(name, [{ name, plain, handedOver }, withEach(name, (_, nb) => advance(nb, 14))]);
}

/** Calls of the functions of NET_BUFFERs that have the verifier's rules in front in native code. */
export const DATA_GUARD_CASES: readonly Cases[] = [
  ndisGetDataBuffer(),
  ndisCopyFromNetBufferToNetBuffer(),
  ndisRetreatNetBufferDataStart(),
  ndisAdvanceNetBufferDataStart(),
];
