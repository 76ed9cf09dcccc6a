import { MDL } from "../layout/mdl.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";
import type { Mappings } from "./mappings.js";
import { mdlByteCount, mdlByteOffset, spanPages } from "./mdl.js";

const MAPPED = MDL.offset.MappedSystemVa >>> 2;

/** A range of addresses that a driver keeps for mappings that must not fail. */
interface Reservation {
  readonly pages: number;
  readonly tag: number;
  /** The MDL that is mapped there; 0 for none. */
  mdl: Address;
}

/** Bytes of the block that stands for a reservation: its address is what the driver knows it by. */
const TOKEN_SIZE = 16;

/**
 * MmAllocateMappingAddress and what goes with it. A range has room for one MDL at a time.
 *
 * ```
 *           reserve ──▶ ┌──────┐ ── map ──▶ ┌────────┐
 *                       │ free │            │ mapped │
 *        release ◀───── └──────┘ ◀─ unmap ─ └────────┘
 * ```
 * Nothing is ever moved here, so what `map` gives is where the pages are, not an address in the range.
 */
export class ReservedMappings {
  private readonly reservations = new Map<Address, Reservation>();

  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
    private readonly mappings: Mappings,
  ) {}

  /** A range of `bytes`, known by its address; 0 when there is no room. */
  reserve(bytes: number, tag: number): Address {
    const range = this.nonpaged.allocate(TOKEN_SIZE, tag, "system");
    if (range !== 0) this.reservations.set(range, { pages: spanPages(0, bytes), tag, mdl: 0 });
    return range;
  }

  /** Gives a range back; false when it is none, has another tag, or still has an MDL. */
  release(range: Address, tag: number): boolean {
    const reservation = this.find(range, tag);
    if (reservation === undefined || reservation.mdl !== 0) return false;
    this.reservations.delete(range);
    return this.nonpaged.free(range);
  }

  /**
   * The system address of the first byte of `mdl`; 0 when the range is none, has another tag, is in use, or is too
   * small, and never for want of resources. MappedSystemVa of the MDL is the start of its first page, as documented.
   */
  map(range: Address, tag: number, mdl: Address): Address {
    const reservation = this.find(range, tag);
    if (reservation === undefined || reservation.mdl !== 0) return 0;
    const offset = mdlByteOffset(this.memory, mdl);
    if (spanPages(offset, mdlByteCount(this.memory, mdl)) > reservation.pages) return 0;
    const address = this.mappings.mapReserved(mdl);
    this.memory.u32[(mdl >>> 2) + MAPPED] = address - offset;
    reservation.mdl = mdl;
    return address;
  }

  /** Takes the address of `mdl` away again; false when the range has another MDL or none. */
  unmap(range: Address, tag: number, mdl: Address): boolean {
    const reservation = this.find(range, tag);
    if (reservation === undefined || mdl === 0 || reservation.mdl !== mdl) return false;
    reservation.mdl = 0;
    this.mappings.unmap(mdl);
    return true;
  }

  private find(range: Address, tag: number): Reservation | undefined {
    const reservation = this.reservations.get(range);
    return reservation?.tag === tag ? reservation : undefined;
  }
}
