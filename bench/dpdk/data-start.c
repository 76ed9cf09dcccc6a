/* rte_pktmbuf_prepend and rte_pktmbuf_adj by 14 bytes. */
#include "mbuf.h"

enum { PACKETS = 32, HEAD = 64, LENGTH = 1000, DELTA = 14 };

static struct rte_mbuf *packets[PACKETS];

static void one(long count) {
  uintptr_t sum = 0;
  for (long done = 0; done < count; done += PACKETS)
    for (int i = 0; i < PACKETS; i++) {
      sum |= (uintptr_t)rte_pktmbuf_prepend(packets[i], DELTA);
      USE(packets[i]);
      sum |= (uintptr_t)rte_pktmbuf_adj(packets[i], DELTA);
    }
  sink = (uint32_t)sum;
}

static void batch(long count) {
  uintptr_t sum = 0;
  for (long done = 0; done < count; done += PACKETS) {
    for (int i = 0; i < PACKETS; i++) sum |= (uintptr_t)rte_pktmbuf_prepend(packets[i], DELTA);
    for (int i = 0; i < PACKETS; i++) sum |= (uintptr_t)rte_pktmbuf_adj(packets[i], DELTA);
  }
  sink = (uint32_t)sum;
}

static void print_fields(const char *name, struct rte_mbuf *mbuf) {
  printf("\"%s\": [%u, %u, %u]", name, mbuf->data_off, mbuf->data_len, mbuf->pkt_len);
}

static void check(void) {
  printf("{");
  print_fields("before", packets[0]);
  if (rte_pktmbuf_prepend(packets[0], DELTA) == NULL) fail("prepend fails");
  printf(", ");
  print_fields("retreated", packets[0]);
  rte_pktmbuf_adj(packets[0], DELTA);
  printf(", ");
  print_fields("advanced", packets[0]);
  puts("}");
}

static const LOOP loops[] = {{"one", one, PACKETS}, {"batch", batch, PACKETS}};

int main(int argc, char **argv) {
  prepare_dpdk("64");
  struct rte_mempool *pool = create_pool("data start", 1023);
  for (int i = 0; i < PACKETS; i++) {
    packets[i] = rte_pktmbuf_alloc(pool);
    packets[i]->data_off = HEAD;
    if (rte_pktmbuf_append(packets[i], LENGTH) == NULL) fail("append fails");
  }
  return MEASURE(argc, argv, loops, check);
}
