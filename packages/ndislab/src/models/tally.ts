/** What came of a step: its last call did what it is for, failed as it had to, or there was no call to make. */
export type Outcome = "done" | "failed" | "idle";

interface Row {
  done: number;
  failed: number;
  idle: number;
}

/** How often each act ran, and what came of it. */
export class Tally {
  steps = 0;
  private readonly rows = new Map<string, Row>();

  count(act: string, outcome: Outcome): void {
    this.steps++;
    const row = this.rows.get(act) ?? { done: 0, failed: 0, idle: 0 };
    row[outcome]++;
    this.rows.set(act, row);
  }

  of(act: string, outcome: Outcome): number {
    return this.rows.get(act)?.[outcome] ?? 0;
  }

  get text(): string {
    const line = (act: string, ...numbers: (string | number)[]): string =>
      act.padEnd(40) + numbers.map((number) => String(number).padStart(9)).join("");
    const rows = [...this.rows].map(([act, { done, failed, idle }]) => line(act, done, failed, idle));
    return [line("", "done", "failed", "idle"), ...rows].join("\n");
  }
}
