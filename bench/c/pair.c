/* NdisAllocateNetBufferMdlAndData and NdisFreeNetBuffer, 2 KiB of data. */
#include "net-buffer.h"

static ADDRESS pool;

#define ITEM ADDRESS
#define ALLOCATE() allocate_net_buffer_mdl_and_data(pool)
#define FREE(nb) free_net_buffer(nb)
#include "pairs.h"

/* All words of a slot that was dirty before, but for the link of the free list. */
static void check(void) {
  ADDRESS nb = AT(POOL, pool)->FreeList, mdl = nb + EMBEDDED_MDL;
  ADDRESS link = AT(NET_BUFFER, nb)->NdisReserved[0];
  memset(AT(uint8_t, nb), 0xaa, sizeof(NET_BUFFER));
  memset(AT(uint8_t, mdl), 0xaa, sizeof(MDL));
  AT(NET_BUFFER, nb)->NdisReserved[0] = link;
  if (allocate_net_buffer_mdl_and_data(pool) != nb) fail("the slot that was freed last is not handed out first");
  printf("{\"pool\": %u, \"nb\": %u, \"data\": %u, \"words\": [", pool, nb, nb + AT(POOL, pool)->DataStart);
  for (size_t i = 0; i < sizeof(NET_BUFFER) / 4; i++) printf("%u, ", AT(uint32_t, nb)[i]);
  for (size_t i = 0; i < sizeof(MDL) / 4; i++) printf("%s%u", i == 0 ? "" : ", ", AT(uint32_t, mdl)[i]);
  puts("]}");
  if (!free_net_buffer(nb) || free_net_buffer(nb) || AT(POOL, pool)->Live != 0) fail("free does not free once");
}

int main(int argc, char **argv) {
  prepare_memory();
  prepare_orders();
  pool = create_net_buffer_pool(2048, MOST_HELD);
  return MEASURE(argc, argv, pair_loops, check);
}
