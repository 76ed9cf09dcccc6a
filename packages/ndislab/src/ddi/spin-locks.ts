import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import { family } from "./entry.js";

const { DISPATCH_LEVEL } = IRQL;

const OF_A_HOLD = [
  "Irql_Synch_Function",
  "SpinLock",
  "SpinLockBalanced",
  "SpinLockDpr",
  "SpinLockDprRelease",
  "SpinlockRelease",
] as const;

/** NDIS spin locks, whose storage is the caller's and must be nonpaged. The lock keeps the IRQL of before. */
export const SPIN_LOCKS = family(
  {
    family: "Spin locks",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "NDIS 5.0",
  },
  {
    NdisAllocateSpinLock: {
      c: "VOID NdisAllocateSpinLock(PNDIS_SPIN_LOCK SpinLock)",
      contract: ["F5-57"],
      page: "ndis/nf-ndis-ndisallocatespinlock",
      compliance: ["SpinLockDpr", "SpinLockDprRelease", "SpinlockRelease"],
      bind: (m) => (lock: Address) => m.locks.initialize(lock),
    },
    NdisFreeSpinLock: {
      c: "VOID NdisFreeSpinLock(PNDIS_SPIN_LOCK SpinLock)",
      contract: ["F5-58"],
      page: "ndis/nf-ndis-ndisfreespinlock",
      bind: (m) => (lock: Address) => m.locks.initialize(lock),
    },
    NdisAcquireSpinLock: {
      c: "VOID NdisAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock)",
      contract: ["F5-59"],
      page: "ndis/nf-ndis-ndisacquirespinlock",
      compliance: OF_A_HOLD,
      irql: DISPATCH_LEVEL,
      irqlRule: "SPIN-IRQL-ACQ",
      bind: (m) => (lock: Address) => m.locks.acquire(lock),
    },
    NdisReleaseSpinLock: {
      c: "VOID NdisReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock)",
      contract: ["F5-60"],
      page: "ndis/nf-ndis-ndisreleasespinlock",
      compliance: OF_A_HOLD,
      irql: DISPATCH_LEVEL,
      irqlRule: "SPIN-IRQL-REL",
      bind: (m) => (lock: Address) => m.locks.release(lock),
    },
    NdisDprAcquireSpinLock: {
      c: "VOID NdisDprAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock)",
      contract: ["F5-61"],
      page: "ndis/nf-ndis-ndisdpracquirespinlock",
      compliance: OF_A_HOLD,
      irqlFrom: DISPATCH_LEVEL,
      irql: DISPATCH_LEVEL,
      irqlRule: "SPIN-DPR-IRQL",
      bind: (m) => (lock: Address) => m.locks.acquireDpr(lock),
    },
    NdisDprReleaseSpinLock: {
      c: "VOID NdisDprReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock)",
      contract: ["F5-62"],
      page: "ndis/nf-ndis-ndisdprreleasespinlock",
      compliance: OF_A_HOLD,
      irqlFrom: DISPATCH_LEVEL,
      irql: DISPATCH_LEVEL,
      irqlRule: "SPIN-DPR-IRQL",
      bind: (m) => (lock: Address) => m.locks.releaseDpr(lock),
    },
  },
);
