import { NDIS_STATUS } from "../layout/status.js";
import type { Guards } from "./guards.js";
import { checkNetBuffer } from "./net-buffer-checks.js";

export const DATA_BUFFER_GUARDS: Guards = {
  NdisGetDataBuffer: (next, v) => (nb, bytesNeeded, storage, alignMultiple, alignOffset) =>
    checkNetBuffer(v, "NdisGetDataBuffer", nb) ? next(nb, bytesNeeded, storage, alignMultiple, alignOffset) : 0,
  NdisCopyFromNetBufferToNetBuffer: (next, v) => (to, toOffset, length, from, fromOffset, copied) => {
    if (
      !checkNetBuffer(v, "NdisCopyFromNetBufferToNetBuffer", to) ||
      !checkNetBuffer(v, "NdisCopyFromNetBufferToNetBuffer", from)
    ) {
      v.machine.memory.u32[copied >>> 2] = 0;
      return NDIS_STATUS.NDIS_STATUS_FAILURE;
    }
    return next(to, toOffset, length, from, fromOffset, copied);
  },
};
