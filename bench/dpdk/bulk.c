/* rte_pktmbuf_alloc_bulk and rte_pktmbuf_free_bulk of 32. */
#include "mbuf.h"

enum { BULK = 32 };

static struct rte_mempool *pool;
static struct rte_mbuf *held[BULK];

static void bulk(long count) {
  int failed = 0;
  for (long done = 0; done < count; done += BULK) {
    failed |= rte_pktmbuf_alloc_bulk(pool, held, BULK);
    USE(held);
    rte_pktmbuf_free_bulk(held, BULK);
  }
  sink = failed;
}

static void check(void) {
  if (rte_pktmbuf_alloc_bulk(pool, held, BULK) != 0) fail("no bulk");
  unsigned out = live(pool), different = 0;
  for (int i = 0; i < BULK; i++)
    for (int j = i; j < BULK && (j == i || held[j] != held[i]); j++) different += j == BULK - 1;
  rte_pktmbuf_free_bulk(held, BULK);
  printf("{\"out\": %u, \"different\": %u, \"left\": %u}\n", out, different, live(pool));
}

static const LOOP loops[] = {{"bulk", bulk, BULK}};

int main(int argc, char **argv) {
  prepare_dpdk("64");
  pool = create_pool("bulk", 2047);
  return MEASURE(argc, argv, loops, check);
}
