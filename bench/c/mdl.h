/* MDLs of a pool: packages/ndislab/src/mdl/mdl-pools.ts in C. */
#pragma once
#include "ndis.h"

enum { SLOT_PAGES = 17 };

/* MdlPools.allocate, which NdisAllocateBuffer and NdisAllocateMdl use */
FUNCTION ADDRESS allocate_mdl(ADDRESS handle, ADDRESS address, uint32_t length) {
  POOL *pool = AT(POOL, handle);
  if (pool->Signature != MDL_POOL || (handle & 3)) return 0;
  uint32_t live = pool->Live + 1;
  if (live > pool->Limit || (uint64_t)address + length > 1ull << 32) return 0;
  if (length > SLOT_PAGES * 4096 - 4095) return 0; /* a block of its own, which no job here needs */
  ADDRESS mdl = pool->FreeList;
  if (mdl == 0) return 0;
  MDL_PREFIX *prefix = MDL_PREFIX_OF(mdl);
  pool->FreeList = prefix->State;
  prefix->State = MDL_POOLED;
  pool->Live = live;
  if (live > pool->Peak) pool->Peak = live;
  pool->Allocations++;
  build_mdl(mdl, address, length);
  return mdl;
}

FUNCTION int free_mdl(ADDRESS mdl) {
  MDL_PREFIX *prefix = MDL_PREFIX_OF(mdl);
  if (prefix->State != MDL_POOLED) return 0;
  POOL *pool = AT(POOL, prefix->Owner);
  if (pool->Signature != MDL_POOL) return 0;
  pool->Live--;
  prefix->State = pool->FreeList;
  pool->FreeList = mdl;
  return 1;
}

static ADDRESS create_mdl_pool(uint32_t limit, uint32_t slots) {
  uint32_t slot = (PREFIX + sizeof(MDL) + 4 * SLOT_PAGES + 7) & -8;
  ADDRESS pool = create_pool((POOL){.Signature = MDL_POOL, .SlotSize = slot, .Limit = limit});
  ADDRESS chunk = fill_pool(pool, slots, PREFIX, -4);
  for (uint32_t i = 0; i < slots; i++) *AT(ADDRESS, chunk + i * slot) = pool; /* its owner, as long as it lives */
  return pool;
}

/* A chain of MDLs over a block each, with a whole number of cache lines between the blocks. */
static ADDRESS chain_of(ADDRESS pool, const uint32_t *sizes, int number) {
  ADDRESS chain = 0;
  for (int i = number - 1; i >= 0; i--) {
    ADDRESS mdl = allocate_mdl(pool, take(sizes[i], 64), sizes[i]);
    AT(MDL, mdl)->Next = chain;
    chain = mdl;
  }
  return chain;
}
