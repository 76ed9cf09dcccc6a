import { constants, structure } from "./structure.js";

/** A zero-filled lock is valid and free. */
export const NDIS_SPIN_LOCK = structure("NDIS_SPIN_LOCK", { SpinLock: "KSPIN_LOCK", OldIrql: "KIRQL" });

export const IRQL = constants({
  PASSIVE_LEVEL: 0,
  LOW_LEVEL: 0,
  APC_LEVEL: 1,
  DISPATCH_LEVEL: 2,
  CLOCK_LEVEL: 28,
  HIGH_LEVEL: 31,
});
