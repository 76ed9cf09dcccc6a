import { POOL_FLAGS, POOL_TYPE } from "../layout/memory-manager.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { NonpagedPool, Purpose } from "../memory/nonpaged-pool.js";
import { ExceptionFault } from "./driver-fault.js";

/** What may be added to a POOL_TYPE. */
const POOL_QUOTA_FAIL_INSTEAD_OF_RAISE = 0x8;
const POOL_RAISE_IF_ALLOCATION_FAILURE = 0x10;
const POOL_ZERO_ALLOCATION = 0x400;

const { POOL_FLAG_UNINITIALIZED, POOL_FLAG_RAISE_ON_FAILURE, POOL_FLAG_PAGED } = POOL_FLAGS;
const KINDS = POOL_FLAGS.POOL_FLAG_NON_PAGED | POOL_FLAGS.POOL_FLAG_NON_PAGED_EXECUTE | POOL_FLAG_PAGED;
const KNOWN = Object.values(POOL_FLAGS).reduce((all, flag) => all | flag, 0);

/** Added to a pool type by the names that end in CacheAligned. */
const CACHE_ALIGNED = POOL_TYPE.values.NonPagedPoolCacheAligned;
const CACHE_LINE = 64;
const PLAIN = 16;

/** The pool types of paged memory are the odd ones. */
export const isPagedType = (type: number): boolean => (type & POOL_TYPE.values.PagedPool) !== 0;

const purposeOf = (paged: boolean): Purpose => (paged ? "paged" : "driver");

/**
 * Memory of the driver by the kernel's pool types and pool flags. It is aligned to 16, or to a cache line where that is
 * asked for; from a page on to a page.
 */
export class PoolMemory {
  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
  ) {}

  /**
   * ExAllocatePoolWithTag and its relatives: 0 when memory is short.
   * @throws ExceptionFault instead, when the type asks for an exception
   */
  allocate(type: number, size: number, tag: number): Address {
    const block = this.nonpaged.allocate(
      size,
      tag,
      purposeOf(isPagedType(type)),
      type & CACHE_ALIGNED ? CACHE_LINE : PLAIN,
    );
    if (block === 0 && (type & POOL_RAISE_IF_ALLOCATION_FAILURE) !== 0) throw new ExceptionFault();
    if (block !== 0 && (type & POOL_ZERO_ALLOCATION) !== 0) this.clear(block, size);
    return block;
  }

  allocateZero(type: number, size: number, tag: number): Address {
    return this.allocate(type | POOL_ZERO_ALLOCATION, size, tag);
  }

  /** ExAllocatePoolWithQuotaTag raises an exception unless it is asked not to. Nobody's quota is charged. */
  allocateWithQuota(type: number, size: number, tag: number): Address {
    const raises = (type & POOL_QUOTA_FAIL_INSTEAD_OF_RAISE) === 0;
    return this.allocate(raises ? type | POOL_RAISE_IF_ALLOCATION_FAILURE : type, size, tag);
  }

  /** ExAllocatePool2: also 0 without a tag, and for flags that name no kind of memory, two, or something unknown. */
  allocateByFlags(flags: bigint, size: number, tag: number): Address {
    const low = Number(flags & 0xffff_ffffn);
    const kind = low & KINDS;
    const valid = tag !== 0 && (low & ~KNOWN) === 0 && kind !== 0 && (kind & (kind - 1)) === 0;
    const alignment = low & POOL_FLAGS.POOL_FLAG_CACHE_ALIGNED ? CACHE_LINE : PLAIN;
    const block = valid ? this.nonpaged.allocate(size, tag, purposeOf(kind === POOL_FLAG_PAGED), alignment) : 0;
    if (block === 0 && (low & POOL_FLAG_RAISE_ON_FAILURE) !== 0) throw new ExceptionFault();
    if (block !== 0 && (low & POOL_FLAG_UNINITIALIZED) === 0) this.clear(block, size);
    return block;
  }

  private clear(block: Address, size: number): void {
    this.memory.u8.fill(0, block, block + size);
  }
}
