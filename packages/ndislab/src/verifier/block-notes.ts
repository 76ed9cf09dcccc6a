import type { DdiName } from "../ddi/table.js";
import { type Address, hexAddress } from "../memory/address.js";
import { KIND } from "./ledger.js";
import type { Verifier } from "./verifier.js";

/** Bytes behind a block that a finding shows. */
const SHOWN = 8;

/** What the ledger keeps of a block as its value. */
export const BLOCK = {
  overrunReported: 1,
  fromExecutive: 2,
  paged: 4,
  /** Both MemoryFlags of NdisAllocateMemory, shifted by 3. */
  contiguous: 8,
  noncached: 16,
  /** An entry that the driver's own function allocated for a lookaside list, which has it back. */
  kept: 32,
} as const;

/** Where in a block's value its MemoryFlags are. */
export const MEMORY_FLAGS_SHIFT = 3;

/** Which of a block's further numbers is the lookaside list that handed it out; 0 for none. */
const LIST = 2;

export const listOf = (v: Verifier, block: Address): Address => v.ledger.extra(block, LIST) >>> 0;

export const setListOf = (v: Verifier, block: Address, list: Address): void => v.ledger.setExtra(block, LIST, list);

/** The function that frees a live block of the driver. */
export function freeFunctionOfBlock(v: Verifier, block: Address): DdiName {
  const list = listOf(v, block);
  if (list !== 0)
    return v.residents.kindAt(list) === "LOOKASIDE_LIST_EX"
      ? "ExFreeToLookasideListEx"
      : "NdisFreeToNPagedLookasideList";
  return v.ledger.value(block) & BLOCK.fromExecutive ? "ExFreePoolWithTag" : "NdisFreeMemory";
}

/** Enters a block that an allocation gave; `facts` are of BLOCK. */
export function track(v: Verifier, block: Address, facts = 0): Address {
  if (block !== 0) {
    v.ledger.allocated(block, KIND.memory, v.site);
    v.ledger.setValue(block, facts);
    setListOf(v, block, 0);
  }
  return block;
}

/** MEM-OVERRUN of one live block, once for each block. */
export function checkOverrun(v: Verifier, block: Address, when: string): void {
  const { nonpaged } = v.machine;
  const offset = nonpaged.overrun(block);
  if (offset < 0 || v.ledger.value(block) & BLOCK.overrunReported) return;
  v.ledger.setValue(block, v.ledger.value(block) | BLOCK.overrunReported);
  const size = nonpaged.find(block)?.size ?? 0;
  const site = v.ledger.allocationSite(block);
  const bytes = [...v.machine.memory.bytes(block + offset, SHOWN)].map((byte) => byte.toString(16).padStart(2, "0"));
  v.report(
    "MEM-OVERRUN",
    `${when}: block ${hexAddress(block)} of ${size} bytes was written behind its end, first at offset ${offset}, where it now has ${bytes.join(" ")}; write within what was asked for.`,
    { object: block, kind: "memory", allocationSite: site },
  );
}

export function reportFreedTwice(v: Verifier, ddi: DdiName, block: Address, site: number): void {
  v.report(
    "MEM-DFREE",
    `${ddi}: block ${hexAddress(block)} was freed already, at ${v.place(site)}; free it once and forget the pointer.`,
    { object: block, allocationSite: v.ledger.allocationSite(block) },
  );
}
