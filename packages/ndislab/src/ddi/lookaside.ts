import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import { family } from "./entry.js";
import type { Machine } from "./machine.js";

const POOL_RAISE_IF_ALLOCATION_FAILURE = 0x10;
const POOL_NX_ALLOCATION = 0x200;

/** What Flags of ExInitializeNPagedLookasideList may add to the pool type. */
const POOL_FLAGS_ALLOWED = POOL_RAISE_IF_ALLOCATION_FAILURE | POOL_NX_ALLOCATION;

const initialize =
  (added: number) =>
  (m: Machine) =>
  (list: Address, allocate: number, free: number, flags: number, size: number, tag: number, _depth: number) =>
    m.lookaside.initialize(list, allocate, free, (flags & POOL_FLAGS_ALLOWED) | added, size >>> 0, tag >>> 0);

/** Lists of free blocks of one size. The list lies in storage of the driver; an entry is the caller's while it is out. */
export const LOOKASIDE = family(
  {
    family: "Lookaside lists",
    header: "ndis.h",
    platform: "Desktop",
    since: "NDIS 5.0",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "LOOK-IRQL",
  },
  {
    NdisInitializeNPagedLookasideList: {
      c: "VOID NdisInitializeNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate OPTIONAL, PFREE_FUNCTION Free OPTIONAL, ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth)",
      macro:
        "NdisInitializeNPagedLookasideList(Lookaside, Allocate, Free, Flags, Size, Tag, Depth) ExInitializeNPagedLookasideList(Lookaside, Allocate, Free, (Flags) | POOL_NX_ALLOCATION, Size, Tag, Depth)",
      contract: ["F5-63"],
      page: "ndis/nf-ndis-ndisinitializenpagedlookasidelist",
      compliance: ["Irql_Miscellaneous_Function"],
      bind: initialize(POOL_NX_ALLOCATION),
    },
    NdisAllocateFromNPagedLookasideList: {
      c: "PVOID NdisAllocateFromNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside)",
      macro: "NdisAllocateFromNPagedLookasideList(Lookaside) ExAllocateFromNPagedLookasideList(Lookaside)",
      contract: ["F5-64"],
      page: "ndis/nf-ndis-ndisallocatefromnpagedlookasidelist",
      compliance: ["Irql_Miscellaneous_Function"],
      bind: (m) => (list: Address) => m.lookaside.allocate(list),
    },
    NdisFreeToNPagedLookasideList: {
      c: "VOID NdisFreeToNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PVOID Entry)",
      macro: "NdisFreeToNPagedLookasideList(Lookaside, Entry) ExFreeToNPagedLookasideList(Lookaside, Entry)",
      contract: ["F5-65"],
      page: "ndis/nf-ndis-ndisfreetonpagedlookasidelist",
      compliance: ["Irql_Miscellaneous_Function"],
      bind: (m) => (list: Address, entry: Address) => m.lookaside.free(list, entry),
    },
    NdisDeleteNPagedLookasideList: {
      c: "VOID NdisDeleteNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside)",
      macro: "NdisDeleteNPagedLookasideList(Lookaside) ExDeleteNPagedLookasideList(Lookaside)",
      contract: ["F5-66"],
      page: "ndis/nf-ndis-ndisdeletenpagedlookasidelist",
      compliance: ["Irql_Miscellaneous_Function"],
      bind: (m) => (list: Address) => m.lookaside.flush(list),
    },
    ExInitializeNPagedLookasideList: {
      c: "VOID ExInitializeNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate OPTIONAL, PFREE_FUNCTION Free OPTIONAL, ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      platform: "Universal",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exinitializenpagedlookasidelist",
      bind: initialize(0),
    },
    ExAllocateFromNPagedLookasideList: {
      c: "PVOID ExAllocateFromNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exallocatefromnpagedlookasidelist",
      bind: (m) => (list: Address) => m.lookaside.allocate(list),
    },
    ExFreeToNPagedLookasideList: {
      c: "VOID ExFreeToNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PVOID Entry)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exfreetonpagedlookasidelist",
      bind: (m) => (list: Address, entry: Address) => m.lookaside.free(list, entry),
    },
    ExDeleteNPagedLookasideList: {
      c: "VOID ExDeleteNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      platform: "Universal",
      since: "Windows 2000",
      page: "wdm/nf-wdm-exdeletenpagedlookasidelist",
      bind: (m) => (list: Address) => m.lookaside.flush(list),
    },
    ExInitializeLookasideListEx: {
      c: "NTSTATUS ExInitializeLookasideListEx(PLOOKASIDE_LIST_EX Lookaside, PALLOCATE_FUNCTION_EX Allocate OPTIONAL, PFREE_FUNCTION_EX Free OPTIONAL, POOL_TYPE PoolType, ULONG Flags, SIZE_T Size, ULONG Tag, USHORT Depth)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      platform: "Universal",
      since: "Windows Vista",
      page: "wdm/nf-wdm-exinitializelookasidelistex",
      bind:
        (m) =>
        (
          list: Address,
          allocate: number,
          free: number,
          type: number,
          flags: number,
          size: number,
          tag: number,
          _depth: number,
        ) =>
          m.lookaside.initializeEx(list, allocate, free, type, flags, size >>> 0, tag >>> 0),
    },
    ExAllocateFromLookasideListEx: {
      c: "PVOID ExAllocateFromLookasideListEx(PLOOKASIDE_LIST_EX Lookaside)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows Vista",
      page: "wdm/nf-wdm-exallocatefromlookasidelistex",
      bind: (m) => (list: Address) => m.lookaside.allocate(list),
    },
    ExFreeToLookasideListEx: {
      c: "VOID ExFreeToLookasideListEx(PLOOKASIDE_LIST_EX Lookaside, PVOID Entry)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      since: "Windows Vista",
      page: "wdm/nf-wdm-exfreetolookasidelistex",
      bind: (m) => (list: Address, entry: Address) => m.lookaside.free(list, entry),
    },
    ExFlushLookasideListEx: {
      c: "VOID ExFlushLookasideListEx(PLOOKASIDE_LIST_EX Lookaside)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      platform: "Universal",
      since: "Windows Vista",
      page: "wdm/nf-wdm-exflushlookasidelistex",
      bind: (m) => (list: Address) => m.lookaside.flush(list),
    },
    ExDeleteLookasideListEx: {
      c: "VOID ExDeleteLookasideListEx(PLOOKASIDE_LIST_EX Lookaside)",
      header: "wdm.h",
      library: "ntoskrnl.lib",
      platform: "Universal",
      since: "Windows Vista",
      page: "wdm/nf-wdm-exdeletelookasidelistex",
      bind: (m) => (list: Address) => m.lookaside.flush(list),
    },
  },
);
