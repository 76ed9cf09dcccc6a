import { structure } from "./structure.js";

/** What an NDIS_RW_LOCK_EX is. Private to this system: drivers see its address only. */
export const RW_LOCK_STATE = structure("NDISLAB_RW_LOCK_STATE", {
  /** How often it is held for writing. */
  Writers: "ULONG",
  /** How often it is held for reading. */
  Readers: "ULONG",
});

/** `LockState` of LOCK_STATE and LOCK_STATE_EX between an acquire and its release. */
export const LOCK_STATES = { free: 0, read: 1, write: 2 } as const;
