import type { DdiName } from "../ddi/table.js";
import { MDL, MDL_FLAGS, PAGE, PAGE_FRAME_SIZE } from "../layout/mdl.js";
import { MDL_STATE, mdlAddress, mdlByteCount, mdlByteOffset, mdlFlags, spanPages } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

const { MDL_MAPPED_TO_SYSTEM_VA, MDL_PAGES_LOCKED, MDL_PARTIAL, MDL_SOURCE_IS_NONPAGED_POOL } = MDL_FLAGS;

const details = (v: Verifier, mdl: Address) => ({
  object: mdl,
  kind: "MDL",
  allocationSite: v.ledger.allocationSite(mdl),
});

/** MDL-VA: NdisAllocateMdl builds at once, so what it describes lies in one live block of nonpaged memory. */
export function checkNonpagedRange(v: Verifier, address: Address, length: number): boolean {
  if (length === 0) return true;
  const block = v.machine.nonpaged.find(address);
  const inside = block?.live && address + length <= block.address + block.size;
  if (inside && block.purpose !== "paged") return true;
  const where = inside
    ? "in paged memory"
    : block === undefined
      ? whereabouts(v, address)
      : `starts at byte ${address - block.address} of ${block.live ? "" : "the freed "}block ${hexAddress(block.address)} of ${block.size} bytes`;
  v.report(
    "MDL-VA",
    `NdisAllocateMdl: [${hexAddress(address)}, +${length}) is not inside one live block of nonpaged memory but ${where}; allocate the memory from nonpaged pool, or use IoAllocateMdl and MmProbeAndLockPages.`,
    { object: address, kind: "memory" },
  );
  return false;
}

/** MDL-BUILDPAGED: the memory an MDL describes may go away under it. */
export function checkBuildNonpaged(v: Verifier, mdl: Address, address: Address): void {
  if (v.machine.nonpaged.find(address)?.purpose !== "paged") return;
  v.report(
    "MDL-BUILDPAGED",
    `MmBuildMdlForNonPagedPool: MDL ${hexAddress(mdl)} describes ${hexAddress(address)}, which is ${whereabouts(v, address)}; allocate from nonpaged pool, or lock the pages with MmProbeAndLockPages.`,
    details(v, mdl),
  );
}

/**
 * What must not be true of an MDL of the driver that is freed by the right function: MDL-PARTIALSRC, MDL-MAPPEDFREE,
 * MDL-LENRESTORE, MDL-CORRUPT. The first that is.
 * @param length the bytes it was allocated for
 */
export function checkFreedMdl(v: Verifier, ddi: DdiName, mdl: Address, length: number): void {
  const { memory, mdls } = v.machine;
  const flags = mdlFlags(memory, mdl);
  const partial = v.partials.over(mdl);
  const name = `${ddi}: MDL ${hexAddress(mdl)}`;
  if (partial !== 0)
    v.report(
      "MDL-PARTIALSRC",
      `${name} is freed while the partial MDL ${hexAddress(partial)} over its pages lives; free that first.`,
      details(v, mdl),
    );
  else if ((flags & (MDL_PARTIAL | MDL_SOURCE_IS_NONPAGED_POOL)) === 0 && (flags & MDL_PAGES_LOCKED) !== 0)
    v.report(
      "MDL-MAPPEDFREE",
      `${name} is freed while its pages are locked${(flags & MDL_MAPPED_TO_SYSTEM_VA) === 0 ? "" : " and mapped"}; call MmUnlockPages first, which unmaps them too.`,
      details(v, mdl),
    );
  else if ((flags & (MDL_PARTIAL | MDL_SOURCE_IS_NONPAGED_POOL)) === 0 && (flags & MDL_MAPPED_TO_SYSTEM_VA) !== 0)
    v.report(
      "MDL-MAPPEDFREE",
      `${name} is freed while its pages are mapped; call MmUnmapLockedPages first.`,
      details(v, mdl),
    );
  else if (mdls.stateOf(mdl) !== MDL_STATE.io && mdlByteCount(memory, mdl) !== length)
    v.report(
      "MDL-LENRESTORE",
      `${name} is freed with a length of ${mdlByteCount(memory, mdl)} bytes, and was allocated for ${length}; restore it with NdisAdjustMdlLength.`,
      details(v, mdl),
    );
  else checkHeader(v, name, mdl, length);
}

/** MDL-CORRUPT: what never changes in the header of an MDL, and what must be true of the rest. */
function checkHeader(v: Verifier, name: string, mdl: Address, length: number): void {
  const { memory, mdls } = v.machine;
  const start = memory.u32[(mdl + MDL.offset.StartVa) >>> 2];
  const size = memory.u16[(mdl + MDL.offset.Size) >>> 1];
  const offset = mdlByteOffset(memory, mdl);
  const pages = spanPages(offset, length);
  // An MDL of IoAllocateMdl may describe other ranges than it was allocated for, as far as it has room.
  const fixed = mdls.stateOf(mdl) !== MDL_STATE.io;
  const nonpaged = (mdlFlags(memory, mdl) & MDL_SOURCE_IS_NONPAGED_POOL) !== 0;
  const wrong =
    (start & (PAGE.PAGE_SIZE - 1)) !== 0
      ? `StartVa ${hexAddress(start)} is not the start of a page`
      : offset >= PAGE.PAGE_SIZE
        ? `ByteOffset ${offset} is not below ${PAGE.PAGE_SIZE}`
        : fixed && size < MDL.size + PAGE_FRAME_SIZE * pages && pages < 1 << 13
          ? `Size ${size} is not ${MDL.size + PAGE_FRAME_SIZE * pages}, which ${pages} pages take`
          : nonpaged && mdlAddress(memory, mdl) !== start + offset
            ? `MappedSystemVa ${hexAddress(mdlAddress(memory, mdl))} is not StartVa + ByteOffset, ${hexAddress(start + offset)}`
            : "";
  if (wrong === "") return;
  v.report(
    "MDL-CORRUPT",
    `${name}: ${wrong}; change nothing of an MDL but Next and, with NdisAdjustMdlLength, its length.`,
    details(v, mdl),
  );
}
