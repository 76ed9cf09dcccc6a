import { IRQL } from "../layout/spin-lock.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Address } from "../memory/address.js";
import { copyNetBufferData } from "../ndis6/copy.js";
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
      page: "nblapi/nf-nblapi-ndisgetdatabuffer",
      compliance: IRQL_RULE,
      bind: (m) => (nb: Address, bytesNeeded: number, storage: Address, alignMultiple: number, alignOffset: number) =>
        m.dataBuffers.get(nb, bytesNeeded >>> 0, storage, alignMultiple >>> 0, alignOffset >>> 0),
    },
    NdisCopyFromNetBufferToNetBuffer: {
      c: "NDIS_STATUS NdisCopyFromNetBufferToNetBuffer(PNET_BUFFER Destination, ULONG DestinationOffset, ULONG BytesToCopy, NET_BUFFER const *Source, ULONG SourceOffset, ULONG *BytesCopied)",
      page: "nblapi/nf-nblapi-ndiscopyfromnetbuffertonetbuffer",
      compliance: IRQL_RULE,
      bind:
        (m) =>
        (to: Address, toOffset: number, length: number, from: Address, fromOffset: number, copied: Address): number => {
          m.memory.u32[copied >>> 2] = copyNetBufferData(
            m.memory,
            to,
            toOffset >>> 0,
            length >>> 0,
            from,
            fromOffset >>> 0,
          );
          return NDIS_STATUS.NDIS_STATUS_SUCCESS;
        },
    },
  },
);
