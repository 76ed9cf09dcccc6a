import { IRQL } from "../layout/spin-lock.js";
import type { Address, Handle } from "../memory/address.js";
import { family } from "./entry.js";

const IRQL_RULE = ["Irql_NetBuffer_Function"] as const;

/** Lists made from lists over the same data. */
export const DERIVED_LISTS = family(
  {
    family: "Derived NET_BUFFER_LIST",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "NDIS 6.0",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "NB-IRQL",
  },
  {
    NdisAllocateCloneNetBufferList: {
      c: "PNET_BUFFER_LIST NdisAllocateCloneNetBufferList(PNET_BUFFER_LIST OriginalNetBufferList, NDIS_HANDLE NetBufferListPoolHandle OPTIONAL, NDIS_HANDLE NetBufferPoolHandle OPTIONAL, ULONG AllocateCloneFlags)",
      contract: ["F6-32"],
      page: "nblapi/nf-nblapi-ndisallocateclonenetbufferlist",
      compliance: IRQL_RULE,
      bind: (m) => (original: Address, listPool: Handle, netBufferPool: Handle, flags: number) =>
        m.derivedLists.clone(original, listPool, netBufferPool, flags >>> 0),
    },
    NdisFreeCloneNetBufferList: {
      c: "VOID NdisFreeCloneNetBufferList(PNET_BUFFER_LIST CloneNetBufferList, ULONG FreeCloneFlags)",
      contract: ["F6-33"],
      page: "nblapi/nf-nblapi-ndisfreeclonenetbufferlist",
      compliance: IRQL_RULE,
      bind: (m) => (clone: Address, _flags: number) => {
        m.derivedLists.free(clone);
      },
    },
    NdisAllocateFragmentNetBufferList: {
      c: "PNET_BUFFER_LIST NdisAllocateFragmentNetBufferList(PNET_BUFFER_LIST OriginalNetBufferList, NDIS_HANDLE NetBufferListPool OPTIONAL, NDIS_HANDLE NetBufferPool OPTIONAL, ULONG StartOffset, ULONG MaximumLength, ULONG DataOffsetDelta, ULONG DataBackFill, ULONG AllocateFragmentFlags)",
      contract: ["F6-34"],
      page: "nblapi/nf-nblapi-ndisallocatefragmentnetbufferlist",
      compliance: IRQL_RULE,
      bind:
        (m) =>
        (
          original: Address,
          listPool: Handle,
          netBufferPool: Handle,
          start: number,
          maximum: number,
          delta: number,
          backFill: number,
          _flags: number,
        ) =>
          m.derivedLists.fragment(
            original,
            listPool,
            netBufferPool,
            start >>> 0,
            maximum >>> 0,
            delta >>> 0,
            backFill >>> 0,
          ),
    },
    NdisFreeFragmentNetBufferList: {
      c: "VOID NdisFreeFragmentNetBufferList(PNET_BUFFER_LIST FragmentNetBufferList, ULONG DataOffsetDelta, ULONG FreeFragmentFlags)",
      contract: ["F6-35"],
      page: "nblapi/nf-nblapi-ndisfreefragmentnetbufferlist",
      compliance: IRQL_RULE,
      bind: (m) => (fragments: Address, delta: number, _flags: number) => {
        m.derivedLists.free(fragments, delta >>> 0);
      },
    },
    NdisAllocateReassembledNetBufferList: {
      c: "PNET_BUFFER_LIST NdisAllocateReassembledNetBufferList(PNET_BUFFER_LIST FragmentNetBufferList, NDIS_HANDLE NetBufferAndNetBufferListPoolHandle OPTIONAL, ULONG StartOffset, ULONG DataOffsetDelta, ULONG DataBackFill, ULONG AllocateReassembleFlags)",
      contract: ["F6-36"],
      page: "nblapi/nf-nblapi-ndisallocatereassemblednetbufferlist",
      compliance: IRQL_RULE,
      bind:
        (m) => (fragments: Address, listPool: Handle, start: number, delta: number, backFill: number, _flags: number) =>
          m.derivedLists.reassemble(fragments, listPool, start >>> 0, delta >>> 0, backFill >>> 0),
    },
    NdisFreeReassembledNetBufferList: {
      c: "VOID NdisFreeReassembledNetBufferList(PNET_BUFFER_LIST ReassembledNetBufferList, ULONG DataOffsetDelta, ULONG FreeReassembleFlags)",
      contract: ["F6-37"],
      page: "nblapi/nf-nblapi-ndisfreereassemblednetbufferlist",
      compliance: IRQL_RULE,
      bind: (m) => (reassembled: Address, delta: number, _flags: number) => {
        m.derivedLists.free(reassembled, delta >>> 0);
      },
    },
  },
);
