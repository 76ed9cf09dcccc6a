/* NET_BUFFERs: packages/ndislab/src/ndis6/net-buffer.ts and net-buffer-pools.ts in C. */
#pragma once
#include "ndis.h"

static inline void initialize_net_buffer(ADDRESS nb, ADDRESS handle, uint32_t state, ADDRESS mdl) {
  NET_BUFFER *n = AT(NET_BUFFER, nb);
  n->Next = 0;
  n->CurrentMdl = mdl;
  n->CurrentMdlOffset = 0;
  n->DataLength = 0;
  n->MdlChain = mdl;
  n->DataOffset = 0;
  n->ChecksumBias = 0;
  n->Reserved = 0;
  n->NdisPoolHandle = handle;
  n->NdisReserved[0] = state;
  n->NdisReserved[1] = 0;
  for (int i = 0; i < 6; i++) n->ProtocolReserved[i] = 0;
  for (int i = 0; i < 4; i++) n->MiniportReserved[i] = 0;
  n->DataPhysicalAddress = 0;
  n->SharedMemoryInfo = 0;
  n->Padding = 0;
}

static inline void initialize_embedded_mdl(ADDRESS nb, ADDRESS data, uint32_t size) {
  MDL *m = AT(MDL, nb + EMBEDDED_MDL);
  uint32_t offset = data & 0xfff;
  m->Next = 0;
  m->Size = (int16_t)(sizeof(MDL) + (((offset + size + 0xfff) >> 12) << 2));
  m->MdlFlags = NONPAGED;
  m->Process = 0;
  m->MappedSystemVa = data;
  m->StartVa = data - offset;
  m->ByteCount = size;
  m->ByteOffset = offset;
}

/* NdisAllocateNetBufferMdlAndData */
FUNCTION ADDRESS allocate_net_buffer_mdl_and_data(ADDRESS handle) {
  POOL *pool = AT(POOL, handle);
  uint32_t size = pool->DataSize;
  if (pool->Signature != NB_POOL || (handle & 3) || size == 0) return 0;
  ADDRESS nb = pool->FreeList;
  if (nb == 0) return 0;
  pool->FreeList = AT(NET_BUFFER, nb)->NdisReserved[0];
  count_out(pool);
  initialize_net_buffer(nb, handle, NB_WITH_DATA, nb + EMBEDDED_MDL);
  initialize_embedded_mdl(nb, nb + pool->DataStart, size);
  return nb;
}

/* NdisFreeNetBuffer */
FUNCTION int free_net_buffer(ADDRESS nb) {
  NET_BUFFER *n = AT(NET_BUFFER, nb);
  uint32_t state = n->NdisReserved[0];
  if ((state != NB_WITH_DATA && state != NB_BARE) || (nb & 7)) return 0;
  POOL *pool = AT(POOL, n->NdisPoolHandle);
  if (pool->Signature != NB_POOL) return 0;
  n->NdisReserved[0] = pool->FreeList;
  pool->FreeList = nb;
  pool->Live--;
  return 1;
}

static ADDRESS create_net_buffer_pool(uint32_t data_size, uint32_t slots) {
  uint32_t start = (EMBEDDED_MDL + sizeof(MDL) + 4 * span_pages(0xfff, data_size) + 15) & -16;
  uint32_t slot = (start + data_size + 63) & -64;
  ADDRESS pool = create_pool((POOL){.Signature = NB_POOL, .SlotSize = slot, .DataSize = data_size, .DataStart = start});
  ADDRESS chunk = fill_pool(pool, slots, 0, offsetof(NET_BUFFER, NdisReserved));
  for (uint32_t i = 0; i < slots; i++) {
    ADDRESS nb = chunk + i * slot;
    *MDL_PREFIX_OF(nb + EMBEDDED_MDL) = (MDL_PREFIX){nb, MDL_EMBEDDED};
    build_mdl(nb + EMBEDDED_MDL, nb + start, data_size);
  }
  return pool;
}
