import type { Machine } from "../ddi/machine.js";
import { NDIS_OID_REQUEST } from "../layout/oid-request.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Address } from "../memory/address.js";

/** Copies of OID requests, each the driver's until it frees it. */
export class OidClones {
  private readonly live = new Set<Address>();

  constructor(private readonly machine: Machine) {}

  /** NdisAllocateCloneOidRequest: what NDIS and drivers note in a request for themselves begins as zeroes. */
  allocate(request: Address, tag: number, out: Address): number {
    const { memory, nonpaged } = this.machine;
    const { offset, size } = NDIS_OID_REQUEST;
    const clone = nonpaged.allocate(size, tag, "system");
    memory.u32[out >>> 2] = clone;
    if (clone === 0) return NDIS_STATUS.NDIS_STATUS_RESOURCES;
    memory.u8.copyWithin(clone, request, request + size);
    memory.u8.fill(0, clone + offset.NdisReserved, clone + offset.SupportedRevision);
    this.live.add(clone);
    return NDIS_STATUS.NDIS_STATUS_SUCCESS;
  }

  /** NdisFreeCloneOidRequest; of anything else than a live clone nothing. */
  free(clone: Address): void {
    if (this.live.delete(clone)) this.machine.nonpaged.free(clone);
  }

  /** Frees what the driver left behind. */
  release(): void {
    for (const clone of this.live) this.free(clone);
  }
}
