/*
 * NdisAllocateCloneNetBufferList of a list with three MDLs, and NdisFreeCloneNetBufferList: packages/ndislab/src/ndis6/
 * derived-lists.ts and derived-mdls.ts in C.
 */
#include "list.h"
#include "mdl.h"

enum { CLONE = 1, DERIVED_SLOT = 64, DERIVED_PAGES = (DERIVED_SLOT - PREFIX - 28) / 4, MOST_CLONES = 4096 };

static ADDRESS pool, mdls, original, chain;

FUNCTION void describe(MDL *m, const MDL *source, uint32_t offset, uint32_t length, uint32_t pages) {
  uint32_t start = source->ByteOffset + offset, in_page = start & 0xfff;
  uint16_t flags = source->MdlFlags, has_address = flags & (MAPPED | NONPAGED);
  m->Next = 0;
  m->Size = (int16_t)(sizeof(MDL) + 4 * pages);
  m->MdlFlags = PARTIAL | has_address | (flags & MAPPED ? PARENT_MAPPED : 0);
  m->Process = source->Process;
  m->MappedSystemVa = has_address ? source->MappedSystemVa + offset : 0;
  m->StartVa = source->StartVa + start - in_page;
  m->ByteCount = length;
  m->ByteOffset = in_page;
  uint32_t *frames = (uint32_t *)(m + 1);
  const uint32_t *source_frames = (const uint32_t *)(source + 1) + (start >> 12);
  for (uint32_t page = 0; page < pages; page++) frames[page] = source_frames[page];
}

/* MDLs over `length` bytes from `offset` of a chain, at the end of that which `link` names. */
FUNCTION int append(ADDRESS nb, ADDRESS *link, ADDRESS source, uint32_t offset, uint32_t length) {
  POOL *of = AT(POOL, mdls);
  int32_t skipped = offset, rest = length;
  for (ADDRESS from = source; rest > 0; from = AT(MDL, from)->Next) {
    if (from == 0) return 0;
    MDL *s = AT(MDL, from);
    int32_t here = (int32_t)s->ByteCount - skipped, piece = here < rest ? here : rest;
    if (piece <= 0) {
      skipped -= s->ByteCount;
      continue;
    }
    uint32_t pages = (((s->ByteOffset + skipped) & 0xfff) + piece + 0xfff) >> 12;
    if (pages > DERIVED_PAGES) exit(1); /* a block of its own, which no job here needs */
    ADDRESS mdl = of->FreeList;
    if (mdl == 0) return 0;
    MDL_PREFIX *prefix = MDL_PREFIX_OF(mdl);
    of->FreeList = prefix->State;
    prefix->State = MDL_DERIVED;
    of->Live++;
    prefix->Owner = nb;
    describe(AT(MDL, mdl), s, skipped, piece, pages);
    *link = mdl;
    link = &AT(MDL, mdl)->Next;
    skipped = 0;
    rest -= piece;
  }
  return 1;
}

FUNCTION void free_derived(ADDRESS nb, ADDRESS mdl) {
  POOL *of = AT(POOL, mdls);
  for (ADDRESS next; mdl != 0; mdl = next) {
    next = AT(MDL, mdl)->Next;
    MDL_PREFIX *prefix = MDL_PREFIX_OF(mdl);
    if (prefix->Owner != nb || prefix->State != MDL_DERIVED) continue;
    prefix->State = of->FreeList;
    of->FreeList = mdl;
    of->Live--;
  }
}

FUNCTION int free_clone(ADDRESS nbl) {
  NET_BUFFER_LIST *list = AT(NET_BUFFER_LIST, nbl);
  if (list->NdisReserved[0] != NBL_LIVE || list->Derivation == 0) return 0;
  for (ADDRESS nb = list->FirstNetBuffer, next; nb != 0; nb = next) {
    next = AT(NET_BUFFER, nb)->Next;
    free_derived(nb, AT(NET_BUFFER, nb)->MdlChain);
    if (AT(NET_BUFFER, nb)->NdisReserved[1] != 0) exit(1); /* a retreat, which no job here does */
    free_net_buffer(nb); /* not one that came with the list */
  }
  list->Derivation = 0;
  return free_list(nbl);
}

FUNCTION ADDRESS allocate_clone(ADDRESS from_list, ADDRESS handle) {
  ADDRESS nbl = allocate_list(handle, 0, 0);
  if (nbl == 0) return 0;
  NET_BUFFER_LIST *list = AT(NET_BUFFER_LIST, nbl);
  list->FirstNetBuffer = 0;
  list->Context = 0;
  list->Derivation = CLONE;
  ADDRESS *link = &list->FirstNetBuffer;
  for (ADDRESS from = AT(NET_BUFFER_LIST, from_list)->FirstNetBuffer; from != 0; from = AT(NET_BUFFER, from)->Next) {
    if (link != &list->FirstNetBuffer) exit(1); /* a second NET_BUFFER, which no job here has */
    ADDRESS nb = nbl + AT(POOL, list->NdisPoolHandle)->NetBufferStart;
    *link = nb;
    NET_BUFFER *n = AT(NET_BUFFER, nb), *source = AT(NET_BUFFER, from);
    link = &n->Next;
    if (!append(nb, &n->MdlChain, source->CurrentMdl, source->CurrentMdlOffset, source->DataLength)) exit(1);
    n->CurrentMdl = n->MdlChain;
    n->DataLength = source->DataLength;
  }
  return nbl;
}

#define ITEM ADDRESS
#define ALLOCATE() allocate_clone(original, pool)
#define FREE(nbl) free_clone(nbl)
#include "pairs.h"

static void check(void) {
  ADDRESS nbl = ALLOCATE(), nb = AT(NET_BUFFER_LIST, nbl)->FirstNetBuffer;
  ADDRESS source = chain;
  printf("{\"length\": %u, \"pieces\": [", AT(NET_BUFFER, nb)->DataLength);
  for (ADDRESS mdl = AT(NET_BUFFER, nb)->CurrentMdl; mdl != 0; mdl = AT(MDL, mdl)->Next, source = AT(MDL, source)->Next)
    printf("%s[%u, %u]", source == chain ? "" : ", ", AT(MDL, mdl)->MappedSystemVa - AT(MDL, source)->MappedSystemVa,
           AT(MDL, mdl)->ByteCount);
  if (!free_clone(nbl) || free_clone(nbl)) fail("free does not free once");
  printf("], \"left\": %u}\n", AT(POOL, pool)->Live - 1 + AT(POOL, mdls)->Live);
}

static const LOOP loops[] = {{"one", one, 1}, {"random32", random32, 32}, {"random256", random256, 256}};

int main(int argc, char **argv) {
  static const uint32_t sizes[3] = {500, 500, 500};
  prepare_memory();
  prepare_orders();
  pool = create_list_pool(MOST_CLONES);
  mdls = create_pool((POOL){.Signature = MDL_POOL, .SlotSize = DERIVED_SLOT});
  fill_pool(mdls, 3 * MOST_CLONES, PREFIX, -4);
  chain = chain_of(create_mdl_pool(0, 16), sizes, 3);
  original = allocate_list_with_chain(pool, chain, 14, 1486);
  return MEASURE(argc, argv, loops, check);
}
