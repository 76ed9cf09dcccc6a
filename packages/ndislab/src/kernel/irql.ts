import { IRQL } from "../layout/spin-lock.js";

/** The interrupt request level of the one processor. */
export class Irql {
  /** 0 PASSIVE_LEVEL, 1 APC_LEVEL, 2 DISPATCH_LEVEL. */
  current: number = IRQL.PASSIVE_LEVEL;

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

const NAMES = ["PASSIVE_LEVEL", "APC_LEVEL", "DISPATCH_LEVEL"];

export const irqlName = (irql: number): string =>
  NAMES[irql] === undefined ? `IRQL ${irql}` : `${NAMES[irql]} (${irql})`;
