import type { AnyFunction } from "../ddi/entry.js";
import { Machine } from "../ddi/machine.js";
import { createDdi, type Ddi, type DdiName } from "../ddi/table.js";
import { type NativeDdis, nativeDdis, nativeNames } from "../driver/native-ddis.js";
import { type Address, hexAddress } from "../memory/address.js";
import { SITE_CELL } from "../memory/memory.js";
import type { SourceLocation } from "../verifier/finding.js";
import { listArrives } from "../verifier/net-buffer-list-notes.js";
import { guardedNames, type PlainLists } from "../verifier/plain-lists.js";
import { Verifier } from "../verifier/verifier.js";
import { patternByte, TAG } from "./lab.js";

/** A call of a function: its name and its arguments, as unsigned numbers. */
export type Call = readonly [name: DdiName, ...args: number[]];

/** A machine, and the functions that its driver is linked to. */
export interface Twin {
  readonly machine: Machine;
  readonly ddi: Ddi;
  /** What stands in front of the functions, where something does. */
  readonly verifier: Verifier | undefined;
}

export interface TwinOptions {
  readonly isVerified?: boolean;
  readonly memorySize?: number;
}

const POOL_BASE = 0x20000;

/**
 * Two equal machines, one of whose drivers is linked to native code and the other's to TypeScript, both with the verifier
 * or both without. What is done is done on both, and everything is compared afterwards: what came of it, every byte,
 * every pool, all that the verifier has noted and found.
 */
export class Twins {
  /** Calls that native code handed to TypeScript since `forget`. */
  readonly handedOver: Call[] = [];
  readonly exports: NativeDdis;
  /** All that was done. */
  private readonly log: string[] = [];
  readonly native: Twin;
  readonly typeScript: Twin;

  constructor({ isVerified = false, memorySize = 1 << 19 }: TwinOptions = {}) {
    const [native, typeScript] = [0, 1].map(() => {
      const machine = new Machine({ memorySize, poolBase: POOL_BASE });
      const verifier = isVerified ? new Verifier(machine, { locate }) : undefined;
      const bare = createDdi(machine);
      return { machine, verifier, ddi: verifier?.wrap(bare) ?? bare };
    });
    const { machine, verifier, ddi } = native;
    this.exports = nativeDdis(machine, noted(ddi, nativeNames(), this.handedOver));
    const linked = verifier?.plain.guards(noted(ddi, guardedNames(), this.handedOver)) ?? this.exports;
    this.native = { machine, verifier, ddi: Object.assign(Object.create(ddi), linked) as Ddi };
    this.typeScript = typeScript;
    if (typeScript.verifier !== undefined) askOneByOne(typeScript.verifier);
  }

  /** Calls a function on both, as a driver's C does. @throws Error when anything differs then */
  call(...[name, ...args]: Call): number {
    const signed = args.map((value) => value | 0);
    this.store(SITE_CELL, this.log.length);
    return this.both(`${name}(${args.map(hexAddress).join(", ")})`, ({ ddi }) => (ddi[name] as AnyFunction)(...signed));
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
    this.store(address, value);
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

  private store(address: Address, value: number): void {
    for (const { machine } of [this.native, this.typeScript]) machine.memory.u32[address >>> 2] = value;
  }

  private compare(): void {
    const { native, typeScript } = this;
    this.sameBytes("the byte", native.machine.memory.u8, typeScript.machine.memory.u8);
    this.same("what is out", account(native.machine), account(typeScript.machine));
    if (native.verifier === undefined || typeScript.verifier === undefined) return;
    this.sameBytes("the ledger's byte", ledgerBytes(native.verifier), ledgerBytes(typeScript.verifier));
    this.same("what was found", found(native.verifier), found(typeScript.verifier));
  }

  private sameBytes(what: string, a: Uint8Array, b: Uint8Array): void {
    if (Buffer.compare(a, b) === 0) return;
    const at = a.findIndex((byte, i) => byte !== b[i]);
    this.same(`${what} at ${hexAddress(at)}`, a[at], b[at]);
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

/** All that the ledger has, single numbers too. */
const ledgerBytes = ({ ledger }: Verifier): Uint8Array => new Uint8Array(ledger.systemPages.buffer);

const found = ({ findings, broken, refusedPools }: Verifier): string =>
  JSON.stringify([findings, [...broken], [...refusedPools]], undefined, 1);

/** The C call that has a number. */
const locate = (line: number): SourceLocation => ({ file: "driver.c", line, function: "f" });

/** Lets no list be plain to a verifier, so that TypeScript has to ask every rule. */
function askOneByOne(verifier: Verifier): void {
  const { memory } = verifier.machine;
  const answers: { readonly [K in keyof PlainLists]?: PlainLists[K] } = {
    isSound: () => false,
    mayGoOn: () => false,
    mayGoBack: () => false,
    mayBeFreed: () => false,
    arrived: (lists, received) => {
      for (let list = lists; list !== 0; list = memory.u32[list >>> 2]) listArrives(verifier, list, received);
    },
    passed: () => false,
    givenBack: () => false,
    cameBack: (lists) => lists,
    areBalanced: () => false,
  };
  Object.assign(verifier.plain, answers);
}

/** `ddi` with each call of these functions noted. */
function noted(ddi: Ddi, names: readonly DdiName[], calls: Call[]): Ddi {
  const functions = names.map((name): [string, AnyFunction] => {
    const next: AnyFunction = ddi[name];
    const note: AnyFunction = (...args: number[]) => {
      calls.push([name, ...args.map((value) => value >>> 0)]);
      return next(...args);
    };
    return [name, note];
  });
  return Object.assign(Object.create(ddi), Object.fromEntries(functions)) as Ddi;
}
