import { IRQL } from "../layout/spin-lock.js";
import type { Address, Handle } from "../memory/address.js";
import { family } from "./entry.js";

const { DISPATCH_LEVEL } = IRQL;

const ACQUIRE = { irql: DISPATCH_LEVEL, irqlRule: "SPIN-IRQL-ACQ" } as const;
const RELEASE = { irql: DISPATCH_LEVEL, irqlRule: "SPIN-IRQL-REL" } as const;
const AT_DISPATCH = { irqlFrom: DISPATCH_LEVEL, irql: DISPATCH_LEVEL, irqlRule: "SPIN-DPR-IRQL" } as const;

/** Read-write locks that NDIS allocates. The LOCK_STATE_EX is the caller's, one for each hold. */
export const RW_LOCKS = family(
  { family: "Read-write locks", header: "ndis.h", library: "ndis.lib", platform: "Universal", since: "NDIS 6.20" },
  {
    NdisAllocateRWLock: {
      c: "PNDIS_RW_LOCK_EX NdisAllocateRWLock(NDIS_HANDLE NdisHandle OPTIONAL)",
      page: "ndis/nf-ndis-ndisallocaterwlock",
      irql: DISPATCH_LEVEL,
      irqlRule: "MEM-IRQL",
      bind: (m) => (_handle: Handle) => m.rwLocks.allocate(),
    },
    NdisFreeRWLock: {
      c: "VOID NdisFreeRWLock(PNDIS_RW_LOCK_EX Lock)",
      page: "ndis/nf-ndis-ndisfreerwlock",
      irql: DISPATCH_LEVEL,
      irqlRule: "MEM-IRQL",
      bind: (m) => (lock: Address) => m.rwLocks.free(lock),
    },
    NdisAcquireRWLockRead: {
      c: "VOID NdisAcquireRWLockRead(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState, UCHAR Flags)",
      page: "ndis/nf-ndis-ndisacquirerwlockread",
      ...ACQUIRE,
      bind: (m) => (lock: Address, state: Address, flags: number) => m.rwLocks.acquireRead(lock, state, flags),
    },
    NdisAcquireRWLockWrite: {
      c: "VOID NdisAcquireRWLockWrite(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState, UCHAR Flags)",
      page: "ndis/nf-ndis-ndisacquirerwlockwrite",
      ...ACQUIRE,
      bind: (m) => (lock: Address, state: Address, flags: number) => m.rwLocks.acquireWrite(lock, state, flags),
    },
    NdisReleaseRWLock: {
      c: "VOID NdisReleaseRWLock(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState)",
      page: "ndis/nf-ndis-ndisreleaserwlock",
      ...RELEASE,
      bind: (m) => (lock: Address, state: Address) => m.rwLocks.release(lock, state),
    },
  },
);

/** Their predecessors, whose storage is the driver's. */
export const OLD_RW_LOCKS = family(
  {
    family: "Read-write locks",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "NDIS 5.1",
    deprecated: true,
  },
  {
    NdisInitializeReadWriteLock: {
      c: "VOID NdisInitializeReadWriteLock(PNDIS_RW_LOCK Lock)",
      page: "ndis/nf-ndis-ndisinitializereadwritelock",
      successor: "NdisAllocateRWLock",
      bind: (m) => (lock: Address) => m.oldRwLocks.initialize(lock),
    },
    NdisAcquireReadWriteLock: {
      c: "VOID NdisAcquireReadWriteLock(PNDIS_RW_LOCK Lock, BOOLEAN fWrite, PLOCK_STATE LockState)",
      page: "ndis/nf-ndis-ndisacquirereadwritelock",
      successor: "NdisAcquireRWLockRead",
      compliance: ["Irql_Synch_Function"],
      ...ACQUIRE,
      bind: (m) => (lock: Address, write: number, state: Address) =>
        m.oldRwLocks.acquire(lock, (write & 0xff) !== 0, state),
    },
    NdisReleaseReadWriteLock: {
      c: "VOID NdisReleaseReadWriteLock(PNDIS_RW_LOCK Lock, PLOCK_STATE LockState)",
      page: "ndis/nf-ndis-ndisreleasereadwritelock",
      successor: "NdisReleaseRWLock",
      compliance: ["Irql_Synch_Function"],
      ...RELEASE,
      bind: (m) => (lock: Address, state: Address) => m.oldRwLocks.release(lock, state),
    },
    NdisDprAcquireReadWriteLock: {
      c: "VOID NdisDprAcquireReadWriteLock(PNDIS_RW_LOCK Lock, BOOLEAN fWrite, PLOCK_STATE LockState)",
      since: "NDIS 6.0",
      page: "ndis/nf-ndis-ndisdpracquirereadwritelock",
      successor: "NdisAcquireRWLockRead",
      ...AT_DISPATCH,
      bind: (m) => (lock: Address, write: number, state: Address) =>
        m.oldRwLocks.acquireDpr(lock, (write & 0xff) !== 0, state),
    },
    NdisDprReleaseReadWriteLock: {
      c: "VOID NdisDprReleaseReadWriteLock(PNDIS_RW_LOCK Lock, PLOCK_STATE LockState)",
      since: "NDIS 6.0",
      page: "ndis/nf-ndis-ndisdprreleasereadwritelock",
      successor: "NdisReleaseRWLock",
      ...AT_DISPATCH,
      bind: (m) => (lock: Address, state: Address) => m.oldRwLocks.releaseDpr(lock, state),
    },
  },
);
