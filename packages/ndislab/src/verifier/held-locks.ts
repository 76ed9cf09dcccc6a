import type { Machine } from "../ddi/machine.js";
import type { DdiName } from "../ddi/table.js";
import type { Address } from "../memory/address.js";
import type { ResidentKind } from "./residents.js";

/** A way to take a lock, and what undoes it. */
export interface LockForm {
  /** Name of the lock's type in findings. */
  readonly kind: string;
  /** What the driver has to have initialised; undefined where zeroed storage will do, or NDIS made the lock. */
  readonly initialized?: { readonly kind: ResidentKind; readonly by: DdiName };
  /** The functions that may release it; the first is the one to advise. */
  readonly releases: readonly DdiName[];
  /** Where the IRQL of before is: kept with the lock or its handle, passed to the release, or never changed. */
  readonly irql: "kept" | "passed" | "unchanged";
  /** Makes the lock free in memory, whoever has it. */
  readonly reset: (machine: Machine, lock: Address) => void;
}

const MOST = 64;

/** The locks that the driver holds, in the order it took them, each with the C call that took it. */
export class HeldLocks {
  private readonly locks = new Uint32Array(MOST);
  private readonly handles = new Uint32Array(MOST);
  private readonly sites = new Uint32Array(MOST);
  private readonly levels = new Uint8Array(MOST);
  private readonly forms: LockForm[] = [];
  count = 0;
  /** The IRQL that a release in the wrong order should have put back, due when the last lock is released; -1 for none. */
  due = -1;

  /** @param handle the LOCK_STATE or KLOCK_QUEUE_HANDLE of this hold, 0 where there is none */
  acquired(lock: Address, site: number, form: LockForm, irqlBefore: number, handle: Address = 0): void {
    if (this.count === MOST) return;
    this.locks[this.count] = lock;
    this.handles[this.count] = handle;
    this.sites[this.count] = site;
    this.levels[this.count] = irqlBefore;
    this.forms[this.count++] = form;
  }

  /** Takes out the hold at `index`. */
  remove(index: number): void {
    for (let at = index + 1; at < this.count; at++) {
      this.locks[at - 1] = this.locks[at];
      this.handles[at - 1] = this.handles[at];
      this.sites[at - 1] = this.sites[at];
      this.levels[at - 1] = this.levels[at];
      this.forms[at - 1] = this.forms[at];
    }
    this.count--;
  }

  /** Index of the newest hold of a lock, -1 when it is not held. */
  find(lock: Address): number {
    for (let at = this.count - 1; at >= 0; at--) if (this.locks[at] === lock) return at;
    return -1;
  }

  /** Index of the newest hold that has this handle. */
  findByHandle(handle: Address): number {
    for (let at = this.count - 1; at >= 0; at--) if (this.handles[at] === handle) return at;
    return -1;
  }

  /** Index of the newest hold of what lies in `[start, end)`. */
  findWithin(start: Address, end: Address): number {
    for (let at = this.count - 1; at >= 0; at--) if (this.locks[at] >= start && this.locks[at] < end) return at;
    return -1;
  }

  lockAt(index: number): Address {
    return this.locks[index];
  }

  handleAt(index: number): Address {
    return this.handles[index];
  }

  siteAt(index: number): number {
    return this.sites[index];
  }

  /** The IRQL before it was taken. */
  levelAt(index: number): number {
    return this.levels[index];
  }

  formAt(index: number): LockForm {
    return this.forms[index];
  }

  setForm(index: number, form: LockForm): void {
    this.forms[index] = form;
  }

  get newest(): Address {
    return this.locks[this.count - 1];
  }

  /** Forgets all but the oldest `count`. */
  truncate(count: number): void {
    this.count = count;
    this.due = -1;
  }
}
