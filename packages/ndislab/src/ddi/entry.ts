import type { Machine } from "./machine.js";

// biome-ignore lint/suspicious/noExplicitAny: the table holds functions of every signature
export type AnyFunction = (...args: any[]) => any;

/** What every function of a family shares. */
export interface FamilyFacts {
  /** Heading in the reference. */
  readonly family: string;
  readonly header: string;
  readonly library?: string;
  readonly platform?: string;
  /** First version that has it. */
  readonly since: string;
  /** Highest IRQL of the caller; undefined means any. */
  readonly irql?: number;
  /** Lowest IRQL of the caller; undefined means PASSIVE_LEVEL. */
  readonly irqlFrom?: number;
  /** The verifier's rule for a call outside these limits. */
  readonly irqlRule?: string;
  readonly deprecated?: boolean;
}

/** One function or macro of the WDK. The import shim, the C header, the IRQL check and the reference derive from it. */
export interface DdiFacts extends Partial<FamilyFacts> {
  /** C prototype. Of a macro the one it would have as a function: what its parameters and its value are. */
  readonly c?: string;
  /** Text after `#define` for what is a macro in C: `NAME(parameters) body`. */
  readonly macro?: string;
  /** Of a macro: the function of this name is declared beside it, for the macro to call. */
  readonly exported?: boolean;
  /** Its paragraphs in the contract: F5-…, M5-…, F6-…, M6-…. */
  readonly contract?: readonly string[];
  /** What to use instead. */
  readonly successor?: string;
  /** Where Microsoft documents it, for `pageAddress`; left out where no page is known. */
  readonly page?: string;
  /** Rules of Static Driver Verifier that name the function. */
  readonly compliance?: readonly string[];
  readonly bind: (machine: Machine) => AnyFunction;
}

export type DdiEntry<E extends DdiFacts = DdiFacts> = FamilyFacts & E;

/** Gives every entry the facts of its family; what the entry says itself wins. */
export const family = <const E extends Readonly<Record<string, DdiFacts>>>(
  facts: FamilyFacts,
  entries: E,
): { readonly [K in keyof E]: DdiEntry<E[K]> } =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, { ...facts, ...entry }])) as {
    readonly [K in keyof E]: DdiEntry<E[K]>;
  };
