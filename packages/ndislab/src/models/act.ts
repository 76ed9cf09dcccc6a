import type { Command } from "fast-check";
import type { Lab } from "../testing/lab.js";
import { Draw } from "./draw.js";
import { checkWorld } from "./invariants.js";
import type { Tally } from "./tally.js";
import type { World } from "./world.js";

/** Something a driver does. */
export interface Act {
  readonly name: string;
  /** How often, beside the others. */
  readonly weight: number;
  /** Whether its last call fails: for want of memory or a mapping, or since it is asked for what cannot be. */
  readonly fails?: "sometimes" | "always";
  ready(world: World): boolean;
  /** Does it, compares what the calls return with what the model says, and changes the model. */
  run(world: World, draw: Draw): void;
}

/** One act, with the numbers that say with what: what fast-check draws, runs and shrinks. */
export class Step implements Command<World, Lab> {
  private said: readonly string[];

  constructor(
    private readonly act: Act,
    private readonly numbers: readonly number[],
    private readonly tally: Tally,
  ) {
    this.said = [act.name];
  }

  check(world: World): boolean {
    return this.act.ready(world);
  }

  run(world: World): void {
    const before = world.log.length;
    world.outcome = "idle";
    try {
      this.act.run(world, new Draw(this.numbers));
      this.tally.count(this.act.name, world.outcome);
      checkWorld(world);
    } finally {
      this.said = world.log.slice(before);
    }
  }

  toString(): string {
    return this.said.join("; ");
  }
}
