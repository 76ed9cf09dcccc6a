/* What an mbuf with 2 KiB of data takes beyond those 2 KiB: in its slot, and with the ring and the pages' ends. */
#include "mbuf.h"

enum { MBUFS = 10239, DATA = 2048 };

int main(int argc, char **argv) {
  (void)argv;
  prepare_dpdk("64");
  struct rte_mempool *pool = create_pool("memory", MBUFS);
  size_t taken = rte_ring_get_memsize(rte_align32pow2(MBUFS + 1));
  struct rte_mempool_memhdr *chunk;
  STAILQ_FOREACH(chunk, &pool->mem_list, next) taken += chunk->len;
  double slot = pool->header_size + pool->elt_size + pool->trailer_size;
  if (argc == 2) puts("null");
  else printf("{\"slot\": %.0f, \"all\": %.0f}\n", slot - DATA, (double)taken / MBUFS - DATA);
  return 0;
}
