import type { DdiName } from "../ddi/table.js";
import { NDIS_STATUS } from "../layout/status.js";
import { MDL_STATE, mdlAddress, mdlByteCount } from "../mdl/mdl.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import {
  checkAdjustedLength,
  checkHeader,
  checkLengthRestored,
  checkNoCopies,
  packetOf,
  releaseBuffer,
  trackBuffer,
} from "./buffer-checks.js";
import { chainLength, lengthsText, positionIn } from "./chain-checks.js";
import type { Guards } from "./guards.js";
import { KIND } from "./ledger.js";
import { checkNoLockHeld } from "./lock-checks.js";
import { checkMapping } from "./mapping-checks.js";
import { checkInitializing, checkPool, checkPoolFree, checkUsed, reportExhausted } from "./pool-checks.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

/** What a refused call leaves behind. The pool was meant to be used all the same. */
function fail(v: Verifier, pool: Handle, status: Address, buffer: Address): void {
  v.refusedPools.add(pool);
  v.machine.memory.u32[status >>> 2] = NDIS_STATUS.NDIS_STATUS_FAILURE;
  v.machine.memory.u32[buffer >>> 2] = 0;
}

/** A NULL handle is refused by the strict profile only. */
const handleAccepted = (v: Verifier, ddi: DdiName, pool: Handle): boolean =>
  (pool === 0 && v.machine.profile === "windows") || checkPool(v, ddi, pool, "buffer");

function checkRange(v: Verifier, ddi: DdiName, address: Address, length: number): boolean {
  const block = v.machine.nonpaged.find(address);
  if (block?.live && address + length <= block.address + block.size) {
    if (block.purpose !== "paged") return true;
    v.report(
      "BUF-PAGED",
      `${ddi}: [${hexAddress(address)}, +${length}) is in paged memory, block ${hexAddress(block.address)} of ${block.size} bytes; map nonpaged memory only.`,
      { object: address, kind: "memory" },
    );
    return false;
  }
  const where =
    block === undefined
      ? whereabouts(v, address)
      : `starts at byte ${address - block.address} of ${block.live ? "" : "the freed "}block ${hexAddress(block.address)} of ${block.size} bytes`;
  v.report(
    "BUF-RANGE",
    `${ddi}: [${hexAddress(address)}, +${length}) is not inside one live nonpaged allocation but ${where}; map bytes of a block that is alive.`,
    { object: address, kind: "memory" },
  );
  return false;
}

/** POOL-EXHAUST, once the core has refused, or where the windows profile lets it pass. */
function checkLimit(v: Verifier, ddi: DdiName, pool: Handle, wanted = 1): void {
  if (!v.ledger.isLive(pool, KIND.bufferPool)) return;
  const limit = v.ledger.value(pool) >>> 0;
  const live = v.machine.pools.live(pool);
  if (live + wanted > limit) reportExhausted(v, ddi, pool, "buffer", limit, live);
}

/** How many MDLs of a chain bytes `[offset, offset + length)` lie in: as many descriptors a copy of them takes. */
function piecesOf(v: Verifier, chain: Address, offset: number, length: number): number {
  const { memory } = v.machine;
  let pieces = 0;
  for (let mdl = chain, start = 0; mdl !== 0 && start < offset + length; mdl = memory.u32[mdl >>> 2]) {
    const end = start + mdlByteCount(memory, mdl);
    if (end > start && end > offset) pieces++;
    start = end;
  }
  return pieces;
}

/** BUF-CHAINED: the packet a descriptor was last chained to still has it. */
function checkUnchained(v: Verifier, buffer: Address): void {
  const packet = packetOf(v, buffer);
  const position = packet === 0 ? -1 : positionIn(v, v.machine.packetChains.head(packet), buffer);
  if (position < 0) return;
  v.report(
    "BUF-CHAINED",
    `NdisFreeBuffer: descriptor ${hexAddress(buffer)} is still chained to packet ${hexAddress(packet)}, at position ${position}; unchain it first.`,
    { object: buffer, allocationSite: v.ledger.allocationSite(buffer) },
  );
}

/** True when the descriptor can be freed, which it also is where the free is wrong but does no harm here. */
function checkFree(v: Verifier, buffer: Address): boolean {
  const { ledger, machine } = v;
  if (ledger.isLive(buffer, KIND.buffer)) {
    checkUnchained(v, buffer);
    checkLengthRestored(v, buffer);
    checkHeader(v, "NdisFreeBuffer", buffer);
    checkNoCopies(v, buffer);
    releaseBuffer(v, buffer);
    return true;
  }
  if (ledger.wasFreed(buffer, KIND.buffer)) {
    const state = machine.mdls.stateOf(buffer);
    const zombie = state === MDL_STATE.pooled || state === MDL_STATE.large;
    const site = ledger.freeSite(buffer);
    v.report(
      zombie ? "BUF-ZOMBIE" : "BUF-DFREE",
      zombie
        ? `NdisFreeBuffer: the pool of descriptor ${hexAddress(buffer)} was freed at ${v.place(site)}; free descriptors before their pool.`
        : `NdisFreeBuffer: descriptor ${hexAddress(buffer)} was freed already, at ${v.place(site)}; free it once.`,
      { object: buffer, allocationSite: ledger.allocationSite(buffer) },
    );
    return false;
  }
  const isMdl = ledger.isLive(buffer, KIND.mdl);
  if (!isMdl || machine.mdls.stateOf(buffer) !== MDL_STATE.io || v.role === "lower")
    v.report(
      "BUF-NOTPOOL",
      `NdisFreeBuffer: ${hexAddress(buffer)} is not a descriptor of NdisAllocateBuffer or NdisCopyBuffer but ${whereabouts(v, buffer)}.`,
      { object: buffer, kind: "MDL", allocationSite: ledger.allocationSite(buffer) },
    );
  if (isMdl) ledger.freed(buffer, v.site);
  return isMdl;
}

/** BUF-ZEROLEN and BUF-COPYRANGE: true when the chain has the bytes of which a copy is wanted. */
function checkCopyRange(v: Verifier, source: Address, offset: number, length: number): boolean {
  const bytes = chainLength(v, "NdisCopyBuffer", source);
  if (bytes < 0) return false;
  if (length === 0) {
    v.report(
      "BUF-ZEROLEN",
      "NdisCopyBuffer: Length is 0, so there is nothing to describe and the call fails; leave it out.",
    );
    return false;
  }
  if (offset + length <= bytes) return true;
  v.report(
    "BUF-COPYRANGE",
    `NdisCopyBuffer: ${length} bytes from ${offset} on are more than the chain of ${lengthsText(v, source)} bytes has; ask for what is there.`,
    { object: source, kind: "MDL", allocationSite: v.ledger.allocationSite(source) },
  );
  return false;
}

/** Enters the descriptors of a copy, each with the MDL that it was made of. */
function trackCopies(v: Verifier, first: Address, source: Address, offset: number): void {
  const { memory, chains } = v.machine;
  let of = chains.locate(source, offset);
  for (let copy = first; copy !== 0; copy = memory.u32[copy >>> 2]) {
    while (mdlByteCount(memory, of) === 0) of = memory.u32[of >>> 2];
    trackBuffer(v, copy, mdlAddress(memory, copy), mdlByteCount(memory, copy));
    v.partials.built(copy, of);
    of = memory.u32[of >>> 2];
  }
}

export const BUFFER_GUARDS: Guards = {
  NdisAllocateBufferPool: (next, v) => (status, poolHandle, descriptors) => {
    checkNoLockHeld(v, "NdisAllocateBufferPool", "error");
    checkInitializing(v, "NdisAllocateBufferPool");
    if (descriptors === 0)
      v.report(
        "POOL-ZERO",
        "NdisAllocateBufferPool: a pool of 0 descriptors can give none; ask for as many as will be out at once.",
      );
    next(status, poolHandle, descriptors);
    const pool = v.machine.memory.u32[poolHandle >>> 2];
    if (pool === 0) return;
    v.ledger.allocated(pool, KIND.bufferPool, v.site);
    v.ledger.setValue(pool, descriptors);
  },
  NdisFreeBufferPool: (next, v) => (pool) => {
    checkNoLockHeld(v, "NdisFreeBufferPool", "warn");
    if (pool === 0 && v.machine.profile === "windows") return; // nothing to free behind the NULL handle
    if (!checkPoolFree(v, "NdisFreeBufferPool", pool, "buffer")) return;
    checkUsed(v, "NdisFreeBufferPool", pool, "descriptor");
    v.ledger.freed(pool, v.site);
    next(pool);
  },
  NdisAllocateBuffer: (next, v) => (status, buffer, pool, address, length) => {
    checkNoLockHeld(v, "NdisAllocateBuffer", "warn");
    if (!handleAccepted(v, "NdisAllocateBuffer", pool) || !checkRange(v, "NdisAllocateBuffer", address, length >>> 0)) {
      fail(v, pool, status, buffer);
      return;
    }
    if (length === 0)
      v.report("BUF-ZEROLEN", "NdisAllocateBuffer: Length is 0, so the descriptor maps no bytes; leave it out.");
    checkLimit(v, "NdisAllocateBuffer", pool);
    next(status, buffer, pool, address, length);
    const descriptor = v.machine.memory.u32[buffer >>> 2];
    if (descriptor !== 0) trackBuffer(v, descriptor, address, length);
  },
  NdisCopyBuffer: (next, v) => (status, buffer, pool, source, offset, length) => {
    checkNoLockHeld(v, "NdisCopyBuffer", "warn");
    if (!handleAccepted(v, "NdisCopyBuffer", pool) || !checkCopyRange(v, source, offset >>> 0, length >>> 0)) {
      fail(v, pool, status, buffer);
      return;
    }
    checkLimit(v, "NdisCopyBuffer", pool, piecesOf(v, source, offset >>> 0, length >>> 0));
    next(status, buffer, pool, source, offset, length);
    trackCopies(v, v.machine.memory.u32[buffer >>> 2], source, offset >>> 0);
  },
  NdisFreeBuffer: (next, v) => (buffer) => {
    checkNoLockHeld(v, "NdisFreeBuffer", "warn");
    if (checkFree(v, buffer)) next(buffer);
  },
  NdisAdjustBufferLength: (next, v) => (buffer, length) => {
    if (checkAdjustedLength(v, buffer, length >>> 0)) next(buffer, length);
  },
  NdisQueryBuffer: (next, v) => (buffer, address, length) => {
    checkNoLockHeld(v, "NdisQueryBuffer", "warn");
    if (address !== 0) checkMapping(v, "NdisQueryBuffer", buffer, "NdisQueryBufferSafe");
    next(buffer, address, length);
  },
  NdisBufferVirtualAddress: (next, v) => (buffer) => {
    checkMapping(v, "NdisBufferVirtualAddress", buffer, "NdisBufferVirtualAddressSafe");
    return next(buffer);
  },
};
