import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import { family } from "./entry.js";
import type { Machine } from "./machine.js";

const insertHead = (m: Machine) => (head: Address, entry: Address, lock: Address) =>
  m.lists.insertHead(head, entry, lock);
const insertTail = (m: Machine) => (head: Address, entry: Address, lock: Address) =>
  m.lists.insertTail(head, entry, lock);
const removeHead = (m: Machine) => (head: Address, lock: Address) => m.lists.removeHead(head, lock);

/**
 * Lists that a spin lock of the caller guards: it is taken and released within the call. Head, entries and lock are the
 * caller's, in nonpaged memory. NDIS's names take an NDIS_SPIN_LOCK, which has the kernel's word in front.
 */
export const LISTS = family(
  { family: "Lists", header: "ndis.h", library: "ndis.lib", platform: "Universal", since: "NDIS 5.0" },
  {
    NdisInitializeListHead: {
      c: "VOID NdisInitializeListHead(PLIST_ENTRY _ListHead)",
      macro: "NdisInitializeListHead(_ListHead) InitializeListHead(_ListHead)",
      platform: "Desktop",
      page: "ndis/nf-ndis-ndisinitializelisthead",
      bind: (m) => (head: Address) => m.lists.initialize(head),
    },
    NdisInterlockedInsertHeadList: {
      c: "PLIST_ENTRY NdisInterlockedInsertHeadList(PLIST_ENTRY _ListHead, PLIST_ENTRY _ListEntry, PNDIS_SPIN_LOCK _SpinLock)",
      macro:
        "NdisInterlockedInsertHeadList(_ListHead, _ListEntry, _SpinLock) ExInterlockedInsertHeadList(_ListHead, _ListEntry, &(_SpinLock)->SpinLock)",
      page: "ndis/nf-ndis-ndisinterlockedinsertheadlist",
      bind: insertHead,
    },
    NdisInterlockedInsertTailList: {
      c: "PLIST_ENTRY NdisInterlockedInsertTailList(PLIST_ENTRY _ListHead, PLIST_ENTRY _ListEntry, PNDIS_SPIN_LOCK _SpinLock)",
      macro:
        "NdisInterlockedInsertTailList(_ListHead, _ListEntry, _SpinLock) ExInterlockedInsertTailList(_ListHead, _ListEntry, &(_SpinLock)->SpinLock)",
      page: "ndis/nf-ndis-ndisinterlockedinserttaillist",
      bind: insertTail,
    },
    NdisInterlockedRemoveHeadList: {
      c: "PLIST_ENTRY NdisInterlockedRemoveHeadList(PLIST_ENTRY _ListHead, PNDIS_SPIN_LOCK _SpinLock)",
      macro:
        "NdisInterlockedRemoveHeadList(_ListHead, _SpinLock) ExInterlockedRemoveHeadList(_ListHead, &(_SpinLock)->SpinLock)",
      page: "ndis/nf-ndis-ndisinterlockedremoveheadlist",
      bind: removeHead,
    },
    ExInterlockedInsertHeadList: {
      c: "PLIST_ENTRY ExInterlockedInsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry, PKSPIN_LOCK Lock)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exinterlockedinsertheadlist",
      bind: insertHead,
    },
    ExInterlockedInsertTailList: {
      c: "PLIST_ENTRY ExInterlockedInsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry, PKSPIN_LOCK Lock)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exinterlockedinserttaillist",
      bind: insertTail,
    },
    ExInterlockedRemoveHeadList: {
      c: "PLIST_ENTRY ExInterlockedRemoveHeadList(PLIST_ENTRY ListHead, PKSPIN_LOCK Lock)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exinterlockedremoveheadlist",
      bind: removeHead,
    },
    ExInterlockedPushEntryList: {
      c: "PSINGLE_LIST_ENTRY ExInterlockedPushEntryList(PSINGLE_LIST_ENTRY ListHead, PSINGLE_LIST_ENTRY ListEntry, PKSPIN_LOCK Lock)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exinterlockedpushentrylist",
      bind: (m) => (head: Address, entry: Address, lock: Address) => m.lists.push(head, entry, lock),
    },
    ExInterlockedPopEntryList: {
      c: "PSINGLE_LIST_ENTRY ExInterlockedPopEntryList(PSINGLE_LIST_ENTRY ListHead, PKSPIN_LOCK Lock)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exinterlockedpopentrylist",
      bind: (m) => (head: Address, lock: Address) => m.lists.pop(head, lock),
    },
  },
);

/** Sequenced lists, which need no lock: the lock in a parameter list is from older days and is not looked at. */
export const SEQUENCED_LISTS = family(
  { family: "Lists", header: "ndis.h", platform: "Desktop", since: "NDIS 5.0" },
  {
    NdisInitializeSListHead: {
      c: "VOID NdisInitializeSListHead(PSLIST_HEADER SListHead)",
      macro: "NdisInitializeSListHead(SListHead) ExInitializeSListHead(SListHead)",
      page: "ndis/nf-ndis-ndisinitializeslisthead",
      bind: (m) => (head: Address) => m.lists.initializeSequenced(head),
    },
    NdisInterlockedPushEntrySList: {
      c: "PSLIST_ENTRY NdisInterlockedPushEntrySList(PSLIST_HEADER SListHead, PSLIST_ENTRY SListEntry, PKSPIN_LOCK Lock)",
      macro:
        "NdisInterlockedPushEntrySList(SListHead, SListEntry, Lock) ExInterlockedPushEntrySList(SListHead, SListEntry, Lock)",
      page: "ndis/nf-ndis-ndisinterlockedpushentryslist",
      bind: (m) => (head: Address, entry: Address, _lock: Address) => m.lists.pushSequenced(head, entry),
    },
    NdisInterlockedPopEntrySList: {
      c: "PSLIST_ENTRY NdisInterlockedPopEntrySList(PSLIST_HEADER SListHead, PKSPIN_LOCK Lock)",
      macro: "NdisInterlockedPopEntrySList(SListHead, Lock) ExInterlockedPopEntrySList(SListHead, Lock)",
      page: "ndis/nf-ndis-ndisinterlockedpopentryslist",
      bind: (m) => (head: Address, _lock: Address) => m.lists.popSequenced(head),
    },
    NdisInterlockedFlushSList: {
      c: "PSLIST_ENTRY NdisInterlockedFlushSList(PSLIST_HEADER SListHead)",
      macro: "NdisInterlockedFlushSList(SListHead) ExInterlockedFlushSList(SListHead)",
      page: "wdm/nf-wdm-exinterlockedflushslist",
      bind: (m) => (head: Address) => m.lists.flushSequenced(head),
    },
    NdisQueryDepthSList: {
      c: "USHORT NdisQueryDepthSList(PSLIST_HEADER SListHead)",
      macro: "NdisQueryDepthSList(SListHead) ExQueryDepthSList(SListHead)",
      page: "ndis/nf-ndis-ndisquerydepthslist",
      irql: IRQL.DISPATCH_LEVEL,
      compliance: ["Irql_Miscellaneous_Function"],
      bind: (m) => (head: Address) => m.lists.depth(head),
    },
    ExInterlockedPushEntrySList: {
      c: "PSLIST_ENTRY ExInterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY ListEntry, PKSPIN_LOCK Lock)",
      macro: "ExInterlockedPushEntrySList(ListHead, ListEntry, Lock) InterlockedPushEntrySList(ListHead, ListEntry)",
      header: "wdm.h",
      platform: "Universal",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exinterlockedpushentryslist",
      bind: (m) => (head: Address, entry: Address, _lock: Address) => m.lists.pushSequenced(head, entry),
    },
    ExInterlockedPopEntrySList: {
      c: "PSLIST_ENTRY ExInterlockedPopEntrySList(PSLIST_HEADER ListHead, PKSPIN_LOCK Lock)",
      macro: "ExInterlockedPopEntrySList(ListHead, Lock) InterlockedPopEntrySList(ListHead)",
      header: "wdm.h",
      platform: "Universal",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exinterlockedpopentryslist",
      bind: (m) => (head: Address, _lock: Address) => m.lists.popSequenced(head),
    },
    ExInterlockedFlushSList: {
      c: "PSLIST_ENTRY ExInterlockedFlushSList(PSLIST_HEADER ListHead)",
      macro: "ExInterlockedFlushSList(ListHead) InterlockedFlushSList(ListHead)",
      header: "wdm.h",
      platform: "Universal",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exinterlockedflushslist",
      bind: (m) => (head: Address) => m.lists.flushSequenced(head),
    },
  },
);
