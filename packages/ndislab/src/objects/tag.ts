import { poolTag } from "../memory/tag.js";
import { NdisError } from "./ndis-error.js";

/** The pool tag that reads `text` in reports: a driver in C writes it the other way round. */
export function tagNumber(text: string): number {
  if (!/^[\x20-\x7e]{4}$/.test(text))
    throw new NdisError("NDIS_STATUS_INVALID_PARAMETER", `A pool tag has four ASCII characters, not "${text}".`);
  return poolTag([...text].reverse().join(""));
}
