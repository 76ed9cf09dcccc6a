/* The host of a native filter, without a type of Windows: its own file knows those. */
#pragma once

/* Loads the driver: DriverEntry, attach, restart. 0 when all went well. */
int host_start(void);

/* So many frames of 60 bytes through the driver, in batches of 32, down and completed or up and returned. */
void host_send(long frames);
void host_receive(long frames);

/* Calls of a handler that does nothing. */
void host_call(long calls);

extern unsigned long host_received, host_emitted, host_bytes, host_back;
