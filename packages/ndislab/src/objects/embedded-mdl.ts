import type { Address } from "../memory/address.js";
import { Mdl } from "./mdl.js";
import type { Ndis } from "./ndis.js";
import { NdisError } from "./ndis-error.js";
import type { NetBuffer } from "./net-buffer.js";

/** The MDL that stands in one block with its NET_BUFFER and the data: it lives and goes with the NET_BUFFER. */
export class EmbeddedMdl extends Mdl {
  /** @internal */
  constructor(
    ndis: Ndis,
    address: Address,
    readonly netBuffer: NetBuffer,
    private readonly dataSize: number,
  ) {
    super(ndis, address);
  }

  override get live(): boolean {
    return this.netBuffer.live;
  }

  /** @throws NdisError `MDL-NOTALONE`, always */
  override free(): never {
    throw new NdisError("MDL-NOTALONE", "The MDL stands in one block with its NET_BUFFER; free that.");
  }

  protected override limit(): number {
    return this.dataSize;
  }
}
