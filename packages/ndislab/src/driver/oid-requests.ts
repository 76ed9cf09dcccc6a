import type { Machine } from "../ddi/machine.js";
import { NDIS_OBJECT_TYPES } from "../layout/object-header.js";
import { NDIS_OID_REQUEST, NDIS_REQUEST_TYPE, OID_REQUEST_VALUES } from "../layout/oid-request.js";
import { IRQL } from "../layout/spin-lock.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Address, Handle } from "../memory/address.js";
import { writeFields } from "../memory/fields.js";
import { poolTag } from "../memory/tag.js";
import type { Callback, LoadedDriver } from "./loaded-driver.js";

const TAG = poolTag("NDor");

/** What the protocols above set when they start: OID_GEN_CURRENT_PACKET_FILTER, directed and broadcast. */
const OID_GEN_CURRENT_PACKET_FILTER = 0x0001010e;
const PACKET_FILTER = 0x00000001 | 0x00000008;

/** OID requests on their way: one from above through the filter, and those the filter sends down. */
export class OidRequests {
  /** Requests of the host that the filter has completed, with their status. */
  readonly completed: { readonly request: Address; readonly status: number }[] = [];
  private readonly toComplete: Address[] = [];

  constructor(
    private readonly machine: Machine,
    private readonly driver: LoadedDriver,
    private readonly context: Handle,
    private readonly handler: Callback | undefined,
    private readonly completeHandler: Callback | undefined,
  ) {}

  /** Sends one set request from above. The filter answers it, passes it on, or leaves it pending. */
  setPacketFilter(): void {
    if (this.handler === undefined) return;
    const { memory, nonpaged } = this.machine;
    const request = nonpaged.allocate(NDIS_OID_REQUEST.size + 4, TAG, "system");
    const value = request + NDIS_OID_REQUEST.size;
    memory.u8.fill(0, request, value);
    memory.u32[value >>> 2] = PACKET_FILTER;
    memory.u8[request] = NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_OID_REQUEST;
    memory.u8[request + 1] = OID_REQUEST_VALUES.NDIS_OID_REQUEST_REVISION_1;
    memory.u16[(request + 2) >>> 1] = OID_REQUEST_VALUES.NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    writeFields(memory, NDIS_OID_REQUEST, request, { RequestType: NDIS_REQUEST_TYPE.values.NdisRequestSetInformation });
    const information = (request + NDIS_OID_REQUEST.offset.DATA) >>> 2;
    memory.u32[information] = OID_GEN_CURRENT_PACKET_FILTER;
    memory.u32[information + 1] = value;
    memory.u32[information + 2] = 4;
    const status = this.driver.invoke(this.handler, IRQL.PASSIVE_LEVEL, this.context, request);
    if (status !== NDIS_STATUS.NDIS_STATUS_PENDING) this.completed.push({ request, status });
    this.pump();
  }

  /** NdisFOidRequest: the miniport completes it after the callback that made it has returned. */
  requested(request: Address): number {
    this.toComplete.push(request);
    return NDIS_STATUS.NDIS_STATUS_PENDING;
  }

  /** NdisFOidRequestComplete. */
  requestCompleted(request: Address, status: number): void {
    this.completed.push({ request, status });
  }

  pump(): void {
    for (let request = this.toComplete.shift(); request !== undefined; request = this.toComplete.shift())
      if (this.completeHandler !== undefined)
        this.driver.invoke(
          this.completeHandler,
          IRQL.PASSIVE_LEVEL,
          this.context,
          request,
          NDIS_STATUS.NDIS_STATUS_SUCCESS,
        );
  }

  /** NdisAllocateCloneOidRequest. */
  clone(request: Address, out: Address): number {
    const { memory, nonpaged } = this.machine;
    const copy = nonpaged.allocate(NDIS_OID_REQUEST.size, TAG, "system");
    memory.u32[out >>> 2] = copy;
    if (copy === 0) return NDIS_STATUS.NDIS_STATUS_RESOURCES;
    memory.u8.copyWithin(copy, request, request + NDIS_OID_REQUEST.size);
    const { offset } = NDIS_OID_REQUEST;
    memory.u8.fill(0, copy + offset.NdisReserved, copy + offset.SupportedRevision);
    return NDIS_STATUS.NDIS_STATUS_SUCCESS;
  }

  /** NdisFreeCloneOidRequest. */
  freeClone(request: Address): void {
    this.machine.nonpaged.free(request);
  }
}
