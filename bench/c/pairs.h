/*
 * The loops of an allocation and its free, for every side in C: one by one, in batches, and with many held. Before it is
 * included, ITEM names what is allocated, and ALLOCATE() and FREE(item) do it.
 */
#pragma once
#include "measure.h"

enum { MOST_HELD = 65536 };

static ITEM held[MOST_HELD];
static uint32_t *order32, *order256, *order65536;

static void prepare_orders(void) {
  order32 = permutation(32);
  order256 = permutation(256);
  order65536 = permutation(MOST_HELD);
}

static void one(long count) {
  uintptr_t sum = 0;
  for (long i = 0; i < count; i++) {
    ITEM item = ALLOCATE();
    sum ^= (uintptr_t)item;
    USE(item);
    FREE(item);
  }
  sink = (uint32_t)sum;
}

static inline void last_first(long count, int batch) {
  for (long done = 0; done < count; done += batch) {
    for (int i = 0; i < batch; i++) held[i] = ALLOCATE();
    for (int i = batch - 1; i >= 0; i--) FREE(held[i]);
  }
}

static inline void random_order(long count, int batch, const uint32_t *order) {
  for (long done = 0; done < count; done += batch) {
    for (int i = 0; i < batch; i++) held[i] = ALLOCATE();
    for (int i = 0; i < batch; i++) FREE(held[order[i]]);
  }
}

static void lifo32(long count) { last_first(count, 32); }
static void random32(long count) { random_order(count, 32, order32); }
static void lifo256(long count) { last_first(count, 256); }
static void random256(long count) { random_order(count, 256, order256); }
static void cold(long count) { random_order(count, MOST_HELD, order65536); }

static const LOOP pair_loops[] = {
  {"one", one, 1},
  {"lifo32", lifo32, 32},
  {"random32", random32, 32},
  {"lifo256", lifo256, 256},
  {"random256", random256, 256},
  {"cold", cold, MOST_HELD},
};
