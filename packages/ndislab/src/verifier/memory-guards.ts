import type { DdiName } from "../ddi/table.js";
import { type Address, hexAddress } from "../memory/address.js";
import { tagText } from "../memory/tag.js";
import type { Guards } from "./guards.js";
import { KIND } from "./ledger.js";
import type { Verifier } from "./verifier.js";
import { whereabouts } from "./whereabouts.js";

/** Bytes behind a block that a finding shows. */
const SHOWN = 8;

/** What the ledger keeps of a block. */
const OVERRUN_REPORTED = 1;
const FROM_EXECUTIVE = 2;

/** The function that frees a live block of the driver. */
export const freeFunctionOfBlock = (v: Verifier, block: Address): DdiName =>
  v.ledger.value(block) & FROM_EXECUTIVE ? "ExFreePoolWithTag" : "NdisFreeMemory";

/** MEM-OVERRUN of one live block, once for each block. */
export function checkOverrun(v: Verifier, block: Address, when: string): void {
  const { nonpaged } = v.machine;
  const offset = nonpaged.overrun(block);
  if (offset < 0 || v.ledger.value(block) & OVERRUN_REPORTED) return;
  v.ledger.setValue(block, v.ledger.value(block) | OVERRUN_REPORTED);
  const size = nonpaged.find(block)?.size ?? 0;
  const site = v.ledger.allocationSite(block);
  const bytes = [...v.machine.memory.bytes(block + offset, SHOWN)].map((byte) => byte.toString(16).padStart(2, "0"));
  v.report(
    "MEM-OVERRUN",
    `${when}: block ${hexAddress(block)} of ${size} bytes was written behind its end, first at offset ${offset}, where it now has ${bytes.join(" ")}; write within what was asked for.`,
    { object: block, kind: "memory", allocationSite: site },
  );
}

/** MEM-DFREE, MEM-BADADDR, MDL-NOTALONE and MEM-OVERRUN: true when the block may be freed. */
function checkFree(v: Verifier, ddi: DdiName, address: Address): boolean {
  const { ledger, machine } = v;
  if (ledger.isLive(address, KIND.memory)) {
    checkOverrun(v, address, ddi);
    ledger.freed(address, v.site);
    return true;
  }
  if (ledger.wasFreed(address, KIND.memory)) {
    v.report(
      "MEM-DFREE",
      `${ddi}: block ${hexAddress(address)} was freed already, at ${v.place(ledger.freeSite(address))}; free it once and forget the pointer.`,
      { object: address, allocationSite: ledger.allocationSite(address) },
    );
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

const track = (v: Verifier, block: Address, facts = 0): Address => {
  if (block !== 0) {
    v.ledger.allocated(block, KIND.memory, v.site);
    v.ledger.setValue(block, facts);
  }
  return block;
};

export const MEMORY_GUARDS: Guards = {
  NdisAllocateMemoryWithTag: (next, v) => (out, length, tag) => {
    const status = next(out, length, tag);
    track(v, v.machine.memory.u32[out >>> 2]);
    return status;
  },
  NdisAllocateMemoryWithTagPriority: (next, v) => (handle, length, tag, priority) =>
    track(v, next(handle, length, tag, priority)),
  ExAllocatePoolWithTag: (next, v) => (type, length, tag) => track(v, next(type, length, tag), FROM_EXECUTIVE),
  ExAllocatePoolZero: (next, v) => (type, length, tag) => track(v, next(type, length, tag), FROM_EXECUTIVE),
  ExAllocatePool2: (next, v) => (flags, length, tag) => track(v, next(flags, length, tag), FROM_EXECUTIVE),
  NdisFreeMemory: (next, v) => (address, length, flags) => {
    if (checkFree(v, "NdisFreeMemory", address)) next(address, length, flags);
  },
  NdisFreeMemoryWithTag: (next, v) => (address, tag) => {
    if (checkFree(v, "NdisFreeMemoryWithTag", address)) next(address, tag);
  },
  NdisFreeMemoryWithTagPriority: (next, v) => (handle, address, tag) => {
    if (checkFree(v, "NdisFreeMemoryWithTagPriority", address)) next(handle, address, tag);
  },
  ExFreePoolWithTag: (next, v) => (address, tag) => {
    if (checkFree(v, "ExFreePoolWithTag", address)) next(address, tag);
  },
  ExFreePool: (next, v) => (address) => {
    if (checkFree(v, "ExFreePool", address)) next(address);
  },
};
