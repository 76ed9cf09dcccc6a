import type { CompiledDriver } from "../compiled-driver.js";
import type { Site } from "../symbols.js";
import { instantiate, Wasm, type WasmMemory } from "./wasm-api.js";

/** Address of the cell that call sites are stored in. */
const SITE_CELL = 0x1000;

/** A call of an imported function as the host saw it. */
export interface SeenCall {
  readonly name: string;
  readonly args: readonly (number | bigint)[];
  readonly site: Site | null;
}

/** Runs a compiled driver with imports that note their calls and return 0, or what `answers` say. */
export class Host {
  readonly calls: SeenCall[] = [];
  readonly memory: WasmMemory;
  readonly exports: Record<string, (...args: (number | bigint)[]) => number>;
  ticks = 0;
  /** The tick that throws. */
  maxTicks = 3;

  constructor(driver: CompiledDriver, answers: Record<string, (...args: number[]) => number> = {}) {
    const memory = new Wasm.Memory({ initial: driver.memory.initialPages });
    const cell = new Uint32Array(memory.buffer, SITE_CELL, 1);
    const env: Record<string, unknown> = { memory };
    for (const { name } of driver.imports) {
      env[name] = (...args: number[]): number => {
        this.calls.push({ name, args, site: driver.symbols.site(cell[0]!) });
        return answers[name]?.(...args) ?? 0;
      };
    }
    env.ndislab_tick = (): void => {
      if (++this.ticks >= this.maxTicks) throw new Error("time is up");
    };
    this.memory = memory;
    this.exports = instantiate(driver.wasm, env) as Host["exports"];
  }

  /** Calls an export that is to throw; the stack of what it threw. */
  stackOf(name: string, ...args: number[]): string {
    try {
      this.exports[name]!(...args);
    } catch (error) {
      return (error as Error).stack ?? "";
    }
    throw new Error(`${name} did not throw`);
  }
}

/** "file:line function" of frames, for comparing. */
export function brief(frames: readonly { file: string; line: number; function: string }[]): string[] {
  return frames.map((frame) => `${frame.file}:${frame.line} ${frame.function}`);
}
