import { MDL, MDL_FLAGS } from "../layout/mdl.js";
import type { Address } from "../memory/address.js";
import type { Lab } from "./lab.js";

/** Turns an MDL into one whose pages are only locked, so that a mapping has to be made and can fail. */
export function unmap(lab: Lab, mdl: Address): void {
  lab.machine.memory.u16[(mdl + MDL.offset.MdlFlags) >>> 1] = MDL_FLAGS.MDL_PAGES_LOCKED;
  lab.setU32(mdl + MDL.offset.MappedSystemVa, 0);
}
