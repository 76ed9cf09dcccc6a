/* 32 times NdisAllocateNetBufferMdlAndData, then 32 times NdisFreeNetBuffer: what there is without bulk. */
#include "measure.h"
#include "net-buffer.h"

enum { BULK = 32 };

static ADDRESS pool, held[BULK];

static void bulk(long count) {
  for (long done = 0; done < count; done += BULK) {
    for (int i = 0; i < BULK; i++) held[i] = allocate_net_buffer_mdl_and_data(pool);
    USE(held);
    for (int i = 0; i < BULK; i++) free_net_buffer(held[i]);
  }
}

static void check(void) {
  unsigned different = 0;
  for (int i = 0; i < BULK; i++) held[i] = allocate_net_buffer_mdl_and_data(pool);
  unsigned out = AT(POOL, pool)->Live;
  for (int i = 0; i < BULK; i++)
    for (int j = i; j < BULK && (j == i || held[j] != held[i]); j++) different += j == BULK - 1;
  for (int i = 0; i < BULK; i++) free_net_buffer(held[i]);
  printf("{\"out\": %u, \"different\": %u, \"left\": %u}\n", out, different, AT(POOL, pool)->Live);
}

static const LOOP loops[] = {{"bulk", bulk, BULK}};

int main(int argc, char **argv) {
  prepare_memory();
  pool = create_net_buffer_pool(2048, 2048);
  return MEASURE(argc, argv, loops, check);
}
