import { type Address, hexAddress } from "../memory/address.js";
import { tagText } from "../memory/tag.js";
import { KIND, OBJECT_KINDS } from "./ledger.js";
import type { Verifier } from "./verifier.js";

/**
 * What an address that is not what it should be really is, as the end of a sentence that starts with it.
 * @param given by C also as a signed number
 */
export function whereabouts(v: Verifier, given: Address): string {
  const address = given >>> 0;
  const { nonpaged, memory } = v.machine;
  if (address === 0) return "NULL";
  if (address >= memory.byteLength) return "outside the memory";
  if (address < nonpaged.base) return "in the driver's image or on its stack";
  const kind = v.ledger.kindAt(address);
  if (kind !== KIND.nothing && kind !== KIND.memory)
    return v.ledger.isLive(address, kind) ? withArticle(OBJECT_KINDS[kind]) : `a freed ${OBJECT_KINDS[kind]}`;
  const block = nonpaged.find(address);
  if (block === undefined) return "in memory that was never allocated";
  const text = `block ${hexAddress(block.address)} of ${block.size} bytes, tag '${tagText(block.tag)}'`;
  if (!block.live) return `in the freed ${text}`;
  if (block.purpose === "system") return "in storage of NDIS";
  return `in the driver's ${block.purpose === "paged" ? "paged " : ""}${text}`;
}

/** The name of a kind with "a" or "an" in front, as it is read aloud. */
export const withArticle = (kind: string): string => `${/^(MDL|NDIS)/.test(kind) ? "an" : "a"} ${kind}`;
