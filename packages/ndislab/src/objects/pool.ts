import type { Machine } from "../ddi/machine.js";
import { POOL, type PoolKind } from "../layout/pool.js";
import { type Handle, hexAddress } from "../memory/address.js";
import { readField } from "../memory/fields.js";
import { tagText } from "../memory/tag.js";
import { DISPOSE } from "./dispose.js";
import type { Ndis } from "./ndis.js";
import { count, NdisError } from "./ndis-error.js";
import type { SlotTable } from "./slot-table.js";

/** An object of a pool, as far as its pool needs it. */
export interface Slot {
  /** @internal The pool is gone: from now on every use of the object is one after free. */
  retire(): void;
}

/** What pools of all kinds have in common. Whoever creates one disposes it, after all that came from it was freed. */
export abstract class Pool<T extends Slot> implements Disposable {
  /** The NDIS_HANDLE of the same pool for the DDI face. */
  readonly handle: Handle;
  /** @internal */
  readonly machine: Machine;
  protected abstract readonly slots: SlotTable<T>;
  private over = false;

  /** @param noun what its objects are called */
  constructor(
    readonly ndis: Ndis,
    handle: Handle,
    private readonly kind: PoolKind,
    private readonly noun: string,
  ) {
    this.handle = handle;
    this.machine = ndis.machine;
  }

  /** The four characters of its pool tag, in memory order. */
  get tag(): string {
    return tagText(this.read("Tag"));
  }

  /** Objects that are out now. */
  get live(): number {
    return this.machine.pools.live(this.handle);
  }

  /** The most that ever were out at once; in a shared memory, how many were made. */
  get peak(): number {
    return this.machine.pools.peak(this.handle);
  }

  /** Objects ever handed out. */
  get allocations(): number {
    return this.machine.pools.allocations(this.handle);
  }

  get disposed(): boolean {
    return this.over;
  }

  /**
   * Gives the pool and its memory back. A second call does nothing.
   * @throws NdisError `POOL-OUTSTANDING` while objects of it are out: then the pool is as it was
   */
  dispose(): void {
    if (this.over) return;
    const { live } = this;
    if (live !== 0)
      throw new NdisError(
        "POOL-OUTSTANDING",
        `${this.noun} pool '${this.tag}' cannot be disposed while ${count(live, this.noun)} of it ${live === 1 ? "is" : "are"} not freed.`,
      );
    this.machine.pools.free(this.handle, this.kind);
    this.over = true;
    for (const slot of this.slots.values()) slot.retire();
    this.ndis.forget(this.handle);
  }

  /** As `dispose`. */
  [DISPOSE](): void {
    this.dispose();
  }

  protected read(name: keyof typeof POOL.offset): number {
    return readField(this.machine.memory, POOL, this.handle, name);
  }

  /** @throws NdisError `POOL-HANDLE` when the pool was disposed, here or through the DDI face */
  protected checkUsable(): void {
    if (!this.machine.pools.is(this.handle, this.kind))
      throw new NdisError("POOL-HANDLE", `The ${this.noun} pool ${hexAddress(this.handle)} was disposed.`);
  }
}
