import type { Address } from "../memory/address.js";

/** Which MDLs of the driver are partial MDLs over which others. */
export class PartialMdls {
  private readonly sources = new Map<Address, Address>();
  /** How many partial MDLs there are over a source. */
  private readonly counts = new Map<Address, number>();

  /** Notes that `partial` describes a part of `source` now, and of nothing else. */
  built(partial: Address, source: Address): void {
    this.gone(partial);
    this.sources.set(partial, source);
    this.counts.set(source, (this.counts.get(source) ?? 0) + 1);
  }

  /** Notes that an MDL is free, or describes something else. */
  gone(partial: Address): void {
    const source = this.sources.get(partial);
    if (source === undefined) return;
    this.sources.delete(partial);
    const count = (this.counts.get(source) as number) - 1;
    if (count === 0) this.counts.delete(source);
    else this.counts.set(source, count);
  }

  /** A partial MDL over `source`; 0 when there is none. */
  over(source: Address): Address {
    if (!this.counts.has(source)) return 0;
    for (const [partial, other] of this.sources) if (other === source) return partial;
    return 0;
  }
}
