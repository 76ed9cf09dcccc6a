/* The pass-through filter as native code. */
#include "../measure.h"
#include "host.h"

static void check(void) {
  host_send(64);
  host_receive(64);
  printf("{\"received\": %lu, \"emitted\": %lu, \"bytes\": %lu, \"back\": %lu, \"findings\": 0}\n", host_received,
         host_emitted, host_bytes, host_back);
}

static const LOOP loops[] = {{"send", host_send, 32}, {"receive", host_receive, 32}, {"call", host_call, 1}};

int main(int argc, char **argv) {
  if (host_start() != 0) fail("the driver does not start");
  return MEASURE(argc, argv, loops, check);
}
