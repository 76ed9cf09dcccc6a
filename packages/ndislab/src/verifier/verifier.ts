import type { AnyFunction } from "../ddi/entry.js";
import type { Machine } from "../ddi/machine.js";
import { DDI_NAMES, type Ddi } from "../ddi/table.js";
import type { Address, Handle } from "../memory/address.js";
import { BROKEN_CELL, IRQL_CELL, POOL_BASE_CELL, SITE_CELL } from "../memory/memory.js";
import { checkOverrun } from "./block-notes.js";
import { Broken } from "./broken.js";
import type { Finding, SourceLocation } from "./finding.js";
import { type Guard, guards, TAKES_LIMIT } from "./guards.js";
import { HeldLocks } from "./held-locks.js";
import { IrqlLimit } from "./irql-limit.js";
import { reportLeaks } from "./leaks.js";
import { Ledger, OBJECT_KINDS } from "./ledger.js";
import { checkNoneLeft } from "./lock-checks.js";
import { PartialMdls } from "./partial-mdls.js";
import { PlainLists } from "./plain-lists.js";
import { Residents } from "./residents.js";
import { RULES, type RuleId, type Severity } from "./rule.js";

const SITE = SITE_CELL >>> 2;

/** Bytes of the largest memory whose ledger fits 4 GiB, in whole 64 MiB. */
const MOST_MEMORY = 1920 << 20;

/** Whether the driver may chain MDLs that are from no buffer pool. */
export type Role = "lower" | "highestProtocol";

export interface VerifierOptions {
  readonly role?: Role;
  /** Looks for overruns of every block whenever a callback has returned, not only when the block is freed. */
  readonly thorough?: boolean;
  /** Turns the number of an instrumented C call into its place in the source. */
  readonly locate?: (site: number) => SourceLocation | null;
  readonly onFinding?: (finding: Finding) => void;
}

/** What a report can add to rule and message. */
export interface Details {
  readonly object?: Address;
  /** Name of the object's kind when the ledger does not know it. */
  readonly kind?: string;
  readonly at?: SourceLocation | null;
  readonly allocationSite?: number;
  readonly severity?: Severity;
}

/**
 * Stands in front of the DDI functions of one machine: checks the call, lets it through when that is safe, and
 * keeps account of what it gave out. What lies below knows nothing of it.
 */
export class Verifier {
  readonly ledger: Ledger;
  readonly locks: HeldLocks;
  readonly residents: Residents;
  readonly plain: PlainLists;
  readonly findings: Finding[] = [];
  readonly role: Role;
  /** Lists, packets and descriptors that a finding was made of: they are not checked again and no leaks. */
  readonly broken: Broken;
  /** Pools that a refused call wanted a descriptor of. */
  readonly refusedPools = new Set<Handle>();
  readonly partials = new PartialMdls();
  /** True once the driver has registered as a filter. */
  isFilter = false;
  /** True while the driver initialises: DriverEntry and attach. */
  initializing = true;
  /** True from when the driver is told to go. */
  unloading = false;
  /** A block in the place of out-of-band data that is not there, once one was needed. */
  oobDecoy: Address = 0;
  private readonly thorough: boolean;
  private readonly byKey = new Map<string, Finding>();
  private readonly locate: (site: number) => SourceLocation | null;
  private readonly onFinding: (finding: Finding) => void;

  /** @throws RangeError when other processors work in the same memory, and for one of more than 1920 MiB */
  constructor(
    readonly machine: Machine,
    options: VerifierOptions = {},
  ) {
    if (machine.memory.shared)
      throw new RangeError("The verifier follows one processor: make the machine without a shared memory.");
    if (machine.memory.byteLength > MOST_MEMORY)
      throw new RangeError(
        `The verifier follows a memory of at most ${MOST_MEMORY >>> 20} MiB, not of ${Math.ceil(machine.memory.byteLength / 2 ** 20)}.`,
      );
    const { memory } = machine;
    this.ledger = new Ledger(memory.byteLength);
    this.broken = new Broken(memory.cell(BROKEN_CELL));
    machine.irql.showIn(memory.cell(IRQL_CELL));
    memory.cell(POOL_BASE_CELL)[0] = machine.nonpaged.base;
    machine.nonpaged.keepSystemPagesIn(this.ledger.systemPages);
    this.locks = new HeldLocks();
    this.residents = new Residents(machine.memory.byteLength, machine.nonpaged.base);
    this.plain = new PlainLists(machine, this.ledger);
    this.role = options.role ?? "lower";
    this.thorough = options.thorough ?? false;
    this.locate = options.locate ?? (() => null);
    this.onFinding = options.onFinding ?? (() => {});
  }

  /** The functions of `ddi` with the rules in front of those that have some. */
  wrap(ddi: Ddi): Ddi {
    const wrapped: Record<string, unknown> = {};
    for (const name of DDI_NAMES) {
      if (ddi[name] === undefined) continue;
      const guard = guards[name] as Guard<AnyFunction> | undefined;
      const next = ddi[name] as AnyFunction;
      const limit = new IrqlLimit(this, name);
      const guarded = guard === undefined ? next : guard(next, this, limit);
      wrapped[name] = guard?.length === TAKES_LIMIT ? guarded : limit.before(guarded);
    }
    return Object.create(wrapped) as Ddi;
  }

  /** Number of the C call that is being made; 0 when a call comes from TypeScript. */
  get site(): number {
    return this.machine.memory.u32[SITE];
  }

  /** For a call that went through a callback of the driver and goes on. */
  set site(site: number) {
    this.machine.memory.u32[SITE] = site;
  }

  locationOf(site: number): SourceLocation | null {
    return site === 0 ? null : this.locate(site);
  }

  /** Writes `file:line` of a call for use within a message. */
  place(site: number): string {
    const location = this.locationOf(site);
    return location === null ? "an unknown place" : `${location.file}:${location.line}`;
  }

  /** @param message a function where making the text takes long: it is called for the first of equal findings only */
  report(rule: RuleId, message: string | (() => string), details: Details = {}): void {
    const site = this.site;
    const at = details.at === undefined ? this.locationOf(site) : details.at;
    const allocationSite = details.allocationSite ?? 0;
    const text = at === null && typeof message === "function" ? message() : message;
    const key = `${rule}|${at?.file}:${at?.line}|${allocationSite}|${at === null ? text : ""}`;
    const known = this.byKey.get(key);
    if (known !== undefined) {
      known.count++;
      return;
    }
    const { object } = details;
    const finding: Finding = {
      rule,
      severity: details.severity ?? RULES[rule][0],
      message: typeof text === "function" ? text() : text,
      at,
      allocatedAt: this.locationOf(allocationSite),
      object:
        object === undefined
          ? null
          : { kind: details.kind ?? OBJECT_KINDS[this.ledger.kindAt(object)], address: object },
      count: 1,
    };
    this.byKey.set(key, finding);
    this.findings.push(finding);
    this.onFinding(finding);
  }

  /**
   * Called when a callback of the driver has returned.
   * @param held how many locks the driver held when it was called: from within a call of its own there may be some
   */
  callbackReturned(name: string, held = 0): void {
    if (this.thorough)
      for (const { address } of this.machine.nonpaged.live("driver")) checkOverrun(this, address, name);
    checkNoneLeft(this, name, held);
  }

  /** Called when the driver is unloaded: whatever is alive now was lost. */
  finish(): void {
    reportLeaks(this);
  }
}
