/*
 * NdisAllocateNetBufferMdlAndData and NdisFreeNetBuffer in plain C: the same 32-bit layouts, checks, counters and stores
 * as packages/ndislab/src/ndis6/net-buffer-pools.ts, so that what differs is the language alone.
 *
 *   net-buffer-pair time MILLISECONDS   prints {"one": ns, "random": ns}
 *   net-buffer-pair check               prints pool, NET_BUFFER, data and the 24 + 7 words of a slot that was dirty
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef uint32_t ADDRESS; /* a byte offset into the memory, as an x86 pointer is one into its address space */

typedef struct {
  ADDRESS Next;
  int16_t Size, MdlFlags;
  ADDRESS Process, MappedSystemVa, StartVa;
  uint32_t ByteCount, ByteOffset;
} MDL;

typedef struct {
  ADDRESS Next, CurrentMdl;
  uint32_t CurrentMdlOffset, DataLength;
  ADDRESS MdlChain;
  uint32_t DataOffset;
  uint16_t ChecksumBias, Reserved;
  ADDRESS NdisPoolHandle, NdisReserved[2], ProtocolReserved[6], MiniportReserved[4];
  uint64_t DataPhysicalAddress;
  ADDRESS SharedMemoryInfo, Padding;
} NET_BUFFER;

typedef struct {
  uint32_t Signature;
  ADDRESS FreeList;
  uint32_t Live, Peak, Allocations, DataSize, DataStart;
} POOL;

_Static_assert(sizeof(MDL) == 28 && sizeof(NET_BUFFER) == 96, "x86 layouts");

enum { SIGNATURE = 0x4e425003, WITH_DATA = 0x4e420003, NONPAGED = 4 };
enum { MEMORY = 64 << 20, HANDLE = 0x20040, CHUNK = 0x30000, SLOTS = 512 };
enum { PREFIX = 8, DATA_SIZE = 2048, DATA_START = 192, SLOT_SIZE = 2240, BATCH = 256 };

static uint8_t *memory;
#define AT(type, address) ((type *)(memory + (address)))

#ifdef INLINED
#define FUNCTION static inline
#else
#define FUNCTION __attribute__((noinline))
#endif

FUNCTION ADDRESS allocate(ADDRESS handle) {
  POOL *pool = AT(POOL, handle);
  uint32_t size = pool->DataSize;
  if (pool->Signature != SIGNATURE || (handle & 3) || size == 0) return 0;
  ADDRESS nb = pool->FreeList;
  if (nb == 0) return 0;
  NET_BUFFER *n = AT(NET_BUFFER, nb);
  pool->FreeList = n->NdisReserved[0];
  uint32_t live = pool->Live + 1;
  pool->Live = live;
  if (live > pool->Peak) pool->Peak = live;
  pool->Allocations++;

  ADDRESS mdl = nb + sizeof(NET_BUFFER) + PREFIX;
  n->Next = 0;
  n->CurrentMdl = mdl;
  n->CurrentMdlOffset = 0;
  n->DataLength = 0;
  n->MdlChain = mdl;
  n->DataOffset = 0;
  n->ChecksumBias = 0;
  n->Reserved = 0;
  n->NdisPoolHandle = handle;
  n->NdisReserved[0] = WITH_DATA;
  n->NdisReserved[1] = 0;
  for (int i = 0; i < 6; i++) n->ProtocolReserved[i] = 0;
  for (int i = 0; i < 4; i++) n->MiniportReserved[i] = 0;
  n->DataPhysicalAddress = 0;
  n->SharedMemoryInfo = 0;
  n->Padding = 0;

  MDL *m = AT(MDL, mdl);
  ADDRESS data = nb + pool->DataStart;
  uint32_t offset = data & 0xfff;
  m->Next = 0;
  m->Size = (int16_t)(sizeof(MDL) + (((offset + size + 0xfff) >> 12) << 2));
  m->MdlFlags = NONPAGED;
  m->Process = 0;
  m->MappedSystemVa = data;
  m->StartVa = data - offset;
  m->ByteCount = size;
  m->ByteOffset = offset;
  return nb;
}

FUNCTION int release(ADDRESS nb) {
  NET_BUFFER *n = AT(NET_BUFFER, nb);
  if (n->NdisReserved[0] != WITH_DATA || (nb & 7)) return 0;
  POOL *pool = AT(POOL, n->NdisPoolHandle);
  if (pool->Signature != SIGNATURE) return 0;
  n->NdisReserved[0] = pool->FreeList;
  pool->FreeList = nb;
  pool->Live--;
  return 1;
}

static uint32_t order[BATCH];
static ADDRESS held[BATCH];
static volatile uint32_t sink; /* what a loop computed, so that none is left out */

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static void one(long pairs) {
  uint32_t sum = 0;
  for (long i = 0; i < pairs; i++) {
    ADDRESS nb = allocate(HANDLE);
    sum ^= nb;
    release(nb);
  }
  sink = sum;
}

static void batches(long pairs) {
  for (long done = 0; done < pairs; done += BATCH) {
    for (int i = 0; i < BATCH; i++) held[i] = allocate(HANDLE);
    for (int i = 0; i < BATCH; i++) release(held[order[i]]);
  }
}

/* Nanoseconds a pair: the fastest of five slices that fill the time, after as long a time that warms up. */
static double timed(void (*loop)(long), double nanoseconds) {
  long pairs = 1 << 18;
  double start = now(), elapsed = 0, fastest = 1e9;
  while (now() - start < nanoseconds) {
    double slice = now();
    loop(pairs);
    elapsed = now() - slice;
  }
  pairs = (long)(pairs * nanoseconds / 5 / elapsed / BATCH + 1) * BATCH;
  for (int i = 0; i < 5; i++) {
    start = now();
    loop(pairs);
    elapsed = (now() - start) / pairs;
    if (elapsed < fastest) fastest = elapsed;
  }
  return fastest;
}

static void prepare(void) {
  memory = aligned_alloc(4096, MEMORY);
  if (memory == NULL) exit(1);
  POOL *pool = AT(POOL, HANDLE);
  memset(pool, 0, sizeof *pool);
  pool->Signature = SIGNATURE;
  pool->DataSize = DATA_SIZE;
  pool->DataStart = DATA_START;
  for (ADDRESS nb = CHUNK + (SLOTS - 1) * SLOT_SIZE; nb >= CHUNK; nb -= SLOT_SIZE) {
    AT(NET_BUFFER, nb)->NdisReserved[0] = pool->FreeList;
    pool->FreeList = nb;
  }
  /* The permutation of bench/lib/order.mjs. */
  uint32_t seed = 12345;
  for (uint32_t i = 0; i < BATCH; i++) order[i] = i;
  for (uint32_t i = BATCH - 1; i > 0; i--) {
    seed = seed * 1103515245u + 12345u;
    uint32_t j = (seed >> 16) % (i + 1), swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
}

static void check(void) {
  ADDRESS nb = AT(POOL, HANDLE)->FreeList, link = AT(NET_BUFFER, nb)->NdisReserved[0];
  ADDRESS mdl = nb + sizeof(NET_BUFFER) + PREFIX;
  memset(AT(uint8_t, nb), 0xaa, mdl + sizeof(MDL) - nb);
  AT(NET_BUFFER, nb)->NdisReserved[0] = link;
  if (allocate(HANDLE) != nb) exit(1);
  printf("{\"pool\": %u, \"nb\": %u, \"data\": %u, \"words\": [", HANDLE, nb, nb + DATA_START);
  for (size_t i = 0; i < sizeof(NET_BUFFER) / 4; i++) printf("%u, ", AT(uint32_t, nb)[i]);
  for (size_t i = 0; i < sizeof(MDL) / 4; i++) printf("%s%u", i == 0 ? "" : ", ", AT(uint32_t, mdl)[i]);
  printf("]}\n");
  if (!release(nb) || release(nb)) exit(1);
}

int main(int argc, char **argv) {
  prepare();
  if (argc == 2 && strcmp(argv[1], "check") == 0) check();
  else if (argc == 3 && strcmp(argv[1], "time") == 0) {
    double nanoseconds = atof(argv[2]) * 1e6;
    double single = timed(one, nanoseconds);
    printf("{\"one\": %.3f, \"random\": %.3f}\n", single, timed(batches, nanoseconds));
  } else return 2;
  return 0;
}
