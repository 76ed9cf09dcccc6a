import { MDL, PAGE_FRAME_SIZE } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { POOL } from "../layout/pool.js";
import { EMBEDDED_MDL } from "../ndis6/net-buffer.js";
import { type Case, type Cases, KEPT, POOL_SHAPES, type ShapeName, type TwinWorld } from "./twin-world.js";
import type { Call } from "./twins.js";

const NAMES = Object.keys(POOL_SHAPES) as (keyof typeof POOL_SHAPES)[];

/** Those whose lists have no context. */
export const POOLS_WITHOUT_CONTEXT = NAMES.filter((name) => !("contextSize" in POOL_SHAPES[name]));

/** Where the memory ends. */
const end = ({ twins }: TwinWorld): number => twins.native.machine.memory.byteLength;

/** A freed pool with lists on its free list, and one out, so that its memory stays. */
function deadPool(world: TwinWorld, shape: ShapeName): number {
  world.list(shape);
  world.stock(shape);
  world.twins.call("NdisFreeNetBufferListPool", world.pool(shape));
  return world.pool(shape);
}

/** What is no pool of lists, though all else would be as in one. */
const NO_POOLS: readonly (readonly [what: string, handle: (world: TwinWorld, shape: ShapeName) => number])[] = [
  ["NULL", () => 0],
  ["a freed pool", deadPool],
  ["another kind of pool", ({ twins }) => twins.native.machine.mdlPool],
  ["a list", (world, shape) => world.list(shape)],
  ["the middle of a pool", (world, shape) => world.stocked(shape) + 4],
  [
    "a pool at an odd address",
    (world, shape) => world.copied(world.stocked(shape), world.twins.block(200) + 2, POOL.size),
  ],
  [
    "a pool that the memory ends in",
    (world, shape) => world.copied(world.stocked(shape), end(world) - POOL.size + 4, POOL.size - 4),
  ],
  ["the last word", (world) => end(world) - 4],
  ["the end of the memory", end],
  ["an address outside", () => 0x7fff_fffc],
  ["a negative one", () => 0x8000_0000],
  ["the last of all", () => 0xffff_fffc],
  ["bytes of a freed list", () => 0xfefe_fefe],
];

const after =
  (before: (world: TwinWorld) => void, call: Case[1]): Case[1] =>
  (world) => {
    before(world);
    return call(world);
  };

function ndisAllocateNetBufferList(): Cases {
  const allocate = (pool: number, contextSize = 0, backFill = 0): Call => [
    "NdisAllocateNetBufferList",
    pool,
    contextSize,
    backFill,
  ];
  const plain: readonly Case[] = [
    ...POOLS_WITHOUT_CONTEXT.map((shape): Case => [`a pool: ${shape}`, (world) => allocate(world.stocked(shape))]),
    [
      "a list that was written all over",
      (world) => {
        const [list] = world.stock("data", 1);
        const pool = world.pool("data");
        const netBuffer = list + world.twins.u32(pool + POOL.offset.NetBufferStart);
        const mdl = netBuffer + EMBEDDED_MDL;
        for (let at = list; at < mdl + MDL.size + PAGE_FRAME_SIZE; at += 4)
          if (at !== list + NET_BUFFER_LIST.offset.NdisReserved && (at < netBuffer + NET_BUFFER.size || at >= mdl))
            world.twins.set(at, 0x1111_1111);
        return allocate(pool);
      },
    ],
    [
      "the last list of a free list",
      after(
        (world) => world.stock("bare", 1),
        (world) => allocate(world.pool("bare")),
      ),
    ],
    [
      "a list that waited",
      after(
        (world) => world.stock("keepsData", KEPT + 2),
        (world) => allocate(world.pool("keepsData")),
      ),
    ],
    [
      "a pool while lists of another wait",
      after(
        (world) => world.stock("keepsBare"),
        (world) => allocate(world.stocked("netBuffer")),
      ),
    ],
    [
      "what looks like a pool, at the end of the memory",
      (world) => allocate(world.copied(world.stocked("bare"), end(world) - POOL.size, POOL.size)),
    ],
  ];
  const handedOver: readonly Case[] = [
    ["an empty free list", (world) => allocate(world.pool("netBuffer"))],
    [
      "memory is short",
      (world) => {
        const pool = world.pool("netBuffer");
        world.shorten(true);
        return allocate(pool);
      },
    ],
    ["lists that wait", (world) => allocate(world.stocked("keepsData"))],
    ["a context of the pool's", (world) => allocate(world.stocked("context"))],
    ["a context of the pool's, and all else", (world) => allocate(world.stocked("all"), 4, 4)],
    ["a context", (world) => allocate(world.stocked("netBuffer"), 8, 0)],
    ["a context's back fill", (world) => allocate(world.stocked("netBuffer"), 0, 8)],
    ["a context of 65535 bytes", (world) => allocate(world.stocked("netBuffer"), 0xffff, 0)],
    ["a context that is too large", (world) => allocate(world.stocked("netBuffer"), 0xffff, 0xffff)],
    ...NO_POOLS.map(([what, handle]): Case => [what, (world) => allocate(handle(world, "bare"))]),
  ];
  return { name: "NdisAllocateNetBufferList", plain, handedOver };
}

function ndisAllocateNetBufferAndNetBufferList(): Cases {
  const allocate = (
    pool: number,
    chain: number,
    dataOffset: number,
    dataLength: number,
    context = 0,
    fill = 0,
  ): Call => ["NdisAllocateNetBufferAndNetBufferList", pool, context, fill, chain, dataOffset, dataLength];
  const first = ({ twins }: TwinWorld, sizes: readonly number[] = [20, 0, 30]): number => twins.chain(sizes)[0];
  const plain: readonly Case[] = [
    ["a chain", (world) => allocate(world.stocked("netBuffer"), first(world), 0, 50)],
    ["a pool with a protocol", (world) => allocate(world.stocked("protocol"), first(world), 3, 40)],
    ["the last byte of the first MDL", (world) => allocate(world.stocked("netBuffer"), first(world), 19, 0)],
    ["more than there is", (world) => allocate(world.stocked("netBuffer"), first(world), 0, 0xffff_ffff)],
  ];
  const handedOver: readonly Case[] = [
    ["the end of the first MDL", (world) => allocate(world.stocked("netBuffer"), first(world), 20, 30)],
    ["a later MDL", (world) => allocate(world.stocked("netBuffer"), first(world), 21, 10)],
    ["the end of the chain", (world) => allocate(world.stocked("netBuffer"), first(world), 50, 0)],
    ["far behind it", (world) => allocate(world.stocked("netBuffer"), first(world), 0xffff_ffff, 1)],
    ["a first MDL of 0 bytes", (world) => allocate(world.stocked("netBuffer"), first(world, [0, 10]), 0, 10)],
    ["no chain", (world) => allocate(world.stocked("netBuffer"), 0, 0, 0)],
    [
      "no chain, and what looks like an MDL at NULL",
      after(
        (world) => world.twins.set(MDL.offset.ByteCount, 100),
        (world) => allocate(world.stocked("netBuffer"), 0, 0, 0),
      ),
    ],
    ["data of no chain", (world) => allocate(world.stocked("netBuffer"), 0, 0, 1)],
    ["an empty free list", (world) => allocate(world.pool("netBuffer"), first(world), 0, 1)],
    ["a context", (world) => allocate(world.stocked("netBuffer"), first(world), 0, 1, 8, 0)],
    ["a context's back fill", (world) => allocate(world.stocked("netBuffer"), first(world), 0, 1, 0, 8)],
    ["a context of the pool's", (world) => allocate(world.stocked("netBufferAndContext"), first(world), 0, 1)],
    ["a pool without NET_BUFFERs", (world) => allocate(world.stocked("bare"), first(world), 0, 1)],
    ["a pool with data", (world) => allocate(world.stocked("data"), first(world), 0, 1)],
    ...NO_POOLS.map(
      ([what, handle]): Case => [what, (world) => allocate(handle(world, "netBuffer"), first(world), 0, 1)],
    ),
  ];
  return { name: "NdisAllocateNetBufferAndNetBufferList", plain, handedOver };
}

function ndisFreeNetBufferList(): Cases {
  const free = (list: number): Call => ["NdisFreeNetBufferList", list];
  const { NdisPoolHandle, FirstNetBuffer } = NET_BUFFER_LIST.offset;
  /** A live list whose pool is said to be another handle. */
  const of = (world: TwinWorld, handle: number): Call => {
    const list = world.list("netBuffer");
    world.twins.set(list + NdisPoolHandle, handle);
    return free(list);
  };
  const plain: readonly Case[] = [
    ...NAMES.map((shape): Case => [`of a pool: ${shape}`, (world) => free(world.list(shape))]),
    [
      "onto a free list",
      after(
        (world) => world.stock("data", 3),
        (world) => free(world.list("data")),
      ),
    ],
    [
      "while lists of another pool wait",
      after(
        (world) => world.stock("keepsBare"),
        (world) => free(world.list("netBuffer")),
      ),
    ],
    [
      "with others on it and behind it",
      (world) => {
        const list = world.list("netBuffer");
        world.twins.set(list + FirstNetBuffer, world.netBuffer([10], 0, 10));
        world.twins.set(list, world.list("netBuffer"));
        return free(list);
      },
    ],
    [
      "with a retreat of its NET_BUFFER",
      (world) => {
        const list = world.list("data");
        world.twins.call("NdisRetreatNetBufferDataStart", world.onList(list), 14, 0, 0);
        return free(list);
      },
    ],
    [
      "what looks like a list, at the end of the memory",
      (world) => free(world.copied(world.list("bare"), end(world) - NET_BUFFER_LIST.size, NET_BUFFER_LIST.size)),
    ],
  ];
  const handedOver: readonly Case[] = [
    ["NULL", () => free(0)],
    ["what is free", (world) => free(world.stock("netBuffer")[0])],
    ["what is free and waits", (world) => free(world.stock("keepsData")[0])],
    ["what is to wait", (world) => free(world.list("keepsBare"))],
    [
      "what is to wait in the place of another",
      after(
        (world) => world.stock("keepsData", KEPT),
        (world) => free(world.list("keepsData")),
      ),
    ],
    [
      "of a pool that was freed",
      (world) => {
        const list = world.list("netBuffer");
        deadPool(world, "netBuffer");
        return free(list);
      },
    ],
    [
      "with a context of its own",
      (world) => {
        const pool = world.pool("netBuffer");
        return free(world.twins.call("NdisAllocateNetBufferList", pool, 32, 8));
      },
    ],
    ["of another kind of pool", (world) => of(world, world.twins.native.machine.mdlPool)],
    ["of NULL", (world) => of(world, 0)],
    ["of a handle outside", (world) => of(world, 0xfffc_0000)],
    ["of the end of the memory", (world) => of(world, end(world))],
    ["of an odd handle", (world) => of(world, world.pool("netBuffer") + 1)],
    [
      "a list that is not aligned",
      (world) => {
        const list = world.list("bare");
        return free(world.copied(list, world.twins.block(512) + 4, NET_BUFFER_LIST.size));
      },
    ],
    [
      "a list that the memory ends in",
      (world) => {
        const size = NET_BUFFER_LIST.size - 8;
        return free(world.copied(world.list("bare"), end(world) - size, size));
      },
    ],
    ["the middle of a list", (world) => free(world.list("bare") + 8)],
    ["the end of the memory", (world) => free(end(world))],
    ["an address outside", () => free(0x7fff_fff8)],
    ["a negative one", () => free(0x8000_0000)],
    ["the last of all", () => free(0xffff_fff8)],
    ["bytes of a freed list", () => free(0xfefe_fefe)],
  ];
  return { name: "NdisFreeNetBufferList", plain, handedOver };
}

function ndisGetPoolFromNetBufferList(): Cases {
  const get = (list: number): Call => ["NdisGetPoolFromNetBufferList", list];
  const plain: readonly Case[] = [
    ["a list", (world) => get(world.list("data"))],
    ["a freed one", (world) => get(world.stock("data")[0])],
    ["one that waits", (world) => get(world.stock("keepsData")[0])],
    ["NULL", () => get(0)],
    ["what is none", (world) => get(world.twins.block(64))],
  ];
  return { name: "NdisGetPoolFromNetBufferList", plain, handedOver: [] };
}

/** Calls of the functions of lists. */
export const LIST_CASES: readonly Cases[] = [
  ndisAllocateNetBufferList(),
  ndisAllocateNetBufferAndNetBufferList(),
  ndisFreeNetBufferList(),
  ndisGetPoolFromNetBufferList(),
];
