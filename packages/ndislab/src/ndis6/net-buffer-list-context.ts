import { NET_BUFFER_LIST, NET_BUFFER_LIST_CONTEXT } from "../layout/net-buffer-list.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Address } from "../memory/address.js";
import type { Memory } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";

/** NdisReserved[1] of a NET_BUFFER_LIST: the block of its first context when that did not fit the slot, else 0. */
export const CONTEXT_BLOCK_OFFSET = NET_BUFFER_LIST.offset.NdisReserved + 4;

/** Most bytes of one block's context: its members of 16 bits. */
export const MOST_CONTEXT = 0xffff;

const CONTEXT = NET_BUFFER_LIST.offset.Context >>> 2;
const CONTEXT_BLOCK = CONTEXT_BLOCK_OFFSET >>> 2;
const NEXT = NET_BUFFER_LIST_CONTEXT.offset.Next >>> 2;
const SIZE = NET_BUFFER_LIST_CONTEXT.offset.Size >>> 1;
const OFFSET = NET_BUFFER_LIST_CONTEXT.offset.Offset >>> 1;

/** Context is handed out in pointers. */
const ALIGNMENT = 4;

/**
 * The context of lists: a stack of bytes, which every driver on a list's way may push its own on and takes off again.
 *
 * ```
 *   list.Context ──▶ newest block           Next ──▶ older block …       the block the list came with
 *                    ┌──────┬──────┬────────┬────────────────┬──────────────────────────────┐
 *                    │ Next │ Size │ Offset │ Offset unused  │ used: ContextData[Offset … Size) │
 *                    └──────┴──────┴────────┴────────────────┴──────────────────────────────┘
 *                                            ◀── allocate moves Offset down, free moves it up
 * ```
 */
export class NetBufferListContexts {
  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
  ) {}

  /**
   * NdisAllocateNetBufferListContext: `size` more bytes in front of the newest block's used ones, or at the end of a
   * new block of `size` + `backFill` bytes when it has not that many unused. The list is as it was on any status but
   * NDIS_STATUS_SUCCESS: FAILURE for sizes that are no multiple of 4 or more than 65535 bytes, RESOURCES when memory
   * is short.
   */
  allocate(nbl: Address, size: number, backFill: number, tag: number): number {
    const { u16, u32 } = this.memory;
    if (size % ALIGNMENT !== 0 || backFill % ALIGNMENT !== 0) return NDIS_STATUS.NDIS_STATUS_FAILURE;
    const newest: Address = u32[(nbl >>> 2) + CONTEXT];
    if (newest !== 0 && u16[(newest >>> 1) + OFFSET] >= size) {
      u16[(newest >>> 1) + OFFSET] -= size;
      return NDIS_STATUS.NDIS_STATUS_SUCCESS;
    }
    if (size + backFill > MOST_CONTEXT) return NDIS_STATUS.NDIS_STATUS_FAILURE;
    const block = this.nonpaged.allocate(NET_BUFFER_LIST_CONTEXT.size + size + backFill, tag, "system");
    if (block === 0) return NDIS_STATUS.NDIS_STATUS_RESOURCES;
    writeContext(this.memory, block, newest, size + backFill, size);
    u32[(nbl >>> 2) + CONTEXT] = block;
    return NDIS_STATUS.NDIS_STATUS_SUCCESS;
  }

  /**
   * NdisFreeNetBufferListContext: takes `size` bytes off the newest block, and the block too when `allocate` made it
   * and no byte of it is used any more. False, and nothing done, when there is no context or fewer bytes are used.
   */
  free(nbl: Address, size: number): boolean {
    const { u16, u32 } = this.memory;
    const block: Address = u32[(nbl >>> 2) + CONTEXT];
    if (size > this.used(nbl)) return false;
    if (block === 0) return true;
    u16[(block >>> 1) + OFFSET] += size;
    if (u16[(block >>> 1) + OFFSET] === u16[(block >>> 1) + SIZE] && !this.cameWithList(nbl, block)) {
      u32[(nbl >>> 2) + CONTEXT] = u32[(block >>> 2) + NEXT];
      this.nonpaged.free(block);
    }
    return true;
  }

  /** Takes off every block that `allocate` made; the bytes used of the list's own block are left as they are. */
  freeAll(nbl: Address): void {
    const { u32 } = this.memory;
    const w = (nbl >>> 2) + CONTEXT;
    for (let block: Address = u32[w]; block !== 0 && !this.cameWithList(nbl, block); block = u32[w]) {
      u32[w] = u32[(block >>> 2) + NEXT];
      this.nonpaged.free(block);
    }
  }

  /** Used bytes of the newest block. */
  used(nbl: Address): number {
    const { u16, u32 } = this.memory;
    const block: Address = u32[(nbl >>> 2) + CONTEXT];
    return block === 0 ? 0 : u16[(block >>> 1) + SIZE] - u16[(block >>> 1) + OFFSET];
  }

  /** True for the block that the list was allocated with: within its slot, or the one it keeps a note of. */
  private cameWithList(nbl: Address, block: Address): boolean {
    return block === nbl + NET_BUFFER_LIST.size || block === this.memory.u32[(nbl >>> 2) + CONTEXT_BLOCK];
  }
}

/** Writes the head of a context block whose last `used` bytes of `total` are in use. */
export function writeContext(memory: Memory, block: Address, next: Address, total: number, used: number): Address {
  memory.u32[(block >>> 2) + NEXT] = next;
  memory.u16[(block >>> 1) + SIZE] = total;
  memory.u16[(block >>> 1) + OFFSET] = total - used;
  return block;
}
