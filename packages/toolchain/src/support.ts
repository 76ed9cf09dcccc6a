/**
 * C compiled into every driver: what clang calls on its own account although nobody wrote the call, and the hook that
 * instrumented loops call. The bulk-memory instructions do the work, so an address out of range traps in here.
 */
export const SUPPORT_C = `
typedef __SIZE_TYPE__ size_t;
#define WEAK __attribute__((weak)) /* a driver may have its own */

WEAK void *memcpy(void *to, const void *from, size_t n) { return __builtin_memcpy(to, from, n); }
WEAK void *memmove(void *to, const void *from, size_t n) { return __builtin_memmove(to, from, n); }
WEAK void *memset(void *to, int byte, size_t n) { return __builtin_memset(to, byte, n); }

WEAK int memcmp(const void *a, const void *b, size_t n) {
  const unsigned char *p = a, *q = b;
  for (; n != 0; n--, p++, q++)
    if (*p != *q) return *p - *q;
  return 0;
}

__attribute__((import_module("env"), import_name("ndislab_tick"))) void ndislab_tick(void);
__attribute__((export_name("__ndislab_tick"))) void __ndislab_tick(void) { ndislab_tick(); }
`;

/** Name of the exported function that calls the host's tick. */
export const TICK_EXPORT = "__ndislab_tick";

/** Name, in module "env", of the host function that is called every 2^20 iterations of a loop. */
export const TICK_IMPORT = "ndislab_tick";

/** Rounds of a loop between two ticks; a power of two. */
export const TICK_INTERVAL = 1 << 20;
