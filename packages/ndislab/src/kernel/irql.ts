import { IRQL } from "../layout/spin-lock.js";
import { DriverFault } from "./driver-fault.js";

/** The interrupt request level of a processor. */
export class Irql {
  private level: number = IRQL.PASSIVE_LEVEL;
  private cell: Uint32Array = new Uint32Array(1);

  /** 0 PASSIVE_LEVEL, 1 APC_LEVEL, 2 DISPATCH_LEVEL. */
  get current(): number {
    return this.level;
  }

  set current(level: number) {
    this.level = level;
    this.cell[0] = level;
  }

  /** Shows the level from now on in a cell too, for code that reads it there. */
  showIn(cell: Uint32Array): void {
    this.cell = cell;
    cell[0] = this.level;
  }

  /** KeRaiseIrql: the level of before. Never downwards. */
  raise(level: number): number {
    const before = this.current;
    if (level < before) throw new IrqlFault("raise", before, level);
    this.current = level;
    return before;
  }

  /** KeLowerIrql. Never upwards. */
  lower(level: number): void {
    if (level > this.current) throw new IrqlFault("lower", this.current, level);
    this.current = level;
  }

  /** Runs `action` at `level` and puts the old level back, whatever `action` did. */
  at<T>(level: number, action: () => T): T {
    const before = this.current;
    this.current = level;
    try {
      return action();
    } finally {
      this.current = before;
    }
  }
}

/** The IRQL was to go the wrong way: on Windows a bug check. */
export class IrqlFault extends DriverFault {
  override readonly name = "IrqlFault";
  constructor(what: "raise" | "lower", from: number, to: number) {
    super(`the driver asked to ${what} the IRQL from ${irqlName(from)} to ${irqlName(to)}`);
  }
}

const NAMES = ["PASSIVE_LEVEL", "APC_LEVEL", "DISPATCH_LEVEL"];

export const irqlName = (irql: number): string =>
  NAMES[irql] === undefined ? `IRQL ${irql}` : `${NAMES[irql]} (${irql})`;
