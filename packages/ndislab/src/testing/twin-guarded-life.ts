import { NET_BUFFER } from "../layout/net-buffer.js";
import { NET_BUFFER_LIST } from "../layout/net-buffer-list.js";
import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import type { Draw } from "../models/draw.js";
import { TAG } from "./lab.js";
import { linked } from "./twin-chain-cases.js";
import { TwinLife } from "./twin-life.js";
import { FILTER, TwinOthers, verifierOf, WAYS_BACK, WAYS_ON } from "./twin-others.js";

const NBL = NET_BUFFER_LIST.offset;
const NB = NET_BUFFER.offset;

type Act = (life: TwinGuardedLife, draw: Draw) => void;

/** A random life of a driver that is verified, with lists of others that come and go, and makes its mistakes. */
export class TwinGuardedLife extends TwinLife {
  readonly around = new TwinOthers(this.world);
  /** Lists of others that ever came, and those on their way. */
  readonly foreign: Address[] = [];
  readonly away: Address[] = [];

  constructor(keeps: boolean) {
    super(keeps, { isVerified: true });
  }

  override step(draw: Draw): void {
    this.act(draw, ACTS);
  }

  /** One of these acts, or one of a driver that is not verified. */
  act(draw: Draw, acts: readonly Act[]): void {
    if (draw.once(2)) draw.pick(acts)(this, draw);
    else super.step(draw);
  }

  /** A list of the driver's or of another, mostly one that the driver has. */
  any(draw: Draw): Address {
    const { ledger } = verifierOf(this.world.twins.native);
    const list = draw.once(2) ? this.list(draw) : 0;
    if (list !== 0 || this.foreign.length === 0) return list || this.list(draw);
    return draw.prefer(this.foreign, (other) => ledger.holder(other) === 0);
  }

  /** Different lists, linked; once in a while they go round in a circle. */
  chain(draw: Draw, pick: (draw: Draw) => Address): Address {
    const lists = [...new Set(Array.from({ length: 1 + draw.below(6) }, () => pick(draw)))];
    const first = linked(this.around, lists);
    if (draw.once(40)) this.world.twins.set(lists[lists.length - 1], draw.pick(lists));
    return first;
  }
}

const arrive: Act = (life, draw) => {
  for (const list of life.around.take(1 + draw.below(4), draw.once(2))) {
    life.foreign.push(list);
    life.netBuffers.push(life.world.onList(list));
  }
};

const passOn: Act = (life, draw) => {
  const { twins } = life.world;
  const first = life.chain(draw, (drawn) => {
    const list = life.any(drawn);
    if (!life.foreign.includes(list) && !drawn.once(6)) twins.set(list + NBL.SourceHandle, FILTER);
    if (!life.away.includes(list)) life.away.push(list);
    return list;
  });
  life.around.go(draw.pick(WAYS_ON), first);
};

const comeBack: Act = (life, draw) => {
  if (life.away.length === 0) return;
  const first = life.chain(draw, (drawn) => {
    const list = drawn.pick(life.away);
    if (life.away.length > 1) life.away.splice(life.away.indexOf(list), 1);
    return list;
  });
  life.around.giveBack(first);
};

const giveBack: Act = (life, draw) => {
  const first = life.chain(draw, (drawn) =>
    drawn.once(8) ? life.any(drawn) : drawn.pick([...life.foreign, life.list(drawn)]),
  );
  life.around.go(draw.pick(WAYS_BACK), first);
};

const takeBack: Act = (life, draw) => {
  if (life.foreign.length !== 0) life.around.takeBack(linked(life.around, [draw.pick(life.foreign)]));
};

const context: Act = (life, draw) => {
  const { twins } = life.world;
  const list = life.any(draw);
  if (draw.once(2)) twins.call("NdisAllocateNetBufferListContext", list, 8, 0, TAG);
  else twins.call("NdisFreeNetBufferListContext", list, 8);
};

const clone: Act = (life, draw) => {
  const { twins } = life.world;
  const original = life.any(draw);
  const made = twins.call("NdisAllocateCloneNetBufferList", original, 0, 0, 0);
  if (made === 0) return;
  if (draw.once(3)) life.born(made);
  else twins.call("NdisFreeCloneNetBufferList", made, 0);
};

/** Forgets what findings were made of, as when all of it is gone. */
const mend: Act = ({ world }) =>
  void world.twins.both("all is well", (twin) => {
    const { broken } = verifierOf(twin);
    for (const object of [...broken]) broken.delete(object);
  });

const SIMPLE: readonly Act[] = [
  ...[arrive, arrive, passOn, passOn, passOn, comeBack, comeBack, comeBack, giveBack, giveBack, takeBack],
  ...[context, clone, mend, mend],
];

/** Does something at a level that may be too high. */
const atLevel: Act = (life, draw) => {
  const { twins } = life.world;
  const set = (level: number): number =>
    twins.both(`IRQL ${level}`, ({ machine }) => {
      machine.irql.current = level;
    });
  set(draw.pick([IRQL.APC_LEVEL, IRQL.DISPATCH_LEVEL, 3]));
  life.act(draw, SIMPLE);
  set(IRQL.PASSIVE_LEVEL);
};

/** Gives a word of a list another value for a while. */
const spoil: Act = (life, draw) => {
  const { twins } = life.world;
  const list = life.any(draw);
  const nb = life.world.onList(list);
  const at = draw.pick([
    ...[NBL.SourceHandle, NBL.Flags, NBL.NblFlags, NBL.Status, NBL.ChildRefCount].map((offset) => list + offset),
    ...(nb === 0 ? [] : [NB.DataPhysicalAddress, NB.DataLength, NB.CurrentMdlOffset].map((offset) => nb + offset)),
  ]);
  const before = twins.u32(at);
  twins.set(at, draw.pick([0, 1, 0x200, 0x800, 0x10, 0xffff_ffff, before + 1]));
  life.act(draw, SIMPLE);
  if (!draw.once(4)) twins.set(at, before);
};

const ACTS: readonly Act[] = [...SIMPLE, atLevel, spoil, spoil];
