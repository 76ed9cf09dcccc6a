const BINARY = 0x80;
const TWO_32 = 2 ** 32;

/**
 * What the two 32-bit words of a time stamp mean. A stamp stays in the words of its file, so that it is written back
 * unchanged.
 *
 * ```
 *              high                       low
 *   split      seconds since 1970         fraction in ticks         classic pcap
 *   counter    upper half of the count    lower half of the count   pcapng: ticks since 1970, plus `offset` seconds
 * ```
 *
 * Immutable; may be shared by any number of interfaces. See draft-ietf-opsawg-pcap, "Packet Record", and
 * draft-ietf-opsawg-pcapng, "Interface Description Block", if_tsresol and if_tsoffset.
 */
export class Clock {
  /** Seconds and microseconds, as in a classic pcap. */
  static readonly microseconds: Clock = new Clock("split", 6, 0);
  /** Seconds and nanoseconds, as in a classic pcap with the nanosecond magic. */
  static readonly nanoseconds: Clock = new Clock("split", 9, 0);

  readonly kind: "split" | "counter";
  /** Length of a tick, as if_tsresol says it: n for 10^-n seconds, 0x80 | n for 2^-n seconds. */
  readonly resolution: number;
  /** Seconds to be added to a counter. */
  readonly offset: number;
  /** Ticks in a second; rounded where that is beyond 2^53. */
  readonly ticksPerSecond: number;

  /** Nanoseconds in a tick where stamps can be divided in doubles; 0 sends them through BigInt. */
  readonly #nanosecondsPerTick: number;

  private constructor(kind: "split" | "counter", resolution: number, offset: number) {
    this.kind = kind;
    this.resolution = resolution;
    this.offset = offset;
    const exponent = resolution & ~BINARY;
    const binary = (resolution & BINARY) !== 0;
    this.ticksPerSecond = binary ? 2 ** exponent : 10 ** exponent;
    // Up to 10^9 or 2^23 ticks a second every product below is under 2^53.
    this.#nanosecondsPerTick = (binary ? exponent <= 23 : exponent <= 9) ? 1e9 / this.ticksPerSecond : 0;
  }

  /**
   * The clock of a pcapng interface.
   *
   * @param resolution the octet of if_tsresol
   * @param offset seconds of if_tsoffset, a safe integer
   */
  static counter(resolution: number, offset = 0): Clock {
    return new Clock("counter", resolution & 0xff, offset);
  }

  /** Whether a stamp of this clock means the same to the other. */
  equals(other: Clock): boolean {
    return this.kind === other.kind && this.resolution === other.resolution && this.offset === other.offset;
  }

  /** Whether every stamp of this clock is a whole number of microseconds. */
  get fitsMicroseconds(): boolean {
    return (this.resolution & ~BINARY) <= 6;
  }

  /** Whole seconds since 1970-01-01 00:00:00 UTC, rounded down; negative before. Exact up to 2^53. */
  seconds(high: number, low: number): number {
    if (this.kind === "split") return high + Math.floor(low / this.ticksPerSecond);
    if (this.#nanosecondsPerTick === 0) return Number(count(high, low) / this.#bigTicks()) + this.offset;
    divide(high, low, this.ticksPerSecond);
    return quotient + this.offset;
  }

  /** Nanoseconds into that second, 0 to 999,999,999, rounded down. */
  nanoseconds(high: number, low: number): number {
    if (this.kind === "split") return (low % this.ticksPerSecond) * this.#nanosecondsPerTick;
    if (this.#nanosecondsPerTick === 0) {
      const ticks = this.#bigTicks();
      return Number(((count(high, low) % ticks) * 1_000_000_000n) / ticks);
    }
    divide(high, low, this.ticksPerSecond);
    return Math.floor(remainder * this.#nanosecondsPerTick);
  }

  #bigTicks(): bigint {
    const base = (this.resolution & BINARY) === 0 ? 10n : 2n;
    return base ** BigInt(this.resolution & ~BINARY);
  }
}

function count(high: number, low: number): bigint {
  return (BigInt(high) << 32n) | BigInt(low);
}

let quotient = 0;
let remainder = 0;

/** Divides a 64-bit count by `ticks` <= 2^30 in steps that a double holds exactly. */
function divide(high: number, low: number, ticks: number): void {
  const q2 = Math.floor(high / ticks);
  const r2 = (high - q2 * ticks) * 0x10000 + (low >>> 16);
  const q1 = Math.floor(r2 / ticks);
  const r1 = (r2 - q1 * ticks) * 0x10000 + (low & 0xffff);
  const q0 = Math.floor(r1 / ticks);
  quotient = q2 * TWO_32 + q1 * 0x10000 + q0;
  remainder = r1 - q0 * ticks;
}

/** Turns stamps of one clock into stamps of another. Reused: each call leaves its result in `high` and `low`. */
export class StampConverter {
  high = 0;
  low = 0;
  readonly #from: Clock;
  readonly #to: Clock;

  /** @param to a split clock, or a counter of the same ticks as the split clock `from` and without offset. */
  constructor(from: Clock, to: Clock) {
    this.#from = from;
    this.#to = to;
  }

  /**
   * Converts; what is finer than the target's tick is cut off. Returns false, with no result, when the time is before
   * 1970 or its seconds do not fit in 32 bits.
   */
  convert(high: number, low: number): boolean {
    return this.#to.kind === "split" ? this.#toSplit(high, low) : this.#toCounter(high, low);
  }

  #toSplit(high: number, low: number): boolean {
    const seconds = this.#from.seconds(high, low);
    if (!(seconds >= 0 && seconds < TWO_32)) return false;
    this.high = seconds;
    this.low = Math.floor(this.#from.nanoseconds(high, low) / (1e9 / this.#to.ticksPerSecond));
    return true;
  }

  /** seconds * ticks + fraction, by halves of the seconds so that each product is exact. */
  #toCounter(seconds: number, fraction: number): boolean {
    const ticks = this.#to.ticksPerSecond;
    const upper = (seconds >>> 16) * ticks;
    const carry = Math.floor(upper / 0x10000);
    const lower = (upper - carry * 0x10000) * 0x10000 + (seconds & 0xffff) * ticks + fraction;
    this.high = carry + Math.floor(lower / TWO_32);
    this.low = lower >>> 0;
    return true;
  }
}
