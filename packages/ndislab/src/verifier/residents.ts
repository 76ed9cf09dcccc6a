import type { Address } from "../memory/address.js";
import { columnBytes } from "../memory/columns.js";

/** What a driver has initialised by a DDI in storage of its own. The text is the kind's name in findings. */
export const RESIDENT_KINDS = [
  "nothing",
  "NDIS_SPIN_LOCK",
  "KSPIN_LOCK",
  "NDIS_RW_LOCK",
  "NPAGED_LOOKASIDE_LIST",
  "LOOKASIDE_LIST_EX",
  "mutex",
] as const;

export type ResidentKind = (typeof RESIDENT_KINDS)[number];

const ENDED = 0x80;

/**
 * Locks and lookaside lists: they lie in globals, on the stack or somewhere in a block, so that the ledger, which has one
 * object for 8 bytes, cannot keep them. One byte for each word of memory says what starts there; only what was
 * initialised costs more.
 *
 * ```
 *                begin                 end
 *   nothing ──────────────▶ alive ──────────────▶ ended ──▶ begin …
 *       ◀──────────────────────────────────────────┘  forget: the storage was freed
 * ```
 */
export class Residents {
  private readonly states: Uint8Array;
  /** Of one alive the call that initialised it, of one that ended the call that ended it. */
  private readonly sites = new Map<Address, number>();
  /** How many there are in the pool's pages, alive or ended. */
  private pooled = 0;

  constructor(
    memorySize: number,
    private readonly poolBase: Address,
  ) {
    this.states = new Uint8Array(columnBytes(memorySize >>> 2));
  }

  begin(address: Address, kind: ResidentKind, site: number): void {
    if (this.states[address >>> 2] === 0 && address >= this.poolBase) this.pooled++;
    this.states[address >>> 2] = RESIDENT_KINDS.indexOf(kind);
    this.sites.set(address, site);
  }

  end(address: Address, site: number): void {
    this.states[address >>> 2] |= ENDED;
    this.sites.set(address, site);
  }

  isLive(address: Address): boolean {
    const state = this.states[address >>> 2];
    return state > 0 && state < ENDED;
  }

  hasEnded(address: Address): boolean {
    return this.states[address >>> 2] > ENDED;
  }

  kindAt(address: Address): ResidentKind {
    return RESIDENT_KINDS[this.states[address >>> 2] & ~ENDED] ?? "nothing";
  }

  siteOf(address: Address): number {
    return this.sites.get(address) ?? 0;
  }

  /** Everything of a kind that is alive, in address order. */
  live(kind: ResidentKind): Address[] {
    const wanted = RESIDENT_KINDS.indexOf(kind);
    return [...this.sites.keys()].filter((address) => this.states[address >>> 2] === wanted).sort((a, b) => a - b);
  }

  /** The first that is alive in these bytes and lies at `from` or behind; -1 when there is none. */
  next(from: Address, end: Address): Address {
    if (this.pooled === 0) return -1;
    for (let at = from >>> 2; at < end >>> 2; at++) if (this.states[at] > 0 && this.states[at] < ENDED) return at << 2;
    return -1;
  }

  /** The bytes were freed: what was there is no more. */
  forget(start: Address, end: Address): void {
    if (this.pooled === 0) return;
    for (let at = start >>> 2; at < end >>> 2; at++) {
      if (this.states[at] === 0) continue;
      this.states[at] = 0;
      this.sites.delete(at << 2);
      this.pooled--;
    }
  }
}
