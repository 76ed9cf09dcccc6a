import type { FunctionPointer } from "../kernel/callbacks.js";
import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import { family } from "./entry.js";

const IRQL_RULE = ["Irql_NetBuffer_Function"] as const;

/** Moving the start of the used data of NET_BUFFERs. */
export const DATA_START = family(
  {
    family: "Data start",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "NDIS 6.0",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "NB-IRQL",
  },
  {
    NdisRetreatNetBufferDataStart: {
      c: "NDIS_STATUS NdisRetreatNetBufferDataStart(PNET_BUFFER NetBuffer, ULONG DataOffsetDelta, ULONG DataBackFill, NET_BUFFER_ALLOCATE_MDL_HANDLER AllocateMdlHandler OPTIONAL)",
      contract: ["F6-21"],
      page: "nblapi/nf-nblapi-ndisretreatnetbufferdatastart",
      compliance: IRQL_RULE,
      bind: (m) => (nb: Address, delta: number, backFill: number, handler: FunctionPointer) =>
        m.dataStart.retreat(nb, delta >>> 0, backFill >>> 0, handler),
    },
    NdisRetreatNetBufferListDataStart: {
      c: "NDIS_STATUS NdisRetreatNetBufferListDataStart(PNET_BUFFER_LIST NetBufferList, ULONG DataOffsetDelta, ULONG DataBackFill, NET_BUFFER_ALLOCATE_MDL_HANDLER AllocateMdlHandler OPTIONAL, NET_BUFFER_FREE_MDL_HANDLER FreeMdlHandler OPTIONAL)",
      contract: ["F6-22"],
      page: "nblapi/nf-nblapi-ndisretreatnetbufferlistdatastart",
      compliance: IRQL_RULE,
      bind:
        (m) =>
        (
          nbl: Address,
          delta: number,
          backFill: number,
          allocateHandler: FunctionPointer,
          freeHandler: FunctionPointer,
        ) =>
          m.dataStart.retreatList(nbl, delta >>> 0, backFill >>> 0, allocateHandler, freeHandler),
    },
    NdisAdvanceNetBufferDataStart: {
      c: "VOID NdisAdvanceNetBufferDataStart(PNET_BUFFER NetBuffer, ULONG DataOffsetDelta, BOOLEAN FreeMdl, NET_BUFFER_FREE_MDL_HANDLER FreeMdlHandler OPTIONAL)",
      contract: ["F6-23"],
      page: "nblapi/nf-nblapi-ndisadvancenetbufferdatastart",
      compliance: IRQL_RULE,
      bind: (m) => (nb: Address, delta: number, freeMdl: number | boolean, handler: FunctionPointer) =>
        m.dataStart.advance(nb, delta >>> 0, !!freeMdl, handler),
    },
    NdisAdvanceNetBufferListDataStart: {
      c: "VOID NdisAdvanceNetBufferListDataStart(PNET_BUFFER_LIST NetBufferList, ULONG DataOffsetDelta, BOOLEAN FreeMdl, NET_BUFFER_FREE_MDL_HANDLER FreeMdlHandler OPTIONAL)",
      contract: ["F6-24"],
      page: "nblapi/nf-nblapi-ndisadvancenetbufferlistdatastart",
      compliance: IRQL_RULE,
      bind: (m) => (nbl: Address, delta: number, freeMdl: number | boolean, handler: FunctionPointer) =>
        m.dataStart.advanceList(nbl, delta >>> 0, !!freeMdl, handler),
    },
    NdisAdjustNetBufferCurrentMdl: {
      c: "VOID NdisAdjustNetBufferCurrentMdl(PNET_BUFFER NetBuffer)",
      contract: ["F6-25"],
      page: "nblapi/nf-nblapi-ndisadjustnetbuffercurrentmdl",
      irql: IRQL.HIGH_LEVEL,
      bind: (m) => (nb: Address) => m.dataStart.adjustCurrent(nb),
    },
  },
);
