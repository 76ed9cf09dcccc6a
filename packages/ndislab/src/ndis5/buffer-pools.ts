import { NDIS_STATUS } from "../layout/status.js";
import type { MdlPools } from "../mdl/mdl-pools.js";
import type { Address, Handle } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import { type SlotPools, UNLIMITED } from "../memory/slot-pool.js";
import { poolTag } from "../memory/tag.js";

/** Tag of NDIS 5 buffer pools in reports: their function takes none. */
const TAG = poolTag("NDbf");

const { NDIS_STATUS_SUCCESS: SUCCESS, NDIS_STATUS_FAILURE: FAILURE } = NDIS_STATUS;

/** `strict` follows the documents as written, `windows` does what Windows is observed to do. */
export type Profile = "strict" | "windows";

/** NDIS 5 buffer pools and descriptors: MDLs with a limit and a status. */
export class BufferPools {
  /** Descriptors that a NULL handle yields under the windows profile. */
  private defaultPool: Handle = 0;

  constructor(
    private readonly memory: Memory,
    private readonly mdls: MdlPools,
    private readonly pools: SlotPools,
    private readonly profile: Profile,
  ) {}

  /**
   * NdisAllocateBufferPool: always NDIS_STATUS_SUCCESS, since storage comes when descriptors are asked for.
   * `descriptors` is the most that may be out at once; the windows profile does not hold a driver to it.
   */
  create(status: Address, poolHandle: Address, descriptors: number): void {
    const limit = this.profile === "strict" ? descriptors : UNLIMITED;
    this.memory.u32[poolHandle >>> 2] = this.mdls.create(TAG, limit);
    this.memory.u32[status >>> 2] = SUCCESS;
  }

  /** NdisFreeBufferPool. False when the handle is no live buffer pool. */
  destroy(pool: Handle): boolean {
    return this.pools.free(pool, "buffer");
  }

  /** NdisAllocateBuffer: the descriptor at `*buffer` and NDIS_STATUS_SUCCESS, or NULL and NDIS_STATUS_FAILURE. */
  allocate(status: Address, buffer: Address, pool: Handle, address: Address, length: number): void {
    const u32 = this.memory.u32;
    const mdl = this.mdls.allocate(pool || this.poolOf(0), address, length);
    u32[buffer >>> 2] = mdl;
    u32[status >>> 2] = mdl === 0 ? FAILURE : SUCCESS;
  }

  /** The pool behind a handle: under the windows profile the NULL handle has one too. */
  poolOf(handle: Handle): Handle {
    if (handle !== 0) return handle;
    if (this.profile === "windows" && this.defaultPool === 0) this.defaultPool = this.mdls.create(TAG, UNLIMITED, true);
    return this.defaultPool;
  }
}
