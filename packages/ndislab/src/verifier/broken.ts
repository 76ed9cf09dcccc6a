import type { Address } from "../memory/address.js";

/** Lists, packets and descriptors that a finding was made of: they are not checked again and no leaks. */
export class Broken extends Set<Address> {
  /** @param cell where their number is shown, for code that reads it there */
  constructor(private readonly cell: Uint32Array) {
    super();
  }

  override add(object: Address): this {
    super.add(object);
    this.cell[0] = this.size;
    return this;
  }

  override delete(object: Address): boolean {
    const found = super.delete(object);
    this.cell[0] = this.size;
    return found;
  }
}
