import { IRQL } from "../layout/spin-lock.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Address } from "../memory/address.js";
import { copyNetBufferData } from "../ndis6/copy.js";
import { NOT_MAPPED } from "../ndis6/data-buffer.js";
import { family } from "./entry.js";

const IRQL_RULE = ["Irql_NetBuffer_Function"] as const;

/** Reading and copying the used data of NET_BUFFERs. */
export const DATA_BUFFERS = family(
  {
    family: "NET_BUFFER data",
    header: "ndis.h",
    library: "ndis.lib",
    platform: "Universal",
    since: "NDIS 6.0",
    irql: IRQL.DISPATCH_LEVEL,
    irqlRule: "NB-IRQL",
  },
  {
    NdisGetDataBuffer: {
      c: "PVOID NdisGetDataBuffer(PNET_BUFFER NetBuffer, ULONG BytesNeeded, PVOID Storage OPTIONAL, ULONG AlignMultiple, ULONG AlignOffset)",
      contract: ["F6-26"],
      page: "nblapi/nf-nblapi-ndisgetdatabuffer",
      compliance: IRQL_RULE,
      bind: (m) => (nb: Address, bytesNeeded: number, storage: Address, alignMultiple: number, alignOffset: number) =>
        m.dataBuffers.get(nb, bytesNeeded >>> 0, storage, alignMultiple >>> 0, alignOffset >>> 0),
    },
    NdisCopyFromNetBufferToNetBuffer: {
      c: "NDIS_STATUS NdisCopyFromNetBufferToNetBuffer(PNET_BUFFER Destination, ULONG DestinationOffset, ULONG BytesToCopy, NET_BUFFER const *Source, ULONG SourceOffset, ULONG *BytesCopied)",
      contract: ["F6-27"],
      page: "nblapi/nf-nblapi-ndiscopyfromnetbuffertonetbuffer",
      compliance: IRQL_RULE,
      bind:
        ({ memory, mappings }) =>
        (to: Address, toOffset: number, length: number, from: Address, fromOffset: number, copied: Address): number => {
          const bytes = copyNetBufferData(memory, mappings, to, toOffset >>> 0, length >>> 0, from, fromOffset >>> 0);
          memory.writeUlong(copied, Math.max(0, bytes));
          return bytes === NOT_MAPPED ? NDIS_STATUS.NDIS_STATUS_RESOURCES : NDIS_STATUS.NDIS_STATUS_SUCCESS;
        },
    },
    NdisQueryNetBufferPhysicalCount: {
      c: "ULONG NdisQueryNetBufferPhysicalCount(PNET_BUFFER NetBuffer)",
      contract: ["F6-28"],
      page: "nblapi/nf-nblapi-ndisquerynetbufferphysicalcount",
      compliance: IRQL_RULE,
      bind: (m) => (nb: Address) => m.dataBuffers.physicalCount(nb),
    },
  },
);
