/* A walk over a packet of four segments: the sum of their lengths and of their addresses. */
#include "chain.h"

enum { PACKETS = 32, PIECES = 4 };

static struct rte_mbuf *packets[PACKETS];
static const uint32_t sizes[PIECES] = {64, 512, 700, 224};

static inline void walk(struct rte_mbuf *packet, uint32_t *lengths, uintptr_t *addresses) {
  for (struct rte_mbuf *mbuf = packet; mbuf != NULL; mbuf = mbuf->next) {
    *lengths += rte_pktmbuf_data_len(mbuf);
    *addresses += rte_pktmbuf_mtod(mbuf, uintptr_t);
  }
}

static void walks(long count) {
  uint32_t lengths = 0;
  uintptr_t addresses = 0;
  for (long done = 0; done < count; done += PACKETS)
    for (int i = 0; i < PACKETS; i++) walk(packets[i], &lengths, &addresses);
  sink = lengths ^ (uint32_t)addresses;
}

static void check(void) {
  uint32_t lengths = 0;
  uintptr_t addresses = 0, first = rte_pktmbuf_mtod(packets[3], uintptr_t) & ~(uintptr_t)0xffffff;
  walk(packets[3], &lengths, &addresses);
  printf("{\"lengths\": %u, \"addresses\": %u, \"pieces\": [", lengths, (uint32_t)(addresses - PIECES * first));
  for (struct rte_mbuf *mbuf = packets[3]; mbuf != NULL; mbuf = mbuf->next)
    printf("%s%u", mbuf == packets[3] ? "" : ", ", (uint32_t)(rte_pktmbuf_mtod(mbuf, uintptr_t) - first));
  puts("]}");
}

static const LOOP loops[] = {{"walk", walks, PACKETS}};

int main(int argc, char **argv) {
  prepare_dpdk("64");
  struct rte_mempool *pool = create_pool("walk", 1023);
  for (int i = 0; i < PACKETS; i++) packets[i] = chain_of(pool, sizes, PIECES);
  return MEASURE(argc, argv, loops, check);
}
