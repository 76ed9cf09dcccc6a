/*
 * DPDK's environment and a pool of mbufs for every DPDK side: no huge pages, one lcore that may run on any processor,
 * as the other sides may, and a pool that is packed. DPDK without huge pages would otherwise put one mbuf on each page
 * of 4 KiB, to its own disadvantage.
 */
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <rte_eal.h>
#include <rte_errno.h>
#include <rte_mbuf.h>
#include <rte_mempool.h>
#include <sched.h>
#include <unistd.h>

#include "../c/measure.h"

/* Starts DPDK with so many megabytes. */
static void prepare_dpdk(const char *megabytes) {
  static char lcores[1024] = "--lcores=0@(";
  cpu_set_t mine;
  if (sched_getaffinity(0, sizeof mine, &mine) != 0) fail("no affinity");
  for (int cpu = 0; cpu < CPU_SETSIZE && strlen(lcores) < 1000; cpu++)
    if (CPU_ISSET(cpu, &mine)) sprintf(lcores + strlen(lcores), "%s%d", lcores[12] ? "," : "", cpu);
  strcat(lcores, ")");
  char *arguments[] = {"bench",      "--no-huge",     "--no-shconf",  "--no-pci", "--no-telemetry",
                       "-m",         (char *)megabytes, "--log-level=4", lcores,     NULL};
  if (rte_eal_init(9, arguments) < 0) fail(rte_strerror(rte_errno));
}

/* What rte_pktmbuf_pool_create does, with the flag that packs the pool. */
static struct rte_mempool *create_pool_of(const char *name, unsigned mbufs, uint16_t room) {
  struct rte_pktmbuf_pool_private sizes = {.mbuf_data_room_size = room};
  struct rte_mempool *pool =
    rte_mempool_create_empty(name, mbufs, sizeof(struct rte_mbuf) + sizes.mbuf_data_room_size, RTE_MEMPOOL_CACHE_MAX_SIZE,
                             sizeof sizes, SOCKET_ID_ANY, RTE_MEMPOOL_F_NO_IOVA_CONTIG);
  if (pool == NULL) fail(rte_strerror(rte_errno));
  if (rte_mempool_set_ops_byname(pool, "ring_mp_mc", NULL) != 0) fail("no ring");
  rte_pktmbuf_pool_init(pool, &sizes);
  if (rte_mempool_populate_default(pool) < 0) fail("DPDK has not enough memory for its pool");
  rte_mempool_obj_iter(pool, rte_pktmbuf_init, NULL);
  return pool;
}

/* 2 KiB of data behind the usual head room. */
static struct rte_mempool *create_pool(const char *name, unsigned mbufs) {
  return create_pool_of(name, mbufs, 2048 + RTE_PKTMBUF_HEADROOM);
}

/* What is out, so that a side can show that it gave everything back. */
static inline unsigned live(struct rte_mempool *pool) { return rte_mempool_in_use_count(pool); }
