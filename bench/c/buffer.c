/* NdisAllocateBuffer and NdisFreeBuffer of NDIS 5: an MDL of a pool, with status and buffer as out-parameters. */
#include "mdl.h"

static ADDRESS pool, data, status, buffer;

FUNCTION void ndis_allocate_buffer(ADDRESS status, ADDRESS buffer, ADDRESS pool, ADDRESS address, uint32_t length) {
  ADDRESS mdl = pool == 0 ? 0 : allocate_mdl(pool, address, length);
  *AT(ADDRESS, buffer) = mdl;
  *AT(uint32_t, status) = mdl == 0 ? 0xc0000001 : 0;
}

static inline ADDRESS allocate(void) {
  ndis_allocate_buffer(status, buffer, pool, data, 1500);
  return *AT(ADDRESS, buffer);
}

#define ITEM ADDRESS
#define ALLOCATE() allocate()
#define FREE(mdl) free_mdl(mdl)
#include "pairs.h"

static void check(void) {
  ADDRESS mdl = AT(POOL, pool)->FreeList;
  memset(AT(uint8_t, mdl), 0xaa, sizeof(MDL) + 4);
  if (allocate() != mdl) fail("the slot that was freed last is not handed out first");
  printf("{\"status\": %u, \"address\": %u, \"words\": [", *AT(uint32_t, status), data);
  for (size_t i = 0; i < sizeof(MDL) / 4 + 1; i++) printf("%s%u", i == 0 ? "" : ", ", AT(uint32_t, mdl)[i]);
  if (!free_mdl(mdl) || free_mdl(mdl)) fail("free does not free once");
  printf("], \"left\": %u}\n", AT(POOL, pool)->Live);
}

int main(int argc, char **argv) {
  prepare_memory();
  prepare_orders();
  pool = create_mdl_pool(MOST_HELD, MOST_HELD);
  data = take(4096, 4096);
  status = take(8, 8);
  buffer = status + 4;
  return MEASURE(argc, argv, pair_loops, check);
}
