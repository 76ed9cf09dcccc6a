/*
 * 1500 bytes from a packet of three segments into the segments of another, which are cut elsewhere: as one writes it
 * with rte_memcpy, since DPDK's own rte_pktmbuf_copy makes a new packet.
 */
#include "chain.h"

#include <rte_memcpy.h>

enum { PACKETS = 8, LENGTH = 1500 };

static struct rte_mbuf *from[PACKETS], *to[PACKETS];
static const uint32_t sizes_from[3] = {500, 500, 500}, sizes_to[3] = {700, 400, 500};

static inline uint32_t copy(struct rte_mbuf *destination, struct rte_mbuf *source, uint32_t length) {
  uint32_t in_source = 0, in_destination = 0, rest = length;
  while (rest > 0 && source != NULL && destination != NULL) {
    uint32_t piece = RTE_MIN(rest, RTE_MIN(source->data_len - in_source, destination->data_len - in_destination));
    rte_memcpy(rte_pktmbuf_mtod_offset(destination, void *, in_destination),
               rte_pktmbuf_mtod_offset(source, void *, in_source), piece);
    rest -= piece;
    in_source += piece;
    in_destination += piece;
    if (in_source == source->data_len) {
      source = source->next;
      in_source = 0;
    }
    if (in_destination == destination->data_len) {
      destination = destination->next;
      in_destination = 0;
    }
  }
  return length - rest;
}

static void copies(long count) {
  uint32_t copied = 0;
  for (long done = 0; done < count; done += PACKETS)
    for (int i = 0; i < PACKETS; i++) copied += copy(to[i], from[i], LENGTH);
  sink = copied;
}

static void check(void) {
  uint32_t copied = copy(to[3], from[3], LENGTH), hash = 2166136261u;
  struct rte_mbuf *last = NULL;
  for (struct rte_mbuf *mbuf = to[3]; mbuf != NULL; last = mbuf, mbuf = mbuf->next)
    for (uint32_t i = 0; i < mbuf->data_len; i++)
      hash = (hash ^ rte_pktmbuf_mtod(mbuf, uint8_t *)[i]) * 16777619u;
  uint8_t behind = rte_pktmbuf_mtod(last, uint8_t *)[last->data_len - 1];
  printf("{\"copied\": %u, \"hash\": %u, \"behind\": %u}\n", copied, hash, behind);
}

static const LOOP loops[] = {{"copy", copies, PACKETS}};

int main(int argc, char **argv) {
  prepare_dpdk("64");
  struct rte_mempool *pool = create_pool("copy", 1023);
  for (int i = 0; i < PACKETS; i++) {
    from[i] = chain_of(pool, sizes_from, 3);
    to[i] = chain_of(pool, sizes_to, 3);
    for (struct rte_mbuf *mbuf = to[i]; mbuf != NULL; mbuf = mbuf->next)
      memset(rte_pktmbuf_mtod(mbuf, void *), 0, mbuf->data_len);
    uint32_t number = 0;
    for (struct rte_mbuf *mbuf = from[i]; mbuf != NULL; mbuf = mbuf->next)
      for (uint32_t j = 0; j < mbuf->data_len; j++, number++)
        rte_pktmbuf_mtod(mbuf, uint8_t *)[j] = (uint8_t)(number * 7 + (number >> 8));
  }
  return MEASURE(argc, argv, loops, check);
}
