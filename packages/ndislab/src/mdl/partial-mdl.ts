import { DriverFault } from "../kernel/driver-fault.js";
import { MDL, MDL_FLAGS, PAGE_FRAME_SIZE } from "../layout/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import { MDL_HAS_ADDRESS } from "./mappings.js";
import { spanPages } from "./mdl.js";

const SIZE = MDL.offset.Size >>> 1;
const FLAGS = MDL.offset.MdlFlags >>> 1;
const PROCESS = MDL.offset.Process >>> 2;
const MAPPED = MDL.offset.MappedSystemVa >>> 2;
const START = MDL.offset.StartVa >>> 2;
const COUNT = MDL.offset.ByteCount >>> 2;
const OFFSET = MDL.offset.ByteOffset >>> 2;
const FRAMES = MDL.size >>> 2;

/** What a target keeps of the flags it came with: how its storage was made. */
const OF_STORAGE = MDL_FLAGS.MDL_ALLOCATED_FIXED_SIZE | MDL_FLAGS.MDL_ALLOCATED_MUST_SUCCEED;

/** What a target takes over from its source: the system address, where that has one. */
const OF_SOURCE = MDL_HAS_ADDRESS | MDL_FLAGS.MDL_IO_SPACE;

/**
 * IoBuildPartialMdl: makes `target` describe `length` bytes of what `source` describes, from the virtual address
 * `address` on; 0 means all to the end of the source. The pages stay the source's: they are locked and mapped by it.
 * Next of the target stays.
 *
 * ```
 *  source   StartVa ─▶│ page 0 │ page 1 │ page 2 │ page 3 │
 *                          ▲ ByteOffset               ▲ end
 *  target            StartVa ─▶│ page 1 │ page 2 │
 *                                   ▲ address    ▲ address + length
 * ```
 * @throws PartialMdlFault for a range that is not the source's, or that the target has not the room for
 */
export function buildPartialMdl(
  memory: Memory,
  source: Address,
  target: Address,
  address: Address,
  length: number,
): void {
  const { u16, u32 } = memory;
  const from = source >>> 2;
  const to = target >>> 2;
  const start = u32[from + START] + u32[from + OFFSET];
  const skipped = address - start;
  const rest = u32[from + COUNT] - skipped;
  const count = length === 0 ? rest : length;
  if (skipped < 0 || count < 0 || count > rest)
    throw new PartialMdlFault(
      `[${hexAddress(address)}, +${length}) is no part of [${hexAddress(start)}, +${u32[from + COUNT]}), which the source MDL ${hexAddress(source)} describes`,
    );
  const pages = spanPages(address, count);
  const room = (u16[(target >>> 1) + SIZE] - MDL.size) / PAGE_FRAME_SIZE;
  if (pages > room)
    throw new PartialMdlFault(
      `the target MDL ${hexAddress(target)} has room for ${room} page numbers, not ${pages} (TARGET_MDL_TOO_SMALL)`,
    );
  const ofSource = u16[(source >>> 1) + FLAGS] & OF_SOURCE;
  const parentMapped = (ofSource & MDL_FLAGS.MDL_MAPPED_TO_SYSTEM_VA) === 0 ? 0 : MDL_FLAGS.MDL_PARENT_MAPPED_SYSTEM_VA;
  const ofTarget = u16[(target >>> 1) + FLAGS] & OF_STORAGE;
  u16[(target >>> 1) + FLAGS] = ofTarget | ofSource | parentMapped | MDL_FLAGS.MDL_PARTIAL;
  u32[to + PROCESS] = u32[from + PROCESS];
  u32[to + MAPPED] = (ofSource & MDL_HAS_ADDRESS) === 0 ? 0 : u32[from + MAPPED] + skipped;
  u32[to + START] = address & -4096;
  u32[to + COUNT] = count;
  u32[to + OFFSET] = address & 0xfff;
  const first = from + FRAMES + ((u32[to + START] - u32[from + START]) >>> 12);
  u32.copyWithin(to + FRAMES, first, first + pages);
}

/** A partial MDL that cannot be: on Windows a bug check, or memory overwritten behind the target. */
export class PartialMdlFault extends DriverFault {
  override readonly name = "PartialMdlFault";
}
