import type { FunctionPointer } from "../kernel/callbacks.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Act } from "./act.js";
import { namesOf, placesOf } from "./chain.js";
import { advanced, MOST_RETREATS, mayFree, outcome, retreated } from "./data-start-acts.js";
import { same } from "./expect.js";
import { isFull, type List } from "./list.js";
import type { NetBuffer } from "./net-buffer.js";
import type { World } from "./world.js";

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_FAILURE: FAILURE, NDIS_STATUS_RESOURCES: RESOURCES } = NDIS_STATUS;

const hasRoom = ({ netBuffers }: List): boolean => netBuffers.every(({ retreats }) => retreats.length < MOST_RETREATS);

/** NdisRetreatNetBufferListDataStart, compared with what must come of it: every NET_BUFFER of the list, or none. */
export function retreatList(
  world: World,
  list: List,
  delta: number,
  backFill: number,
  handler: FunctionPointer,
  freeHandler: FunctionPointer,
): void {
  const { ddi, handlers } = world;
  const { netBuffers } = list;
  handlers.reset();
  world.say(
    `NdisRetreatNetBufferListDataStart(${list.text}, ${delta}, ${backFill}, ${handlers.nameOf(handler)}, ${handlers.nameOf(freeHandler)})`,
  );
  const status = world.attempt("retreat", () =>
    ddi.NdisRetreatNetBufferListDataStart(list.address, delta, backFill, handler, freeHandler),
  );
  world.sawStatus(status);
  const made = [...handlers.made];
  const allocates = netBuffers.filter((nb) => outcome(nb, delta, backFill) === "allocates");
  if (status === SUCCESS) {
    same("what the free handler got", namesOf(handlers.freed), "");
    if (handler !== 0) same("MDLs that the allocate handler made", made.length, allocates.length);
    for (const nb of netBuffers)
      retreated(world, nb, delta, backFill, delta > nb.dataOffset ? made.shift() : undefined);
    return;
  }
  const isShort = handler === handlers.short && made.length > 0;
  same("the status", status, isShort ? FAILURE : RESOURCES);
  same("whether it may fail", allocates.length > 0 && (world.failed || handler !== 0), true);
  // What the handler made too short was never taken.
  const refused = isShort ? made.splice(-1) : [];
  same("what the free handler got", namesOf(handlers.freed), namesOf(made));
  for (const mdl of refused) handlers.give(mdl);
  for (const nb of netBuffers) restored(world, nb);
}

const RETREAT: Act = {
  name: "NdisRetreatNetBufferListDataStart",
  weight: 5,
  fails: "sometimes",
  ready: (world) => world.lists.some(hasRoom),
  run(world, draw) {
    const { handlers } = world;
    const list = draw.prefer(world.lists.filter(hasRoom), isFull);
    const delta = draw.near([0, ...list.netBuffers.map(({ dataOffset }) => dataOffset)], 200);
    const backFill = draw.near([0, 0, 16], 64);
    const tempers = [0, 0, handlers.exact, handlers.generous, handlers.failing];
    const handler = draw.pick(world.verified ? tempers : [...tempers, handlers.short]);
    retreatList(world, list, delta, backFill, handler, handler === 0 && draw.once(2) ? 0 : handlers.free);
  },
};

/** A NET_BUFFER that was moved and moved back may say the same boundary in the other form. */
function restored({ ddi }: World, nb: NetBuffer): void {
  const mdl = ddi.NET_BUFFER_CURRENT_MDL(nb.address);
  nb.current = placesOf(nb.chain, nb.dataOffset).find(({ index }) => nb.chain[index].address === mdl) ?? nb.current;
}

/** NdisAdvanceNetBufferListDataStart, compared with what must come of it: every NET_BUFFER of the list. */
export function advanceList(world: World, list: List, delta: number, freeMdl: boolean, handler: FunctionPointer): void {
  const { ddi, handlers } = world;
  handlers.reset();
  world.say(
    `NdisAdvanceNetBufferListDataStart(${list.text}, ${delta}, ${freeMdl ? "TRUE" : "FALSE"}, ${handlers.nameOf(handler)})`,
  );
  ddi.NdisAdvanceNetBufferListDataStart(list.address, delta, freeMdl ? 1 : 0, handler);
  const freed = list.netBuffers.flatMap((nb) => advanced(world, nb, delta, freeMdl, handler));
  same("what the free handler got", namesOf(handlers.freed), namesOf(freed));
}

const ADVANCE: Act = {
  name: "NdisAdvanceNetBufferListDataStart",
  weight: 5,
  fails: "sometimes",
  ready: (world) => world.lists.length > 0,
  run(world, draw) {
    const { handlers, verified } = world;
    const list = draw.prefer(world.lists, isFull);
    const { netBuffers } = list;
    const lengths = netBuffers.map(({ dataLength }) => dataLength);
    const undo = netBuffers.flatMap((nb) => nb.retreats.map(({ mdl }) => mdl.length - nb.dataOffset));
    const highest = lengths.length === 0 ? 40 : verified ? Math.min(...lengths) : Math.max(...lengths) + 2;
    const delta = draw.near([...lengths, ...undo], highest);
    const freeMdl = netBuffers.every((nb) => mayFree(nb, delta)) && !draw.once(3);
    const isNeeded = verified && netBuffers.some(({ retreats }) => retreats.some(({ byHandler }) => byHandler));
    advanceList(world, list, delta, freeMdl, isNeeded || draw.once(2) ? handlers.free : 0);
  },
};

/** Retreats and advances of whole lists. */
export const LIST_START_ACTS: readonly Act[] = [RETREAT, ADVANCE];
