/* NdisRetreatNetBufferDataStart and NdisAdvanceNetBufferDataStart by 14 bytes, in place. */
#include "measure.h"
#include "net-buffer.h"

enum { PACKETS = 32, HEAD = 64, LENGTH = 1000, DELTA = 14, SUCCESS = 0, FAILURE = -1 };

static ADDRESS packets[PACKETS];

static inline void adjust_current(NET_BUFFER *nb) {
  uint32_t in_mdl;
  nb->CurrentMdl = locate(nb->MdlChain, nb->DataOffset, &in_mdl);
  nb->CurrentMdlOffset = in_mdl;
}

FUNCTION int retreat(ADDRESS address, uint32_t delta) {
  NET_BUFFER *nb = AT(NET_BUFFER, address);
  uint32_t offset = nb->DataOffset, length = nb->DataLength;
  if ((uint64_t)length + delta > 0xffffffff || offset < delta) return FAILURE; /* no job here needs a new MDL */
  nb->DataOffset = offset - delta;
  nb->DataLength = length + delta;
  uint32_t in_mdl = nb->CurrentMdlOffset;
  if (in_mdl >= delta && delta != 0) nb->CurrentMdlOffset = in_mdl - delta;
  else adjust_current(nb);
  return SUCCESS;
}

FUNCTION void advance(ADDRESS address, uint32_t delta) {
  NET_BUFFER *nb = AT(NET_BUFFER, address);
  if (delta > nb->DataLength) return;
  nb->DataOffset += delta;
  nb->DataLength -= delta;
  adjust_current(nb);
}

static void one(long count) {
  uint32_t failed = 0;
  for (long done = 0; done < count; done += PACKETS)
    for (int i = 0; i < PACKETS; i++) {
      failed |= retreat(packets[i], DELTA);
      USE(packets[i]);
      advance(packets[i], DELTA);
    }
  sink = failed;
}

static void batch(long count) {
  uint32_t failed = 0;
  for (long done = 0; done < count; done += PACKETS) {
    for (int i = 0; i < PACKETS; i++) failed |= retreat(packets[i], DELTA);
    for (int i = 0; i < PACKETS; i++) advance(packets[i], DELTA);
  }
  sink = failed;
}

static void print_fields(const char *name, ADDRESS address) {
  NET_BUFFER *nb = AT(NET_BUFFER, address);
  printf("\"%s\": [%u, %u, %u, %u]", name, nb->DataOffset, nb->DataLength, nb->CurrentMdlOffset,
         nb->CurrentMdl == address + EMBEDDED_MDL);
}

static void check(void) {
  printf("{");
  print_fields("before", packets[0]);
  if (retreat(packets[0], DELTA) != SUCCESS) fail("retreat fails");
  printf(", ");
  print_fields("retreated", packets[0]);
  advance(packets[0], DELTA);
  printf(", ");
  print_fields("advanced", packets[0]);
  puts("}");
}

static const LOOP loops[] = {{"one", one, PACKETS}, {"batch", batch, PACKETS}};

int main(int argc, char **argv) {
  prepare_memory();
  ADDRESS pool = create_net_buffer_pool(2048, PACKETS);
  for (int i = 0; i < PACKETS; i++) {
    packets[i] = allocate_net_buffer_mdl_and_data(pool);
    AT(NET_BUFFER, packets[i])->DataLength = HEAD + LENGTH;
    advance(packets[i], HEAD);
  }
  return MEASURE(argc, argv, loops, check);
}
