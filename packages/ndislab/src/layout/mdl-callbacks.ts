import { callback } from "./structure.js";

/** Gives memory and an MDL over it to a retreat; may make `*BufferSize` larger. */
export const NET_BUFFER_ALLOCATE_MDL = callback("NET_BUFFER_ALLOCATE_MDL", "MDL *(ULONG *BufferSize)");

/** Takes both back at the advance. */
export const NET_BUFFER_FREE_MDL = callback("NET_BUFFER_FREE_MDL", "VOID (MDL *Mdl)");
