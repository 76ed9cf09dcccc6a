import { array, constants, inner, opaque, structure, union } from "./structure.js";

export const NDIS_RW_LOCK_REFCOUNT = structure(
  "NDIS_RW_LOCK_REFCOUNT",
  { RefCount: "UINT", cacheLine: "UCHAR[16]" },
  { union: true, pointers: [] },
);

/** The read-write lock of NDIS 5.1 to 6.1; the successor NDIS_RW_LOCK_EX is allocated by NDIS. */
export const NDIS_RW_LOCK = structure("NDIS_RW_LOCK", {
  $owner: union({ $lock: inner({ SpinLock: "KSPIN_LOCK", Context: "PVOID" }), Reserved: array("UCHAR", 16) }),
  $count: union({
    RefCount: array(NDIS_RW_LOCK_REFCOUNT, 32),
    RefCountEx: array("ULONG", 128),
    $shared: inner({ RefCountLock: "KSPIN_LOCK", SharedRefCount: "ULONG", WriterWaiting: "BOOLEAN" }),
  }),
});

export const NDIS_RW_LOCK_EX = opaque("NDIS_RW_LOCK_EX");

export const LOCK_STATE = structure("LOCK_STATE", { LockState: "USHORT", OldIrql: "KIRQL" });

export const LOCK_STATE_EX = structure("LOCK_STATE_EX", { OldIrql: "KIRQL", LockState: "UCHAR", Flags: "UCHAR" });

/** Flags of NdisAcquireRWLockRead and NdisAcquireRWLockWrite. */
export const RW_LOCK_FLAGS = constants({ NDIS_RWL_AT_DISPATCH_LEVEL: 1 });
