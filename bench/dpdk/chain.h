/* Chains of mbufs with so many bytes each. */
#pragma once
#include "mbuf.h"

static struct rte_mbuf *chain_of(struct rte_mempool *pool, const uint32_t *sizes, int number) {
  struct rte_mbuf *head = NULL;
  for (int i = 0; i < number; i++) {
    struct rte_mbuf *mbuf = rte_pktmbuf_alloc(pool);
    if (mbuf == NULL || rte_pktmbuf_append(mbuf, sizes[i]) == NULL) fail("no mbuf");
    if (head == NULL) head = mbuf;
    else if (rte_pktmbuf_chain(head, mbuf) != 0) fail("too many segments");
  }
  return head;
}
