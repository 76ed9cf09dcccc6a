/*
 * The command line of every C side, and how it measures: the same way as bench/lib/timing.mjs.
 *
 *   PROGRAM check                   prints what its work leaves, as JSON
 *   PROGRAM measure MILLISECONDS    prints nanoseconds of each loop: {"one": 4.2, …}
 */
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SLICES = 20 };

/* A loop does its work `count` times; a multiple of `step`. */
typedef struct {
  const char *name;
  void (*run)(long count);
  long step;
} LOOP;

/* What a loop computed, so that none is left out. */
static volatile uint32_t sink;

static double nanoseconds_of(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static double now(void) { return nanoseconds_of(CLOCK_MONOTONIC); }

/* What this process has had of the processor: how long it may go on, however busy the machine is. */
static double processor_time(void) { return nanoseconds_of(CLOCK_PROCESS_CPUTIME_ID); }

static double elapsed(const LOOP *loop, long count) {
  double start = now();
  loop->run(count);
  return now() - start;
}

static long in_steps(const LOOP *loop, double count) { return ((long)(count / loop->step) + 1) * loop->step; }

/* Nanoseconds a turn: the fastest of the slices that fill the time, after as long a time that warms up. */
static double timed(const LOOP *loop, double nanoseconds) {
  double slice = nanoseconds / SLICES, turn = 1e12, fastest = 1e12, time;
  long count = in_steps(loop, 1024);
  for (double end = processor_time() + nanoseconds; processor_time() < end;) {
    time = elapsed(loop, count);
    if (time / count < turn) turn = time / count;
    if (time < slice / 2) count *= 2;
  }
  /* By the fastest of them, since the last may have had to wait for the processor. */
  count = in_steps(loop, slice / turn);
  double end = processor_time() + nanoseconds;
  do {
    time = elapsed(loop, count) / count;
    if (time < fastest) fastest = time;
  } while (processor_time() < end);
  return fastest;
}

static int measure_main(int argc, char **argv, const LOOP *loops, size_t number, void (*check)(void)) {
  if (argc == 2 && strcmp(argv[1], "check") == 0) {
    check();
    return 0;
  }
  if (argc != 3 || strcmp(argv[1], "measure") != 0) return 2;
  for (size_t i = 0; i < number; i++)
    printf("%s\"%s\": %.3f", i == 0 ? "{" : ", ", loops[i].name, timed(&loops[i], atof(argv[2]) * 1e6));
  puts("}");
  return 0;
}

#define MEASURE(argc, argv, loops, check) measure_main(argc, argv, loops, sizeof(loops) / sizeof((loops)[0]), check)

/* Somebody uses it here: the compiler can make no single step out of those before and after. */
#define USE(item) __asm__ volatile("" : : "r"(item) : "memory")

/* Says why the work cannot be done. */
static void fail(const char *why) {
  fprintf(stderr, "%s\n", why);
  exit(1);
}

/* A fixed permutation of 0 … size-1: that of bench/lib/order.mjs. */
static uint32_t *permutation(uint32_t size) {
  uint32_t *order = malloc(size * sizeof *order), seed = 12345;
  for (uint32_t i = 0; i < size; i++) order[i] = i;
  for (uint32_t i = size - 1; i > 0; i--) {
    seed = seed * 1103515245u + 12345u;
    uint32_t j = (seed >> 8) % (i + 1), swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
  return order;
}
