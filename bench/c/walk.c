/* A walk over a chain of four MDLs: the sum of their lengths and of their system addresses. */
#include "measure.h"
#include "mdl.h"

enum { PACKETS = 32, PIECES = 4 };

static ADDRESS chains[PACKETS];
static const uint32_t sizes[PIECES] = {64, 512, 700, 224};

FUNCTION ADDRESS system_address(ADDRESS mdl) {
  MDL *m = AT(MDL, mdl);
  return m->MdlFlags & (MAPPED | NONPAGED) ? m->MappedSystemVa : 0;
}

static inline void walk(ADDRESS chain, uint32_t *lengths, uint32_t *addresses) {
  for (ADDRESS mdl = chain; mdl != 0; mdl = AT(MDL, mdl)->Next) {
    *lengths += AT(MDL, mdl)->ByteCount;
    *addresses += system_address(mdl);
  }
}

static void walks(long count) {
  uint32_t lengths = 0, addresses = 0;
  for (long done = 0; done < count; done += PACKETS)
    for (int i = 0; i < PACKETS; i++) walk(chains[i], &lengths, &addresses);
  sink = lengths ^ addresses;
}

static void check(void) {
  uint32_t lengths = 0, addresses = 0;
  walk(chains[3], &lengths, &addresses);
  printf("{\"lengths\": %u, \"addresses\": %u, \"pieces\": [", lengths, addresses);
  for (ADDRESS mdl = chains[3]; mdl != 0; mdl = AT(MDL, mdl)->Next)
    printf("%s%u", mdl == chains[3] ? "" : ", ", AT(MDL, mdl)->MappedSystemVa);
  puts("]}");
}

static const LOOP loops[] = {{"walk", walks, PACKETS}};

int main(int argc, char **argv) {
  prepare_memory();
  ADDRESS pool = create_mdl_pool(0, PACKETS * PIECES);
  for (int i = 0; i < PACKETS; i++) chains[i] = chain_of(pool, sizes, PIECES);
  return MEASURE(argc, argv, loops, check);
}
