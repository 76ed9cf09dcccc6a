import { type Address, hexAddress } from "../memory/address.js";
import type { BufferPool } from "./buffer-pool.js";
import { Mdl } from "./mdl.js";
import { NdisError } from "./ndis-error.js";

/**
 * A buffer descriptor of NDIS 5, from a `BufferPool`: the MDL of that time, with a pool to go back to. Whoever
 * allocated it frees it, before the memory it describes.
 */
export class NdisBuffer extends Mdl {
  /** @internal */
  constructor(
    readonly pool: BufferPool,
    address: Address,
  ) {
    super(pool.ndis, address);
  }

  /**
   * NdisFreeBuffer: the descriptor goes back to its pool; what follows it in a chain does not, nor the memory.
   * @throws NdisError `BUF-DFREE`
   */
  override free(): void {
    if (!this.machine.mdls.free(this.at))
      throw new NdisError("BUF-DFREE", `The descriptor at ${hexAddress(this.at)} was freed already.`);
  }
}
