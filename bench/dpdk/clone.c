/* rte_pktmbuf_clone of a packet of three segments, and rte_pktmbuf_free of the clone. */
#include "chain.h"

static struct rte_mempool *clones;
static struct rte_mbuf *original;

#define ITEM struct rte_mbuf *
#define ALLOCATE() rte_pktmbuf_clone(original, clones)
#define FREE(mbuf) rte_pktmbuf_free(mbuf)
#include "../c/pairs.h"

static void check(void) {
  struct rte_mbuf *clone = ALLOCATE(), *source = original;
  printf("{\"length\": %u, \"pieces\": [", clone->pkt_len);
  for (struct rte_mbuf *mbuf = clone; mbuf != NULL; mbuf = mbuf->next, source = source->next)
    printf("%s[%d, %u]", source == original ? "" : ", ",
           (int)(rte_pktmbuf_mtod(mbuf, char *) - ((char *)source->buf_addr + RTE_PKTMBUF_HEADROOM)), mbuf->data_len);
  if (rte_mbuf_refcnt_read(original) != 2) fail("the original is not referred to");
  rte_pktmbuf_free(clone);
  printf("], \"left\": %u}\n", live(clones) + rte_mbuf_refcnt_read(original) - 1);
}

static const LOOP loops[] = {{"one", one, 1}, {"random32", random32, 32}, {"random256", random256, 256}};

int main(int argc, char **argv) {
  static const uint32_t sizes[3] = {500, 500, 500};
  prepare_dpdk("64");
  prepare_orders();
  clones = create_pool_of("clones", 4095, 0);
  original = chain_of(create_pool("originals", 1023), sizes, 3);
  rte_pktmbuf_adj(original, 14);
  return MEASURE(argc, argv, loops, check);
}
