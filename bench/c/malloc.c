/* The C library's malloc in place of the pool: NET_BUFFER, MDL and 2 KiB in one block, the same fields written. */
#include "net-buffer.h"

static uint32_t live;

static inline ADDRESS *allocate(void) {
  ADDRESS *block = malloc(2240);
  if (block == NULL) exit(1);
  memory = (uint8_t *)block; /* addresses count from the block */
  initialize_net_buffer(0, 0x20040, NB_WITH_DATA, EMBEDDED_MDL);
  initialize_embedded_mdl(0, 192, 2048);
  live++;
  return block;
}

static inline void release(ADDRESS *block) {
  if (((NET_BUFFER *)block)->NdisReserved[0] != NB_WITH_DATA) exit(1);
  live--;
  free(block);
}

#define ITEM ADDRESS *
#define ALLOCATE() allocate()
#define FREE(block) release(block)
#include "pairs.h"

static void check(void) {
  ADDRESS *block = allocate();
  NET_BUFFER *nb = (NET_BUFFER *)block;
  MDL *mdl = (MDL *)(memory + EMBEDDED_MDL);
  printf("{\"chain\": %u, \"length\": %u, \"bytes\": %u}\n", nb->MdlChain, nb->DataLength, mdl->ByteCount);
  release(block);
}

int main(int argc, char **argv) {
  prepare_orders();
  return MEASURE(argc, argv, pair_loops, check);
}
