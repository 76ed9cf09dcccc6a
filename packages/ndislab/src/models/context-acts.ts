import { NET_BUFFER_LIST_CONTEXT } from "../layout/net-buffer-list.js";
import { NDIS_STATUS } from "../layout/status.js";
import { TAG } from "../testing/lab.js";
import type { Act } from "./act.js";
import { same } from "./expect.js";
import type { Context, List } from "./list.js";
import type { World } from "./world.js";

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_FAILURE: FAILURE, NDIS_STATUS_RESOURCES: RESOURCES } = NDIS_STATUS;

/** More contexts than a stack of drivers puts on a list. */
const MOST_BLOCKS = 4;

/** Learns the newest context of a list, and fills what is in use of it. */
export function adoptContext(world: World, list: List, size: number, used: number, isLists: boolean): Context {
  const start = world.ddi.NET_BUFFER_LIST_CONTEXT_DATA_START(list.address);
  const address = start - (size - used) - NET_BUFFER_LIST_CONTEXT.size;
  const context: Context = { address, size, used, bytes: new Uint8Array(size), parts: [], isLists };
  list.contexts.unshift(context);
  fill(world, list, used);
  return context;
}

/** Writes the first `length` bytes of the context that is in use. */
function fill(world: World, list: List, length: number): void {
  const { ddi, lab } = world;
  const [context] = list.contexts;
  const bytes = world.fresh(length);
  context.bytes.set(bytes, context.size - context.used);
  lab.machine.memory.u8.set(bytes, ddi.NET_BUFFER_LIST_CONTEXT_DATA_START(list.address));
}

const ALLOCATE: Act = {
  name: "NdisAllocateNetBufferListContext",
  weight: 3,
  fails: "sometimes",
  ready: (world) => world.lists.some(({ contexts }) => contexts.length < MOST_BLOCKS),
  run(world, draw) {
    const { ddi } = world;
    const list = draw.pick(world.lists.filter(({ contexts }) => contexts.length < MOST_BLOCKS));
    const sizes = world.verified ? [8, 16, 24] : [8, 16, 4, 24, 3, 0xfff0];
    const size = draw.pick(sizes);
    const unused = draw.pick(world.verified ? [0, 8, 32] : [0, 8, 12, 5, 0xfff0]);
    world.say(`NdisAllocateNetBufferListContext(${list.name}, ${size}, ${unused})`);
    const status = world.attempt("context", () =>
      ddi.NdisAllocateNetBufferListContext(list.address, size, unused, TAG),
    );
    world.sawStatus(status);
    const [newest] = list.contexts;
    const isOdd = size % 4 !== 0 || unused % 4 !== 0;
    const fits = newest !== undefined && newest.size - newest.used >= size;
    if (isOdd || (!fits && size + unused > 0xffff)) same("the status", status, FAILURE);
    else if (world.failed && !fits) same("the status", status, RESOURCES);
    else {
      same("the status", status, SUCCESS);
      if (fits) {
        newest.used += size;
        newest.parts.push(size);
        fill(world, list, size);
      } else adoptContext(world, list, size + unused, size, false).parts.push(size);
    }
  },
};

/** Takes the newest part off again, as whoever put it there does. */
function freePart(world: World, list: List): void {
  const [newest] = list.contexts;
  const size = newest.parts.pop() as number;
  world.say(`NdisFreeNetBufferListContext(${list.name}, ${size})`);
  world.ddi.NdisFreeNetBufferListContext(list.address, size);
  newest.used -= size;
  if (newest.used === 0 && !newest.isLists) list.contexts.shift();
}

const hasPart = ({ contexts }: List): boolean => contexts.length > 0 && contexts[0].parts.length > 0;

/** Takes everything off that was put on a list since it was allocated. */
export function freeContexts(world: World, list: List): void {
  while (hasPart(list)) freePart(world, list);
}

const FREE: Act = {
  name: "NdisFreeNetBufferListContext",
  weight: 3,
  ready: (world) => world.lists.some(hasPart),
  run(world, draw) {
    freePart(world, draw.pick(world.lists.filter(hasPart)));
  },
};

const QUERY: Act = {
  name: "query a context",
  weight: 1,
  ready: (world) => world.lists.some(({ contexts }) => contexts.length > 0),
  run(world, draw) {
    const list = draw.pick(world.lists.filter(({ contexts }) => contexts.length > 0));
    const [{ address, size, used }] = list.contexts;
    world.say(`query the context of ${list.name}`);
    const start = address + NET_BUFFER_LIST_CONTEXT.size + size - used;
    same("NET_BUFFER_LIST_CONTEXT_DATA_START", world.ddi.NET_BUFFER_LIST_CONTEXT_DATA_START(list.address), start);
    same("NET_BUFFER_LIST_CONTEXT_DATA_SIZE", world.ddi.NET_BUFFER_LIST_CONTEXT_DATA_SIZE(list.address), size);
  },
};

/** Contexts of lists. */
export const CONTEXT_ACTS: readonly Act[] = [ALLOCATE, FREE, QUERY];
