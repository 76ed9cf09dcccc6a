import type { Address } from "../memory/address.js";

/** The spin locks that the driver holds, in the order it took them, each with the C call that took it. */
export class HeldLocks {
  private readonly locks = new Uint32Array(64);
  private readonly sites = new Uint32Array(64);
  count = 0;

  acquired(lock: Address, site: number): void {
    if (this.count === this.locks.length) return;
    this.locks[this.count] = lock;
    this.sites[this.count++] = site;
  }

  /** False when the lock is not held. */
  released(lock: Address): boolean {
    const at = this.find(lock);
    if (at < 0) return false;
    this.locks.copyWithin(at, at + 1, this.count);
    this.sites.copyWithin(at, at + 1, this.count);
    this.count--;
    return true;
  }

  /** Site of the call that acquired `lock`, -1 when it is not held. */
  siteOf(lock: Address): number {
    const at = this.find(lock);
    return at < 0 ? -1 : this.sites[at];
  }

  get newest(): Address {
    return this.locks[this.count - 1];
  }

  /** Calls `visit` for each lock, the newest first. */
  forEach(visit: (lock: Address, site: number) => void): void {
    for (let at = this.count - 1; at >= 0; at--) visit(this.locks[at], this.sites[at]);
  }

  clear(): void {
    this.count = 0;
  }

  private find(lock: Address): number {
    for (let at = this.count - 1; at >= 0; at--) if (this.locks[at] === lock) return at;
    return -1;
  }
}
