import type { AnyFunction } from "../ddi/entry.js";
import { Machine } from "../ddi/machine.js";
import { createDdi, type Ddi, type DdiName } from "../ddi/table.js";
import { type NativeDdis, nativeDdis, nativeNames } from "../driver/native-ddis.js";
import { type Address, hexAddress } from "../memory/address.js";
import { patternByte, TAG } from "./lab.js";

/** A call of a function: its name and its arguments, as unsigned numbers. */
export type Call = readonly [name: DdiName, ...args: number[]];

/** A machine, and the functions that its driver is linked to. */
export interface Twin {
  readonly machine: Machine;
  readonly ddi: Ddi;
}

const MACHINE = { memorySize: 1 << 19, poolBase: 0x20000 };

/**
 * Two equal machines, one of whose drivers is linked to native code and the other's to TypeScript. What is done is done
 * on both, and everything is compared afterwards: what came of it, every byte, every pool.
 */
export class Twins {
  /** Calls that native code handed to TypeScript since `forget`. */
  readonly handedOver: Call[] = [];
  readonly exports: NativeDdis;
  /** All that was done. */
  private readonly log: string[] = [];
  readonly native: Twin;
  readonly typeScript: Twin;

  constructor() {
    const machine = new Machine(MACHINE);
    const ddi = createDdi(machine);
    this.exports = nativeDdis(machine, noted(ddi, this.handedOver));
    this.native = { machine, ddi: Object.assign(Object.create(ddi), this.exports) as Ddi };
    const other = new Machine(MACHINE);
    this.typeScript = { machine: other, ddi: createDdi(other) };
  }

  /** Calls a function on both. @throws Error when anything differs then */
  call(...[name, ...args]: Call): number {
    return this.both(`${name}(${args.map(hexAddress).join(", ")})`, ({ ddi }) => (ddi[name] as AnyFunction)(...args));
  }

  /** Does something on both; the number that came of it, 0 of what threw. @throws Error when anything differs then */
  both(what: string, act: (twin: Twin) => unknown): number {
    this.log.push(what);
    const [got, expected] = [this.native, this.typeScript].map((twin) => outcomeOf(() => act(twin)));
    this.same("it", got, expected);
    this.compare();
    return typeof got === "number" ? got : 0;
  }

  /** Writes a word on both. */
  set(address: Address, value: number): void {
    this.log.push(`${hexAddress(address)} = ${hexAddress(value)}`);
    for (const { machine } of [this.native, this.typeScript]) machine.memory.u32[address >>> 2] = value;
  }

  u32(address: Address): number {
    return this.native.machine.memory.u32[address >>> 2];
  }

  /** Nonpaged memory with a pattern in it; 0 when memory is short. */
  block(size: number): Address {
    return this.both("a block", ({ machine: { memory, nonpaged } }) => {
      const block = nonpaged.allocate(size, TAG, "driver");
      for (let at = block; block !== 0 && at < block + size; at++) memory.u8[at] = patternByte(at);
      return block;
    });
  }

  /** MDLs of these lengths, linked, each over memory of its own. */
  chain(sizes: readonly number[]): Address[] {
    const mdls = sizes.map((size) => this.call("NdisAllocateMdl", 0, this.block(Math.max(1, size)), size));
    for (const [i, mdl] of mdls.entries()) this.set(mdl, mdls[i + 1] ?? 0);
    return mdls;
  }

  /** Forgets what was handed over until now. */
  forget(): void {
    this.handedOver.length = 0;
  }

  private compare(): void {
    const [a, b] = [this.native, this.typeScript].map(({ machine }) => machine.memory.u8);
    if (Buffer.compare(a, b) !== 0) {
      const at = a.findIndex((byte, i) => byte !== b[i]);
      this.same(`the byte at ${hexAddress(at)}`, a[at], b[at]);
    }
    this.same("what is out", account(this.native.machine), account(this.typeScript.machine));
  }

  private same(what: string, got: number | string, expected: number | string): void {
    if (got === expected) return;
    throw new Error(`${what} is ${got} by native code, ${expected} by TypeScript, after\n  ${this.log.join("\n  ")}`);
  }
}

/** What a call returned, or the words of what it threw. */
function outcomeOf(act: () => unknown): number | string {
  try {
    return Number(act() ?? 0) >>> 0;
  } catch (error) {
    return String(error);
  }
}

/** What of a machine is out, in pools and in blocks. */
const account = ({ pools, nonpaged }: Machine): string =>
  JSON.stringify([pools.report(), nonpaged.liveBlocks, nonpaged.liveBytes]);

/** The functions that native code hands calls to, and each of these calls noted. */
function noted(ddi: Ddi, calls: Call[]): Ddi {
  const functions = nativeNames().map((name): [string, AnyFunction] => {
    const next: AnyFunction = ddi[name];
    const note: AnyFunction = (...args: number[]) => {
      calls.push([name, ...args.map((value) => value >>> 0)]);
      return next(...args);
    };
    return [name, note];
  });
  return Object.assign(Object.create(ddi), Object.fromEntries(functions)) as Ddi;
}
