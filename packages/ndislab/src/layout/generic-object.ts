import { opaque } from "./structure.js";

/** Gives a handle to drivers that are neither miniport nor protocol nor filter. */
export const NDIS_GENERIC_OBJECT = opaque("NDIS_GENERIC_OBJECT");
