/* NdisAllocateNetBufferAndNetBufferList over a chain of one MDL, and NdisFreeNetBufferList. */
#include "list.h"
#include "mdl.h"

static ADDRESS pool, chain;

#define ITEM ADDRESS
#define ALLOCATE() allocate_list_with_chain(pool, chain, 64, 1000)
#define FREE(nbl) free_list(nbl)
#include "pairs.h"

static void check(void) {
  ADDRESS nbl = AT(POOL, pool)->FreeList, link = AT(NET_BUFFER_LIST, nbl)->NdisReserved[0];
  uint32_t words = (sizeof(NET_BUFFER_LIST) + sizeof(NET_BUFFER)) / 4;
  memset(AT(uint8_t, nbl), 0xaa, 4 * words);
  AT(NET_BUFFER_LIST, nbl)->NdisReserved[0] = link;
  if (ALLOCATE() != nbl) fail("the slot that was freed last is not handed out first");
  printf("{\"pool\": %u, \"nbl\": %u, \"chain\": %u, \"words\": [", pool, nbl, chain);
  for (uint32_t i = 0; i < words; i++) printf("%s%u", i == 0 ? "" : ", ", AT(uint32_t, nbl)[i]);
  if (!free_list(nbl) || free_list(nbl)) fail("free does not free once");
  printf("], \"left\": %u}\n", AT(POOL, pool)->Live);
}

int main(int argc, char **argv) {
  prepare_memory();
  prepare_orders();
  pool = create_list_pool(MOST_HELD);
  uint32_t size = 1500;
  chain = chain_of(create_mdl_pool(0, 16), &size, 1);
  return MEASURE(argc, argv, pair_loops, check);
}
