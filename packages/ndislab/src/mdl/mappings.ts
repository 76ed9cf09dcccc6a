import { DriverFault } from "../kernel/driver-fault.js";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";

const FLAGS = MDL.offset.MdlFlags >>> 1;
const SIZE = MDL.offset.Size >>> 2;
const MAPPED = MDL.offset.MappedSystemVa >>> 2;
const START = MDL.offset.StartVa >>> 2;
const OFFSET = MDL.offset.ByteOffset >>> 2;

const {
  MDL_IO_SPACE,
  MDL_MAPPED_TO_SYSTEM_VA,
  MDL_PAGES_LOCKED,
  MDL_PARENT_MAPPED_SYSTEM_VA,
  MDL_PARTIAL,
  MDL_PARTIAL_HAS_BEEN_MAPPED,
  MDL_SOURCE_IS_NONPAGED_POOL,
} = MDL_FLAGS;

/** An MDL with one of these has a system address. */
export const MDL_HAS_ADDRESS = MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL;

/** The same in the word that Size and MdlFlags share; the module's own, since V8 looks an export up at each use. */
const HAS_ADDRESS = MDL_HAS_ADDRESS << 16;

/** An MDL with one of these has pages that stay, so that it can be mapped. */
const HAS_PAGES = MDL_PAGES_LOCKED | MDL_PARTIAL | MDL_IO_SPACE;

/**
 * System addresses of MDLs. Here every page is where its virtual address says, so a mapping moves nothing; but like
 * on Windows it has to be made first for an MDL whose pages are only locked, and only then can it fail.
 *
 * ```
 *  MmBuildMdlForNonPagedPool, NdisAllocateMdl …          MmProbeAndLockPages
 *              │                                                │
 *              ▼                                                ▼
 *  ┌──────────────────────────┐                    ┌─────────────────────────┐  map, may fail  ┌────────┐
 *  │ SOURCE_IS_NONPAGED_POOL  │                    │ PAGES_LOCKED or PARTIAL │ ───────────────▶│ MAPPED │
 *  │ mapped as long as it is  │                    │ no address yet          │ ◀───────────────│        │
 *  └──────────────────────────┘                    └─────────────────────────┘      unmap      └────────┘
 * ```
 */
export class Mappings {
  /** The fault plan: asked before every mapping that has to be made, which fails when it answers true. */
  fault: (mdl: Address) => boolean = () => false;
  /** MDLs that the host hands to a driver have their pages locked and no more, as those of user memory have. */
  onDemand = false;

  constructor(private readonly memory: Memory) {}

  /** MmGetSystemAddressForMdlSafe: the system address of the first byte, mapped for it when need be; 0 when that fails. */
  map(mdl: Address): Address {
    const u32 = this.memory.u32;
    const at = mdl >>> 2;
    const address = u32[at + MAPPED];
    return address !== 0 && (u32[at + SIZE] & HAS_ADDRESS) !== 0 ? address : this.make(mdl);
  }

  /** As `map` for a function that has no way to say that it failed. @throws MappingFault where Windows bug checks */
  mapOrBugCheck(mdl: Address): Address {
    const address = this.map(mdl);
    if (address === 0) throw new MappingFault(mdl);
    return address;
  }

  /** True when the MDL has a system address, so that `map` cannot fail. */
  isMapped(mdl: Address): boolean {
    return (this.memory.u16[(mdl >>> 1) + FLAGS] & MDL_HAS_ADDRESS) !== 0;
  }

  /** MmUnmapLockedPages: gives a mapping back; an address that the MDL has anyway stays. */
  unmap(mdl: Address): void {
    const { u16, u32 } = this.memory;
    const at = (mdl >>> 1) + FLAGS;
    if ((u16[at] & MDL_SOURCE_IS_NONPAGED_POOL) !== 0) return;
    u16[at] &= ~(MDL_MAPPED_TO_SYSTEM_VA | MDL_PARTIAL_HAS_BEEN_MAPPED | MDL_PARENT_MAPPED_SYSTEM_VA);
    u32[(mdl >>> 2) + MAPPED] = 0;
  }

  /** Maps at an address that is reserved already, which cannot fail. */
  mapReserved(mdl: Address): Address {
    const { u16, u32 } = this.memory;
    const at = mdl >>> 2;
    const flags = u16[(mdl >>> 1) + FLAGS];
    if ((flags & HAS_PAGES) === 0) throw new UnlockedMdlFault(mdl);
    const address = u32[at + START] + u32[at + OFFSET];
    const partial = (flags & MDL_PARTIAL) === 0 ? 0 : MDL_PARTIAL_HAS_BEEN_MAPPED;
    u16[(mdl >>> 1) + FLAGS] = flags | MDL_MAPPED_TO_SYSTEM_VA | partial;
    u32[at + MAPPED] = address;
    return address;
  }

  private make(mdl: Address): Address {
    return this.fault(mdl) ? 0 : this.mapReserved(mdl);
  }
}

/** A mapping of an MDL that has no pages yet, as IoAllocateMdl leaves it: on Windows whatever the numbers behind it are. */
export class UnlockedMdlFault extends DriverFault {
  override readonly name = "UnlockedMdlFault";
  constructor(readonly mdl: Address) {
    super(
      `the pages of MDL ${hexAddress(mdl)} are asked for before MmBuildMdlForNonPagedPool or MmProbeAndLockPages put them in`,
    );
  }
}

/** The pages of an MDL could not be mapped for a function that cannot fail: on Windows a bug check. */
export class MappingFault extends DriverFault {
  override readonly name = "MappingFault";
  override readonly hasRule = true;
  constructor(readonly mdl: Address) {
    super(`the pages of MDL ${hexAddress(mdl)} could not be mapped, for a function that has no way to fail`);
  }
}
