import type { AnyFunction } from "../ddi/entry.js";
import type { Machine } from "../ddi/machine.js";
import { DDI_NAMES, type Ddi } from "../ddi/table.js";
import type { SourceLocation } from "../verifier/finding.js";

/** Which requests of the driver fail, by their numbers from 1 on. */
export interface Faults {
  /** Calls of the driver that need memory or an object of a pool. */
  readonly allocation?: number | readonly number[];
  /** MDLs that have to be mapped. With one of these, the pages of the host's MDLs are locked but not mapped. */
  readonly mapping?: number | readonly number[];
}

export type FaultKind = keyof Faults;

/** One fault that was planned, and what became of it. */
export interface PlannedFault {
  readonly kind: FaultKind;
  readonly number: number;
  /** False when the driver never asked so often. */
  readonly happened: boolean;
  /** The C call that failed, null when it is not known. */
  readonly at: SourceLocation | null;
}

/** Functions that take memory or an object, in whatever way; those that never fail are left out. */
const ALLOCATES = /Allocate|^NdisCopyBuffer$|^NdisRetreat|^NdisF?Register/;
const NEVER_FAILS: readonly string[] = ["NdisAllocateSpinLock", "NdisAllocateBufferPool"];

export const allocates = (name: string): boolean => ALLOCATES.test(name) && !NEVER_FAILS.includes(name);

/** The requests of one kind, counted. */
class Counter {
  private count = 0;
  private readonly planned = new Map<number, { happened: boolean; at: SourceLocation | null }>();

  constructor(
    private readonly kind: FaultKind,
    numbers: number | readonly number[] = [],
    private readonly callSite: () => SourceLocation | null,
  ) {
    for (const number of typeof numbers === "number" ? [numbers] : numbers) {
      if (!Number.isSafeInteger(number) || number < 1)
        throw new RangeError(`faults.${kind} is a whole number from 1 on, not ${number}`);
      this.planned.set(number, { happened: false, at: null });
    }
  }

  get isEmpty(): boolean {
    return this.planned.size === 0;
  }

  /** Counts a request; true when it is to fail. */
  next(): boolean {
    const fault = this.planned.get(++this.count);
    if (fault === undefined) return false;
    fault.happened = true;
    fault.at = this.callSite();
    return true;
  }

  report(): PlannedFault[] {
    return [...this.planned].map(([number, fault]) => ({ kind: this.kind, number, ...fault }));
  }
}

/** What is known of the call that the driver is making. */
const CALL = {
  /** It is none that is counted. */
  none: 0,
  /** It has not asked for anything yet, and may never do. */
  open: 1,
  /** It asked, was counted, and gets what it wants. */
  passes: 2,
  /** It asked, was counted, and gets nothing any more. */
  fails: 3,
} as const;

/**
 * Makes chosen requests of the driver fail. An allocation is a call that needs memory, counted once, when it first
 * asks for some: so a retreat within the unused data space is none. Whatever the call asks for after that fails too.
 * Only a machine that has a plan knows of it.
 */
export class FaultPlan {
  private readonly allocations: Counter;
  private readonly mappings: Counter;
  private call: number = CALL.none;

  constructor(
    private readonly machine: Machine,
    faults: Faults,
    callSite: () => SourceLocation | null,
  ) {
    this.allocations = new Counter("allocation", faults.allocation, callSite);
    this.mappings = new Counter("mapping", faults.mapping, callSite);
    if (!this.allocations.isEmpty) machine.nonpaged.fault = () => this.askedForMemory();
    if (this.mappings.isEmpty) return;
    machine.mappings.fault = () => this.mappings.next();
    machine.mappings.onDemand = true;
  }

  /** True when calls of the driver are counted, so that all of them have to come by `wrap`. */
  get countsCalls(): boolean {
    return !this.allocations.isEmpty;
  }

  /** The functions of a driver whose calls are counted. */
  wrap(ddi: Ddi): Ddi {
    if (this.allocations.isEmpty) return ddi;
    const wrapped: Record<string, unknown> = {};
    for (const name of DDI_NAMES) {
      const next: AnyFunction | undefined = ddi[name];
      if (next === undefined) continue;
      wrapped[name] = allocates(name) ? this.counted(next) : next;
    }
    return Object.create(wrapped) as Ddi;
  }

  /** What was planned, and whether it came to that. */
  report(): PlannedFault[] {
    return [...this.allocations.report(), ...this.mappings.report()];
  }

  private counted(next: AnyFunction): AnyFunction {
    const counted: AnyFunction = (...args) => {
      const outer = this.call;
      this.call = CALL.open;
      this.machine.pools.withhold();
      try {
        return next(...args);
      } finally {
        this.call = outer;
      }
    };
    return Object.defineProperty(counted, "length", { value: next.length });
  }

  private askedForMemory(): boolean {
    if (this.call === CALL.open) this.call = this.allocations.next() ? CALL.fails : CALL.passes;
    return this.call === CALL.fails;
  }
}
