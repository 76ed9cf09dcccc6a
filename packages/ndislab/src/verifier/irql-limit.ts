import type { AnyFunction } from "../ddi/entry.js";
import { type DdiName, ENTRIES } from "../ddi/table.js";
import { type Irql, irqlName } from "../kernel/irql.js";
import { IRQL } from "../layout/spin-lock.js";
import type { RuleId } from "./rule.js";
import type { Verifier } from "./verifier.js";

/** The levels that a function may be called at, by its entry in the table; the rule is the family's …-IRQL. */
export class IrqlLimit {
  private readonly irql: Irql;
  private readonly highest: number;
  private readonly lowest: number;
  private readonly rule: RuleId | undefined;

  constructor(
    private readonly verifier: Verifier,
    private readonly name: DdiName,
  ) {
    const { irql = IRQL.HIGH_LEVEL, irqlFrom = IRQL.PASSIVE_LEVEL, irqlRule } = ENTRIES[name];
    this.irql = verifier.machine.irql;
    this.rule = irqlRule as RuleId | undefined;
    this.highest = irqlRule === undefined ? IRQL.HIGH_LEVEL : irql;
    this.lowest = irqlRule === undefined ? IRQL.PASSIVE_LEVEL : irqlFrom;
  }

  /** What every call starts with. */
  check(): void {
    const { current } = this.irql;
    if (current > this.highest || current < this.lowest) this.report();
  }

  /** `next` with the check in front, where there is something to check. */
  before(next: AnyFunction): AnyFunction {
    if (this.highest >= IRQL.HIGH_LEVEL && this.lowest === IRQL.PASSIVE_LEVEL) return next;
    // One closure for each number of arguments: rest parameters would make an array for every call.
    switch (next.length) {
      case 0:
        return () => {
          this.check();
          return next();
        };
      case 1:
        return (a) => {
          this.check();
          return next(a);
        };
      case 2:
        return (a, b) => {
          this.check();
          return next(a, b);
        };
      case 3:
        return (a, b, c) => {
          this.check();
          return next(a, b, c);
        };
      case 4:
        return (a, b, c, d) => {
          this.check();
          return next(a, b, c, d);
        };
      case 5:
        return (a, b, c, d, e) => {
          this.check();
          return next(a, b, c, d, e);
        };
      case 6:
        return (a, b, c, d, e, f) => {
          this.check();
          return next(a, b, c, d, e, f);
        };
      default:
        return (a, b, c, d, e, f, g, h) => {
          this.check();
          return next(a, b, c, d, e, f, g, h);
        };
    }
  }

  private report(): void {
    const { irql, name, highest, lowest, rule, verifier } = this;
    if (rule === undefined) return;
    const above = irql.current > highest;
    const limit = `the ${lowest === highest ? "level" : above ? "limit" : "least"} is ${irqlName(above ? highest : lowest)}`;
    const other = name.replace(/Dpr|NonInterlocked|(At|From)DpcLevel/g, "");
    const advice = !above
      ? other === name
        ? "Raise the IRQL first."
        : `Call ${other}, or raise the IRQL first.`
      : rule.startsWith("SPIN-")
        ? "Lower the IRQL first."
        : `Queue a ${highest < IRQL.DISPATCH_LEVEL ? "work item" : "DPC"} and call it there.`;
    verifier.report(rule, `${name} called at ${irqlName(irql.current)}; ${limit}. ${advice}`);
  }
}
