import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import type { Address } from "../memory/address.js";
import { NBL_STATE_OFFSET } from "../ndis6/net-buffer-list-pools.js";
import { KIND } from "../verifier/ledger.js";
import { LIST_NOTE } from "../verifier/net-buffer-list-notes.js";
import { STACK, TAG } from "./lab.js";
import { type Change, inLedger, NOWHERE, OTHERS_HEADER, word } from "./twin-changes.js";
import { FILTER, TwinOthers, verifierOf } from "./twin-others.js";
import { atAllTimes, together } from "./twin-times.js";
import { type Case, type Cases, POOL_SHAPES, type ShapeName, type TwinWorld } from "./twin-world.js";
import type { Call } from "./twins.js";

const NBL = NET_BUFFER_LIST.offset;

const one = (world: TwinWorld): Address => world.netBuffer([200], 50, 100);

function ndisAllocateNetBufferList(): Cases {
  const name = "NdisAllocateNetBufferList";
  const allocate = (pool: number): Call => [name, pool, 0, 0];
  const plain: readonly Case[] = [
    [
      "a list of which much was noted",
      (world) => {
        const [list] = world.stock("data", 1);
        world.twins.both("notes", ({ verifier }) => {
          for (let note = 0; note <= 10; note++) verifier?.ledger.setNote(list, note, 0x77);
          verifier?.ledger.setValue(list, 0x77);
          verifier?.ledger.setHolder(list, 0x77);
        });
        return allocate(world.pool("data"));
      },
    ],
    ["a pool of another driver", (world) => allocate(othersPool(world))],
  ];
  return together(name, [
    { name, plain, handedOver: [] },
    atAllTimes(name, (world) => allocate(world.stocked("data"))),
  ]);
}

/** The pool of another driver's lists. */
function othersPool(world: TwinWorld): Address {
  const [list] = new TwinOthers(world).take();
  const pool = world.twins.u32(list + NBL.NdisPoolHandle);
  world.twins.both("a free list", ({ machine }) => machine.netBufferLists.free(list));
  return pool;
}

/** Changes of one of the driver's lists that say how it is to be freed. */
const NOT_FREED: readonly Change[] = [
  ...word("a FirstNetBuffer", NBL.FirstNetBuffer, 0, STACK),
  ...word("an NdisReserved", NBL_STATE_OFFSET, 0, 0x4e42_0001),
  ...word("an NdisPoolHandle", NBL.NdisPoolHandle, ...NOWHERE, STACK),
  ...word("a ChildRefCount", NBL.ChildRefCount, 0xffff_ffff, 0x8000_0000),
  ["itself behind it", ({ twins }, list) => twins.set(list, list)],
  ["one of the driver's behind it", (world, list) => world.twins.set(list, world.list("data"))],
  ["another NET_BUFFER", (world, list) => world.twins.set(list + NBL.FirstNetBuffer, one(world))],
  ["a second NET_BUFFER", (world, list) => world.store(world.onList(list), { Next: one(world) })],
  ["one that came with no list", (world, list) => world.store(world.onList(list), { Next: world.alone(200) })],
  ["a retreat", (world, list) => void world.twins.call("NdisRetreatNetBufferDataStart", world.onList(list), 14, 0, 0)],
  ["context", (world, list) => void world.twins.call("NdisAllocateNetBufferListContext", list, 8, 0, TAG)],
  ["a clone", (world, list) => void world.twins.call("NdisAllocateCloneNetBufferList", list, 0, 0, 0)],
  [
    "the handle of a pool of the same shape",
    (world, list) =>
      world.twins.set(
        list + NBL.NdisPoolHandle,
        world.twins.both("a pool", ({ machine, verifier }) => {
          const pool = machine.netBufferLists.create({ tag: TAG, ...POOL_SHAPES.data });
          verifier?.ledger.allocated(pool, KIND.netBufferListPool, 0);
          return pool;
        }),
      ),
  ],
  inLedger("context noted", (ledger, list) => ledger.setNote(list, LIST_NOTE.context, 8)),
  inLedger("children noted", (ledger, list) => ledger.setNote(list, LIST_NOTE.children, 1)),
  inLedger("a holder", (ledger, list) => ledger.setHolder(list, list | 1)),
  inLedger("the mark of a list that is gone", (ledger, list) => ledger.setHolder(list, 0x3_0001)),
  inLedger("a NET_BUFFER that is the driver's by itself", (ledger, list, world) =>
    ledger.allocated(world.onList(list), KIND.netBuffer, 1),
  ),
  [
    "away",
    (world, list) => {
      world.twins.set(list + NBL.SourceHandle, FILTER);
      new TwinOthers(world).go("send", list);
    },
  ],
];

function ndisFreeNetBufferList(): Cases {
  const name = "NdisFreeNetBufferList";
  const free = (list: number): Call => [name, list];
  const plain: readonly Case[] = [
    ...(Object.keys(POOL_SHAPES) as ShapeName[]).map(
      (shape): Case => [`of a pool: ${shape}`, (world) => free(world.list(shape))],
    ),
    [
      "with a ChildRefCount",
      (world) => {
        const list = world.list("data");
        world.twins.set(list + NBL.ChildRefCount, 1);
        return free(list);
      },
    ],
    [
      "that was away",
      (world) => {
        const list = world.list("data");
        world.twins.set(list + NBL.SourceHandle, FILTER);
        const around = new TwinOthers(world);
        around.go("send", list);
        around.giveBack(list);
        return free(list);
      },
    ],
    [
      "whose clone was freed",
      (world) => {
        const list = world.list("data");
        const clone = world.twins.call("NdisAllocateCloneNetBufferList", list, 0, 0, 0);
        world.twins.call("NdisFreeCloneNetBufferList", clone, 0);
        return free(list);
      },
    ],
    [
      "with data that moved",
      (world) => {
        const list = world.list("data");
        world.store(world.onList(list), { DataOffset: 20, CurrentMdlOffset: 20, DataLength: 20 });
        world.twins.call("NdisRetreatNetBufferDataStart", world.onList(list), 14, 0, 0);
        return free(list);
      },
    ],
  ];
  const handedOver: readonly Case[] = [
    ...NOT_FREED.map(
      ([what, change]): Case => [
        `with ${what}`,
        (world) => {
          const list = world.list("data");
          change(world, list);
          return free(list);
        },
      ],
    ),
    ...[1, 2, 4, 8].map((by): Case => [`${by} bytes further`, (world) => free(world.list("data") + by)]),
    ["of another driver", (world) => free(new TwinOthers(world).take()[0])],
    ["twice", (world) => free(world.stock("data", 1)[0])],
    [
      "what is derived",
      (world) => free(world.twins.call("NdisAllocateCloneNetBufferList", world.list("data"), 0, 0, 0)),
    ],
    [
      "without a NET_BUFFER, with one",
      (world) => {
        const list = world.list("bare");
        world.twins.set(list + NBL.FirstNetBuffer, one(world));
        return free(list);
      },
    ],
    [
      "without a NET_BUFFER, with context",
      (world) => {
        const list = world.list("bare");
        world.twins.call("NdisAllocateNetBufferListContext", list, 8, 0, TAG);
        return free(list);
      },
    ],
  ];
  return together(name, [{ name, plain, handedOver }, atAllTimes(name, (world) => free(world.list("data")))]);
}

function ndisGetPoolFromNetBufferList(): Cases {
  const name = "NdisGetPoolFromNetBufferList";
  const get = (list: number): Call => [name, list];
  const others =
    (change: Change[1]): Case[1] =>
    (world) => {
      const [list] = new TwinOthers(world).take();
      change(world, list);
      return get(list);
    };
  const plain: readonly Case[] = [
    ["the driver's", (world) => get(world.list("data"))],
    ["the driver's, without anything", (world) => get(world.list("bare"))],
    ["another driver's", others(() => {})],
    [
      "the driver's, with another handle",
      (world) => {
        const list = world.list("data");
        world.twins.set(list + NBL.NdisPoolHandle, 0x1234_5678);
        return get(list);
      },
    ],
    ["another driver's, with a scratch flag", others(({ twins }, list) => twins.set(list + NBL.Flags, 0x200f_0020))],
  ];
  const handedOver: readonly Case[] = [
    ...NOWHERE.map((at): Case => [`at 0x${at.toString(16)}`, () => get(at)]),
    ...[1, 2, 4, 8].map((by): Case => [`${by} bytes further`, (world) => get(world.list("data") + by)]),
    ["a freed one", (world) => get(world.stock("data")[0])],
    ["what is none", (world) => get(world.twins.block(256))],
    ...OTHERS_HEADER.map(([what, change]): Case => [`another driver's with ${what}`, others(change)]),
    [
      "a copy of another driver's in a block of the driver's, where one was noted",
      (world) => {
        const [list] = new TwinOthers(world).take();
        const copy = world.copied(list, world.twins.block(256), NET_BUFFER_LIST.size);
        world.twins.both("it comes", (twin) => verifierOf(twin).plain.arrived(copy, false));
        return get(copy);
      },
    ],
    [
      "another driver's that is away",
      (world) => {
        const around = new TwinOthers(world);
        const [list] = around.take();
        around.go("send", list);
        return get(list);
      },
    ],
    [
      "the driver's that is away",
      (world) => {
        const list = world.list("data");
        world.twins.set(list + NBL.SourceHandle, FILTER);
        new TwinOthers(world).go("send", list);
        return get(list);
      },
    ],
  ];
  return together(name, [{ name, plain, handedOver }, atAllTimes(name, (world) => get(world.list("data")))]);
}

/** Calls of the functions of lists that have the verifier's rules in front in native code. */
export const LIST_GUARD_CASES: readonly Cases[] = [
  ndisAllocateNetBufferList(),
  ndisFreeNetBufferList(),
  ndisGetPoolFromNetBufferList(),
];
