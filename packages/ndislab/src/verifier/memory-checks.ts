import type { DdiName } from "../ddi/table.js";
import { irqlName } from "../kernel/irql.js";
import { NDIS_MEMORY_FLAGS } from "../layout/memory-manager.js";
import { IRQL } from "../layout/spin-lock.js";
import { type Address, hexAddress } from "../memory/address.js";
import { tagText } from "../memory/tag.js";
import { BLOCK, MEMORY_FLAGS_SHIFT, reportFreedTwice } from "./block-notes.js";
import { checkUnmapped } from "./buffer-checks.js";
import { KIND } from "./ledger.js";
import { leaving } from "./lookaside-checks.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

const MEMORY_FLAGS = NDIS_MEMORY_FLAGS.NDIS_MEMORY_CONTIGUOUS | NDIS_MEMORY_FLAGS.NDIS_MEMORY_NONCACHED;

/** MEM-ZERO and MEM-TAG of an allocation. */
export function checkRequest(v: Verifier, ddi: DdiName, length: number, tag: number): void {
  if (length === 0) v.report("MEM-ZERO", `${ddi} was asked for 0 bytes; do not call it when there is nothing to keep.`);
  if (tag === 0)
    v.report("MEM-TAG", `${ddi} was called without a tag; pass four characters that name the driver and the use.`);
}

/** MEM-IRQL of memory that has a lower limit than its function; what is above that is found in front of every call. */
export function checkLevel(v: Verifier, ddi: DdiName, memory: string, limit: number): void {
  const { current } = v.machine.irql;
  if (current <= limit || current > IRQL.DISPATCH_LEVEL) return;
  v.report(
    "MEM-IRQL",
    `${ddi} called at ${irqlName(current)} for ${memory} memory; the limit is ${irqlName(limit)}. ${memory === "paged" ? "Use nonpaged memory there." : "Do it while the driver initialises or halts."}`,
  );
}

/** MEM-IRQL by what MemoryFlags ask for. */
export function checkLevelOfFlags(v: Verifier, ddi: DdiName, flags: number): void {
  if (flags & NDIS_MEMORY_FLAGS.NDIS_MEMORY_CONTIGUOUS) checkLevel(v, ddi, "contiguous", IRQL.PASSIVE_LEVEL);
  else if (flags & NDIS_MEMORY_FLAGS.NDIS_MEMORY_NONCACHED) checkLevel(v, ddi, "noncached", IRQL.APC_LEVEL);
}

/** MEM-DFREE, MEM-BADADDR, MDL-NOTALONE, and what is checked of a block that may be freed: true when it may. */
export function checkFree(v: Verifier, ddi: DdiName, address: Address): boolean {
  const { ledger, machine } = v;
  if (ledger.isLive(address, KIND.memory)) {
    leaving(v, ddi, address);
    checkUnmapped(v, ddi, address);
    if (ledger.value(address) & BLOCK.paged) checkLevel(v, ddi, "paged", IRQL.APC_LEVEL);
    ledger.freed(address, v.site);
    return true;
  }
  if (ledger.wasFreed(address, KIND.memory)) {
    reportFreedTwice(v, ddi, address, ledger.freeSite(address));
    return false;
  }
  const block = machine.nonpaged.find(address);
  if (block?.live && block.purpose === "system")
    v.report(
      "MDL-NOTALONE",
      `${ddi}: ${hexAddress(address)} is storage of NDIS (tag '${tagText(block.tag)}'), such as the data of a NET_BUFFER; free the object that owns it.`,
      { object: address, kind: "memory" },
    );
  else
    v.report(
      "MEM-BADADDR",
      `${ddi}: ${hexAddress(address)} is not the start of an allocation but ${
        block === undefined
          ? whereabouts(v, address)
          : `byte ${address - block.address} of ${block.live ? "" : "the freed "}block ${hexAddress(block.address)} of ${block.size} bytes`
      }; free the address that the allocation gave.`,
      { object: address, kind: "memory" },
    );
  return false;
}

/** MEM-WRONGTAG of a live block; 0 asks for no comparison. */
export function checkTag(v: Verifier, ddi: DdiName, block: Address, tag: number): void {
  if (tag === 0 || !v.ledger.isLive(block, KIND.memory)) return;
  const given = v.machine.nonpaged.tagOf(block);
  if (given === tag >>> 0) return;
  v.report(
    "MEM-WRONGTAG",
    `${ddi}: block ${hexAddress(block)} was allocated with tag '${tagText(given)}' and is freed with '${tagText(tag)}'; free it with the tag of its allocation.`,
    { object: block, allocationSite: v.ledger.allocationSite(block) },
  );
}

/** MEM-WRONGFLAGS of a live block: other MemoryFlags than at its allocation or, where they are not 0, another length. */
export function checkFlags(v: Verifier, ddi: DdiName, block: Address, flags: number, length: number): void {
  const { ledger } = v;
  if (!ledger.isLive(block, KIND.memory)) return;
  const given = (ledger.value(block) >>> MEMORY_FLAGS_SHIFT) & MEMORY_FLAGS;
  const size = v.machine.nonpaged.sizeOf(block);
  const sameLength = flags === 0 || length >>> 0 === size;
  if (given === flags && sameLength) return;
  const what =
    given === flags
      ? `has ${size} bytes and is freed with a length of ${length >>> 0}`
      : `was allocated with MemoryFlags ${given} and is freed with ${flags >>> 0}`;
  v.report(
    "MEM-WRONGFLAGS",
    `${ddi}: block ${hexAddress(block)} ${what}; free it with the flags and the length of its allocation.`,
    { object: block, allocationSite: ledger.allocationSite(block) },
  );
}

/** MEM-UAF: false when `address`, which the call is about to read or write, lies in memory that was freed. */
export function checkAlive(v: Verifier, ddi: DdiName, address: Address, what: string): boolean {
  const { ledger, machine } = v;
  if (address < machine.nonpaged.base || address >= machine.nonpaged.end) return true;
  // An entry that a lookaside list keeps is freed for the driver, though not for the pool.
  if (!machine.nonpaged.isFreed(address) && !ledger.wasFreed(address, KIND.memory)) return true;
  const block = machine.nonpaged.find(address);
  const start = block?.address ?? address;
  const at = ledger.wasFreed(start, KIND.memory) ? `, freed at ${v.place(ledger.freeSite(start))}` : "";
  v.report(
    "MEM-UAF",
    `${ddi}: ${what} ${hexAddress(address)} lies in block ${hexAddress(start)}${at}; take it out of every list before its memory is freed.`,
    { object: start, kind: "memory", allocationSite: ledger.allocationSite(start) },
  );
  return false;
}
