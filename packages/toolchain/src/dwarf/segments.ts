import type { LineRow, LineSequence } from "./line-table.js";
import type { AddressRange, Scope, Unit } from "./scopes.js";

/** A place in the source, and the place it was inlined at. Equal places are one object. */
export interface SourceFrame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Name of the C function that has this line. */
  readonly function: string;
  /** Where `function` was inlined; undefined if it has code of its own. */
  readonly inlinedAt: SourceFrame | undefined;
}

/** A run of code from one place in the source; it ends where the next one starts. */
export interface Segment {
  /** From the start of the code section's contents. */
  readonly start: number;
  /** Undefined behind the code of a unit and for functions without debug information. */
  readonly frame: SourceFrame | undefined;
}

/** A function that has code: bounds and name. */
export interface NamedRange extends AddressRange {
  readonly name: string;
}

/**
 * Joins line tables and inlined functions to one list of segments, sorted, without gaps between its first and last.
 * Code that the compiler gives no line (line 0: a constant that is made where it is needed, for example) counts to the
 * line behind it in the same function, else to the one before.
 *
 * @param functionAt the function whose code contains an address
 */
export function flattenUnits(
  units: readonly Unit[],
  functionAt: (address: number) => NamedRange | undefined,
): Segment[] {
  const flattener = new Flattener(functionAt);
  const segments = units.flatMap((unit) =>
    unit.lines.sequences.flatMap((lines) => flattener.run(lines, unit.functions)),
  );
  return segments.sort((a, b) => a.start - b.start || Number(a.frame !== undefined) - Number(b.frame !== undefined));
}

type Place = Pick<LineRow, "file" | "line" | "column">;

/** A segment whose line is not yet final. */
interface Draft {
  readonly start: number;
  row: Place;
  readonly within: NamedRange;
  /** The inlined functions that contain it, outermost first. */
  readonly path: readonly Scope[];
}

class Flattener {
  readonly #functionAt: (address: number) => NamedRange | undefined;
  readonly #frames = new Map<string, SourceFrame>();
  readonly #ids = new Map<SourceFrame, number>();

  constructor(functionAt: (address: number) => NamedRange | undefined) {
    this.#functionAt = functionAt;
  }

  run(sequence: LineSequence, functions: readonly Scope[]): Segment[] {
    const first = sequence.rows[0]!.address;
    if (this.#functionAt(first) === undefined) return []; // the linker left it out
    const drafts = this.#draft(sequence, functions);
    fillLines(drafts.reverse());
    fillLines(drafts.reverse());
    const segments: Segment[] = drafts.map((draft) => ({ start: draft.start, frame: this.#frame(draft) }));
    return [...segments, { start: sequence.end, frame: undefined }];
  }

  #draft({ rows, end }: LineSequence, functions: readonly Scope[]): Draft[] {
    const start = rows[0]!.address;
    const overlapping = functions.filter((f) => f.ranges.some(({ low, high }) => low < end && high > start));
    const bounds = new Set(rows.map((row) => row.address));
    for (const scope of overlapping) addBounds(scope, bounds);
    const drafts: Draft[] = [];
    let next = 0;
    for (const address of [...bounds].sort((a, b) => a - b)) {
      if (address < start || address >= end) continue;
      while (next < rows.length && rows[next]!.address <= address) next++;
      const within = this.#functionAt(address);
      if (within === undefined) continue;
      drafts.push({ start: address, row: rows[next - 1]!, within, path: pathTo(address, overlapping) });
    }
    return drafts;
  }

  #frame({ row, within, path }: Draft): SourceFrame | undefined {
    let frame: SourceFrame | undefined;
    for (let depth = 0; depth <= path.length; depth++) {
      const place = path[depth]?.call ?? row;
      const name = depth === 0 ? within.name : (path[depth - 1]!.name ?? "");
      if (place.line > 0) frame = this.#intern(place, name, frame);
    }
    return frame;
  }

  #intern({ file, line, column }: Place, name: string, inlinedAt: SourceFrame | undefined): SourceFrame {
    const outer = inlinedAt === undefined ? -1 : this.#ids.get(inlinedAt)!;
    const key = `${file}\0${line}\0${column}\0${name}\0${outer}`;
    let frame = this.#frames.get(key);
    if (frame === undefined) {
      frame = { file, line, column, function: name, inlinedAt };
      this.#frames.set(key, frame);
      this.#ids.set(frame, this.#ids.size);
    }
    return frame;
  }
}

/** Gives drafts of line 0 the line of the nearest draft earlier in the list that is of the same function. */
function fillLines(drafts: readonly Draft[]): void {
  const recent = new Map<Scope | NamedRange, Place>();
  for (const draft of drafts) {
    const scope = draft.path.at(-1) ?? draft.within;
    if (draft.row.line > 0) recent.set(scope, draft.row);
    else draft.row = recent.get(scope) ?? draft.row;
  }
}

function addBounds(scope: Scope, bounds: Set<number>): void {
  for (const { low, high } of scope.ranges) bounds.add(low).add(high);
  for (const inner of scope.inlined) addBounds(inner, bounds);
}

function pathTo(address: number, functions: readonly Scope[]): Scope[] {
  const path: Scope[] = [];
  let scope = functions.find((candidate) => contains(candidate, address));
  while (scope !== undefined) {
    scope = scope.inlined.find((candidate) => contains(candidate, address));
    if (scope !== undefined) path.push(scope);
  }
  return path;
}

function contains(scope: Scope, address: number): boolean {
  return scope.ranges.some(({ low, high }) => low <= address && address < high);
}
