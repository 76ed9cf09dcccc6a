import * as fc from "fast-check";
import type { Lab } from "../testing/lab.js";
import { type Act, Step } from "./act.js";
import { endWorld } from "./end.js";
import type { Tally } from "./tally.js";
import { World } from "./world.js";

/** Steps of all models together; NDISLAB_STEPS asks for another number. */
export const STEPS = Number(process.env.NDISLAB_STEPS ?? 100_000);

/** Lives between two looks at the number of steps. */
const LIVES_AT_ONCE = 50;
/** Milliseconds for so many lives, which take a few seconds; what goes wrong is made shorter as long as this lasts. */
const LONGEST_SEARCH = 30_000;
const LONGEST_LIFE = 400;

/** What goes wrong is shown as it was found: for whoever only asks whether something does. */
const UNSHRUNK = process.env.NDISLAB_UNSHRUNK !== undefined;

/** Which life is lived again: `name|seed|path|replayPath`, as its failure printed it. */
export const REPLAY = process.env.NDISLAB_REPLAY?.split("|");
const SEED = Number(process.env.NDISLAB_SEED ?? Date.now() % 0x7fff_ffff);

type Life = Iterable<fc.Command<World, Lab>>;

export interface Lives {
  readonly name: string;
  readonly acts: readonly Act[];
  /** Whether the verifier stands in front. */
  readonly verified: boolean;
  /** Part of all steps. */
  readonly share: number;
  /** Where the steps are counted. */
  readonly tally: Tally;
}

/** Lives random lives of a driver until there were enough steps; throws with the shortest one that goes wrong. */
export function liveAll({ name, acts, verified, share, tally }: Lives): void {
  const [replayName, replaySeed, path, replayPath] = REPLAY ?? [];
  if (replayName !== undefined && replayName !== name) return;
  const before = tally.steps;
  const enough = before + Math.ceil(STEPS * share);
  let seed = replaySeed === undefined ? SEED : Number(replaySeed);
  let lives = 0;
  do {
    const commands = fc.commands([stepOf(acts, tally)], {
      maxCommands: LONGEST_LIFE,
      size: "max",
      ...(replayPath === undefined ? {} : { replayPath }),
    });
    const details = fc.check(
      fc.property(commands, fc.boolean(), (life, short) => {
        lives++;
        liveOnce(life, verified, short);
      }),
      {
        seed,
        numRuns: LIVES_AT_ONCE,
        interruptAfterTimeLimit: LONGEST_SEARCH,
        endOnFailure: UNSHRUNK,
        ...(path === undefined ? {} : { path, numRuns: 1 }),
      },
    );
    if (details.failed) throw new Error(`${describe(name, seed, details)}; ${tally.steps} steps`);
    seed = (seed + 1) % 0x7fff_ffff;
  } while (tally.steps < enough && REPLAY === undefined);
  console.log(`${name}: ${tally.steps - before} steps in ${lives} lives, NDISLAB_SEED=${SEED}`);
}

/** Any of the acts, the weighty ones more often, with the numbers that it draws from. */
function stepOf(acts: readonly Act[], tally: Tally): fc.Arbitrary<fc.Command<World, Lab>> {
  const weighed = acts.flatMap((act) => Array<Act>(act.weight).fill(act));
  const numbers = fc.array(fc.nat(0xff_ffff), { minLength: 12, maxLength: 12 });
  return fc
    .tuple(fc.noShrink(fc.nat(weighed.length - 1)), numbers)
    .map(([act, drawn]) => new Step(weighed[act], drawn, tally));
}

function liveOnce(life: Life, verified: boolean, short: boolean): void {
  const world = new World(verified, short);
  try {
    fc.modelRun(() => ({ model: world, real: world.lab }), life);
    endWorld(world);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n  ${world.log.join("\n  ")}`, { cause: error });
  }
}

function describe(name: string, seed: number, details: fc.RunDetails<[Life, boolean]>): string {
  const error = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
  const replayPath = /replayPath="([^"]*)"/.exec(String(details.counterexample?.[0]))?.[1] ?? "";
  const again = `NDISLAB_REPLAY='${name}|${seed}|${details.counterexamplePath}|${replayPath}'`;
  return `${name}: ${error}\n\nThe same again: ${again}; the whole run: NDISLAB_SEED=${SEED}`;
}
