/* NET_BUFFER_LISTs: packages/ndislab/src/ndis6/net-buffer-list-pools.ts in C. */
#pragma once
#include "net-buffer.h"

FUNCTION ADDRESS allocate_list(ADDRESS handle, uint32_t context_size, uint32_t back_fill) {
  POOL *pool = AT(POOL, handle);
  if (pool->Signature != NBL_POOL || (handle & 3)) return 0;
  ADDRESS nbl = pool->FreeList;
  if (nbl == 0 || context_size + back_fill > pool->ContextSize) return 0;
  NET_BUFFER_LIST *list = AT(NET_BUFFER_LIST, nbl);
  pool->FreeList = list->NdisReserved[0];
  count_out(pool);
  memset(list, 0, sizeof *list);
  list->NdisPoolHandle = handle;
  list->NdisReserved[0] = NBL_LIVE;
  list->NdisReserved[1] = 0;
  list->NetBufferListInfo[PROTOCOL_ID_SLOT] = pool->ProtocolId;
  if (pool->HasNetBuffer != 0) {
    ADDRESS nb = nbl + pool->NetBufferStart;
    uint32_t size = pool->DataSize;
    initialize_net_buffer(nb, handle, NB_PREALLOCATED, size == 0 ? 0 : nb + EMBEDDED_MDL);
    if (size != 0) initialize_embedded_mdl(nb, nbl + pool->DataStart, size);
    list->FirstNetBuffer = nb;
  }
  return nbl;
}

/* NdisAllocateNetBufferAndNetBufferList */
FUNCTION ADDRESS allocate_list_with_chain(ADDRESS handle, ADDRESS chain, uint32_t offset, uint32_t length) {
  POOL *pool = AT(POOL, handle);
  if (pool->HasNetBuffer == 0 || pool->DataSize != 0) return 0;
  if (chain == 0 && (offset != 0 || length != 0)) return 0;
  ADDRESS nbl = allocate_list(handle, 0, 0);
  if (nbl == 0) return 0;
  NET_BUFFER *nb = AT(NET_BUFFER, AT(NET_BUFFER_LIST, nbl)->FirstNetBuffer);
  nb->MdlChain = chain;
  nb->DataOffset = offset;
  nb->DataLength = length;
  nb->CurrentMdl = locate(chain, offset, &nb->CurrentMdlOffset);
  return nbl;
}

/* NdisFreeNetBufferList */
FUNCTION int free_list(ADDRESS nbl) {
  NET_BUFFER_LIST *list = AT(NET_BUFFER_LIST, nbl);
  if (list->NdisReserved[0] != NBL_LIVE || (nbl & 7)) return 0;
  POOL *pool = AT(POOL, list->NdisPoolHandle);
  if (pool->Signature != NBL_POOL) return 0;
  if (list->NdisReserved[1] != 0) exit(1); /* a context block, which no job here makes */
  if (pool->HasNetBuffer != 0) AT(NET_BUFFER, nbl + pool->NetBufferStart)->NdisReserved[0] = 0;
  pool->Live--;
  list->NdisReserved[0] = pool->FreeList;
  pool->FreeList = nbl;
  return 1;
}

/* A pool of lists that come with a NET_BUFFER without data. */
static ADDRESS create_list_pool(uint32_t slots) {
  uint32_t start = sizeof(NET_BUFFER_LIST), slot = (start + sizeof(NET_BUFFER) + 63) & -64;
  ADDRESS pool = create_pool((POOL){.Signature = NBL_POOL, .SlotSize = slot, .NetBufferStart = start, .HasNetBuffer = 1});
  fill_pool(pool, slots, 0, offsetof(NET_BUFFER_LIST, NdisReserved));
  return pool;
}
