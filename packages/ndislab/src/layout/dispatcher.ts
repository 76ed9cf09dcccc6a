import { LIST_ENTRY, SINGLE_LIST_ENTRY, ULARGE_INTEGER } from "./list.js";
import { callback, enumeration, inner, opaque, structure, union } from "./structure.js";

export const EVENT_TYPE = enumeration("EVENT_TYPE", { NotificationEvent: 0, SynchronizationEvent: 1 });
export const TIMER_TYPE = enumeration("TIMER_TYPE", { NotificationTimer: 0, SynchronizationTimer: 1 });
export const WAIT_TYPE = enumeration("WAIT_TYPE", { WaitAll: 0, WaitAny: 1 });

export const KWAIT_REASON = enumeration("KWAIT_REASON", {
  Executive: 0,
  FreePage: 1,
  PageIn: 2,
  PoolAllocation: 3,
  DelayExecution: 4,
  Suspended: 5,
  UserRequest: 6,
  WrExecutive: 7,
});

export const MODE = enumeration("MODE", { KernelMode: 0, UserMode: 1, MaximumMode: 2 });

/** What every object has in front that a thread can wait for. */
export const DISPATCHER_HEADER = structure("DISPATCHER_HEADER", {
  $lock: union({
    Lock: "LONG",
    $object: inner({ Type: "UCHAR", Signalling: "UCHAR", Size: "UCHAR", Reserved1: "UCHAR" }),
  }),
  SignalState: "LONG",
  WaitListHead: LIST_ENTRY,
});

export const KEVENT = structure("KEVENT", { Header: DISPATCHER_HEADER }, { pointers: ["PKEVENT", "PRKEVENT"] });

export const KSEMAPHORE = structure(
  "KSEMAPHORE",
  { Header: DISPATCHER_HEADER, Limit: "LONG" },
  { pointers: ["PKSEMAPHORE", "PRKSEMAPHORE"] },
);

export const KTHREAD = opaque("KTHREAD", { pointers: ["PKTHREAD", "PRKTHREAD"] });
export const ETHREAD = opaque("ETHREAD");

export const KMUTANT = structure(
  "KMUTANT",
  {
    Header: DISPATCHER_HEADER,
    MutantListEntry: LIST_ENTRY,
    OwnerThread: "struct _KTHREAD *",
    Abandoned: "BOOLEAN",
    ApcDisable: "UCHAR",
  },
  { pointers: ["PKMUTANT", "PRKMUTANT", "PRKMUTEX"], aliases: ["KMUTEX"] },
);

export const KDEFERRED_ROUTINE = callback(
  "KDEFERRED_ROUTINE",
  "VOID (struct _KDPC *Dpc, PVOID DeferredContext, PVOID SystemArgument1, PVOID SystemArgument2)",
  "PKDEFERRED_ROUTINE",
);

/** `DpcData` is not NULL while the DPC is queued. */
export const KDPC = structure(
  "KDPC",
  {
    Type: "UCHAR",
    Importance: "UCHAR",
    Number: "USHORT",
    DpcListEntry: SINGLE_LIST_ENTRY,
    ProcessorHistory: "KAFFINITY",
    DeferredRoutine: KDEFERRED_ROUTINE,
    DeferredContext: "PVOID",
    SystemArgument1: "PVOID",
    SystemArgument2: "PVOID",
    DpcData: "PVOID",
  },
  { pointers: ["PKDPC", "PRKDPC"] },
);

export const KTIMER = structure(
  "KTIMER",
  {
    Header: DISPATCHER_HEADER,
    DueTime: ULARGE_INTEGER,
    TimerListEntry: LIST_ENTRY,
    Dpc: "struct _KDPC *",
    Period: "ULONG",
  },
  { pointers: ["PKTIMER", "PRKTIMER"] },
);

export const NDIS_EVENT = structure("NDIS_EVENT", { Event: KEVENT });
