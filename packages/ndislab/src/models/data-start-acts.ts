import type { FunctionPointer } from "../kernel/callbacks.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Act } from "./act.js";
import type { Mdl } from "./block.js";
import { namesOf } from "./chain.js";
import { same } from "./expect.js";
import { hasData, type NetBuffer } from "./net-buffer.js";
import { remove, type World } from "./world.js";

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_FAILURE: FAILURE, NDIS_STATUS_RESOURCES: RESOURCES } = NDIS_STATUS;
const MOST = 0xffff_ffff;

/** The MDLs that retreats put in front of one NET_BUFFER: no more than a stack of drivers would. */
export const MOST_RETREATS = 4;

/** No memory of a model has a block of this size. */
const TOO_LARGE = 0x10_0000;

/** What becomes of a retreat whatever memory there is: `allocates` when it depends on that. */
export function outcome(nb: NetBuffer, delta: number, backFill: number): "fails" | "in place" | "allocates" {
  if (nb.dataLength + delta > MOST) return "fails";
  if (delta <= nb.dataOffset) return "in place";
  return delta + backFill > MOST ? "fails" : "allocates";
}

/** A retreat that was done: with `mdl` in front when it could not be done in place. */
export function retreated(world: World, nb: NetBuffer, delta: number, backFill: number, made: Mdl | undefined): void {
  const { dataOffset, dataLength } = nb;
  if (delta <= dataOffset) {
    nb.moveTo(dataOffset - delta, dataLength + delta);
    return;
  }
  const mdl = made ?? world.discover(world.ddi.NET_BUFFER_FIRST_MDL(nb.address), "retreat");
  if (made === undefined) same("bytes of the new MDL", mdl.length, delta + backFill);
  nb.chain.unshift(mdl);
  nb.retreats.push({ mdl, byHandler: made !== undefined });
  nb.moveTo(mdl.length + dataOffset - delta, dataLength + delta);
}

/** NdisRetreatNetBufferDataStart, compared with what must come of it. */
export function retreat(world: World, nb: NetBuffer, delta: number, backFill: number, handler: FunctionPointer): void {
  const { ddi, handlers } = world;
  handlers.reset();
  world.say(`NdisRetreatNetBufferDataStart(${nb.text}, ${delta}, ${backFill}, ${handlers.nameOf(handler)})`);
  const status = world.attempt("retreat", () =>
    ddi.NdisRetreatNetBufferDataStart(nb.address, delta, backFill, handler),
  );
  world.sawStatus(status);
  const size = delta + backFill;
  const [made] = handlers.made;
  const expected = outcome(nb, delta, backFill);
  const isAsked = expected === "allocates" && handler !== 0;
  if (!world.failed || handlers.asked.length > 0)
    same("what the allocate handler was asked for", handlers.asked.join(), isAsked ? `${size}` : "");
  if (expected === "fails") same("the status", status, FAILURE);
  else if (expected === "in place") same("the status", status, SUCCESS);
  else if (made !== undefined && made.length < size) {
    same("the status", status, FAILURE);
    handlers.give(made);
  } else if (made !== undefined) same("the status", status, SUCCESS);
  else if (handler !== 0 || status !== SUCCESS) {
    same("the status", status, RESOURCES);
    same("whether memory is short", handler !== 0 || world.failed || size > TOO_LARGE, true);
  }
  if (status === SUCCESS) retreated(world, nb, delta, backFill, made);
}

/** The MDLs that an advance behind `dataOffset` takes off the head. */
function dropped(nb: NetBuffer, dataOffset: number, handler: FunctionPointer): Mdl[] {
  const mdls: Mdl[] = [];
  let rest = dataOffset;
  for (const { mdl, byHandler } of [...nb.retreats].reverse()) {
    if (mdl.length > rest || (byHandler && handler === 0)) break;
    mdls.push(mdl);
    rest -= mdl.length;
  }
  return mdls;
}

/** An advance that was done: returns the MDLs that the free handler must have got. */
export function advanced(
  world: World,
  nb: NetBuffer,
  delta: number,
  freeMdl: boolean,
  handler: FunctionPointer,
): Mdl[] {
  if (delta > nb.dataLength) {
    world.fails();
    return [];
  }
  const gone = freeMdl ? dropped(nb, nb.dataOffset + delta, handler) : [];
  let dataOffset = nb.dataOffset + delta;
  for (const mdl of gone) {
    dataOffset -= mdl.length;
    remove(nb.chain, mdl);
    nb.retreats.pop();
    if (mdl.origin !== "handler") world.drop(mdl);
  }
  nb.moveTo(dataOffset, nb.dataLength - delta);
  return gone.filter(({ origin }) => origin === "handler");
}

/** NdisAdvanceNetBufferDataStart, compared with what must come of it. */
export function advance(world: World, nb: NetBuffer, delta: number, freeMdl: boolean, handler: FunctionPointer): void {
  const { ddi, handlers } = world;
  handlers.reset();
  world.say(
    `NdisAdvanceNetBufferDataStart(${nb.text}, ${delta}, ${freeMdl ? "TRUE" : "FALSE"}, ${handlers.nameOf(handler)})`,
  );
  ddi.NdisAdvanceNetBufferDataStart(nb.address, delta, freeMdl ? 1 : 0, handler);
  const freed = advanced(world, nb, delta, freeMdl, handler);
  same("what the free handler got", namesOf(handlers.freed), namesOf(freed));
}

/** Whether an advance may free MDLs: nobody shows them, and those that a derived list was made with stay. */
export function mayFree(nb: NetBuffer, delta: number): boolean {
  if (nb.borrowers > 0) return false;
  return dropped(nb, nb.dataOffset + delta, 1).length <= nb.retreats.length - nb.made.retreats;
}

const RETREAT: Act = {
  name: "NdisRetreatNetBufferDataStart",
  weight: 6,
  fails: "sometimes",
  ready: (world) => world.netBuffers.some(({ retreats }) => retreats.length < MOST_RETREATS),
  run(world, draw) {
    const { handlers } = world;
    const nb = draw.pick(world.netBuffers.filter(({ retreats }) => retreats.length < MOST_RETREATS));
    const delta = draw.near([0, nb.dataOffset, ...nb.chain.map(({ length }) => nb.dataOffset - length)], 200);
    const backFill = draw.near([0, 0, 16], 64);
    const tempers = [0, 0, handlers.exact, handlers.generous, handlers.failing];
    const handler = draw.pick(world.verified ? tempers : [...tempers, handlers.short]);
    retreat(world, nb, delta, backFill, handler);
  },
};

/** Lengths that 32 bits do not hold. A verifier has much to say of them, so only without one. */
const RETREAT_FAR: Act = {
  name: "NdisRetreatNetBufferDataStart by much",
  weight: 1,
  fails: "always",
  ready: (world) => !world.verified && world.netBuffers.length > 0,
  run(world, draw) {
    const nb = draw.pick(world.netBuffers);
    const delta = MOST - draw.near([nb.dataLength], 200);
    retreat(world, nb, delta, draw.near([MOST - delta], MOST), draw.pick([0, world.handlers.exact]));
  },
};

const ADVANCE: Act = {
  name: "NdisAdvanceNetBufferDataStart",
  weight: 6,
  fails: "sometimes",
  ready: (world) => world.netBuffers.length > 0,
  run(world, draw) {
    const { handlers } = world;
    const nb = draw.prefer(world.netBuffers, hasData);
    const highest = world.verified ? nb.dataLength : nb.dataLength + 2;
    const undo = nb.retreats.map(({ mdl }) => mdl.length - nb.dataOffset);
    const delta = draw.near([nb.dataLength, ...undo, ...nb.marks], highest);
    const freeMdl = mayFree(nb, delta) && !draw.once(3);
    // MDLs of a handler want a free handler; without one they stay, which is a mistake that a verifier names.
    const isNeeded = world.verified && nb.retreats.some(({ byHandler }) => byHandler);
    advance(world, nb, delta, freeMdl, isNeeded || draw.once(2) ? handlers.free : 0);
  },
};

/** Retreats and advances of single NET_BUFFERs. */
export const DATA_START_ACTS: readonly Act[] = [RETREAT, RETREAT_FAR, ADVANCE];
