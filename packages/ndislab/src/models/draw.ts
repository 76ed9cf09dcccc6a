/**
 * What a step does, out of a few numbers that are fixed before it is known which objects will be alive then. Zeros
 * draw what is simplest: the first object, the smallest size.
 */
export class Draw {
  private at = 0;

  constructor(private readonly numbers: readonly number[]) {}

  /** A whole number from 0 up to but not including `end`. */
  below(end: number): number {
    const number = this.numbers[this.at++ % this.numbers.length];
    return number % end;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  /** As `pick`, but mostly one of those that promise more. */
  prefer<T>(values: readonly T[], promises: (value: T) => boolean): T {
    const better = this.once(4) ? [] : values.filter(promises);
    return this.pick(better.length > 0 ? better : values);
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === times - 1;
  }

  /** From 0 to `highest`: one of `marks` or next to it as often as not, else a small number or any. */
  near(marks: readonly number[], highest: number): number {
    const number = this.below(0x100_0000);
    const kind = number & 3;
    const rest = number >>> 2;
    let value: number;
    if (kind === 0 || marks.length === 0) value = rest % 41;
    else if (kind === 1) value = rest % (highest + 1);
    else value = marks[rest % marks.length] + ((rest >>> 8) % 3) - 1;
    return Math.max(0, Math.min(highest, value));
  }
}
