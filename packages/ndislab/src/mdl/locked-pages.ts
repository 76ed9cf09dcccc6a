import { DriverFault } from "../kernel/driver-fault.js";
import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { Mappings } from "./mappings.js";
import { mdlByteCount, mdlByteOffset, spanPages } from "./mdl.js";

const FLAGS = MDL.offset.MdlFlags >>> 1;
const PROCESS = MDL.offset.Process >>> 2;
const MAPPED = MDL.offset.MappedSystemVa >>> 2;
const START = MDL.offset.StartVa >>> 2;
const FRAMES = MDL.size >>> 2;

const { MDL_PAGES_LOCKED, MDL_SOURCE_IS_NONPAGED_POOL, MDL_WRITE_OPERATION, MDL_MAPPED_TO_SYSTEM_VA } = MDL_FLAGS;

/** Writes the page numbers of what the header describes. Here the page number of an address is the address shifted. */
function fillPages(memory: Memory, mdl: Address): void {
  const { u32 } = memory;
  const at = mdl >>> 2;
  const first = u32[at + START] >>> 12;
  const pages = spanPages(mdlByteOffset(memory, mdl), mdlByteCount(memory, mdl));
  for (let page = 0; page < pages; page++) u32[at + FRAMES + page] = first + page;
}

/**
 * MmBuildMdlForNonPagedPool: completes an MDL of IoAllocateMdl or MmInitializeMdl over memory that is never paged out.
 * Next, Size and the range stay as they are.
 */
export function buildForNonpagedPool(memory: Memory, mdl: Address): void {
  const { u16, u32 } = memory;
  const at = mdl >>> 2;
  fillPages(memory, mdl);
  u16[(mdl >>> 1) + FLAGS] |= MDL_SOURCE_IS_NONPAGED_POOL;
  u32[at + PROCESS] = 0;
  u32[at + MAPPED] = u32[at + START] + mdlByteOffset(memory, mdl);
}

/**
 * MmProbeAndLockPages: the pages stay where they are until `unlockPages`. They have no system address by that.
 * @throws ProbeFault where Windows raises STATUS_ACCESS_VIOLATION
 */
export function lockPages(memory: Memory, mdl: Address, forWriting: boolean): void {
  const { u16, u32 } = memory;
  const address = u32[(mdl >>> 2) + START] + mdlByteOffset(memory, mdl);
  const length = mdlByteCount(memory, mdl);
  if (!memory.contains(address, length))
    throw new ProbeFault(`[${hexAddress(address)}, +${length}) of MDL ${hexAddress(mdl)} is no memory`);
  fillPages(memory, mdl);
  const flags = u16[(mdl >>> 1) + FLAGS] & ~(MDL_MAPPED_TO_SYSTEM_VA | MDL_WRITE_OPERATION);
  u16[(mdl >>> 1) + FLAGS] = flags | MDL_PAGES_LOCKED | (forWriting ? MDL_WRITE_OPERATION : 0);
}

/** MmUnlockPages: takes the system address away too, if one was made. */
export function unlockPages(memory: Memory, mappings: Mappings, mdl: Address): void {
  mappings.unmap(mdl);
  memory.u16[(mdl >>> 1) + FLAGS] &= ~(MDL_PAGES_LOCKED | MDL_WRITE_OPERATION);
}

/** Pages that are no memory: MmProbeAndLockPages raises an exception, which C compiled to WebAssembly cannot catch. */
export class ProbeFault extends DriverFault {
  override readonly name = "ProbeFault";
}
