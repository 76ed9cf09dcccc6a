/** What went otherwise than the model says. */
export class Deviation extends Error {
  override readonly name = "Deviation";
}

/** Throws unless `found` is `expected`. */
export function same(what: string, found: number | string | boolean, expected: number | string | boolean): void {
  if (found !== expected) throw new Deviation(`${what} is ${found}, not ${expected}`);
}
