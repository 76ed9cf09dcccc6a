/* NdisCopyFromNetBufferToNetBuffer: 1500 bytes from three MDLs to three others that are cut elsewhere. */
#include "measure.h"
#include "mdl.h"
#include "net-buffer.h"

enum { PACKETS = 8, LENGTH = 1500 };

static ADDRESS from[PACKETS], to[PACKETS];
static const uint32_t sizes_from[3] = {500, 500, 500}, sizes_to[3] = {700, 400, 500};

static inline uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

FUNCTION uint32_t copy(ADDRESS destination, uint32_t to_offset, uint32_t length, ADDRESS source, uint32_t from_offset) {
  NET_BUFFER *s = AT(NET_BUFFER, source), *d = AT(NET_BUFFER, destination);
  uint32_t rest = s->DataLength < from_offset ? 0 : least(length, s->DataLength - from_offset), wanted = rest;
  uint32_t in_source = s->CurrentMdlOffset + from_offset, in_destination = d->CurrentMdlOffset + to_offset;
  ADDRESS a = s->CurrentMdl, b = d->CurrentMdl;
  while (rest > 0 && a != 0 && b != 0) {
    MDL *m = AT(MDL, a), *n = AT(MDL, b);
    if (m->ByteCount <= in_source) {
      in_source -= m->ByteCount;
      a = m->Next;
    } else if (n->ByteCount <= in_destination) {
      in_destination -= n->ByteCount;
      b = n->Next;
    } else {
      uint32_t piece = least(rest, least(m->ByteCount - in_source, n->ByteCount - in_destination));
      memcpy(AT(uint8_t, n->MappedSystemVa + in_destination), AT(uint8_t, m->MappedSystemVa + in_source), piece);
      in_source += piece;
      in_destination += piece;
      rest -= piece;
    }
  }
  return wanted - rest;
}

static void copies(long count) {
  uint32_t copied = 0;
  for (long done = 0; done < count; done += PACKETS)
    for (int i = 0; i < PACKETS; i++) copied += copy(to[i], 0, LENGTH, from[i], 0);
  sink = copied;
}

static void check(void) {
  uint32_t copied = copy(to[3], 0, LENGTH, from[3], 0), hash = 2166136261u;
  ADDRESS last = 0;
  for (ADDRESS mdl = AT(NET_BUFFER, to[3])->MdlChain; mdl != 0; last = mdl, mdl = AT(MDL, mdl)->Next)
    for (uint32_t i = 0; i < AT(MDL, mdl)->ByteCount; i++)
      hash = (hash ^ *AT(uint8_t, AT(MDL, mdl)->MappedSystemVa + i)) * 16777619u;
  uint8_t behind = *AT(uint8_t, AT(MDL, last)->MappedSystemVa + AT(MDL, last)->ByteCount - 1);
  printf("{\"copied\": %u, \"hash\": %u, \"behind\": %u}\n", copied, hash, behind);
}

static const LOOP loops[] = {{"copy", copies, PACKETS}};

int main(int argc, char **argv) {
  prepare_memory();
  ADDRESS mdls = create_mdl_pool(0, PACKETS * 6);
  for (int i = 0; i < PACKETS; i++) {
    ADDRESS chains[2] = {chain_of(mdls, sizes_from, 3), chain_of(mdls, sizes_to, 3)};
    for (int side = 0; side < 2; side++) {
      ADDRESS nb = take(sizeof(NET_BUFFER), 64);
      initialize_net_buffer(nb, 0, NB_BARE, chains[side]);
      AT(NET_BUFFER, nb)->DataLength = LENGTH;
      (side == 0 ? from : to)[i] = nb;
    }
    uint32_t number = 0;
    for (ADDRESS mdl = chains[0]; mdl != 0; mdl = AT(MDL, mdl)->Next)
      for (uint32_t j = 0; j < AT(MDL, mdl)->ByteCount; j++, number++)
        *AT(uint8_t, AT(MDL, mdl)->MappedSystemVa + j) = (uint8_t)(number * 7 + (number >> 8));
  }
  return MEASURE(argc, argv, loops, check);
}
