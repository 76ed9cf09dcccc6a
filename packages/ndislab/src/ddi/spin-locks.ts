import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import { family } from "./entry.js";

/** NDIS spin locks, whose storage is the caller's and must be nonpaged, and the IRQL. */
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
      page: "ndis/nf-ndis-ndisallocatespinlock",
      bind: (m) => (lock: Address) => m.locks.initialize(lock),
    },
    NdisFreeSpinLock: {
      c: "VOID NdisFreeSpinLock(PNDIS_SPIN_LOCK SpinLock)",
      page: "ndis/nf-ndis-ndisfreespinlock",
      bind: () => (_lock: Address) => {},
    },
    NdisAcquireSpinLock: {
      c: "VOID NdisAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock)",
      page: "ndis/nf-ndis-ndisacquirespinlock",
      irql: IRQL.DISPATCH_LEVEL,
      irqlRule: "SPIN-IRQL-ACQ",
      bind: (m) => (lock: Address) => m.locks.acquire(lock),
    },
    NdisReleaseSpinLock: {
      c: "VOID NdisReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock)",
      page: "ndis/nf-ndis-ndisreleasespinlock",
      irql: IRQL.DISPATCH_LEVEL,
      irqlRule: "SPIN-IRQL-REL",
      bind: (m) => (lock: Address) => m.locks.release(lock),
    },
    NdisDprAcquireSpinLock: {
      c: "VOID NdisDprAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock)",
      page: "ndis/nf-ndis-ndisdpracquirespinlock",
      bind: (m) => (lock: Address) => m.locks.acquireDpr(lock),
    },
    NdisDprReleaseSpinLock: {
      c: "VOID NdisDprReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock)",
      page: "ndis/nf-ndis-ndisdprreleasespinlock",
      bind: (m) => (lock: Address) => m.locks.releaseDpr(lock),
    },
    KeGetCurrentIrql: {
      c: "KIRQL KeGetCurrentIrql(VOID)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-kegetcurrentirql",
      bind: (m) => () => m.irql.current,
    },
    KeRaiseIrql: {
      c: "VOID KeRaiseIrql(KIRQL NewIrql, PKIRQL OldIrql)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-keraiseirql",
      bind: (m) => (level: number, old: Address) => {
        m.memory.u8[old] = m.irql.current;
        m.irql.current = level;
      },
    },
    KeLowerIrql: {
      c: "VOID KeLowerIrql(KIRQL NewIrql)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-kelowerirql",
      bind: (m) => (level: number) => {
        m.irql.current = level;
      },
    },
    KfRaiseIrql: {
      c: "KIRQL KfRaiseIrql(KIRQL NewIrql)",
      header: "wdm.h",
      library: "hal.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-keraiseirql",
      bind: (m) => (level: number) => {
        const before = m.irql.current;
        m.irql.current = level;
        return before;
      },
    },
    KfLowerIrql: {
      c: "VOID KfLowerIrql(KIRQL NewIrql)",
      header: "wdm.h",
      library: "hal.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-kelowerirql",
      bind: (m) => (level: number) => {
        m.irql.current = level;
      },
    },
  },
);
