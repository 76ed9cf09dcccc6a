import type { DdiName } from "../ddi/table.js";
import { MDL } from "../layout/mdl.js";
import { mdlByteCount, mdlSize } from "../mdl/mdl.js";
import { type Address, hexAddress } from "../memory/address.js";
import { namedText } from "./chain-checks.js";
import { KIND } from "./ledger.js";
import type { Verifier } from "./verifier.js";

/**
 * What the ledger keeps of a live descriptor: as its value the packet it is chained to, and further the driver's block
 * that it maps into, 0 for other memory, and the range it was made for. Of a block it keeps how many descriptors map
 * into it.
 */
const BLOCK = 1;
const RANGE_START = 2;
const RANGE_LENGTH = 3;
const DESCRIPTORS = 1;

/** Value of a descriptor that its packet forgot when it was reinitialised. Odd, so that it is the address of none. */
const LEFT = 1;

/** Enters a new descriptor over `length` bytes at `address`. */
export function trackBuffer(v: Verifier, buffer: Address, address: Address, length: number): void {
  const { ledger } = v;
  ledger.allocated(buffer, KIND.buffer, v.site);
  const block = v.machine.nonpaged.find(address)?.address ?? 0;
  const known = block !== 0 && ledger.isLive(block, KIND.memory);
  ledger.setExtra(buffer, BLOCK, known ? block : 0);
  ledger.setExtra(buffer, RANGE_START, address);
  ledger.setExtra(buffer, RANGE_LENGTH, length);
  if (known) ledger.setExtra(block, DESCRIPTORS, ledger.extra(block, DESCRIPTORS) + 1);
}

/** Notes that a live descriptor is freed. */
export function releaseBuffer(v: Verifier, buffer: Address): void {
  const { ledger } = v;
  const block = ledger.extra(buffer, BLOCK);
  if (block !== 0) ledger.setExtra(block, DESCRIPTORS, ledger.extra(block, DESCRIPTORS) - 1);
  v.partials.gone(buffer);
  v.broken.delete(buffer);
  ledger.freed(buffer, v.site);
}

/** The bytes that a live descriptor was allocated for. */
const allocatedLength = (v: Verifier, buffer: Address): number => v.ledger.extra(buffer, RANGE_LENGTH) >>> 0;

/** The packet that a live descriptor was last chained to by a function; 0 for none. */
export function packetOf(v: Verifier, buffer: Address): Address {
  const value = v.ledger.value(buffer) >>> 0;
  return value === LEFT ? 0 : value;
}

/** Notes that the packet of a live descriptor was reinitialised with it, by the call that is being made. */
export function markLeft(v: Verifier, buffer: Address): void {
  v.ledger.setValue(buffer, LEFT);
  v.ledger.touched(buffer, v.site);
}

/** The call that reinitialised the packet of a live descriptor with it; -1 when none did. */
export const leftAt = (v: Verifier, buffer: Address): number =>
  v.ledger.value(buffer) === LEFT ? v.ledger.touchSite(buffer) : -1;

/** BUF-LENGROW: true when the length is within what the descriptor was allocated for. */
export function checkAdjustedLength(v: Verifier, buffer: Address, length: number): boolean {
  if (!v.ledger.isLive(buffer, KIND.buffer) || length <= allocatedLength(v, buffer)) return true;
  v.report(
    "BUF-LENGROW",
    `NdisAdjustBufferLength: ${length} bytes are more than the ${allocatedLength(v, buffer)} that descriptor ${hexAddress(buffer)} was allocated for; allocate one that maps them.`,
    { object: buffer, allocationSite: v.ledger.allocationSite(buffer) },
  );
  return false;
}

/** BUF-LENRESTORE. */
export function checkLengthRestored(v: Verifier, buffer: Address): void {
  const length = mdlByteCount(v.machine.memory, buffer);
  if (length === allocatedLength(v, buffer)) return;
  v.report(
    "BUF-LENRESTORE",
    `NdisFreeBuffer: descriptor ${hexAddress(buffer)} has a length of ${length} bytes and was allocated for ${allocatedLength(v, buffer)}; restore it with NdisAdjustBufferLength first.`,
    { object: buffer, allocationSite: v.ledger.allocationSite(buffer) },
  );
}

/** BUF-ORPHAN: a copy that NdisCopyBuffer made of a descriptor still lives. */
export function checkNoCopies(v: Verifier, buffer: Address): void {
  const copy = v.partials.over(buffer);
  if (copy === 0 || !v.ledger.isLive(copy, KIND.buffer)) return;
  v.report(
    "BUF-ORPHAN",
    `NdisFreeBuffer: descriptor ${hexAddress(buffer)} is freed while ${hexAddress(copy)}, which NdisCopyBuffer made of it at ${v.place(v.ledger.allocationSite(copy))}, lives; free the copy first.`,
    { object: buffer, allocationSite: v.ledger.allocationSite(buffer) },
  );
}

/** BUF-CORRUPT, once for each descriptor: what never changes in its header, and here has. */
export function checkHeader(v: Verifier, ddi: DdiName, buffer: Address): void {
  const { u16, u32 } = v.machine.memory;
  const { ledger } = v;
  const start = ledger.extra(buffer, RANGE_START) >>> 0;
  const page = start & -4096;
  const size = mdlSize(start, allocatedLength(v, buffer)) & 0xffff;
  const w = buffer >>> 2;
  if (
    u32[w + (MDL.offset.StartVa >>> 2)] === page &&
    u32[w + (MDL.offset.ByteOffset >>> 2)] === start - page &&
    u32[w + (MDL.offset.MappedSystemVa >>> 2)] === start &&
    u16[(buffer + MDL.offset.Size) >>> 1] === size
  )
    return;
  if (v.broken.has(buffer)) return;
  v.broken.add(buffer);
  const wrong = (
    [
      ["StartVa", u32[w + (MDL.offset.StartVa >>> 2)], page, hexAddress],
      ["ByteOffset", u32[w + (MDL.offset.ByteOffset >>> 2)], start - page, String],
      ["MappedSystemVa", u32[w + (MDL.offset.MappedSystemVa >>> 2)], start, hexAddress],
      ["Size", u16[(buffer + MDL.offset.Size) >>> 1], size, String],
    ] as const
  ).filter(([, found, expected]) => found !== expected);
  v.report(
    "BUF-CORRUPT",
    `${ddi}: in the header of descriptor ${hexAddress(buffer)} ${wrong.map(([name, found, expected, text]) => `${name} is ${text(found)} and was ${text(expected)}`).join(", ")}; change nothing of it but its chain and, with NdisAdjustBufferLength, its length.`,
    { object: buffer, allocationSite: ledger.allocationSite(buffer) },
  );
}

/**
 * BUF-MEMFREED: live descriptors map into a block that is freed. While the driver unloads the order is nobody's concern,
 * and a descriptor that stays is found as a leak.
 */
export function checkUnmapped(v: Verifier, ddi: DdiName, block: Address): void {
  const { ledger } = v;
  if (ledger.extra(block, DESCRIPTORS) === 0 || v.unloading) return;
  const mapping = [...ledger.liveObjects(KIND.buffer)].filter((buffer) => ledger.extra(buffer, BLOCK) === block);
  if (mapping.length === 0) return; // their pool is gone, and POOL-OUTSTANDING has named them
  for (const buffer of mapping) ledger.setExtra(buffer, BLOCK, 0);
  const one = mapping.length === 1;
  v.report(
    "BUF-MEMFREED",
    `${ddi}: block ${hexAddress(block)} is freed while ${one ? "descriptor" : `${mapping.length} descriptors`} ${namedText(mapping)} ${one ? "maps" : "map"} bytes of it; free ${one ? "it" : "them"} with NdisFreeBuffer first.`,
    { object: mapping[0], allocationSite: ledger.allocationSite(mapping[0]) },
  );
}
