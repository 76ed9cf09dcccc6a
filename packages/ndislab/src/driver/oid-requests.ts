import type { Machine } from "../ddi/machine.js";
import { NDIS_OBJECT_TYPES } from "../layout/object-header.js";
import { OID_REQUEST_VALUES } from "../layout/oid-request.js";
import { IRQL } from "../layout/spin-lock.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Address, Handle } from "../memory/address.js";
import type { Callback, LoadedDriver } from "./loaded-driver.js";

/**
 * OID requests on their way: one at a time from above through the filter, and those the filter sends down, which the
 * miniport completes once the handler that sent them has returned.
 */
export class OidRequests {
  /** Sent down and not completed yet. */
  private below: Address[] = [];
  /** The request from above that the filter has; 0 for none. */
  private above: Address = 0;

  constructor(
    private readonly machine: Machine,
    private readonly driver: LoadedDriver,
    private readonly context: Handle,
    private readonly handler: Callback | undefined,
    private readonly completeHandler: Callback | undefined,
  ) {}

  /** True while the filter has a request from above that it has not completed. */
  get isPending(): boolean {
    return this.above !== 0;
  }

  /** Sends a request of the host's from above, which stays the host's. The filter answers it or leaves it pending. */
  request(request: Address): void {
    if (this.handler === undefined) return;
    this.above = request;
    const status = this.driver.invoke(this.handler, IRQL.PASSIVE_LEVEL, this.context, request);
    if (status !== NDIS_STATUS.NDIS_STATUS_PENDING) this.above = 0;
  }

  /** NdisFOidRequest: the request and its buffer belong to the miniport until it completes them. */
  sent(request: Address): number {
    const { u8, u16 } = this.machine.memory;
    const isRequest =
      u8[request] === NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_OID_REQUEST &&
      u16[(request + 2) >>> 1] >= OID_REQUEST_VALUES.NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    if (!isRequest) return NDIS_STATUS.NDIS_STATUS_INVALID_PARAMETER;
    this.below.push(request);
    return NDIS_STATUS.NDIS_STATUS_PENDING;
  }

  /** NdisFOidRequestComplete: the host has its request again. Another one has nobody who waits for it. */
  completed(request: Address): void {
    if (request === this.above) this.above = 0;
  }

  /** The miniport completes what it has. True when that was anything. */
  pump(): boolean {
    const requests = this.below;
    if (requests.length === 0) return false;
    this.below = [];
    if (this.completeHandler !== undefined)
      for (const request of requests)
        this.driver.invoke(
          this.completeHandler,
          IRQL.PASSIVE_LEVEL,
          this.context,
          request,
          NDIS_STATUS.NDIS_STATUS_SUCCESS,
        );
    return true;
  }
}
