import { structure } from "./structure.js";

/** What lies in the reserved bytes of every lookaside list. Private to this system. */
export const LOOKASIDE_STATE = structure("NDISLAB_LOOKASIDE_STATE", {
  /** First free entry, 0 when there is none; each holds the address of the next. */
  First: "ULONG",
  /** Free entries that the list keeps. */
  Depth: "ULONG",
  /** Entries that were handed out and not given back. */
  Outstanding: "ULONG",
  PoolType: "ULONG",
  /** Bytes of an entry. */
  Size: "ULONG",
  Tag: "ULONG",
  /** The driver's own functions, 0 for the pool's. */
  Allocate: "ULONG",
  Free: "ULONG",
  /** 1 when they get the list as their last argument: LOOKASIDE_LIST_EX. */
  Extended: "ULONG",
});
