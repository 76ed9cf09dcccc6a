import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import { family } from "./entry.js";
import type { Machine } from "./machine.js";

const { DISPATCH_LEVEL } = IRQL;

const ACQUIRE = { irql: DISPATCH_LEVEL, irqlRule: "SPIN-IRQL-ACQ" } as const;
const RELEASE = { irql: DISPATCH_LEVEL, irqlRule: "SPIN-IRQL-REL" } as const;
/** These may run above DISPATCH_LEVEL too. */
const AT_DPC = { irqlFrom: DISPATCH_LEVEL, irqlRule: "SPIN-DPR-IRQL" } as const;

const acquireRaising = (m: Machine) => (lock: Address) => m.locks.acquireRaising(lock);

/** The kernel's spin locks: one word of nonpaged memory of the caller. Where the IRQL of before is kept differs by form. */
export const KE_SPIN_LOCKS = family(
  {
    family: "Spin locks",
    header: "wdm.h",
    library: "ntoskrnl.lib",
    platform: "Universal",
    since: "Windows 2000",
  },
  {
    KeInitializeSpinLock: {
      c: "VOID KeInitializeSpinLock(PKSPIN_LOCK SpinLock)",
      page: "wdm/nf-wdm-keinitializespinlock",
      bind: (m) => (lock: Address) => m.locks.initializeWord(lock),
    },
    KeAcquireSpinLock: {
      c: "VOID KeAcquireSpinLock(PKSPIN_LOCK SpinLock, PKIRQL OldIrql)",
      library: "hal.lib",
      macro: "KeAcquireSpinLock(SpinLock, OldIrql) ((VOID)(*(OldIrql) = KeAcquireSpinLockRaiseToDpc(SpinLock)))",
      page: "wdm/nf-wdm-keacquirespinlock",
      ...ACQUIRE,
      bind: (m) => (lock: Address, old: Address) => {
        m.memory.u8[old] = m.locks.acquireRaising(lock);
      },
    },
    KeAcquireSpinLockRaiseToDpc: {
      c: "KIRQL KeAcquireSpinLockRaiseToDpc(PKSPIN_LOCK SpinLock)",
      page: "wdm/nf-wdm-keacquirespinlockraisetodpc",
      ...ACQUIRE,
      bind: acquireRaising,
    },
    KfAcquireSpinLock: {
      c: "KIRQL KfAcquireSpinLock(PKSPIN_LOCK SpinLock)",
      library: "hal.lib",
      page: "wdm/nf-wdm-keacquirespinlock",
      ...ACQUIRE,
      bind: acquireRaising,
    },
    KeReleaseSpinLock: {
      c: "VOID KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql)",
      library: "hal.lib",
      page: "wdm/nf-wdm-kereleasespinlock",
      ...RELEASE,
      bind: (m) => (lock: Address, irql: number) => m.locks.releaseTo(lock, irql),
    },
    KeAcquireSpinLockAtDpcLevel: {
      c: "VOID KeAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock)",
      page: "wdm/nf-wdm-keacquirespinlockatdpclevel",
      ...AT_DPC,
      bind: (m) => (lock: Address) => m.locks.acquireDpr(lock),
    },
    KeTryToAcquireSpinLockAtDpcLevel: {
      c: "BOOLEAN KeTryToAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock)",
      since: "Windows Server 2003 SP1",
      page: "wdm/nf-wdm-ketrytoacquirespinlockatdpclevel",
      ...AT_DPC,
      bind: (m) => (lock: Address) => m.locks.tryAcquireDpr(lock),
    },
    KeReleaseSpinLockFromDpcLevel: {
      c: "VOID KeReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock)",
      page: "wdm/nf-wdm-kereleasespinlockfromdpclevel",
      ...AT_DPC,
      bind: (m) => (lock: Address) => m.locks.releaseDpr(lock),
    },
    KeTestSpinLock: {
      c: "BOOLEAN KeTestSpinLock(PKSPIN_LOCK SpinLock)",
      since: "Windows Server 2003",
      page: "wdm/nf-wdm-ketestspinlock",
      bind: (m) => (lock: Address) => !m.locks.held(lock),
    },
    KeAcquireInStackQueuedSpinLock: {
      c: "VOID KeAcquireInStackQueuedSpinLock(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle)",
      library: "hal.lib",
      since: "Windows XP",
      page: "wdm/nf-wdm-keacquireinstackqueuedspinlock",
      ...ACQUIRE,
      bind: (m) => (lock: Address, handle: Address) => m.locks.acquireQueued(lock, handle),
    },
    KeReleaseInStackQueuedSpinLock: {
      c: "VOID KeReleaseInStackQueuedSpinLock(PKLOCK_QUEUE_HANDLE LockHandle)",
      library: "hal.lib",
      since: "Windows XP",
      page: "wdm/nf-wdm-kereleaseinstackqueuedspinlock",
      ...RELEASE,
      bind: (m) => (handle: Address) => m.locks.releaseQueued(handle),
    },
    KeAcquireInStackQueuedSpinLockAtDpcLevel: {
      c: "VOID KeAcquireInStackQueuedSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle)",
      since: "Windows XP",
      page: "wdm/nf-wdm-keacquireinstackqueuedspinlockatdpclevel",
      ...AT_DPC,
      bind: (m) => (lock: Address, handle: Address) => m.locks.acquireQueuedDpr(lock, handle),
    },
    KeReleaseInStackQueuedSpinLockFromDpcLevel: {
      c: "VOID KeReleaseInStackQueuedSpinLockFromDpcLevel(PKLOCK_QUEUE_HANDLE LockHandle)",
      since: "Windows XP",
      page: "wdm/nf-wdm-kereleaseinstackqueuedspinlockfromdpclevel",
      ...AT_DPC,
      bind: (m) => (handle: Address) => m.locks.releaseQueuedDpr(handle),
    },
  },
);

/** Spin locks that several may share: one word, zeroed by the caller, for which there is no function. */
export const EX_SPIN_LOCKS = family(
  { family: "Spin locks", header: "wdm.h", library: "ntoskrnl.lib", platform: "Universal", since: "Windows Vista SP1" },
  {
    ExAcquireSpinLockExclusive: {
      c: "KIRQL ExAcquireSpinLockExclusive(PEX_SPIN_LOCK SpinLock)",
      page: "wdm/nf-wdm-exacquirespinlockexclusive",
      ...ACQUIRE,
      bind: (m) => (lock: Address) => m.exLocks.acquireExclusive(lock),
    },
    ExAcquireSpinLockShared: {
      c: "KIRQL ExAcquireSpinLockShared(PEX_SPIN_LOCK SpinLock)",
      page: "wdm/nf-wdm-exacquirespinlockshared",
      ...ACQUIRE,
      bind: (m) => (lock: Address) => m.exLocks.acquireShared(lock),
    },
    ExReleaseSpinLockExclusive: {
      c: "VOID ExReleaseSpinLockExclusive(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql)",
      page: "wdm/nf-wdm-exreleasespinlockexclusive",
      ...RELEASE,
      bind: (m) => (lock: Address, irql: number) => m.exLocks.releaseTo(lock, irql),
    },
    ExReleaseSpinLockShared: {
      c: "VOID ExReleaseSpinLockShared(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql)",
      page: "wdm/nf-wdm-exreleasespinlockshared",
      ...RELEASE,
      bind: (m) => (lock: Address, irql: number) => m.exLocks.releaseTo(lock, irql),
    },
    ExAcquireSpinLockExclusiveAtDpcLevel: {
      c: "VOID ExAcquireSpinLockExclusiveAtDpcLevel(PEX_SPIN_LOCK SpinLock)",
      page: "wdm/nf-wdm-exacquirespinlockexclusiveatdpclevel",
      ...AT_DPC,
      bind: (m) => (lock: Address) => m.exLocks.acquireExclusiveDpr(lock),
    },
    ExAcquireSpinLockSharedAtDpcLevel: {
      c: "VOID ExAcquireSpinLockSharedAtDpcLevel(PEX_SPIN_LOCK SpinLock)",
      page: "wdm/nf-wdm-exacquirespinlocksharedatdpclevel",
      ...AT_DPC,
      bind: (m) => (lock: Address) => m.exLocks.acquireSharedDpr(lock),
    },
    ExReleaseSpinLockExclusiveFromDpcLevel: {
      c: "VOID ExReleaseSpinLockExclusiveFromDpcLevel(PEX_SPIN_LOCK SpinLock)",
      page: "wdm/nf-wdm-exreleasespinlockexclusivefromdpclevel",
      ...AT_DPC,
      bind: (m) => (lock: Address) => m.exLocks.releaseDpr(lock),
    },
    ExReleaseSpinLockSharedFromDpcLevel: {
      c: "VOID ExReleaseSpinLockSharedFromDpcLevel(PEX_SPIN_LOCK SpinLock)",
      page: "wdm/nf-wdm-exreleasespinlocksharedfromdpclevel",
      ...AT_DPC,
      bind: (m) => (lock: Address) => m.exLocks.releaseDpr(lock),
    },
    ExTryConvertSharedSpinLockExclusive: {
      c: "LOGICAL ExTryConvertSharedSpinLockExclusive(PEX_SPIN_LOCK SpinLock)",
      page: "wdm/nf-wdm-extryconvertsharedspinlockexclusive",
      ...AT_DPC,
      bind: (m) => (lock: Address) => m.exLocks.tryConvert(lock),
    },
  },
);
