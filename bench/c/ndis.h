/*
 * What the C twins share: the 32-bit layouts of packages/ndislab/src/layout, a memory of their own, and pools of slots
 * with their state in it. The twins do the same checks, counters and stores as the TypeScript they stand beside, so
 * that what differs is the language alone.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

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
  ADDRESS Next, FirstNetBuffer, Context, ParentNetBufferList, NdisPoolHandle, Padding;
  ADDRESS NdisReserved[2], ProtocolReserved[4], MiniportReserved[2], Scratch, SourceHandle;
  uint32_t NblFlags, ChildRefCount, Flags, Status;
  uint32_t NetBufferListInfo[27], Derivation;
} NET_BUFFER_LIST;

/* In front of each MDL of a pool, and of one that is embedded. */
typedef struct {
  ADDRESS Owner, State;
} MDL_PREFIX;

typedef struct {
  uint32_t Signature;
  ADDRESS FreeList;
  uint32_t Live, Peak, Allocations, Limit, Tag, SlotSize, DataSize, DataStart;
  uint32_t NetBufferStart, ContextSize, ProtocolId, HasNetBuffer;
} POOL;

_Static_assert(sizeof(MDL) == 28 && sizeof(NET_BUFFER) == 96 && sizeof(NET_BUFFER_LIST) == 192, "x86 layouts");

enum { NB_POOL = 0x4e425003, NBL_POOL = 0x4e4c5005, MDL_POOL = 0x42504c01 };
enum { NB_BARE = 0x4e420001, NB_WITH_DATA = 0x4e420003, NB_PREALLOCATED = 0x4e420005, NBL_LIVE = 0x4e4c0001 };
enum { MDL_POOLED = 0x4d444c01, MDL_EMBEDDED = 0x4d444c07, MDL_DERIVED = 0x4d444c09 };
enum { MAPPED = 0x01, NONPAGED = 0x04, PARTIAL = 0x10, PARENT_MAPPED = 0x100 };
enum { PREFIX = sizeof(MDL_PREFIX), EMBEDDED_MDL = sizeof(NET_BUFFER) + PREFIX, PROTOCOL_ID_SLOT = 7 };
enum { MEMORY_SIZE = 320 << 20 };

static uint8_t *memory;
static ADDRESS end_of_memory = 0x20000;

#define AT(type, address) ((type *)(memory + (address)))
#define MDL_PREFIX_OF(mdl) AT(MDL_PREFIX, (mdl) - PREFIX)

/* FUNCTION is inlined by default, as V8 does it; with -DCALLED each one is called. */
#ifdef CALLED
#define FUNCTION __attribute__((noinline))
#else
#define FUNCTION static inline __attribute__((always_inline))
#endif

static void prepare_memory(void) {
  memory = mmap(NULL, MEMORY_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) exit(1);
}

/* Bytes from the end of what is used. */
static ADDRESS take(uint32_t size, uint32_t align) {
  ADDRESS block = (end_of_memory + align - 1) & -align;
  end_of_memory = block + size;
  if (end_of_memory > MEMORY_SIZE) exit(1);
  return block;
}

static ADDRESS create_pool(POOL shape) {
  ADDRESS handle = take(sizeof(POOL), 64);
  shape.Limit = shape.Limit ? shape.Limit : 0xffffffff;
  *AT(POOL, handle) = shape;
  return handle;
}

/* Puts `slots` slots in a row into a pool; `link` is where in a slot the next free one is noted. */
static ADDRESS fill_pool(ADDRESS handle, uint32_t slots, uint32_t first, uint32_t link) {
  POOL *pool = AT(POOL, handle);
  ADDRESS chunk = take(slots * pool->SlotSize, 64);
  for (uint32_t i = slots; i-- > 0;) {
    ADDRESS item = chunk + i * pool->SlotSize + first;
    *AT(ADDRESS, item + link) = pool->FreeList;
    pool->FreeList = item;
  }
  return chunk;
}

static inline void count_out(POOL *pool) {
  uint32_t live = pool->Live + 1;
  pool->Live = live;
  if (live > pool->Peak) pool->Peak = live;
  pool->Allocations++;
}

static inline uint32_t span_pages(ADDRESS address, uint32_t length) { return ((address & 0xfff) + length + 0xfff) >> 12; }

/* The MDL with byte `offset` of a chain, and the offset in it. */
static inline ADDRESS locate(ADDRESS chain, uint32_t offset, uint32_t *in_mdl) {
  ADDRESS mdl = chain, next;
  if (mdl != 0)
    for (; (next = AT(MDL, mdl)->Next) != 0 && offset >= AT(MDL, mdl)->ByteCount; mdl = next)
      offset -= AT(MDL, mdl)->ByteCount;
  *in_mdl = offset;
  return mdl;
}

static inline void build_mdl(ADDRESS mdl, ADDRESS address, uint32_t length) {
  MDL *m = AT(MDL, mdl);
  uint32_t offset = address & 0xfff, pages = span_pages(address, length);
  if (pages == 0) pages = 1;
  m->Next = 0;
  m->Size = (int16_t)(sizeof(MDL) + 4 * pages);
  m->MdlFlags = NONPAGED;
  m->Process = 0;
  m->MappedSystemVa = address;
  m->StartVa = address - offset;
  m->ByteCount = length;
  m->ByteOffset = offset;
  for (uint32_t page = 0; page < pages; page++) AT(uint32_t, mdl + sizeof(MDL))[page] = (address >> 12) + page;
}
