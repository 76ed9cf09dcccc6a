import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import { family } from "./entry.js";

const { APC_LEVEL, DISPATCH_LEVEL } = IRQL;

/** Mutexes that a thread owns once, in nonpaged storage of the caller, and regions without APCs. */
export const MUTEXES = family(
  {
    family: "Mutexes and regions",
    header: "wdm.h",
    library: "ntoskrnl.lib",
    platform: "Universal",
    since: "Windows 2000",
    irql: APC_LEVEL,
  },
  {
    KeEnterCriticalRegion: {
      c: "VOID KeEnterCriticalRegion(VOID)",
      header: "ntddk.h",
      page: "ntddk/nf-ntddk-keentercriticalregion",
      bind: (m) => () => m.mutexes.enterCriticalRegion(),
    },
    KeLeaveCriticalRegion: {
      c: "VOID KeLeaveCriticalRegion(VOID)",
      header: "ntddk.h",
      page: "ntddk/nf-ntddk-keleavecriticalregion",
      bind: (m) => () => m.mutexes.leaveCriticalRegion(),
    },
    KeEnterGuardedRegion: {
      c: "VOID KeEnterGuardedRegion(VOID)",
      header: "ntddk.h",
      since: "Windows Server 2003",
      page: "ntddk/nf-ntddk-keenterguardedregion",
      bind: (m) => () => m.mutexes.enterGuardedRegion(),
    },
    KeLeaveGuardedRegion: {
      c: "VOID KeLeaveGuardedRegion(VOID)",
      header: "ntddk.h",
      since: "Windows Server 2003",
      page: "ntddk/nf-ntddk-keleaveguardedregion",
      bind: (m) => () => m.mutexes.leaveGuardedRegion(),
    },
    KeAreApcsDisabled: {
      c: "BOOLEAN KeAreApcsDisabled(VOID)",
      since: "Windows XP",
      irql: DISPATCH_LEVEL,
      page: "wdm/nf-wdm-keareapcsdisabled",
      bind: (m) => () => m.mutexes.apcsDisabled,
    },
    KeInitializeGuardedMutex: {
      c: "VOID KeInitializeGuardedMutex(PKGUARDED_MUTEX Mutex)",
      since: "Windows Server 2003 SP1",
      page: "wdm/nf-wdm-keinitializeguardedmutex",
      bind: (m) => (mutex: Address) => m.mutexes.initialize(mutex),
    },
    KeAcquireGuardedMutex: {
      c: "VOID KeAcquireGuardedMutex(PKGUARDED_MUTEX Mutex)",
      irqlRule: "SPIN-IRQL-ACQ",
      since: "Windows Server 2003",
      page: "wdm/nf-wdm-keacquireguardedmutex",
      bind: (m) => (mutex: Address) => m.mutexes.acquireGuarded(mutex),
    },
    KeTryToAcquireGuardedMutex: {
      c: "BOOLEAN KeTryToAcquireGuardedMutex(PKGUARDED_MUTEX Mutex)",
      irqlRule: "SPIN-IRQL-ACQ",
      since: "Windows Server 2003",
      page: "wdm/nf-wdm-ketrytoacquireguardedmutex",
      bind: (m) => (mutex: Address) => m.mutexes.tryAcquireGuarded(mutex),
    },
    KeReleaseGuardedMutex: {
      c: "VOID KeReleaseGuardedMutex(PKGUARDED_MUTEX Mutex)",
      irqlRule: "SPIN-IRQL-REL",
      since: "Windows Server 2003",
      page: "wdm/nf-wdm-kereleaseguardedmutex",
      bind: (m) => (mutex: Address) => m.mutexes.releaseGuarded(mutex),
    },
    ExInitializeFastMutex: {
      c: "VOID ExInitializeFastMutex(PFAST_MUTEX FastMutex)",
      irql: DISPATCH_LEVEL,
      page: "wdm/nf-wdm-exinitializefastmutex",
      bind: (m) => (mutex: Address) => m.mutexes.initialize(mutex),
    },
    ExAcquireFastMutex: {
      c: "VOID ExAcquireFastMutex(PFAST_MUTEX FastMutex)",
      irqlRule: "SPIN-IRQL-ACQ",
      page: "wdm/nf-wdm-exacquirefastmutex",
      bind: (m) => (mutex: Address) => m.mutexes.acquireFast(mutex),
    },
    ExTryToAcquireFastMutex: {
      c: "BOOLEAN ExTryToAcquireFastMutex(PFAST_MUTEX FastMutex)",
      irqlRule: "SPIN-IRQL-ACQ",
      page: "wdm/nf-wdm-extrytoacquirefastmutex",
      bind: (m) => (mutex: Address) => m.mutexes.tryAcquireFast(mutex),
    },
    ExReleaseFastMutex: {
      c: "VOID ExReleaseFastMutex(PFAST_MUTEX FastMutex)",
      irqlRule: "SPIN-IRQL-REL",
      page: "wdm/nf-wdm-exreleasefastmutex",
      bind: (m) => (mutex: Address) => m.mutexes.releaseFast(mutex),
    },
    ExAcquireFastMutexUnsafe: {
      c: "VOID ExAcquireFastMutexUnsafe(PFAST_MUTEX FastMutex)",
      irqlRule: "SPIN-IRQL-ACQ",
      page: "wdm/nf-wdm-exacquirefastmutexunsafe",
      bind: (m) => (mutex: Address) => m.mutexes.acquire(mutex),
    },
    ExReleaseFastMutexUnsafe: {
      c: "VOID ExReleaseFastMutexUnsafe(PFAST_MUTEX FastMutex)",
      irqlRule: "SPIN-IRQL-REL",
      page: "wdm/nf-wdm-exreleasefastmutexunsafe",
      bind: (m) => (mutex: Address) => m.mutexes.release(mutex),
    },
  },
);
