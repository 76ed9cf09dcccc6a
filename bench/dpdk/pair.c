/* rte_pktmbuf_alloc and rte_pktmbuf_free, and both in bulk. */
#include "mbuf.h"

static struct rte_mempool *pool;

#define ITEM struct rte_mbuf *
#define ALLOCATE() rte_pktmbuf_alloc(pool)
#define FREE(mbuf) rte_pktmbuf_free(mbuf)
#include "../c/pairs.h"

/* An mbuf whose fields were dirty. */
static void check(void) {
  struct rte_mbuf *mbuf = rte_pktmbuf_alloc(pool);
  mbuf->data_off = 0xaaaa;
  mbuf->data_len = 0xaaaa;
  mbuf->pkt_len = 0xaaaaaaaa;
  mbuf->ol_flags |= RTE_MBUF_F_RX_VLAN;
  mbuf->vlan_tci = 0xaaaa;
  rte_pktmbuf_free(mbuf);
  struct rte_mbuf *again = rte_pktmbuf_alloc(pool);
  printf("{\"same\": %d, \"offset\": %u, \"length\": %u, \"packet\": %u, \"segments\": %u, \"references\": %u, "
         "\"flags\": %llu, \"vlan\": %u, \"room\": %u, \"out\": %u, ",
         again == mbuf, again->data_off, again->data_len, again->pkt_len, again->nb_segs, rte_mbuf_refcnt_read(again),
         (unsigned long long)again->ol_flags, again->vlan_tci, again->buf_len, live(pool));
  rte_pktmbuf_free(again);
  printf("\"left\": %u}\n", live(pool));
}

int main(int argc, char **argv) {
  prepare_dpdk("512");
  prepare_orders();
  pool = create_pool("pair", MOST_HELD + 2048);
  return MEASURE(argc, argv, pair_loops, check);
}
