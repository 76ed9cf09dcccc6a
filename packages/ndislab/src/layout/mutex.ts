import { KEVENT } from "./dispatcher.js";
import { structure } from "./structure.js";

/** A mutex that no thread owns twice. A guarded mutex is the same structure by another name. */
export const FAST_MUTEX = structure(
  "FAST_MUTEX",
  { Count: "LONG", Owner: "PVOID", Contention: "ULONG", Event: KEVENT, OldIrql: "ULONG" },
  { aliases: ["KGUARDED_MUTEX"] },
);
